import { MatrixEvent } from "matrix-js-sdk";
import { EventShieldReason } from "matrix-js-sdk/lib/crypto-api";
import { expect, test } from "vitest";
import { KeyGiving } from "./keyGiving";
import { AMARA, exported, HOUR, ME, NOW, ROOM, said, SIAN, text, Ward } from "./keySharingFakes";
import { GIVEN, READS_BACK } from "./names";

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
  const ids = ["$madeUp", "$copied", "$nobodys", "$unknown", "$true", "$unverified"];
  ward.events = ids.map((id, n) => said(id, n < 4 ? AMARA : SIAN, 0));
  ward.closed = ["$madeUp"];
  ward.shields = new Map([
    ["$copied", EventShieldReason.MISMATCHED_SENDER],
    ["$nobodys", EventShieldReason.AUTHENTICITY_NOT_GUARANTEED],
    ["$unknown", EventShieldReason.UNKNOWN_DEVICE],
    ["$unverified", EventShieldReason.UNVERIFIED_IDENTITY],
  ]);
  expect(await askedBy(ward, AMARA, ids)).toEqual(["s$true", "s$unverified"]);
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
