// The phases of the workload. Each answers facts: numbers by name. Only the public client-server API is used.
import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { inLanes, Wire } from "./wire.mjs";
import { median, Samples } from "./numbers.mjs";
import { drawRooms, json } from "./people.mjs";
import { arrivals, content, Ledger, Listener, sendPath } from "./traffic.mjs";
import * as machine from "./machine.mjs";

const V3 = "/_matrix/client/v3";
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Runs `work` between two looks at the machine and, where there is one to look at, the database.
export async function watched(bench, work) {
  const rows = await bench.database?.snapshot();
  const before = machine.snapshot(bench.pid);
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const usage = machine.used(before, machine.snapshot(bench.pid));
  const cost = rows ? await bench.database.since(rows) : null;
  return { result, seconds, usage, cost };
}

function perMessage(name, messages, { seconds, usage, cost }) {
  return {
    [`${name}.rate`]: messages / seconds,
    [`${name}.cpu`]: usage.server / messages,
    [`${name}.noise`]: usage.noise,
    ...(cost && {
      [`${name}.statements`]: cost.statements / messages,
      [`${name}.wal`]: cost.wal / messages,
      [`${name}.fsyncs`]: cost.fsyncs / messages,
      [`${name}.growth`]: cost.growth / messages,
    }),
  };
}

/// One after the other on one connection.
async function say(bench, person, room, count, samples) {
  const wire = new Wire(person.to);
  for (let i = 0; i < count; i++) {
    const number = bench.world.nextMessage();
    const began = performance.now();
    const answer = await wire.call(
      "PUT",
      sendPath(room, number),
      person.token,
      content(room, number),
    );
    json(answer);
    samples?.add(answer.at - began);
  }
  wire.close();
}

export async function warmUp(bench) {
  const people = await bench.world.of(10);
  const rooms = await Promise.all(people.map((person) => bench.world.room([person])));
  await inLanes(10, people, (person, n) => say(bench, person, rooms[n], bench.long ? 3000 : 1000));
  return {};
}

/// A little of everything that is frequent, for `rehearse.mjs`.
export async function rehearsal(bench) {
  await warmUp(bench);
  const { people } = await group(bench, 20, 20, true);
  await endToEnd(bench, "rehearsal", { people, rate: 100, seconds: 5, warm: 1, seed: 3 });
  bench.busyRoom = people[0].rooms[0];
  await history(bench);
}

/// How long the disk beside the server's data takes to keep 8 kB: nothing durable can be quicker.
function disk(directory) {
  const path = join(directory, "probe");
  const file = openSync(path, "w");
  const page = Buffer.alloc(8192, 1);
  const samples = new Samples();
  for (let i = 0; i < 200; i++) {
    const began = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    samples.add(performance.now() - began);
  }
  closeSync(file);
  unlinkSync(path);
  return { "floor.disk": samples.p50 };
}

export async function floor(bench) {
  const [person] = await bench.world.of(1);
  const samples = new Samples();
  const wire = new Wire(person.to);
  for (let i = 0; i < 1500; i++) {
    const began = performance.now();
    const answer = await wire.call("GET", `${V3}/account/whoami`, person.token);
    if (i >= 500) {
      samples.add(answer.at - began);
    }
  }
  wire.close();
  return {
    "floor.p50": samples.p50,
    "floor.p99": samples.p99,
    ...(bench.data && disk(bench.data)),
  };
}

export async function registration(bench) {
  const before = bench.world.people.length;
  const look = await watched(bench, () => bench.world.of(100));
  const made = bench.world.people.length - before;
  return { "register.rate": made / look.seconds, "register.cpu": look.usage.server / made };
}

/// Private rooms of six, made one after the other; then each who was asked joins.
export async function newRooms(bench) {
  const [creator, ...others] = await bench.world.of(6);
  const made = new Samples();
  const joined = new Samples();
  const timed = async (samples, work) => {
    const began = performance.now();
    const result = await work();
    samples.add(performance.now() - began);
    return result;
  };
  const look = await watched(bench, async () => {
    for (let i = 0; i < 50; i++) {
      const invite = others.map((person) => person.id);
      const body = { preset: "private_chat", invite };
      const { room_id: id } = await timed(made, () => creator.post("/createRoom", body));
      for (const person of others) {
        await timed(joined, () => person.post(`/join/${encodeURIComponent(id)}`, {}));
      }
    }
  });
  return {
    "rooms.noise": look.usage.noise,
    "rooms.made": made.p50,
    "rooms.madeP99": made.p99,
    "rooms.joined": joined.p50,
    "rooms.joinedP99": joined.p99,
    "rooms.cpu": look.usage.server / made.count,
  };
}

