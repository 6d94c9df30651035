// Twenty kill -9 under load: nothing acknowledged is lost, duplicated or reordered (hazard H02).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server } from "../lib/server.mjs";

const KILLS = Number(process.env.KILLS ?? 20);
const WRITERS = 6;
let server;

before(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
});

after(async () => {
  await server?.stop();
});

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Sends one after the other, each until it is acknowledged, under one transaction id.
async function write(writer, state) {
  for (let n = 0; !state.done; n++) {
    const path = `${writer.path}/send/m.room.message/${writer.name}-${n}`;
    const content = { msgtype: "m.text", body: `${writer.name} ${n}` };
    for (;;) {
      try {
        const answer = await server.call("PUT", path, content, writer.token);
        if (answer.status === 200) {
          writer.acknowledged.push(answer.body.event_id);
          break;
        }
      } catch {
        // The server is down: the same transaction again.
      }
      await rest(50);
    }
  }
}

async function history(path, token) {
  const ids = [];
  let from = "";
  for (;;) {
    const page = await server.call("GET", `${path}/messages?dir=f&limit=200${from}`, undefined, token);
    ids.push(...page.body.chunk.map((event) => event.event_id));
    if (!page.body.end) {
      return ids;
    }
    from = `&from=${page.body.end}`;
  }
}

test(`${KILLS} kills lose, double and reorder nothing`, { timeout: 900_000 }, async () => {
  const writers = [];
  for (let i = 0; i < WRITERS; i++) {
    const person = await server.register(`writer${i}`);
    const token = person.access_token;
    const made = await server.call("POST", "/_matrix/client/v3/createRoom", {}, token);
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(made.body.room_id)}`;
    writers.push({ name: `w${i}`, token, path, acknowledged: [] });
  }
  const state = { done: false };
  const running = writers.map((writer) => write(writer, state));
  for (let i = 0; i < KILLS; i++) {
    await rest(200 + Math.random() * 600);
    await server.kill();
    await server.launch();
  }
  await rest(500);
  state.done = true;
  await Promise.all(running);
  let total = 0;
  for (const writer of writers) {
    const ids = await history(writer.path, writer.token);
    assert.equal(new Set(ids).size, ids.length, "an event stands twice");
    const own = new Set(writer.acknowledged);
    assert.equal(own.size, writer.acknowledged.length, "two sends got one event");
    assert.deepEqual(
      ids.filter((id) => own.has(id)),
      writer.acknowledged,
    );
    total += own.size;
  }
  assert.ok(total > KILLS, "the load was too thin to prove anything");
});
