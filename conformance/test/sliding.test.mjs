// An unmodified matrix-js-sdk on sliding sync: what Element X and Element Web's room list speak.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "matrix-js-sdk";
import { SlidingSync } from "matrix-js-sdk/lib/sliding-sync.js";
import { decrypted, until } from "../lib/client.mjs";
import { Server } from "../lib/server.mjs";

const PATIENCE = { timeout: 60_000 };
const LIST = {
  ranges: [[0, 19]],
  timeline_limit: 10,
  required_state: [
    ["m.room.create", ""],
    ["m.room.encryption", ""],
    ["m.room.name", ""],
    ["m.room.member", "$LAZY"],
    ["m.room.member", "$ME"],
  ],
};
let server;
let sessions;
let alice;
let bob;
let room;

async function start(session) {
  const client = createClient({
    baseUrl: server.baseUrl,
    accessToken: session.access_token,
    userId: session.user_id,
    deviceId: session.device_id,
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const whole = { timeline_limit: 20, required_state: [["*", "*"]] };
  const slidingSync = new SlidingSync(server.baseUrl, new Map([["all", LIST]]), whole, client, 8000);
  const ready = new Promise((resolve) => client.on("sync", (state) => state === "SYNCING" && resolve()));
  await client.startClient({ slidingSync });
  await ready;
  return client;
}

before(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  sessions = [await server.register("alice"), await server.register("bob")];
});

after(async () => {
  alice?.stopClient();
  bob?.stopClient();
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

test("a device that starts sees its rooms and invitations", PATIENCE, async () => {
  const made = await server.call(
    "POST",
    "/_matrix/client/v3/createRoom",
    {
      name: "Ward 7",
      invite: [sessions[1].user_id],
      initial_state: [
        { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
      ],
    },
    sessions[0].access_token,
  );
  room = made.body.room_id;
  alice = await start(sessions[0]);
  bob = await start(sessions[1]);
  assert.equal(alice.getRoom(room).getMyMembership(), "join");
  assert.equal(bob.getRoom(room).getMyMembership(), "invite");
  assert.equal(bob.getRoom(room).name, "Ward 7");
});

test("an encrypted message arrives and is read", PATIENCE, async () => {
  await bob.joinRoom(room);
  await until(() => alice.getRoom(room).getMember(bob.getUserId())?.membership === "join");
  const there = decrypted(bob, room, (event) => event.getContent().body === "bed 4 is ready");
  const { event_id: id } = await alice.sendMessage(room, { msgtype: "m.text", body: "bed 4 is ready" });
  const event = await there;
  assert.equal(event.isEncrypted(), true);
  await bob.sendReadReceipt(event);
  await until(() => {
    const sent = alice.getRoom(room).findEventById(id);
    return sent && alice.getRoom(room).getUsersReadUpTo(sent).includes(bob.getUserId());
  });
});