/// Three times, each in a room of its own, and the middle one of each fact: five hundred messages are a second, which one
/// collection of garbage or one late compilation spoils. What the first of them gave is told too.
export async function oneSender(bench) {
  const rounds = [];
  for (let round = 0; round < 3; round++) {
    rounds.push(await oneSenderOnce(bench));
  }
  const facts = Object.keys(rounds[0]).map((key) => [key, median(rounds.map((facts) => facts[key]))]);
  return { ...Object.fromEntries(facts), "one.first": rounds[0]["one.rate"] };
}

async function oneSenderOnce(bench) {
  const [person] = await bench.world.of(1);
  const room = await bench.world.room([person]);
  await say(bench, person, room, 50);
  const samples = new Samples();
  const look = await watched(bench, () =>
    say(bench, person, room, bench.long ? 2000 : 500, samples),
  );
  return {
    ...perMessage("one", samples.count, look),
    "one.p50": samples.p50,
    "one.p99": samples.p99,
  };
}

async function tenSenders(bench, name, rooms) {
  const people = (await bench.world.of(10)).slice(0, 10);
  const samples = new Samples();
  const look = await watched(bench, () =>
    inLanes(10, people, (person, n) => say(bench, person, rooms[n % rooms.length], 1000, samples)),
  );
  return {
    ...perMessage(name, samples.count, look),
    [`${name}.p50`]: samples.p50,
    [`${name}.p99`]: samples.p99,
  };
}

export async function tenSendersOneRoom(bench) {
  const people = (await bench.world.of(10)).slice(0, 10);
  bench.busyRoom = await bench.world.room(people);
  return tenSenders(bench, "shared", [bench.busyRoom]);
}

export async function tenSendersOwnRooms(bench) {
  const people = (await bench.world.of(10)).slice(0, 10);
  return tenSenders(bench, "own", await Promise.all(people.map((one) => bench.world.room([one]))));
}

/// All listen; messages arrive at random; nothing may be lost, doubled or reordered.
export async function endToEnd(bench, name, load) {
  const { people, rate, seconds, warm, seed, pick, protocol } = load;
  const listeners = people.map((person) => new Listener(person, protocol));
  await inLanes(8, listeners, (listener) => listener.start());
  const ledger = new Ledger();
  listeners.forEach((listener) => (listener.ledger = ledger));
  await rest(500);
  const talk = (length, salt) =>
    arrivals({
      world: bench.world,
      people,
      ledger,
      rate,
      seconds: length,
      seed: seed + salt,
      pick,
    });
  await talk(warm, 1);
  const look = await watched(bench, () => {
    ledger.measure(performance.now(), seconds);
    return talk(seconds, 2);
  });
  for (let i = 0; i < 50 && ledger.lost(listeners) > 0; i++) {
    await rest(100);
  }
  const memory = machine.memory(bench.pid);
  listeners.forEach((listener) => listener.stop());
  const messages = ledger.send.count;
  return {
    ...perMessage(name, messages, look),
    [`${name}.rate`]: messages / seconds,
    [`${name}.fanOut`]: ledger.deliveries / messages,
    [`${name}.deliveries`]: ledger.deliveries / seconds,
    [`${name}.cpuPerDelivery`]: look.usage.server / ledger.deliveries,
    [`${name}.answersPerDelivery`]: ledger.answers / ledger.deliveries,
    [`${name}.bytesPerDelivery`]: ledger.bytes / ledger.deliveries,
    [`${name}.generator`]: look.usage.generator / look.usage.ms,
    [`${name}.sendP50`]: ledger.send.p50,
    [`${name}.sendP99`]: ledger.send.p99,
    [`${name}.p50`]: ledger.arrival.p50,
    [`${name}.p99`]: ledger.arrival.p99,
    [`${name}.wrong`]:
      ledger.lost(listeners) +
      ledger.duplicated +
      ledger.outOfOrder +
      ledger.overtaken() +
      ledger.failed +
      listeners.reduce((sum, listener) => sum + listener.failures, 0),
    [`${name}.gaps`]: ledger.gaps,
    [`${name}.memory`]: memory,
  };
}

