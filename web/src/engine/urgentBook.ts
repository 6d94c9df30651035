import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { Api, Json } from "./api";
import { path } from "./api";
import { PASSING, type Letter } from "./outbox";
import { pause } from "./pause";
import type { People } from "./people";
import type { Urgent, UrgentAnswer, UrgentPerson } from "./urgentWords";
import { Refusal, type Sender } from "./words";

/** Those the server has just joined are waited for, so that the message is encrypted for them too. */
const JOINED_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 200;
/** An alarm waits no longer for a name or a text. */
const SOON_MS = 1_000;

export interface UrgentBookWorld {
  client: MatrixClient;
  api: Api;
  people: People;
  tell(event: { kind: "urgent"; urgent: Urgent[] }): void;
}

/** What is told without whatever comes `late`. */
interface Telling {
  mine: number;
  late: Promise<void>;
}

/** The urgent messages to and from this person: the server's facts, with the texts that this phone can read. */
export class UrgentBook {
  readonly #world: UrgentBookWorld;
  #facts: Json[] = [];
  /** Event ids that were looked for outside the timeline this phone has. */
  readonly #fetched = new Map<string, MatrixEvent>();
  /** People and texts being looked for, by their ids: each once, however often is told meanwhile. */
  readonly #looking = new Map<string, Promise<unknown>>();
  #begun = 0;
  #told = 0;
  #stale = true;
  #asking: Promise<void> | null = null;

  constructor(world: UrgentBookWorld) {
    this.#world = world;
  }

  /** The server has something new to say. */
  changed(): void {
    this.#stale = true;
    void this.refresh();
  }

