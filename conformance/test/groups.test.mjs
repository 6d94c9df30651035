// An unmodified matrix-js-sdk that knows nothing of kinds, sponsors and reviews: the server holds it to them all the
// same, and says why in a sentence.
// @Rule("G27") @Rule("G28") @Rule("G29")
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startClient, until } from "../lib/client.mjs";
import { Server } from "../lib/server.mjs";

const OUTSIDER = "@tom.fletcher:lanyard.localhost";
const COLLEAGUE = "@dawn.whitaker:lanyard.localhost";

let server;
let rhian;
let amara;
let room;
let social;

before(async () => {
  server = await Server.start();
  rhian = await startClient(server.baseUrl, await server.signIn("rhian.lloyd"));
  amara = await startClient(server.baseUrl, await server.signIn("amara.okafor"));
  room = await conversation("clinical", [amara.getUserId()]);
  social = await conversation("social", [amara.getUserId()]);
});

after(async () => {
  rhian?.stopClient();
  amara?.stopClient();
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

async function conversation(kind, members) {
  const wanted = { kind, purpose: "Bed 4", member_user_ids: members, request_id: `groups-${kind}` };
  const made = await server.call("POST", "/_lanyard/v1/conversations", wanted, rhian.getAccessToken());
  assert.equal(made.status, 200);
  await until(() => rhian.getRoom(made.body.room_id)?.hasEncryptionStateEvent());
  return made.body.room_id;
}

/// Refused with M_FORBIDDEN and a sentence that somebody can act on.
async function refused(deed, says = /\w{3,} \w+/) {
  const error = await deed.then(
    () => assert.fail("it was let through"),
    (why) => why,
  );
  assert.equal(error.errcode, "M_FORBIDDEN", error.message);
  assert.match(error.message, says);
}

const said = (type, key = "") => rhian.getRoom(room).currentState.getStateEvents(type, key)?.getContent();

test("the kind, the owner and the day of the review are not another app's to write", async () => {
  const before = said("org.lanyard.room");
  assert.equal(before.kind, "clinical");
  for (const change of [{ kind: "social" }, { posting: "open", review_ts: before.review_ts + 1e9 }, { owner: OUTSIDER }]) {
    await refused(rhian.sendStateEvent(room, "org.lanyard.room", { ...before, ...change }, ""));
  }
  assert.deepEqual(await rhian.getStateEvent(room, "org.lanyard.room", ""), before);
});

test("whom it is about is not another app's to write, and a social conversation is about nobody", async () => {
  await refused(rhian.sendStateEvent(room, "org.lanyard.patient", { linked: true, version: 9 }, ""));
  await refused(rhian.sendStateEvent(social, "org.lanyard.patient", { linked: true, version: 1 }, ""));
  const token = rhian.getAccessToken();
  const number = { nhs_number: "9990000107" };
  const found = await server.call("POST", "/_lanyard/v1/patients/find", number, token);
  assert.equal(found.status, 200);
  const path = `/_lanyard/v1/rooms/${encodeURIComponent(social)}/patient`;
  const linked = await server.call("PUT", path, { patient_id: found.body.patient_id }, token);
  assert.equal(linked.status, 403);
});

test("somebody of another employer comes in by no invitation, and into no new room", async () => {
  await refused(rhian.invite(room, OUTSIDER), /another employer/);
  await refused(rhian.createRoom({ invite: [OUTSIDER] }), /another employer/);
  await refused(amara.invite(room, COLLEAGUE));
});

test("whom another app invites everybody sees, with who did it", async () => {
  await rhian.invite(room, COLLEAGUE, { reason: "Covers the ward" });
  const dawn = await startClient(server.baseUrl, await server.signIn("dawn.whitaker"));
  try {
    await dawn.joinRoom(room);
    const path = `/_lanyard/v1/rooms/${encodeURIComponent(room)}/members`;
    const members = await server.call("GET", path, undefined, amara.getAccessToken());
    const row = members.body.members.find((one) => one.user_id === COLLEAGUE);
    assert.equal(row.added_by, rhian.getUserId());
    assert.equal(row.reason, "Covers the ward");
    assert.ok(row.added_ts > 0);
  } finally {
    dawn.stopClient();
  }
});

test("nobody comes in by themselves, reads what was said before, or takes the custodian out", async () => {
  const stranger = await startClient(server.baseUrl, await server.signIn("priya.nair"));
  try {
    await refused(stranger.joinRoom(room));
    assert.equal(stranger.getRoom(room), null);
  } finally {
    stranger.stopClient();
  }
  await refused(rhian.kick(room, "@records:lanyard.localhost"));
  await refused(rhian.ban(room, "@lanyard:lanyard.localhost"));
  await refused(
    rhian.sendStateEvent(room, "m.room.history_visibility", { history_visibility: "shared" }, ""),
  );
  await refused(rhian.sendStateEvent(room, "m.room.join_rules", { join_rule: "public" }, ""));
  await refused(rhian.setPowerLevel(room, amara.getUserId(), 100));
});

test("a room that another app makes is the organisation's, with a kind and a day of review", async () => {
  const made = await rhian.createRoom({ name: "Bank holiday cover", invite: [amara.getUserId()] });
  await until(() => rhian.getRoom(made.room_id)?.hasEncryptionStateEvent());
  const about = await rhian.getStateEvent(made.room_id, "org.lanyard.room", "");
  assert.ok(["clinical", "operational", "social"].includes(about.kind));
  assert.ok(about.review_ts > Date.now());
  assert.equal(about.owner, rhian.getUserId());
  const records = await rhian.getStateEvent(made.room_id, "m.room.member", "@records:lanyard.localhost");
  assert.equal(records.membership, "join");
});
