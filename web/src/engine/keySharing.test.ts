import { MatrixEvent, type MatrixClient, type ReceivedToDeviceMessage } from "matrix-js-sdk";
import { DecryptionFailureCode, EventShieldReason } from "matrix-js-sdk/lib/crypto-api";
import {
  DeviceId,
  EncryptionSettings,
  initAsync,
  OlmMachine,
  RoomId,
  UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, expect, test, vi } from "vitest";
import { KeyAsking } from "./keyAsking";
import { KeyGiving } from "./keyGiving";
import { GIVEN, READS_BACK, WANTED } from "./names";

const ROOM = "!ward:h";
const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const [ME, AMARA, SIAN] = ["@rhian:h", "@amara:h", "@sian:h"];

beforeAll(() => initAsync());

const text = (bytes: number[]): string => btoa(String.fromCharCode(...bytes)).replaceAll("=", "");
/** A session as Matrix exports it, from its `index`th message on. */
const exported = (index: number): string => text([1, 0, 0, 0, index, ...Array(160).fill(7)]);
const said = (event_id: string, sender: string, hoursAgo: number, index = 0): MatrixEvent =>
  new MatrixEvent({
    event_id,
    room_id: ROOM,
    sender,
    type: "m.room.encrypted",
    origin_server_ts: NOW - hoursAgo * HOUR,
    content: {
      algorithm: "m.megolm.v1.aes-sha2",
      session_id: `s${event_id}`,
      ciphertext: text([3, 8, index, 18, 1, 1, 1, 1, 1, 1, 1, 1]),
    },
  });

/** A room of three, with what stands in it, and what leaves this phone. */
class Ward {
  members = [ME, AMARA, SIAN];
  unsigned: string[] = [];
  /** Events that this phone cannot open, and events in somebody else's session. */
  closed: string[] = [];
  stolen: string[] = [];
  events: MatrixEvent[] = [];
  rows: Record<string, unknown>[] = [];
  readsBack: object | undefined;
  sent: { type: string; to: string[]; content: Record<string, unknown> }[] = [];
  imported: { session_id: string }[] = [];
  due: (() => void)[] = [];

  get world() {
    return {
      client: this.#client(),
      api: { get: () => Promise.resolve({ members: this.rows }) },
      now: () => NOW,
      later: (_ms: number, work: () => void) => void this.due.push(work),
      asked: () => {},
    };
  }

  /** What was to happen later happens now. */
  async pass(): Promise<void> {
    for (const work of this.due.splice(0)) work();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  #client(): MatrixClient {
    const member = (userId: string) => ({ userId, membership: "join", events: {} });
    const state = () => this.readsBack && { getContent: () => this.readsBack };
    const room = {
      roomId: ROOM,
      getMember: (id: string) => (this.members.includes(id) ? member(id) : null),
      getJoinedMembers: () => this.members.map(member),
      findEventById: (id: string) => this.events.find((one) => one.getId() === id),
      getLiveTimeline: () => ({ getEvents: () => this.events }),
      currentState: {
        getStateEvents: (type: string) => (type === READS_BACK ? state() : undefined),
      },
    };
    const device = (userId: string) => ({
      deviceId: `D${userId}`,
      getIdentityKey: () => `curve ${userId}`,
      getFingerprint: () => `ed ${userId}`,
    });
    const held = () =>
      this.events.map((event) => ({
        algorithm: "m.megolm.v1.aes-sha2",
        room_id: ROOM,
        session_id: `s${event.getId()}`,
        session_key: exported(0),
        sender_key: `curve ${event.getSender()}`,
        sender_claimed_keys: { ed25519: `ed ${event.getSender()}` },
      }));
    const crypto = {
      olmMachine: {
        exportRoomKeys: (which: (s: object) => boolean) =>
          Promise.resolve(
            JSON.stringify(held().filter((k) => which({ roomId: ROOM, sessionId: k.session_id }))),
          ),
      },
      getEncryptionInfoForEvent: (event: MatrixEvent) => {
        const id = event.getId() ?? "";
        const shieldReason = this.stolen.includes(id) ? EventShieldReason.MISMATCHED_SENDER : null;
        return Promise.resolve(this.closed.includes(id) ? null : { shieldReason });
      },
      getUserDeviceInfo: ([id = ""]: string[]) =>
        Promise.resolve(new Map([[id, new Map([[`D${id}`, device(id)]])]])),
      getDeviceVerificationStatus: (id: string) =>
        Promise.resolve({ signedByOwner: !this.unsigned.includes(id) }),
      encryptToDeviceMessages: (type: string, to: { userId: string }[], content: object) =>
        Promise.resolve({ batch: to, type, to: to.map((one) => one.userId), content }),
      importRoomKeys: (keys: { session_id: string }[]) =>
        Promise.resolve(void this.imported.push(...keys)),
    };
    return {
      getRoom: (id: string) => (id === ROOM ? room : null),
      getSafeUserId: () => ME,
      getCrypto: () => crypto,
      fetchRoomEvent: () => Promise.reject(new Error("404")),
      decryptEventIfNeeded: () => Promise.resolve(),
      queueToDevice: (sent: never) => Promise.resolve(void this.sent.push(sent)),
    } as unknown as MatrixClient;
  }
}

