// People at work on a server that is about to fail: they write, read, send to devices, claim keys, upload files and end
// phones, and each remembers what the server told them. lib/invariants.mjs checks that afterwards.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { DeviceKeys } from "./keys.mjs";

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => performance.now();
const CLIENT = "/_matrix/client/v3";
/// How many of its newest transactions a device may send again: the server remembers a thousand.
const MAY_RETRY = 300;

const any = (list) => list[Math.floor(Math.random() * list.length)];

export class Ward {
  constructor(server) {
    this.server = server;
    this.people = [];
    this.rooms = [];
    this.mail = [];
    this.claims = [];
    this.refusals = {};
    this.wordless = 0;
    this.acknowledged = 0;
    this.lastAcknowledged = 0;
    this.done = false;
    this.stopped = false;
  }

  /// `people` in `rooms`, each in two of them, everybody reading.
  static async open(server, { people = 12, rooms = 6 } = {}) {
    const ward = new Ward(server);
    for (let i = 0; i < people; i++) {
      const name = `person${i}`;
      const session = await server.register(name);
      const keys = new DeviceKeys(session.user_id, session.device_id);
      const person = {
        name,
        id: session.user_id,
        device: session.device_id,
        token: session.access_token,
        keys,
        rooms: [],
        views: new Map(),
        tokens: [],
        keysLeft: 0,
      };
      await ward.must("POST", `${CLIENT}/keys/upload`, { device_keys: keys.deviceKeys() }, person);
      ward.people.push(person);
    }
    for (let i = 0; i < rooms; i++) {
      const members = ward.people.filter((_, n) => n % rooms === i || (n + 1) % rooms === i);
      const [first, ...others] = members;
      const invite = others.map((person) => person.id);
      const { room_id: id } = await ward.must("POST", `${CLIENT}/createRoom`, { invite }, first);
      for (const other of others) {
        await ward.must("POST", `${CLIENT}/join/${encodeURIComponent(id)}`, {}, other);
      }
      const room = { id, path: `${CLIENT}/rooms/${encodeURIComponent(id)}`, members, sends: [] };
      members.forEach((person) => person.rooms.push(room));
      ward.rooms.push(room);
    }
    return ward;
  }

  /// One request. Undefined when the server is away; what it refuses is counted.
  async ask(method, path, body, person) {
    try {
      const answer = await this.server.call(method, path, body, person?.token);
      if (answer.status !== 200) {
        this.refusals[answer.status] = (this.refusals[answer.status] ?? 0) + 1;
        if (answer.status === 503 && !answer.retryAfter) {
          this.wordless++;
        }
      }
      return answer;
    } catch {
      return undefined;
    }
  }

  /// Until it is answered with 200, or `giveUp` says so.
  async until(method, path, body, person, giveUp = () => false) {
    for (;;) {
      const answer = await this.ask(method, path, body, person);
      if (answer?.status === 200) {
        return answer.body;
      }
      if (this.stopped || giveUp()) {
        return undefined;
      }
      await rest(50);
    }
  }

  async must(method, path, body, person) {
    const answer = await this.ask(method, path, body, person);
    if (answer?.status !== 200) {
      throw new Error(`${method} ${path}: ${answer?.status}`);
    }
    return answer.body;
  }

  start() {
    this.readers = this.people.map((person) => this.read(person));
    this.workers = [
      ...this.people.map((person) => this.write(person)),
      ...this.people.map((person, i) => this.post(person, this.people[(i + 1) % this.people.length])),
      this.shareKeys(),
      this.govern(),
    ];
  }

  /// Everybody finishes what they are at; the readers go on until they have seen everything.
  async finish() {
    this.done = true;
    await Promise.all(this.workers);
    for (const room of this.rooms) {
      room.history = await this.history(room, room.members[0]);
      room.historyOfAnother = await this.history(room, room.members.at(-1));
    }
    const deadline = now() + 60_000;
    const isBehind = (person) =>
      person.rooms.some((room) => person.views.get(room.id)?.at(-1) !== room.history.at(-1)?.event_id) ||
      this.mail.some((one) => one.to === person && one.acknowledged && one.received === 0);
    while (now() < deadline && this.people.some(isBehind)) {
      await rest(100);
    }
    this.stopped = true;
    await Promise.all(this.readers);
  }

  /// Nobody is left waiting when a test fails.
  abandon() {
    this.done = true;
    this.stopped = true;
  }

  // Writing

  async write(person) {
    for (let n = 0; !this.done; n++) {
      const room = person.rooms[n % person.rooms.length];
      const send = {
        body: `${person.name} ${n}`,
        path: `${room.path}/send/m.room.message/${person.name}-${n}`,
        person,
        started: now(),
        acknowledged: undefined,
        ids: new Set(),
      };
      room.sends.push(send);
      // A few give up when the server is away, and never learn what became of it.
      const givesUp = Math.random() < 0.1;
      await this.send(send, () => givesUp);
      if (send.acknowledged !== undefined && Math.random() < 0.02) {
        await this.send(send, () => true);
      }
      await rest(60 + Math.random() * 80);
    }
  }

  async send(send, giveUp) {
    const answer = await this.until("PUT", send.path, { msgtype: "m.text", body: send.body }, send.person, giveUp);
    if (answer) {
      send.ids.add(answer.event_id);
      if (send.acknowledged === undefined) {
        send.acknowledged = now();
        this.acknowledged++;
        this.lastAcknowledged = send.acknowledged;
      }
    }
  }

  /// Sends some again that were acknowledged before, perhaps by another process than the one that answers now.
  async sendAgain(count) {
    for (let i = 0; i < count; i++) {
      const person = any(this.people);
      const known = person.rooms
        .flatMap((room) => room.sends.slice(-MAY_RETRY / 2))
        .filter((send) => send.person === person && send.acknowledged !== undefined);
      if (known.length > 0) {
        await this.send(any(known), () => true);
      }
    }
  }

