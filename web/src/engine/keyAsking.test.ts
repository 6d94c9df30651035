import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { MatrixEvent } from "matrix-js-sdk";
import { DecryptionFailureCode } from "matrix-js-sdk/lib/crypto-api";
import { beforeAll, expect, test, vi } from "vitest";
import { KeyAsking } from "./keyAsking";
import {
  AMARA,
  answer,
  HOUR,
  ME,
  NOW,
  ROOM,
  said,
  saidAgain,
  session,
  SIAN,
  unreadable,
  Ward,
  type Key,
} from "./keySharingFakes";
import { WANTED } from "./names";
import { movedOn } from "./ratchet";

beforeAll(() => initAsync());

test("a message that lacks its key is asked for: its writer first, others after a while", async () => {
  const ward = new Ward();
  const asking = new KeyAsking(ward.world);
  const event = unreadable("$1", DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE);
  expect(asking.isAsked(event)).toBe(false);
  ward.members = [ME, "@a:h", "@b:h", "@c:h", SIAN];
  asking.tried(event);
  asking.tried(unreadable("$2", DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP));
  await ward.pass();
  expect(ward.sent).toMatchObject([
    { type: WANTED, to: [SIAN, "@a:h", "@b:h"], content: { room_id: ROOM, event_ids: ["$1"] } },
  ]);
  expect(asking.isAsked(event)).toBe(true);
  await ward.pass();
  expect(ward.sent.at(-1)?.to).toEqual(["@c:h"]);
  for (let n = 0; n < 9; n++) await ward.pass();
  expect(ward.sent).toHaveLength(5);
});

test("what came before one is asked for by who reads back only", async () => {
  const ward = new Ward();
  const before = unreadable("$1", DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED);
  new KeyAsking(ward.world).tried(before);
  expect(ward.due).toHaveLength(0);
  ward.readsBack = { from_ts: 1 };
  new KeyAsking(ward.world).tried(before);
  expect(ward.due).toHaveLength(1);
});

test("who posts junk keeps nobody's phone asking, and real gaps are asked for", async () => {
  const ward = new Ward();
  const asking = new KeyAsking(ward.world);
  ward.members = [ME, AMARA, SIAN];
  const lacks = DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID;
  for (let n = 0; n < 100; n++) asking.tried(unreadable(`$junk${n}`, lacks));
  const real = unreadable("$real", lacks);
  real.event.sender = AMARA;
  real.event.origin_server_ts = NOW - 5 * HOUR;
  asking.tried(real);
  await ward.pass();
  const ids = () => ward.sent.at(-1)?.content["event_ids"] as string[];
  expect(ids()).toHaveLength(21);
  expect(ids()).toContain("$real");
  // Each session has its own five rounds: another does not begin them anew.
  for (let n = 0; n < 20; n++) {
    asking.tried(unreadable(`$more${n}`, lacks));
    await ward.pass();
  }
  expect(ward.sent).toHaveLength(5);
  // What somebody says is of another's session does not take the place of what is.
  const made = unreadable("$made", lacks);
  made.event.sender = ME;
  made.event.content = { ...real.event.content };
  asking.tried(made);
  expect(asking.isAsked(real)).toBe(true);
  expect(asking.isAsked(made)).toBe(false);
});

test("what waits for the next hour keeps nothing new waiting", async () => {
  const ward = new Ward();
  const asking = new KeyAsking(ward.world);
  const lacks = DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID;
  for (let n = 0; n < 100; n++) asking.tried(unreadable(`$junk${n}`, lacks));
  for (let n = 0; n < 6; n++) await ward.pass(HOUR - 1);
  expect(ward.due.map(({ ms }) => ms)).toEqual([HOUR]);
  const real = unreadable("$real", lacks);
  real.event.sender = AMARA;
  asking.tried(real);
  await ward.pass(HOUR - 1);
  expect(ward.sent.at(-1)?.content["event_ids"]).toEqual(["$real"]);
});

