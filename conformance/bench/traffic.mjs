// Messages on their way: who sent what when, who got it when, and whether all got the same in the same order.
import { randomBytes } from "node:crypto";
import { chance, Samples } from "./numbers.mjs";
import { Wire } from "./wire.mjs";

const V3 = "/_matrix/client/v3";
/// Looks like what phones send: base64 of ciphertext, which no compression makes much smaller.
const FILLER = randomBytes(48 * 1024).toString("base64");
const MARK = /lb!(\d+)!(\d+)!/g;
const LIMITED = /"limited": *true/;
const SLIDING_PATH = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

/// Content of `bytes` bytes that a receiver recognises without parsing.
export function content(room, number, bytes = 700) {
  const start = `{"msgtype":"m.text","body":"lb!${room.number}!${number}!`;
  const from = (number * 7919) % (FILLER.length - bytes);
  return `${start}${FILLER.slice(from, from + bytes - start.length - 2)}"}`;
}

export function sendPath(room, number) {
  return `${V3}/rooms/${room.path}/send/m.room.message/m${number}`;
}

/// Everything sent during a phase and what became of it.
export class Ledger {
  sent = new Map();
  failed = 0;
  gaps = 0;
  duplicated = 0;
  outOfOrder = 0;
  deliveries = 0;
  answers = 0;
  bytes = 0;
  send = new Samples();
  arrival = new Samples();
  #orders = new Map();
  #places = new Map();
  #from = Infinity;
  #to = Infinity;

  measure(from, seconds) {
    this.#from = from;
    this.#to = from + seconds * 1000;
  }

  counts(instant) {
    return instant >= this.#from && instant < this.#to;
  }

  /// `scheduled` is when it should have been sent: a generator that lags must not hide a server that lags.
  async deliver(person, room, number, scheduled) {
    const message = {
      room,
      sender: person.number,
      scheduled,
      sentAt: performance.now(),
      ackAt: NaN,
    };
    this.sent.set(number, message);
    try {
      const answer = await person.call("PUT", sendPath(room, number), content(room, number));
      if (answer.status !== 200) {
        throw new Error(`sending was answered with ${answer.status}`);
      }
      message.ackAt = answer.at;
      if (this.counts(scheduled)) {
        this.send.add(answer.at - scheduled);
      }
    } catch {
      this.failed++;
    }
  }

  received(listener, body, at) {
    if (this.counts(at)) {
      this.answers++;
      this.bytes += body.length;
    }
    const text = body.latin1Slice();
    this.gaps += text.split(LIMITED).length - 1;
    for (const [, room, number] of text.matchAll(MARK)) {
      const message = this.sent.get(Number(number));
      if (message) {
        this.#place(listener, Number(room), Number(number));
        if (message.sender !== listener.number && this.counts(message.scheduled)) {
          this.deliveries++;
          this.arrival.add(at - message.scheduled);
        }
      }
    }
  }

  /// All members must see a room's messages in one order; the first to see one says where it stands.
  #place(listener, room, number) {
    const order = this.#orders.get(room) ?? new Map();
    this.#orders.set(room, order);
    const key = `${listener.number}/${room}`;
    const seen = this.#places.get(key) ?? { next: 0, count: 0 };
    this.#places.set(key, seen);
    const stands = order.get(number) ?? order.size;
    if (stands < seen.next) {
      this.duplicated++;
      return;
    }
    if (stands > seen.next) {
      this.outOfOrder++;
    }
    order.set(number, stands);
    seen.next = stands + 1;
    seen.count++;
  }

  /// Acknowledged messages that a listening member has not seen.
  lost(listeners) {
    const expected = new Map();
    for (const { room, ackAt } of this.sent.values()) {
      if (!Number.isNaN(ackAt)) {
        expected.set(room, (expected.get(room) ?? 0) + 1);
      }
    }
    const listening = new Set(listeners.map((listener) => listener.number));
    let lost = 0;
    for (const [room, count] of expected) {
      for (const member of room.members) {
        if (listening.has(member.number)) {
          lost += Math.max(
            0,
            count - (this.#places.get(`${member.number}/${room.number}`)?.count ?? 0),
          );
        }
      }
    }
    return lost;
  }

  /// A message sent after another of the same person was acknowledged must stand behind it.
  overtaken() {
    let overtaken = 0;
    for (const order of this.#orders.values()) {
      const latestSent = new Map();
      for (const number of order.keys()) {
        const { sender, sentAt, ackAt } = this.sent.get(number);
        if (ackAt < (latestSent.get(sender) ?? -Infinity)) {
          overtaken++;
        }
        latestSent.set(sender, Math.max(sentAt, latestSent.get(sender) ?? -Infinity));
      }
    }
    return overtaken;
  }
}

