// W14: disposal by retention beside people who send. Retention runs out by making a room's messages old in the database;
// the disposal is written down as marked and due, and the server's own job carries it out within a minute. Once with
// nobody about, once beside a hundred sends a second: the server gives way to who sends. What made the messages old is
// swept up first and PostgreSQL makes a checkpoint, as it has long done of messages that are a year old: no version that
// nobody can see lies beside them, every page of theirs is written to the WAL whole, and what making them old wrote has
// left WAL files that are used again.
import { Samples } from "./numbers.mjs";
import { content, sendPath } from "./traffic.mjs";
import { inLanes } from "./wire.mjs";

const ALONE = 40_000;
/// So many that a thousand are sent meanwhile: the slowest hundredth of those is what is asked about.
const BESIDE = 100_000;
const LONGEST_WAIT = 180_000;
const OLD = 400 * 86_400_000;
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// A hundred a second until told to stop; how long each took that began while it counts.
async function sending(bench, person, room, { going, counts = () => true, samples = new Samples() }) {
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

async function aged(client, room) {
  await client.query("update event set ts = ts - $1 where room_nid = (select room_nid from room where room_id = $2)", [
    OLD,
    room.id,
  ]);
  await client.query("vacuum event");
  await client.query("checkpoint");
  await rest(3_000);
}

async function ordered(client, room) {
  const id = `bench${Date.now()}`;
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

async function filled(bench, people, messages) {
  const room = await bench.world.room(people);
  await inLanes(20, Array.from({ length: messages }), async (_, n) => {
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

function quietly(bench, person, room, samples) {
  const end = performance.now() + 10_000;
  return sending(bench, person, room, { going: () => performance.now() < end, samples });
}

export async function sweep(bench) {
  const client = bench.database?.client;
  if (!client) {
    return {};
  }
  const people = await bench.world.of(21);
  const first = await filled(bench, people.slice(0, 20), ALONE);
  const second = await filled(bench, people.slice(0, 20), BESIDE);
  const fresh = await bench.world.room([people[20]]);
  await aged(client, first);
  const alone = await destroyed(client, await ordered(client, first));
  await aged(client, second);
  const quiet = new Samples();
  await quietly(bench, people[20], fresh, quiet);
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
  await quietly(bench, people[20], fresh, quiet);
  return {
    "sweep.alone": alone,
    "sweep.rate": rate,
    "sweep.quiet": quiet.p99,
    "sweep.during": during.p99,
    "sweep.slower": during.p99 / quiet.p99,
    "sweep.sends": during.count,
  };
}
