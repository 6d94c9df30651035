// An unmodified hydrogen-view-sdk in Chromium, used through its screens, and an unmodified matrix-js-sdk talk.
// Hydrogen has its own sync, its own encryption (libolm) and asks under the older addresses, /_matrix/client/r0.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EventType, RelationType } from "matrix-js-sdk";
import { decrypted, startClient, until } from "../lib/client.mjs";
import { Hydrogen } from "../lib/hydrogen.mjs";
import { Server } from "../lib/server.mjs";

const PATIENCE = { timeout: 60_000 };
let server;
let hydrogen;
let alice;
let room;

before(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  await server.register("hywel");
  // Hydrogen signs no devices: strictness would keep room keys from it.
  alice = await startClient(server.baseUrl, await server.register("alice"), { strict: false });
  hydrogen = await Hydrogen.start();
});

after(async () => {
  alice?.stopClient();
  await hydrogen?.stop();
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

const whoami = (token) => server.call("GET", "/_matrix/client/v3/account/whoami", undefined, token);
const said = (body) => decrypted(alice, room, (event) => event.getContent().body === body);

test("a wrong password is refused, the right one signs in", PATIENCE, async () => {
  await hydrogen.signIn(server.baseUrl, "hywel", "not-this");
  await hydrogen.page.getByText("Your username and/or password don't seem to be correct.").waitFor();
  await hydrogen.signIn(server.baseUrl, "hywel", "p-hywel");
  await hydrogen.page.locator(".RoomList").waitFor({ state: "attached" });
  const { body } = await whoami(await until(() => hydrogen.accessToken));
  assert.equal(body.user_id, "@hywel:lanyard.localhost");
});

test("an invitation comes, is accepted, and encrypted messages go both ways", PATIENCE, async () => {
  const encryption = { algorithm: "m.megolm.v1.aes-sha2" };
  const made = await alice.createRoom({
    name: "Ward 7",
    preset: "private_chat",
    invite: ["@hywel:lanyard.localhost"],
    initial_state: [{ type: EventType.RoomEncryption, state_key: "", content: encryption }],
  });
  room = made.room_id;
  await hydrogen.accept("Ward 7");
  await until(() => alice.getRoom(room).getJoinedMemberCount() === 2);
  const { event_id: id } = await alice.sendTextMessage(room, "is bed 4 ready?");
  await hydrogen.event(id).getByText("is bed 4 ready?").waitFor();
  await hydrogen.send("in ten minutes");
  const answer = await said("in ten minutes");
  assert.equal(answer.getWireType(), "m.room.encrypted");
  assert.equal(answer.getSender(), "@hywel:lanyard.localhost");
});

test("what is unread is counted, what was read is receipted to the sender", PATIENCE, async () => {
  await hydrogen.openSettings();
  await alice.sendTextMessage(room, "bed 5?");
  const { event_id: id } = await alice.sendTextMessage(room, "and bed 6?");
  const readUpTo = () => alice.getRoom(room).getEventReadUpTo("@hywel:lanyard.localhost");
  await hydrogen.unread("Ward 7").getByText("2", { exact: true }).waitFor();
  assert.notEqual(readUpTo(), id);
  await hydrogen.open("Ward 7");
  await hydrogen.event(id).getByText("and bed 6?").waitFor();
  await until(() => readUpTo() === id);
});

test("reactions and redactions go both ways", PATIENCE, async () => {
  const { event_id: asked } = await alice.sendTextMessage(room, "thumbs?");
  await hydrogen.choose(asked, "👍");
  const reactions = () =>
    alice
      .getRoom(room)
      .relations.getChildEventsForEvent(asked, RelationType.Annotation, EventType.Reaction)
      ?.getSortedAnnotationsByKey();
  const [[key]] = await until(() => reactions()?.length && reactions());
  assert.equal(key, "👍");
  await alice.sendEvent(room, EventType.Reaction, {
    "m.relates_to": { rel_type: RelationType.Annotation, event_id: asked, key: "👍" },
  });
  await hydrogen.event(asked).getByRole("button", { name: "👍 2" }).waitFor();
  await alice.redactEvent(room, asked);
  await hydrogen.event(asked).getByText("This message has been deleted.").waitFor();
  await hydrogen.send("not this one");
  const mistake = await said("not this one");
  await hydrogen.choose(mistake.getId(), "Delete");
  await until(() => mistake.isRedacted());
});

test("a page that is loaded again goes on where it was", PATIENCE, async () => {
  const { event_id: before } = await alice.sendTextMessage(room, "before");
  await hydrogen.event(before).waitFor();
  await hydrogen.page.goto("about:blank");
  const { event_id: meanwhile } = await alice.sendTextMessage(room, "meanwhile");
  await hydrogen.page.goBack();
  await hydrogen.event(before).getByText("before").waitFor();
  await hydrogen.event(meanwhile).getByText("meanwhile").waitFor();
});

test("scrolling back brings every message once, in order", PATIENCE, async () => {
  const { room_id: handover } = await alice.createRoom({ name: "Handover", preset: "private_chat" });
  const sent = [];
  for (let n = 0; n < 60; n++) {
    sent.push((await alice.sendTextMessage(handover, `bed ${n}`)).event_id);
  }
  await alice.invite(handover, "@hywel:lanyard.localhost");
  await hydrogen.accept("Handover");
  await hydrogen.event(sent.at(-1)).waitFor();
  assert.equal(await hydrogen.event(sent[0]).count(), 0, "there is nothing to scroll back to");
  assert.deepEqual(await hydrogen.scrollBackTo(sent[0]), sent);
});

test("who signs out is out", PATIENCE, async () => {
  await hydrogen.signOut();
  const answer = await whoami(hydrogen.accessToken);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.errcode, "M_UNKNOWN_TOKEN");
});