test("only keys that were asked for are taken, from members' signed phones, for their writer's", async () => {
  const ward = new Ward();
  const asking = new KeyAsking(ward.world);
  const [wanted, other] = [await session("$1"), await session("$2")];
  asking.tried(wanted.event);
  const taken = async (from: string, change: object = {}): Promise<string[]> => {
    asking.received(answer(from, [{ ...wanted.key, ...change }, other.key]));
    for (let n = 0; n < 4; n++) await ward.pass();
    return ward.imported.splice(0).map((key) => key.session_id);
  };
  expect(await taken("@mallory:h")).toEqual([]);
  ward.unsigned = [AMARA];
  expect(await taken(AMARA)).toEqual([]);
  ward.unsigned = [];
  expect(await taken(AMARA, { room_id: "!other:h" })).toEqual([]);
  expect(await taken(AMARA, { sender_claimed_keys: { ed25519: "another" } })).toEqual([]);
  // The right name and a made-up ratchet: kept, it would keep the true key out.
  expect(await taken(AMARA, { session_key: other.key["session_key"] })).toEqual([]);
  asking.received(answer(AMARA, [wanted.key]));
  await vi.waitFor(() =>
    expect(ward.imported).toMatchObject([{ session_id: wanted.key.session_id }]),
  );
});

test("what somebody made up in a session's name does not hide the message that its key opens", async () => {
  const ward = new Ward();
  const asking = new KeyAsking(ward.world);
  const { event, second, key } = await session("$1");
  const made = Array.from({ length: 30 }, (_, n) => {
    const one = said(`$made${n}`, AMARA, 0, 1);
    one.event.content = { ...one.event.content, session_id: key.session_id };
    return one;
  });
  ward.events = [...made, second];
  asking.tried(event);
  // Of who joined after the first message: it opens the second.
  const later = { ...key, session_key: await movedOn(String(key["session_key"]), 1) };
  asking.received(answer(AMARA, [{ ...later, sender_claimed_keys: null }, later]));
  await vi.waitFor(() => expect(ward.imported).toEqual([later]));
});

/** What is kept of these keys, each given alone by Amara, once these messages could not be read. */
async function keptOf(seen: MatrixEvent[], ...keys: Key[]): Promise<number[]> {
  const ward = new Ward();
  ward.events = seen.toSorted((a, b) => a.getTs() - b.getTs());
  const asking = new KeyAsking(ward.world);
  for (const event of seen) asking.tried(event);
  for (const key of keys) {
    asking.received(answer(AMARA, [key]));
    for (let n = 0; n < 6; n++) await ward.pass(0);
  }
  await vi.waitFor(() => expect(ward.imported).not.toEqual([]));
  return ward.imported.map((key) => keys.indexOf(key as Key));
}

const owned = (key: Key, by: string): Key => ({
  ...key,
  sender_key: `curve ${by}`,
  sender_claimed_keys: { ed25519: `ed ${by}` },
});

test("who says another's message again does not pass for its writer, in whatever order it is seen", async () => {
  const { event, second, key } = await session("$1");
  const [again, secondAgain] = [saidAgain(event, AMARA), saidAgain(second, AMARA)];
  const hers = owned(key, AMARA);
  expect(await keptOf([again, event], hers, key)).toEqual([1]);
  expect(await keptOf([event, again], hers, key)).toEqual([1]);
  expect(await keptOf([again, secondAgain, second], hers, key)).toEqual([1]);
  // The first is not on this phone: what came after it was not said by who said the first again.
  second.event.origin_server_ts = again.getTs() + 1;
  expect(await keptOf([again, second], hers, key)).toEqual([1]);
});

test("a key of another member's phone is none of the writer's; one of a phone that is gone is", async () => {
  const { event, key } = await session("$1");
  const gone = owned(key, "an earlier phone");
  expect(await keptOf([event], owned(key, AMARA), owned(key, ME), gone)).toEqual([2]);
});

test("what an on-call reader is given unasked waits until a message of it is seen", async () => {
  const ward = new Ward();
  ward.readsBack = { from_ts: 1 };
  const asking = new KeyAsking(ward.world);
  const { event, key } = await session("$1");
  const garbage = { ...key, session_key: (await session("$2")).key["session_key"] };
  asking.received(answer(AMARA, [garbage, key]));
  for (let n = 0; n < 4; n++) await ward.pass();
  expect(ward.imported).toEqual([]);
  asking.tried(event);
  await vi.waitFor(() => expect(ward.imported).toHaveLength(1));
  expect(ward.imported[0]).toMatchObject({ session_key: key["session_key"] });
});

test("a sender's devices came to be known: what they sent is tried again", () => {
  const asking = new KeyAsking(new Ward().world);
  const event = unreadable("$1", DecryptionFailureCode.UNKNOWN_SENDER_DEVICE);
  let tries = 0;
  event.attemptDecryption = () => Promise.resolve(void tries++);
  asking.tried(event);
  asking.devicesKnown([AMARA]);
  expect(tries).toBe(0);
  asking.devicesKnown([SIAN]);
  asking.devicesKnown([SIAN]);
  expect(tries).toBe(1);
});