  // Reading

  async read(person) {
    let since = "";
    while (!this.stopped) {
      const answer = await this.ask("GET", `${CLIENT}/sync?timeout=2000${since && `&since=${since}`}`, undefined, person);
      if (answer?.status !== 200) {
        await rest(100);
        continue;
      }
      for (const [id, section] of Object.entries(answer.body.rooms?.join ?? {})) {
        const view = person.views.get(id) ?? [];
        view.push(...(await this.news(person, id, section.timeline, view.at(-1))));
        person.views.set(id, view);
      }
      for (const event of answer.body.to_device?.events ?? []) {
        const mail = this.mail[event.content.number];
        mail.received++;
      }
      person.keysLeft = answer.body.device_one_time_keys_count?.signed_curve25519 ?? person.keysLeft;
      since = answer.body.next_batch;
      const seen = new Map([...person.views].map(([id, view]) => [id, view.length]));
      person.tokens.push({ since, seen });
    }
    person.since = since;
  }

  /// The timeline of one answer, with what its gap left out.
  async news(person, id, timeline, last) {
    const events = timeline.events.map((event) => event.event_id);
    if (!timeline.limited) {
      return events;
    }
    const before = [];
    let from = timeline.prev_batch;
    while (from) {
      const path = `${CLIENT}/rooms/${encodeURIComponent(id)}/messages?dir=b&limit=100&from=${from}`;
      const page = await this.until("GET", path, undefined, person);
      if (!page) {
        break;
      }
      const ids = page.chunk.map((event) => event.event_id);
      const known = last === undefined ? -1 : ids.indexOf(last);
      before.push(...(known < 0 ? ids : ids.slice(0, known)));
      from = known < 0 ? page.end : undefined;
    }
    return [...before.reverse(), ...events];
  }

  async history(room, person) {
    const events = [];
    let from = "";
    do {
      const page = await this.until("GET", `${room.path}/messages?dir=f&limit=500${from}`, undefined, person);
      events.push(...page.chunk);
      from = page.end ? `&from=${page.end}` : "";
    } while (from);
    return events;
  }

  // Devices

  async post(person, to) {
    while (!this.done) {
      const mail = { to, acknowledged: false, received: 0 };
      const number = this.mail.push(mail) - 1;
      const body = { messages: { [to.id]: { [to.device]: { number } } } };
      const path = `${CLIENT}/sendToDevice/org.lanyard.test/mail-${number}`;
      const givesUp = Math.random() < 0.1;
      mail.acknowledged = (await this.until("PUT", path, body, person, () => givesUp)) !== undefined;
      if (mail.acknowledged && Math.random() < 0.1) {
        await this.ask("PUT", path, body, person);
      }
      await rest(400 + Math.random() * 400);
    }
  }

  /// Everybody claims their neighbours' one-time keys; whoever runs out uploads more, again if the answer was lost.
  async shareKeys() {
    while (!this.done) {
      const owner = any(this.people);
      if (owner.keysLeft < 5) {
        const keys = owner.keys.oneTimeKeys(10);
        for (let i = 0; i < 1 + Math.round(Math.random()); i++) {
          await this.until("POST", `${CLIENT}/keys/upload`, { one_time_keys: keys }, owner);
        }
        owner.keysLeft += 10;
      }
      const claimers = owner.rooms[0].members;
      const body = { one_time_keys: { [owner.id]: { [owner.device]: "signed_curve25519" } } };
      const answers = await Promise.all(
        claimers.map((person) => this.ask("POST", `${CLIENT}/keys/claim`, body, person)),
      );
      for (const answer of answers) {
        const given = answer?.body.one_time_keys?.[owner.id]?.[owner.device];
        this.claims.push(...Object.entries(given ?? {}).map(([name, key]) => `${owner.name} ${name} ${key.key}`));
      }
      await rest(200);
    }
  }

  // What is rarer: receipts, rooms, files, phones

  async govern() {
    for (let n = 0; !this.done; n++) {
      const person = this.people[n % this.people.length];
      const room = person.rooms[0];
      const last = person.views.get(room.id)?.at(-1);
      if (last) {
        await this.ask("POST", `${room.path}/receipt/m.read/${encodeURIComponent(last)}`, {}, person);
      }
      if (n % 4 === 0) {
        await this.ask("POST", `${CLIENT}/createRoom`, { name: `room ${n}` }, person);
      }
      await this.upload(person);
      await this.phone(person);
      await rest(200);
    }
  }

  async upload(person) {
    try {
      await fetch(`${this.server.baseUrl}/_matrix/media/v3/upload?filename=some.bin`, {
        method: "POST",
        headers: { authorization: `Bearer ${person.token}`, "content-type": "application/octet-stream" },
        body: randomBytes(5_000),
      });
    } catch {
      // The server is away.
    }
  }

  /// A phone is enrolled in place of the one before, gets a passcode, and another one: keys are made and destroyed.
  async phone(person) {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const enrolment = {
      name: "A phone",
      platform: "test",
      policy_version: "1",
      public_key_jwk: { ...publicKey.export({ format: "jwk" }), ext: true },
    };
    const enrolled = await this.ask("POST", "/_lanyard/v1/handsets", enrolment, person);
    if (enrolled?.status === 200) {
      const path = `/_lanyard/v1/handsets/${enrolled.body.handset_id}/passcode`;
      for (let i = 0; i < 2; i++) {
        await this.ask("PUT", path, { auth_proof: randomBytes(32).toString("base64") }, person);
      }
    }
  }
}
