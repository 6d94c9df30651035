// Writers that send until they are acknowledged, and a check that the history is what they were told.
import assert from "node:assert/strict";

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Sends one after the other, each until it is acknowledged, under one transaction id.
async function write(server, writer, state) {
  for (let n = 0; !state.done; n++) {
    const path = `${writer.path}/send/m.room.message/${writer.name}-${n}`;
    const content = { msgtype: "m.text", body: `${writer.name} ${n}` };
    while (!state.failed) {
      try {
        const answer = await server.call("PUT", path, content, writer.token);
        if (answer.status === 200) {
          writer.acknowledged.push(answer.body.event_id);
          break;
        }
        state.refusals[answer.status] = (state.refusals[answer.status] ?? 0) + 1;
      } catch {
        // The server is down: the same transaction again.
      }
      await rest(50);
    }
  }
}

async function history(server, writer) {
  const ids = [];
  let from = "";
  for (;;) {
    const page = await server.call(
      "GET",
      `${writer.path}/messages?dir=f&limit=200${from}`,
      undefined,
      writer.token,
    );
    ids.push(...page.body.chunk.map((event) => event.event_id));
    if (!page.body.end) {
      return ids;
    }
    from = `&from=${page.body.end}`;
  }
}

/// Runs `faults` while `count` writers write, each to a room of its own. Answers how many messages were acknowledged
/// and how often which status was answered meanwhile. Fails when one was lost, doubled or moved.
export async function underLoad(server, count, faults) {
  const writers = [];
  for (let i = 0; i < count; i++) {
    const person = await server.register(`writer${i}`);
    const token = person.access_token;
    const made = await server.call("POST", "/_matrix/client/v3/createRoom", {}, token);
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(made.body.room_id)}`;
    writers.push({ name: `w${i}`, token, path, acknowledged: [] });
  }
  const state = { done: false, failed: false, refusals: {} };
  const running = writers.map((writer) => write(server, writer, state));
  try {
    await faults();
  } catch (failure) {
    state.failed = true;
    throw failure;
  } finally {
    state.done = true;
  }
  await Promise.all(running);
  let total = 0;
  for (const writer of writers) {
    const ids = await history(server, writer);
    assert.equal(new Set(ids).size, ids.length, "an event stands twice");
    const own = new Set(writer.acknowledged);
    assert.equal(own.size, writer.acknowledged.length, "two sends got one event");
    assert.deepEqual(
      ids.filter((id) => own.has(id)),
      writer.acknowledged,
    );
    total += own.size;
  }
  return { total, refusals: state.refusals };
}