/// Draws rooms among `count` people who are in nothing else that is listened to.
export async function group(bench, count, seed, broadcast) {
  const people = (await bench.world.of(count)).slice(0, count);
  people.forEach((person) => (person.rooms = []));
  const draws = drawRooms(people, seed, { broadcast });
  const rooms = [];
  await inLanes(4, draws, async (members) => rooms.push(await bench.world.room(members)));
  return { people: people.filter((person) => person.rooms.length > 0), rooms };
}

export async function ward(bench) {
  const { people } = await group(bench, 30, 30, false);
  return endToEnd(bench, "ward", {
    people,
    rate: 50,
    seconds: bench.long ? 60 : 15,
    warm: bench.long ? 30 : 5,
    seed: 5,
  });
}

/// Sixty people in rooms of every size, one of which holds them all.
export async function hospitalPeople(bench) {
  bench.hospital ??= await group(bench, 60, 60, true);
  return bench.hospital.people;
}

export async function hospital(bench) {
  const people = await hospitalPeople(bench);
  return endToEnd(bench, "hospital", {
    people,
    rate: bench.rate ?? 420,
    seconds: bench.long ? 60 : 15,
    warm: bench.long ? 30 : 10,
    seed: 7,
  });
}

export async function broadcast(bench) {
  const people = (await bench.world.of(100)).slice(0, 100);
  const [room] = (bench.broadcastRooms ??= [await bench.world.room(people)]);
  return endToEnd(bench, "broadcast", {
    people,
    rate: 5,
    seconds: bench.long ? 60 : 10,
    warm: 3,
    seed: 9,
    pick: () => room,
  });
}

/// A person in 400 rooms with 20 messages each: what opening the app on a new phone costs.
export async function firstSync(bench) {
  const [speaker, reader] = await bench.world.of(2);
  if (!bench.manyRooms) {
    bench.manyRooms = [];
    await inLanes(8, Array.from({ length: 400 }), async () => {
      const room = await bench.world.room([speaker, reader]);
      await say(bench, speaker, room, 20);
      bench.manyRooms.push(room);
    });
  }
  const ask = async (name, query, method = "GET", path = `${V3}/sync`, body = undefined) => {
    const samples = new Samples();
    let bytes = 0;
    for (let i = 0; i < 7; i++) {
      const wire = new Wire(reader.to);
      const began = performance.now();
      const answer = await wire.call(method, path + query, reader.token, body);
      if (answer.status !== 200) {
        return {};
      }
      if (i >= 2) {
        samples.add(answer.at - began);
      }
      bytes = answer.body.length;
      wire.close();
    }
    return { [`first.${name}`]: samples.p50, [`first.${name}Bytes`]: bytes };
  };
  const lazy = encodeURIComponent('{"room":{"state":{"lazy_load_members":true}}}');
  const sliding = (count) =>
    ask(
      `sliding${count}`,
      "?timeout=0",
      "POST",
      "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync",
      {
        lists: {
          all: {
            ranges: [[0, count - 1]],
            timeline_limit: 1,
            required_state: [["m.room.name", ""]],
          },
        },
      },
    );
  return {
    ...(await ask("default", "?timeout=0&set_presence=offline")),
    ...(await ask("lazy", `?timeout=0&set_presence=offline&filter=${lazy}`)),
    ...(await sliding(20)),
    ...(await sliding(100)),
  };
}

/// Nobody has said anything: what asking costs the database.
export async function nothingNew(bench) {
  const people = (await bench.world.of(30)).slice(0, 30);
  const tokens = await silence(people);
  const count = 1000;
  const looks = [];
  // Work that repeats falls into one window or two; what a sync costs is in all of them.
  for (let window = 0; window < 5; window++) {
    looks.push(
      await watched(bench, async () => {
        for (let i = 0; i < count; i++) {
          const person = people[i % people.length];
          await person.get(`/sync?timeout=0&set_presence=offline&since=${tokens[person.number]}`);
        }
      }),
    );
  }
  return {
    "nothing.cpu": median(looks.map((look) => look.usage.server / count)),
    ...(looks[0].cost && {
      "nothing.statements": median(looks.map((look) => look.cost.statements / count)),
    }),
  };
}

