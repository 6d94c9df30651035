// People and rooms, made through the public client-server API.
import { inLanes, Wire } from "./wire.mjs";
import { chance, sample } from "./numbers.mjs";

const V3 = "/_matrix/client/v3";
/// Homeservers limit how many a new room may ask at once.
const MOST_ASKED_AT_ONCE = 20;

export class Person {
  constructor(number, session, to) {
    this.number = number;
    this.id = session.user_id;
    this.token = session.access_token;
    this.to = to;
    this.wires = [];
    this.rooms = [];
  }

  /// On a connection that is free, or on a new one: like a phone, no request waits for another.
  async call(method, path, body) {
    const wire = this.wires.pop() ?? new Wire(this.to);
    const answer = await wire.call(method, path, this.token, body);
    this.wires.push(wire);
    return answer;
  }

  async get(path) {
    return json(await this.call("GET", V3 + path));
  }

  async put(path, body) {
    return json(await this.call("PUT", V3 + path, body));
  }

  async post(path, body) {
    return json(await this.call("POST", V3 + path, body));
  }

  close() {
    this.wires.forEach((wire) => wire.close());
    this.wires = [];
  }
}

export function json({ status, body }) {
  const parsed = JSON.parse(body.toString());
  if (status !== 200) {
    throw new Error(`${status} ${parsed.errcode}: ${parsed.error}`);
  }
  return parsed;
}

export async function register(to, name) {
  const wire = new Wire(to);
  const password = `bench ${name} 3417`;
  const ask = (body) => wire.call("POST", `${V3}/register`, undefined, body);
  const first = await ask({ username: name, password });
  const session = first.status === 401 ? JSON.parse(first.body.toString()).session : undefined;
  const answer =
    first.status === 200
      ? first
      : await ask({ username: name, password, auth: { type: "m.login.dummy", session } });
  wire.close();
  return json(answer);
}

export class World {
  #to;
  #run = Date.now().toString(36);
  people = [];
  rooms = [];
  #message = 0;

  constructor(to) {
    this.#to = to;
  }

  /// The first `count` people; makes those who are missing, four at a time.
  async of(count) {
    const missing = [];
    for (let n = this.people.length; n < count; n++) {
      missing.push(n);
    }
    await inLanes(4, missing, async (n) => {
      const session = await register(this.#to, `bench-${this.#run}-${n}`);
      this.people[n] = new Person(n, session, this.#to);
    });
    return this.people.slice(0, count);
  }

  /// A private room: everybody is asked and joins. The room knows who is in it.
  async room(members) {
    const [creator, ...others] = members;
    const { room_id: id } = await creator.post("/createRoom", {
      preset: "private_chat",
      invite: others.slice(0, MOST_ASKED_AT_ONCE).map((person) => person.id),
    });
    const room = this.#known(id, [creator]);
    await inLanes(4, others.slice(MOST_ASKED_AT_ONCE), (person) => this.ask(room, person));
    await inLanes(4, others, (person) => this.join(person, room));
    return room;
  }

  async ask(room, person) {
    await room.members[0].post(`/rooms/${room.path}/invite`, { user_id: person.id });
  }

  async join(person, room) {
    await person.post(`/join/${room.path}`, {});
    room.members.push(person);
    person.rooms.push(room);
  }

  #known(id, members) {
    const room = {
      number: this.rooms.length,
      id,
      path: encodeURIComponent(id),
      members: [...members],
    };
    members.forEach((person) => person.rooms.push(room));
    this.rooms.push(room);
    return room;
  }

  nextMessage() {
    return this.#message++;
  }

  close() {
    this.people.forEach((person) => person.close());
  }
}

/// Room sizes as in the workload: 100 draws of a Pareto distribution, smaller than two dropped, none larger than all.
export function drawRooms(people, seed, { broadcast }) {
  const random = chance(seed);
  const rooms = [];
  for (let i = 0; i < 100; i++) {
    const size = Math.min(people.length, Math.floor((1 - random()) ** (-1 / 1.161)));
    if (size >= 2) {
      rooms.push(sample(random, people, size));
    }
  }
  if (broadcast) {
    rooms.push([...people]);
  }
  return rooms;
}
