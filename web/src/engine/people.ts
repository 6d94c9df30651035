import { path, type Api, type Json } from "./api";
import type { SealedRecords } from "../vault/records";
import type { AskBecause, CardAvailability, Person, PersonCard } from "./peopleWords";
import type { Sender } from "./words";

const FRESH_FOR_MS = 60 * 60_000;
const ASK_AGAIN_AFTER_MS = 60_000;
const AT_ONCE = 4;
const KEPT = 2_000;

interface Known {
  person: Person;
  askedTs: number;
}

/** The directory as this phone has seen it: roles for the names in lists and timelines. */
export class People {
  readonly #api: Api;
  readonly #records: SealedRecords;
  readonly #me: string;
  readonly #changed: () => void;
  readonly #known = new Map<string, Known>();
  readonly #askedAt = new Map<string, number>();
  readonly #queue: string[] = [];
  #asking = 0;
  #unsaved = false;

  constructor(api: Api, records: SealedRecords, me: string, changed: () => void) {
    this.#api = api;
    this.#records = records;
    this.#me = me;
    this.#changed = changed;
  }

  async restore(): Promise<void> {
    const kept = (await this.#records.read<Known[]>("people")) ?? [];
    // What an older version of the app wrote down may lack fields.
    for (const { person, askedTs } of kept) {
      this.#known.set(person.userId, { person: { ...personOf({}), ...person }, askedTs });
    }
  }

  async save(): Promise<void> {
    if (!this.#unsaved) return;
    this.#unsaved = false;
    await this.#records.write("people", [...this.#known.values()].slice(-KEPT));
  }

  /** What is known now; asks the directory behind the scenes when that is nothing or old. */
  find(userId: string): Person | null {
    const known = this.#known.get(userId);
    if (!known || Date.now() - known.askedTs > FRESH_FOR_MS) this.#want(userId);
    return known?.person ?? null;
  }

  sender(userId: string, nameInRoom: string, me: string): Sender {
    const person = this.find(userId);
    return {
      userId,
      name: person?.displayName || nameInRoom,
      role: person?.role ?? "",
      own: userId === me,
      ...(person && person.photoVersion > 0 && { photoVersion: person.photoVersion }),
    };
  }

  /** Asks the directory first where this phone does not know the person. */
  async named(userId: string): Promise<Sender> {
    if (!this.#known.has(userId)) await this.card(userId).catch(() => null);
    return this.known(userId);
  }

  known(userId: string): Sender {
    return this.sender(userId, userId, this.#me);
  }

  async search(term: string, limit: number): Promise<{ people: Person[]; limited: boolean }> {
    const answer = await this.#api.post("/_lanyard/v1/directory/search", { term, limit });
    const people = list(answer["people"]).map(personOf);
    for (const person of people) this.#learn(person);
    return { people, limited: answer["limited"] === true };
  }

  async card(userId: string, roomId?: string): Promise<PersonCard> {
    const chosenFor = roomId === undefined ? "" : path`?room_id=${roomId}`;
    const answer = await this.#api.get(path`/_lanyard/v1/people/${userId}` + chosenFor);
    const person = personOf(answer);
    const nearPeople = list(answer["near_people"]).map(personOf);
    for (const one of [person, ...nearPeople]) this.#learn(one);
    return {
      ...person,
      nearPeople,
      near: nearPeople.map((one) => one.userId),
      askBecause: String(answer["ask_because"]) as AskBecause,
      sharedRoomIds: texts(answer["shared_room_ids"]),
    };
  }

  #want(userId: string): void {
    const askedAt = this.#askedAt.get(userId) ?? 0;
    if (Date.now() - askedAt < ASK_AGAIN_AFTER_MS) return;
    this.#askedAt.set(userId, Date.now());
    this.#queue.push(userId);
    while (this.#asking < AT_ONCE && this.#queue.length > 0) void this.#askNext();
  }

  async #askNext(): Promise<void> {
    this.#asking++;
    for (let userId = this.#queue.shift(); userId; userId = this.#queue.shift()) {
      const before = JSON.stringify(this.#known.get(userId)?.person);
      // A directory that does not answer costs a role in a line, no more: the next look asks again.
      const card = await this.card(userId).catch(() => null);
      if (card && JSON.stringify(this.#known.get(userId)?.person) !== before) this.#changed();
    }
    this.#asking--;
  }

  #learn(person: Person): void {
    this.#known.delete(person.userId);
    this.#known.set(person.userId, { person, askedTs: Date.now() });
    this.#unsaved = true;
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

export function personOf(json: Json): Person {
  const text = (field: string) => (typeof json[field] === "string" ? json[field] : "");
  const number = (field: string) => (typeof json[field] === "number" ? json[field] : null);
  return {
    userId: text("user_id"),
    displayName: text("display_name"),
    role: text("role"),
    ward: text("ward"),
    organization: text("organization"),
    employer: text("employer"),
    employerOds: text("employer_ods"),
    outsider: json["outsider"] === true,
    professionalBody: text("professional_body"),
    registration: text("registration"),
    bleep: text("bleep"),
    photoVersion: number("photo_version") ?? 0,
    confirmedTs: number("confirmed_ts") ?? 0,
    confirmedUntilTs: number("confirmed_until_ts"),
    availability: availabilityOf((json["availability"] ?? {}) as Json),
    reachable: json["reachable"] === true,
    ask: json["ask"] === true,
    near: texts(json["near"]),
  };
}

const STATES: readonly string[] = ["on_duty", "busy", "off"];

function availabilityOf(json: Json): CardAvailability {
  const state = STATES.includes(String(json["state"])) ? String(json["state"]) : "unknown";
  return {
    state: state as CardAvailability["state"],
    untilTs: typeof json["until_ts"] === "number" ? json["until_ts"] : null,
    coveredBy: nameOf((json["covered_by"] ?? {}) as Json),
    onCall: list(json["on_call"]).map(nameOf),
  };
}

/** A role by its name, somebody by what stands first in their id until the directory has said more. */
function nameOf(json: Json): string {
  const local =
    String(json["user_id"] ?? "")
      .slice(1)
      .split(":")[0] ?? "";
  return typeof json["name"] === "string" ? json["name"] : local.replace(/[._]/g, " ");
}
