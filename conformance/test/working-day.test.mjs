// What an unmodified matrix-js-sdk does on a working day: rooms, threads, edits, reactions, receipts, spaces, media, a
// second device, the key backup, and signing out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EventType, Preset, RelationType, RoomCreateTypeField, RoomType } from "matrix-js-sdk";
import { VerificationPhase, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
import { decrypted, startClient, until } from "../lib/client.mjs";
import { Server } from "../lib/server.mjs";

const BOTH = { timeout: 60_000 };
let server;
let alice;
let bob;
let room;

before(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  alice = await startClient(server.baseUrl, await server.register("alice"));
  bob = await startClient(server.baseUrl, await server.register("bob"));
});

after(async () => {
  alice?.stopClient();
  bob?.stopClient();
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

const text = (body) => ({ msgtype: "m.text", body });
const seen = (client, id) => until(() => client.getRoom(room)?.findEventById(id));

test("a room is created, joined by invitation, named and encrypted", BOTH, async () => {
  const made = await alice.createRoom({
    name: "Ward 7",
    topic: "Handover",
    preset: Preset.PrivateChat,
    invite: [bob.getUserId()],
    initial_state: [
      { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
    ],
  });
  room = made.room_id;
  const invited = await until(() => bob.getRoom(room));
  assert.equal(invited.getMyMembership(), "invite");
  assert.equal(invited.name, "Ward 7");
  await bob.joinRoom(room);
  await until(() => alice.getRoom(room).getJoinedMemberCount() === 2);
  await until(() => bob.getRoom(room).hasEncryptionStateEvent());
  await alice.setRoomName(room, "Ward 8");
  await until(() => bob.getRoom(room).name === "Ward 8");
});

test("an edit, a reaction and a redaction arrive", BOTH, async () => {
  const there = decrypted(bob, room, (event) => event.getContent().body === "240 mg");
  const { event_id: id } = await alice.sendMessage(room, text("240 mg"));
  const event = await there;
  await alice.sendMessage(room, {
    ...text("* 200 mg"),
    "m.new_content": text("200 mg"),
    "m.relates_to": { rel_type: RelationType.Replace, event_id: id },
  });
  await until(() => event.getContent().body === "200 mg");
  const reaction = await bob.sendEvent(room, EventType.Reaction, {
    "m.relates_to": { rel_type: RelationType.Annotation, event_id: id, key: "👍" },
  });
  await seen(alice, reaction.event_id);
  await bob.redactEvent(room, reaction.event_id);
  await until(() => alice.getRoom(room).findEventById(reaction.event_id)?.isRedacted());
});

test("a thread is a thread, with its own receipt, and is listed", BOTH, async () => {
  const { event_id: root } = await alice.sendMessage(room, text("Bed 4?"));
  await seen(bob, root);
  const answer = await bob.sendMessage(room, root, {
    ...text("Done"),
    "m.relates_to": { rel_type: RelationType.Thread, event_id: root, is_falling_back: true, "m.in_reply_to": { event_id: root } },
  });
  const listed = await until(async () => {
    const page = await alice.createThreadListMessagesRequest(room, null, 10, "b");
    return page.chunk.find((event) => event.event_id === root);
  });
  assert.equal(listed.unsigned["m.relations"]["m.thread"].count, 1);
  const related = await alice.relations(room, root, RelationType.Thread);
  assert.deepEqual(
    related.events.map((event) => event.getId()),
    [answer.event_id],
  );
});

test("a read receipt arrives and clears the count", BOTH, async () => {
  const { event_id: id } = await alice.sendMessage(room, text("Read me"));
  const event = await seen(bob, id);
  await bob.sendReadReceipt(event);
  await until(() => alice.getRoom(room).getEventReadUpTo(bob.getUserId()) === id);
});

test("a space holds its rooms", BOTH, async () => {
  const { room_id: space } = await alice.createRoom({
    name: "Medicine",
    creation_content: { [RoomCreateTypeField]: RoomType.Space },
  });
  await alice.sendStateEvent(space, EventType.SpaceChild, { via: ["lanyard.localhost"] }, room);
  const hierarchy = await alice.getRoomHierarchy(space);
  assert.deepEqual(
    hierarchy.rooms.map((one) => one.room_id),
    [space, room],
  );
});

test("a file goes up and comes down with a token only", BOTH, async () => {
  const bytes = new Uint8Array(100_000).map((_, i) => i % 251);
  const { content_uri: uri } = await alice.uploadContent(new Blob([bytes]), {
    name: "picture.bin",
    type: "application/octet-stream",
  });
  const address = alice.mxcUrlToHttp(uri, undefined, undefined, undefined, false, true, true);
  const down = await fetch(address, { headers: { authorization: `Bearer ${bob.getAccessToken()}` } });
  assert.equal(down.status, 200);
  assert.deepEqual(new Uint8Array(await down.arrayBuffer()), bytes);
  assert.equal((await fetch(address)).status, 401);
});

test("a second device is verified by emoji and reads on", { timeout: 120_000 }, async () => {
  const second = await startClient(server.baseUrl, await server.passwordLogin("alice"), { crossSign: false });
  try {
    await until(async () => (await alice.getCrypto().getUserDeviceInfo([alice.getUserId()], true))
      .get(alice.getUserId())
      ?.has(second.getDeviceId()));
    const asked = new Promise((resolve) => second.once("crypto.verificationRequestReceived", resolve));
    const request = await alice.getCrypto().requestOwnUserVerification();
    const theirs = await asked;
    await theirs.accept();
    await until(() => request.phase === VerificationPhase.Ready);
    const verifier = await request.startVerification("m.sas.v1");
    const other = await until(() => theirs.verifier);
    const confirm = (one) =>
      new Promise((resolve, reject) => {
        one.once(VerifierEvent.ShowSas, (sas) => sas.confirm().then(resolve, reject));
        one.verify().catch(reject);
      });
    await Promise.all([confirm(verifier), confirm(other)]);
    await until(() => request.phase === VerificationPhase.Done);
    await until(async () =>
      (await alice.getCrypto().getDeviceVerificationStatus(alice.getUserId(), second.getDeviceId()))
        ?.signedByOwner,
    );
    const there = decrypted(second, room, (event) => event.getContent().body === "for both of us");
    await bob.sendMessage(room, text("for both of us"));
    await there;
  } finally {
    second.stopClient();
  }
});

test("the key backup gives a new device what was said before", { timeout: 120_000 }, async () => {
  const version = "/_matrix/client/v3/room_keys/version";
  await until(
    async () => (await server.call("GET", version, undefined, alice.getAccessToken())).body.count > 0,
  );
  const third = await startClient(server.baseUrl, await server.passwordLogin("alice"), {
    crossSign: false,
    recovery: alice.recovery,
  });
  try {
    await third.getCrypto().loadSessionBackupPrivateKeyFromSecretStorage();
    const restored = await third.getCrypto().restoreKeyBackup();
    assert.ok(restored.imported > 0);
    assert.equal(restored.imported, restored.total);
  } finally {
    third.stopClient();
  }
});

test("who signs out is out", BOTH, async () => {
  const session = await server.passwordLogin("bob");
  const gone = await startClient(server.baseUrl, session, { crossSign: false });
  await gone.logout(true);
  const answer = await server.call("GET", "/_matrix/client/v3/account/whoami", undefined, session.access_token);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.errcode, "M_UNKNOWN_TOKEN");
});