const given = (ward: Ward): string[] =>
  ward.sent.flatMap((one) =>
    (one.content["keys"] as { session_id: string }[]).map((k) => k.session_id),
  );

async function askedBy(ward: Ward, userId: string, ids: string[]): Promise<string[]> {
  await new KeyGiving(ward.world).asked(userId, `D${userId}`, { room_id: ROOM, event_ids: ids });
  return given(ward);
}

test("a member's signed phone is given what was said in the day since they came, and no more", async () => {
  const ward = new Ward();
  const joined = NOW - 48 * HOUR;
  ward.rows = [{ user_id: AMARA, added_ts: joined, reads_from_ts: joined }];
  ward.events = [said("$old", ME, 25), said("$new", ME, 2, 9), said("$theirs", SIAN, 1)];
  const all = ["$old", "$new", "$theirs", "$elsewhere"];
  expect(await askedBy(ward, AMARA, all)).toEqual(["s$new", "s$theirs"]);
  expect(ward.sent[0]).toMatchObject({ type: GIVEN, to: [AMARA] });
  const [key] = ward.sent.flatMap((one) => one.content["keys"] as { session_key: string }[]);
  expect(key?.session_key.startsWith(text([1, 0, 0, 0, 9, 0]).slice(0, 6))).toBe(true);
  expect(key?.session_key).not.toBe(exported(9));
});

test("nothing of what was said before they came, to who has gone, or to a phone nobody signed", async () => {
  const ward = new Ward();
  ward.rows = [{ user_id: AMARA, added_ts: NOW - HOUR, reads_from_ts: NOW - HOUR }];
  ward.events = [said("$before", ME, 2)];
  expect(await askedBy(ward, AMARA, ["$before"])).toEqual([]);
  ward.events = [said("$since", ME, 0)];
  ward.members = [ME, SIAN];
  expect(await askedBy(ward, AMARA, ["$since"])).toEqual([]);
  ward.members = [ME, AMARA];
  ward.unsigned = [AMARA];
  const asked = askedBy(ward, AMARA, ["$since"]);
  for (let n = 0; n < 4; n++) await ward.pass();
  expect(await asked).toEqual([]);
  // As soon as its person has signed it, it is given what it asked for.
  const again = askedBy(ward, AMARA, ["$since"]);
  await ward.pass();
  ward.unsigned = [];
  for (let n = 0; n < 2; n++) await ward.pass();
  expect(await again).toEqual(["s$since"]);
});

test("a message that was made up to have another's session opens nothing", async () => {
  const ward = new Ward();
  ward.rows = [{ user_id: AMARA, added_ts: NOW - HOUR, reads_from_ts: NOW - HOUR }];
  // Its envelope names a session that began before she came, and its first message.
  ward.events = [said("$madeUp", AMARA, 0), said("$copied", AMARA, 0), said("$true", SIAN, 0)];
  ward.closed = ["$madeUp"];
  ward.stolen = ["$copied"];
  expect(await askedBy(ward, AMARA, ["$madeUp", "$copied", "$true"])).toEqual(["s$true"]);
});

test("nothing goes to who was removed while their device was waited for", async () => {
  const ward = new Ward();
  ward.rows = [{ user_id: AMARA, added_ts: NOW - HOUR, reads_from_ts: NOW - 2 * HOUR }];
  ward.events = [said("$1", ME, 0)];
  ward.unsigned = [AMARA];
  const asked = askedBy(ward, AMARA, ["$1"]);
  await ward.pass();
  ward.members = [ME, SIAN];
  ward.unsigned = [];
  for (let n = 0; n < 3; n++) await ward.pass();
  expect(await asked).toEqual([]);
});