/// 25 more join a room of 300.
export async function largeRoom(bench) {
  const size = 300;
  const everyone = await bench.world.of(size + 25);
  const room = await bench.world.room(everyone.slice(0, size));
  await inLanes(4, everyone.slice(size), (person) => bench.world.ask(room, person));
  const joins = new Samples();
  const look = await watched(bench, async () => {
    for (const person of everyone.slice(size)) {
      const began = performance.now();
      await bench.world.join(person, room);
      joins.add(performance.now() - began);
    }
  });
  const members = new Samples();
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    await everyone[0].get(`/rooms/${room.path}/members`);
    members.add(performance.now() - began);
  }
  return {
    "large.join": joins.p50,
    "large.joinP99": joins.p99,
    "large.joinCpu": look.usage.server / joins.count,
    "large.members": members.p50,
  };
}

/// The same message in rooms of every age, in turn, so that what disturbs one disturbs all.
export async function age(bench) {
  if (!bench.database) {
    return {};
  }
  const [person] = await bench.world.of(1);
  const ages = { young: 100, middle: 10_000, old: 1_000_000 };
  const rooms = {};
  for (const [name, events] of Object.entries(ages)) {
    rooms[name] = { room: await bench.world.room([person]), samples: new Samples() };
    await say(bench, person, rooms[name].room, 90);
    await bench.database.makeOlder(rooms[name].room.id, events - 100);
    await say(bench, person, rooms[name].room, 10);
  }
  for (let i = 0; i < 200; i++) {
    for (const { room, samples } of Object.values(rooms)) {
      await say(bench, person, room, 1, samples);
    }
  }
  const facts = Object.entries(rooms).map(([name, { samples }]) => [`age.${name}`, samples.p50]);
  const medians = facts.map(([, p50]) => p50);
  return { ...Object.fromEntries(facts), "age.ratio": Math.max(...medians) / medians[0] };
}

/// Backwards through the room that ten people filled.
export async function history(bench) {
  const [person] = await bench.world.of(1);
  const samples = new Samples();
  let from = "";
  for (let pages = 0; pages < 70; pages++) {
    const began = performance.now();
    const page = await person.get(`/rooms/${bench.busyRoom.path}/messages?dir=b&limit=100${from}`);
    samples.add(performance.now() - began);
    if (!page.end) {
      break;
    }
    from = `&from=${encodeURIComponent(page.end)}`;
  }
  return { "history.p50": samples.p50, "history.p99": samples.p99 };
}

/// Where each person's devices have got to, once nobody has anything to be told any more.
async function silence(people) {
  const tokens = [];
  for (let round = 0; round < 4; round++) {
    await inLanes(8, people, async (person) => {
      const since = tokens[person.number] ? `&since=${tokens[person.number]}` : "";
      const answer = await person.get(`/sync?timeout=0&set_presence=offline${since}`);
      tokens[person.number] = answer.next_batch;
    });
    await rest(700);
  }
  return tokens;
}

/// Of one device the newest eight wait, the others are answered at once: so many devices, and eight of each.
const MOST_WAITING_OF_A_DEVICE = 8;

/// Thousands of phones that wait.
export async function waiting(bench) {
  const count = bench.polls ?? 5000;
  const people = await bench.world.of(Math.ceil(count / MOST_WAITING_OF_A_DEVICE));
  const tokens = await silence(people);
  await bench.settle?.();
  const before = machine.memory(bench.pid);
  const wires = Array.from({ length: count }, () => new Wire(people[0].to));
  let ended = 0;
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    const n = i % people.length;
    const path = `${V3}/sync?timeout=60000&set_presence=offline&since=${tokens[people[n].number]}`;
    wires[i].call("GET", path, people[n].token).then(
      () => ended++,
      () => ended++,
    );
    if (i % 100 === 99) {
      await rest(20);
    }
  }
  await rest(2000);
  await bench.settle?.();
  const after = machine.memory(bench.pid);
  const stillWaiting = count - ended;
  const idle = machine.snapshot(bench.pid);
  await rest(3000);
  const usage = machine.used(idle, machine.snapshot(bench.pid));
  wires.forEach((wire) => wire.close());
  await rest(500);
  return {
    "waiting.each": (after - before) / count,
    "waiting.parked": stillWaiting,
    "waiting.seconds": (performance.now() - began) / 1000,
    "waiting.cpu": usage.server / usage.ms,
  };
}
