// An unmodified trixnity-client on the JVM and an unmodified matrix-js-sdk talk, both strict: each signs its devices.
// Trixnity has its own sync and its own types for everything, and refuses what is not as the specification says.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EventType, RelationType } from "matrix-js-sdk";
import { decrypted, startClient, until } from "../lib/client.mjs";
import { Server } from "../lib/server.mjs";
import { Trixnity } from "../lib/trixnity.mjs";

const PATIENCE = { timeout: 60_000 };
const TRIX = "@trix:lanyard.localhost";
let server;
let trix;
let session;
let alice;
let room;

before(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  await server.register("trix");
  trix = Trixnity.start();
  alice = await startClient(server.baseUrl, await server.register("alice"));
});

after(async () => {
  alice?.stopClient();
  await trix?.stop();
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

const text = (body) => ({ msgtype: "m.text", body });
const reaction = (id, key) => ({
  "m.relates_to": { rel_type: RelationType.Annotation, event_id: id, key },
});

const said = (body, inRoom = room) =>
  decrypted(alice, inRoom, (event) => event.getContent().body === body);
const asTrix = (path) => server.call("GET", `/_matrix/client/v3${path}`, undefined, session.access_token);

test("a wrong password is refused, the right one signs in and syncs", PATIENCE, async () => {
  const who = { server: server.baseUrl, user: "trix" };
  await assert.rejects(trix.ask("signIn", { ...who, password: "not-this" }), /Forbidden/);
  session = await trix.ask("signIn", { ...who, password: "p-trix" });
  assert.equal(session.user_id, TRIX);
});

test("it signs its device and makes a key backup", PATIENCE, async () => {
  await trix.ask("crossSign");
  assert.equal((await asTrix("/room_keys/version")).body.algorithm, "m.megolm_backup.v1.curve25519-aes-sha2");
});

test("a room it is invited to: encrypted messages go both ways", PATIENCE, async () => {
  const encryption = { algorithm: "m.megolm.v1.aes-sha2" };
  const made = await alice.createRoom({
    name: "Ward 7",
    preset: "private_chat",
    invite: [TRIX],
    initial_state: [{ type: EventType.RoomEncryption, state_key: "", content: encryption }],
  });
  room = made.room_id;
  assert.equal((await trix.ask("join", { room })).name, "Ward 7");
  await until(() => alice.getRoom(room).getJoinedMemberCount() === 2);
  const { event_id: id } = await alice.sendTextMessage(room, "is bed 4 ready?");
  assert.deepEqual(await trix.ask("read", { room, event: id }), {
    text: "is bed 4 ready?",
    sender: alice.getUserId(),
    encrypted: true,
  });
  const there = said("in ten minutes");
  await trix.ask("send", { room, text: "in ten minutes" });
  const answer = await there;
  assert.equal(answer.getWireType(), "m.room.encrypted");
  assert.equal(answer.getSender(), TRIX);
});

test("its device is seen to be signed by its owner", PATIENCE, async () => {
  const status = await alice.getCrypto().getDeviceVerificationStatus(TRIX, session.device_id);
  assert.equal(status.signedByOwner, true);
});

test("a room it makes: encrypted messages go both ways", PATIENCE, async () => {
  const { room_id: made } = await trix.ask("createRoom", { name: "Ward 8", invite: alice.getUserId() });
  await until(() => alice.getRoom(made)?.getMyMembership() === "invite");
  await alice.joinRoom(made);
  await until(() => alice.getRoom(made).hasEncryptionStateEvent());
  const { event_id: id } = await alice.sendTextMessage(made, "here I am");
  assert.equal((await trix.ask("read", { room: made, event: id })).text, "here I am");
  const there = said("welcome", made);
  await trix.ask("send", { room: made, text: "welcome" });
  await there;
});

test("edits, reactions and redactions go both ways", PATIENCE, async () => {
  const { event_id: asked } = await alice.sendMessage(room, text("240 mg"));
  await trix.ask("read", { room, event: asked, text: "240 mg" });
  await alice.sendMessage(room, {
    ...text("* 200 mg"),
    "m.new_content": text("200 mg"),
    "m.relates_to": { rel_type: RelationType.Replace, event_id: asked },
  });
  await trix.ask("read", { room, event: asked, text: "200 mg" });
  const there = said("120 mg");
  const { event_id: answered } = await trix.ask("send", { room, text: "120 mg" });
  const answer = await there;
  await trix.ask("edit", { room, event: answered, text: "100 mg" });
  await until(() => answer.getContent().body === "100 mg");

  await alice.sendEvent(room, EventType.Reaction, reaction(asked, "👍"));
  const { event_id: thumb } = await trix.ask("react", { room, event: asked, key: "👍" });
  const both = await trix.ask("reactions", { room, event: asked, count: 2 });
  assert.deepEqual(both.reactions, { "👍": [alice.getUserId(), TRIX] });
  await until(() => alice.getRoom(room).findEventById(thumb));
  await trix.ask("redact", { room, event: thumb });
  await until(() => alice.getRoom(room).findEventById(thumb)?.isRedacted());
  await alice.redactEvent(room, asked);
  await trix.ask("awaitRedaction", { room, event: asked });
});

test("read receipts go both ways", PATIENCE, async () => {
  const { event_id: mine } = await alice.sendTextMessage(room, "read me");
  await trix.ask("read", { room, event: mine });
  assert.notEqual(alice.getRoom(room).getEventReadUpTo(TRIX), mine);
  await trix.ask("receipt", { room, event: mine });
  await until(() => alice.getRoom(room).getEventReadUpTo(TRIX) === mine);
  const there = said("and me");
  await trix.ask("send", { room, text: "and me" });
  const theirs = await there;
  await alice.sendReadReceipt(theirs);
  await trix.ask("awaitReceipt", { room, user: alice.getUserId(), event: theirs.getId() });
});

test("its timeline brings what was said before it came, once and in order", PATIENCE, async () => {
  const { room_id: handover } = await alice.createRoom({ name: "Handover", preset: "private_chat" });
  const sent = [];
  for (let n = 0; n < 60; n++) {
    sent.push((await alice.sendTextMessage(handover, `bed ${n}`)).event_id);
  }
  await alice.invite(handover, TRIX);
  await trix.ask("join", { room: handover });
  const { event_ids: loaded } = await trix.ask("history", { room: handover, count: 1_000 });
  assert.deepEqual(loaded.filter((id) => sent.includes(id)), sent.toReversed());
});

test("the keys of what was said are in its backup", PATIENCE, async () => {
  await until(async () => (await asTrix("/room_keys/version")).body.count > 0);
});

test("who signs out is out", PATIENCE, async () => {
  await trix.ask("signOut");
  const answer = await asTrix("/account/whoami");
  assert.equal(answer.status, 401);
  assert.equal(answer.body.errcode, "M_UNKNOWN_TOKEN");
});