test("who came on call long ago is given a day, as everybody is", async () => {
  const ward = new Ward();
  const added = NOW - 30 * 24 * HOUR;
  ward.rows = [{ user_id: AMARA, added_ts: added, reads_from_ts: added - 24 * HOUR }];
  ward.events = [said("$month", SIAN, 29 * 24), said("$two", SIAN, 48), said("$day", SIAN, 23)];
  expect(await askedBy(ward, AMARA, ["$month", "$two", "$day"])).toEqual(["s$day"]);
});

test("who is on call is given what they read back, their note first, and never more than a week", async () => {
  const ward = new Ward();
  const row = { user_id: AMARA, added_ts: NOW, reads_from_ts: NOW - 30 * HOUR };
  ward.rows = [{ ...row, reads_event_id: "$note" }];
  ward.events = [said("$note", SIAN, 900), said("$hidden", SIAN, 31), said("$day", SIAN, 29)];
  const [note, ...others] = ward.events.map((one) => one.getId() ?? "");
  expect(await askedBy(ward, AMARA, [note ?? "", ...others])).toEqual(["s$note", "s$day"]);
  ward.sent = [];
  ward.rows = [{ ...row, reads_from_ts: 0 }];
  ward.events = [said("$week", SIAN, 24 * 7 + 1), said("$hidden", SIAN, 31)];
  expect(await askedBy(ward, AMARA, ["$week", "$hidden"])).toEqual(["s$hidden"]);
});

test("an on-call newcomer need not ask: the three who spoke last give", async () => {
  const ward = new Ward();
  ward.rows = [{ user_id: AMARA, added_ts: NOW, reads_from_ts: NOW - 24 * HOUR }];
  ward.events = [said("$1", ME, 3)];
  const back = new MatrixEvent({
    type: READS_BACK,
    state_key: AMARA.slice(1),
    content: { from_ts: NOW - 24 * HOUR },
  });
  const room = ward.world.client.getRoom(ROOM);
  if (room) await new KeyGiving(ward.world).joined(room, back);
  expect(given(ward)).toEqual(["s$1"]);
  ward.sent = [];
  ward.members = [ME, AMARA, SIAN, "@a:h", "@b:h"];
  ward.events.push(...["@a:h", "@b:h", SIAN].map((who) => said(`$${who}`, who, 1)));
  if (room) await new KeyGiving(ward.world).joined(room, back);
  expect(given(ward)).toEqual([]);
});

test("nobody keeps a phone busy with asking", async () => {
  const ward = new Ward();
  ward.rows = [{ user_id: AMARA, added_ts: 0, reads_from_ts: 0 }];
  ward.events = [said("$1", ME, 1)];
  const giving = new KeyGiving(ward.world);
  for (let n = 0; n < 70; n++) {
    await giving.asked(AMARA, `D${AMARA}`, { room_id: ROOM, event_ids: ["$1"] });
  }
  expect(ward.sent).toHaveLength(60);
});

function unreadable(id: string, why: DecryptionFailureCode): MatrixEvent {
  const event = said(id, SIAN, 0);
  Object.defineProperty(event, "decryptionFailureReason", { get: () => why });
  event.isDecryptionFailure = () => true;
  return event;
}

type Key = Record<string, unknown> & { session_id: string };

/** A session as the library makes it, by Siân: its first message, unreadable here, and its key. */
async function session(id: string): Promise<{ event: MatrixEvent; key: Key }> {
  const author = await OlmMachine.initialize(new UserId(SIAN), new DeviceId("D"));
  await author.shareRoomKey(new RoomId(ROOM), [], new EncryptionSettings());
  const words = JSON.stringify({ msgtype: "m.text", body: id });
  const sealed = await author.encryptRoomEvent(new RoomId(ROOM), "m.room.message", words);
  const [exported] = JSON.parse(await author.exportRoomKeys(() => true)) as [Key];
  const event = unreadable(id, DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID);
  event.event.content = JSON.parse(sealed) as object;
  const [sender_key, ed25519] = [`curve ${SIAN}`, `ed ${SIAN}`];
  return { event, key: { ...exported, sender_key, sender_claimed_keys: { ed25519 } } };
}

const answer = (from: string, keys: Key[]): ReceivedToDeviceMessage => ({
  message: { type: GIVEN, sender: from, content: { room_id: ROOM, keys } },
  encryptionInfo: {
    sender: from,
    senderDevice: `D${from}`,
    senderCurve25519KeyBase64: "",
    senderVerified: false,
  },
});

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
