// W12: a steady ward. What people do, and how often, follows the weights of matrix-locust: mostly nothing; they look at
// a room and have read it, say something after typing, react, page back, and once in a while change their name.
import { chance } from "./numbers.mjs";
import { Ledger, Listener } from "./traffic.mjs";
import { inLanes } from "./wire.mjs";
import { group, watched } from "./phases.mjs";

const PEOPLE = 200;
/// Each does something (or nothing) every ten seconds.
const DEEDS_A_SECOND = PEOPLE / 10;
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const WEIGHTS = [
  [23, async () => {}],
  [4, look],
  [16, speak],
  [3, react],
  [1, pageBack],
  [1, changeName],
];
const TOTAL = WEIGHTS.reduce((sum, [weight]) => sum + weight, 0);

async function look({ person, room }) {
  await person.get(`/rooms/${room.path}/members`);
  const { chunk } = await person.get(`/rooms/${room.path}/messages?dir=b&limit=1`);
  await person.post(
    `/rooms/${room.path}/receipt/m.read/${encodeURIComponent(chunk[0].event_id)}`,
    {},
  );
}

async function speak({ bench, person, room, ledger, random }) {
  const typing = `/rooms/${room.path}/typing/${encodeURIComponent(person.id)}`;
  await person.put(typing, { typing: true, timeout: 20_000 });
  await rest(-Math.log(1 - random()) * 1000);
  await ledger.deliver(person, room, bench.world.nextMessage(), performance.now());
}

async function react({ bench, person, room }) {
  const { chunk } = await person.get(`/rooms/${room.path}/messages?dir=b&limit=5`);
  const event = chunk.find(({ type }) => type === "m.room.message");
  if (event) {
    await person.put(`/rooms/${room.path}/send/m.reaction/m${bench.world.nextMessage()}`, {
      "m.relates_to": { rel_type: "m.annotation", event_id: event.event_id, key: "👍" },
    });
  }
}

async function pageBack({ person, room }) {
  await person.get(`/rooms/${room.path}/messages?dir=b&limit=30`);
}

async function changeName({ person, random }) {
  await person.put(`/profile/${encodeURIComponent(person.id)}/displayname`, {
    displayname: `Person ${person.number} (${Math.floor(random() * 1000)})`,
  });
}

function draw(random) {
  let at = random() * TOTAL;
  return WEIGHTS.find(([weight]) => (at -= weight) < 0)[1];
}

export async function steadyWard(bench) {
  const { people } = await group(bench, PEOPLE, PEOPLE, true);
  const listeners = people.map((person) => new Listener(person));
  await inLanes(8, listeners, (listener) => listener.start());
  const ledger = new Ledger();
  listeners.forEach((listener) => (listener.ledger = ledger));
  const random = chance(12);
  let deeds = 0;
  const waiting = new Set();
  let errors = 0;
  const deed = async () => {
    const person = people[Math.floor(random() * people.length)];
    const room = person.rooms[Math.floor(random() * person.rooms.length)];
    try {
      await draw(random)({ bench, person, room, ledger, random });
      deeds += ledger.counts(performance.now()) ? 1 : 0;
    } catch {
      errors++;
    }
  };
  const during = async (seconds) => {
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      const going = deed();
      waiting.add(going);
      going.then(() => waiting.delete(going));
      await rest((-Math.log(1 - random()) / DEEDS_A_SECOND) * 1000);
    }
  };
  await during(bench.long ? 30 : 5);
  const seconds = bench.long ? 600 : 15;
  const look = await watched(bench, () => {
    ledger.measure(performance.now(), seconds);
    return during(seconds);
  });
  await Promise.all(waiting);
  for (let i = 0; i < 50 && ledger.lost(listeners) > 0; i++) {
    await rest(100);
  }
  listeners.forEach((listener) => listener.stop());
  const processors = look.usage.server / look.usage.ms;
  return {
    "steady.noise": look.usage.noise,
    "steady.deeds": deeds / seconds,
    "steady.deliveries": ledger.deliveries / seconds,
    "steady.p50": ledger.arrival.p50,
    "steady.p99": ledger.arrival.p99,
    "steady.wrong":
      errors +
      ledger.lost(listeners) +
      ledger.duplicated +
      ledger.outOfOrder +
      ledger.overtaken() +
      ledger.failed +
      listeners.reduce((sum, listener) => sum + listener.failures, 0),
    "steady.processors": processors,
    "steady.people": people.length / processors,
  };
}
