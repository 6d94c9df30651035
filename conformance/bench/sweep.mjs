// W14: disposal by retention beside people who send. Retention runs out by making a room's messages old in the database;
// the disposal is written down as marked and due, and the server's own job carries it out within a minute. Once with
// nobody about, once beside a hundred sends a second: the server gives way to who sends. Before each, PostgreSQL makes a
// checkpoint, as one that has run for five minutes has: it leaves WAL files that are used again. Where they run out, a
// new one of 16 MB is filled with zeros while everybody waits.
import { Samples } from "./numbers.mjs";
import { content, sendPath } from "./traffic.mjs";
import { inLanes } from "./wire.mjs";

const MESSAGES = 40_000;
const LONGEST_WAIT = 180_000;
const OLD = 400 * 86_400_000;
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// A hundred a second until told to stop; how long each took that began while it counts.
async function sending(bench, person, room, { going, counts = () => true }) {
  const samples = new Samples();
  const open = [];
  while (going()) {
    const number = bench.world.nextMessage();
    const began = performance.now();
    open.push(
      person
        .call("PUT", sendPath(room, number), content(room, number))
        .then((answer) => counts(began) && samples.add(answer.at - began)),
    );
    await rest(10);
  }
  await Promise.all(open);
  return samples;
}

async function ordered(client, room) {
  const id = `bench${Date.now()}`;
  await client.query("update event set ts = ts - $1 where room_nid = (select room_nid from room where room_id = $2)", [
    OLD,
    room.id,
  ]);
  await client.query(
    `insert into disposal_order (order_id, organization, room_id, up_to_ts, policy_version, marked_ts,
       destroy_from_ts, state, lines_sha256)
     select $1, organization, room_id, $2, 1, 0, 0, 'marked', '' from room where room_id = $3`,
    [id, Date.now() - OLD / 2, room.id],
  );
  return id;
}

/// Waits for the state; answers how many messages had gone then.
async function until(client, id, states) {
  for (const end = performance.now() + LONGEST_WAIT; performance.now() < end; await rest(50)) {
    const { rows } = await client.query("select state, events from disposal_order where order_id = $1", [id]);
    if (states.includes(rows[0].state)) {
      return Number(rows[0].events);
    }
  }
  throw new Error("the disposal did not begin or end in time");
}

async function filled(bench, people) {
  const room = await bench.world.room(people);
  await inLanes(20, Array.from({ length: MESSAGES }), async (_, n) => {
    const number = bench.world.nextMessage();
    await people[n % 20].call("PUT", sendPath(room, number), content(room, number));
  });
  return room;
}

/// Messages a second, from when it began.
async function destroyed(client, id) {
  const before = await until(client, id, ["destroying", "destroyed"]);
  const began = performance.now();
  const went = (await until(client, id, ["destroyed"])) - before;
  return (went * 1000) / (performance.now() - began);
}

export async function sweep(bench) {
  const client = bench.database?.client;
  if (!client) {
    return {};
  }
  const people = await bench.world.of(21);
  const first = await filled(bench, people.slice(0, 20));
  const second = await filled(bench, people.slice(0, 20));
  const fresh = await bench.world.room([people[20]]);
  await client.query("checkpoint");
  await rest(3_000);
  const alone = await destroyed(client, await ordered(client, first));
  await client.query("checkpoint");
  await rest(3_000);
  const quietEnd = performance.now() + 15_000;
  const quiet = await sending(bench, people[20], fresh, {
    going: () => performance.now() < quietEnd,
  });
  let [begun, ended] = [false, false];
  const busy = sending(bench, people[20], fresh, {
    going: () => !ended,
    counts: () => begun && !ended,
  });
  const id = await ordered(client, second);
  await until(client, id, ["destroying", "destroyed"]);
  begun = true;
  const rate = await destroyed(client, id);
  ended = true;
  const during = await busy;
  return {
    "sweep.alone": alone,
    "sweep.rate": rate,
    "sweep.quiet": quiet.p99,
    "sweep.during": during.p99,
    "sweep.slower": during.p99 / quiet.p99,
    "sweep.sends": during.count,
  };
}