/// `/v3/sync`, as most clients speak it.
export const SYNC = {
  async prepare(person) {
    const saved = await person.post(`/user/${encodeURIComponent(person.id)}/filter`, {
      room: { timeline: { limit: 100 } },
    });
    return saved.filter_id;
  },
  request(filter, since, timeout) {
    const query = `timeout=${timeout}&set_presence=offline&filter=${filter}`;
    return ["GET", `${V3}/sync?${query}${since && `&since=${since}`}`];
  },
  next: /"next_batch": *"([^"]+)"/,
};

/// Simplified sliding sync (MSC4186), as Element X and matrix-js-sdk speak it: one list of all rooms.
export const SLIDING = {
  async prepare(person) {
    return `bench${person.number}`;
  },
  request(connection, pos, timeout) {
    const list = {
      ranges: [[0, 99]],
      timeline_limit: 100,
      required_state: [["m.room.name", ""]],
    };
    return [
      "POST",
      `${SLIDING_PATH}?timeout=${timeout}${pos && `&pos=${pos}`}`,
      JSON.stringify({ conn_id: connection, lists: { all: list } }),
    ];
  },
  next: /"pos": *"([^"]+)"/,
};

/// A device that syncs without a pause.
export class Listener {
  #person;
  #wire;
  #protocol;
  #prepared;
  #since = "";
  #stopped = false;
  ledger = null;
  failures = 0;

  constructor(person, protocol = SYNC) {
    this.#person = person;
    this.#protocol = protocol;
    this.number = person.number;
    this.#wire = new Wire(person.to);
  }

  async start() {
    this.#prepared = await this.#protocol.prepare(this.#person);
    await this.#once(0);
    this.#loop();
  }

  stop() {
    this.#stopped = true;
    this.#wire.close();
  }

  async #once(timeout) {
    const [method, path, body] = this.#protocol.request(this.#prepared, this.#since, timeout);
    const answer = await this.#wire.call(method, path, this.#person.token, body);
    if (answer.status !== 200) {
      throw new Error(`sync was answered with ${answer.status}`);
    }
    // The token stands first or last; most answers are small enough for it not to matter.
    this.#since = encodeURIComponent(this.#protocol.next.exec(answer.body.latin1Slice())[1]);
    this.ledger?.received(this, answer.body, answer.at);
  }

  async #loop() {
    while (!this.#stopped) {
      try {
        await this.#once(30_000);
      } catch {
        if (!this.#stopped) {
          this.failures++;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    }
  }
}

/// Arrivals at random (Poisson) at `rate` a second: a random person says something in a random room of theirs.
export async function arrivals({ world, people, ledger, rate, seconds, seed, pick }) {
  const random = chance(seed);
  const waiting = new Set();
  const began = performance.now();
  let due = began;
  while (due < began + seconds * 1000) {
    const now = performance.now();
    while (due <= now && due < began + seconds * 1000) {
      const person = people[Math.floor(random() * people.length)];
      const room = pick ? pick(person) : person.rooms[Math.floor(random() * person.rooms.length)];
      if (room) {
        const going = ledger.deliver(person, room, world.nextMessage(), due);
        waiting.add(going);
        going.then(() => waiting.delete(going));
      }
      due += (-Math.log(1 - random()) / rate) * 1000;
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(20, Math.max(0, due - performance.now()))),
    );
  }
  await Promise.race([
    Promise.all(waiting),
    new Promise((resolve) => setTimeout(resolve, 15_000).unref()),
  ]);
}