  /** With every sync that works: what could not be asked before is asked now. */
  connected(): void {
    if (this.#stale) void this.refresh();
  }

  async refresh(): Promise<void> {
    this.#stale = true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    await this.#asking;
  }

  /** A text that could not be read before. */
  decrypted(eventId: string | undefined): void {
    if (this.#facts.some((one) => one["event_id"] === eventId)) void this.#tell();
  }

  /** Before the letter is encrypted. */
  async ready(letter: Letter): Promise<void> {
    const wanted = letter.urgent?.people ?? [];
    for (let waited = 0; waited < JOINED_WITHIN_MS; waited += LOOK_AGAIN_MS) {
      const room = this.#world.client.getRoom(letter.roomId);
      if (wanted.every((id) => room?.getMember(id)?.membership === "join")) return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Rejects only where another try may help: the letter then goes again, under its own id. */
  async report(letter: Letter, eventId: string): Promise<void> {
    if (!letter.urgent) return;
    const { urgentId } = letter.urgent;
    try {
      await this.#world.api.put(path`/_lanyard/v1/urgent/${urgentId}/event`, {
        event_id: eventId,
      });
    } catch (error) {
      if (!(error instanceof Refusal) || PASSING.has(error.problem.code)) throw error;
    }
    this.changed();
  }

  async #ask(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        const answer = await this.#world.api.get("/_lanyard/v1/urgent");
        this.#facts = listOf(answer["urgent"]);
      } catch {
        // Without a network what is known stays: the next sync that works asks again.
        this.#stale = true;
        return;
      }
      await this.#tell();
    }
  }

  async #tell(): Promise<void> {
    const mine = ++this.#begun;
    const telling = { mine, late: pause(SOON_MS) };
    const urgent = await Promise.all(this.#facts.map((json) => this.#urgentOf(json, telling)));
    // One that was begun later may have been faster.
    if (mine < this.#told) return;
    this.#told = mine;
    urgent.sort((a, b) => b.sentTs - a.sentTs);
    this.#world.tell({ kind: "urgent", urgent });
  }

  /** What comes late is told again, by whichever telling was begun last. */
  #soon<T>({ mine, late }: Telling, id: string, find: () => Promise<T>, instead: T): Promise<T> {
    const looking = this.#looking.get(id) as Promise<T> | undefined;
    const found =
      looking ??
      find()
        .catch(() => instead)
        .finally(() => this.#looking.delete(id));
    this.#looking.set(id, found);
    let missed = false;
    void found.then((came) => {
      if (missed && mine === this.#begun && JSON.stringify(came) !== JSON.stringify(instead))
        void this.#tell();
    });
    return Promise.race([
      found,
      late.then(() => {
        missed = true;
        return instead;
      }),
    ]);
  }

  #named(telling: Telling, id: string): Promise<Sender> {
    const { people } = this.#world;
    return this.#soon(telling, id, () => people.named(id), people.known(id));
  }

  async #urgentOf(json: Json, telling: Telling): Promise<Urgent> {
    const eventId = textOf(json["event_id"]);
    const roomId = String(json["room_id"]);
    const [text, from, people] = await Promise.all([
      eventId && this.#soon(telling, eventId, () => this.#text(roomId, eventId), null),
      this.#named(telling, String(json["from_user_id"])),
      Promise.all(listOf(json["people"]).map((one) => this.#personOf(one, telling))),
    ]);
    const read = {
      urgentId: String(json["urgent_id"]),
      kind: json["kind"] === "broadcast" ? ("broadcast" as const) : ("urgent" as const),
      roomId,
      eventId,
      text,
      from,
      sentTs: numberOf(json["sent_ts"]) ?? 0,
      dueTs: numberOf(json["due_ts"]),
      state: STATES.find((one) => one === json["state"]) ?? "waiting",
      roleName: textOf(json["role_name"]) ?? "",
      people,
      steps: listOf(json["steps"]).map((one) => ({
        step: numberOf(one["step"]) ?? 0,
        roleName: textOf(one["role_name"]) ?? "",
        lead: one["lead"] === true,
        dueTs: numberOf(one["due_ts"]),
      })),
    };
    const going = read.state !== "acknowledged" && read.state !== "ended";
    const mine = read.people.some((one) => one.own && one.answer === null && !one.offDuty);
    const waitsForMe = going && mine;
    return { ...read, open: going && (read.kind === "urgent" || waitsForMe), waitsForMe };
  }

  async #personOf(json: Json, telling: Telling): Promise<UrgentPerson> {
    const passed = textOf(json["passed_to"]);
    const [person, to] = await Promise.all([
      this.#named(telling, String(json["user_id"])),
      passed?.startsWith("@") ? this.#named(telling, passed) : null,
    ]);
    return {
      ...person,
      step: numberOf(json["step"]) ?? 0,
      deliveredTs: numberOf(json["delivered_ts"]),
      seenTs: numberOf(json["seen_ts"]),
      answer: ANSWERS.find((one) => one === json["answer"]) ?? null,
      answeredTs: numberOf(json["answered_ts"]),
      passedTo: to ? to.name : passed && "",
      offDuty: json["off_duty"] === true,
    };
  }

  async #text(roomId: string, eventId: string): Promise<string | null> {
    const room = this.#world.client.getRoom(roomId);
    const event = room?.findEventById(eventId) ?? (await this.#fetch(roomId, eventId));
    if (!event || event.isRedacted() || event.isDecryptionFailure()) return null;
    await this.#world.client.decryptEventIfNeeded(event);
    const body: unknown = event.getContent()["body"];
    return typeof body === "string" && !event.isDecryptionFailure() ? body : null;
  }

  async #fetch(roomId: string, eventId: string): Promise<MatrixEvent | null> {
    const { client } = this.#world;
    const known = this.#fetched.get(eventId);
    if (known) return known;
    const raw = await client.fetchRoomEvent(roomId, eventId).catch(() => null);
    const event = raw && client.getEventMapper()(raw);
    if (event) this.#fetched.set(eventId, event);
    return event;
  }
}

const STATES: readonly Urgent["state"][] = [
  "waiting",
  "acknowledged",
  "escalated",
  "unanswered",
  "ended",
];
const ANSWERS: readonly UrgentAnswer[] = ["acknowledged", "on_my_way", "cannot"];

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
