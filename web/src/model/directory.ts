/** Finding a colleague. A search term goes to the directory in a request body, never in an address. */
import { signal } from "@preact/signals";
import type { AskBecause, Person } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type SearchState =
  | { readonly is: "idle" }
  | { readonly is: "searching"; readonly before: readonly Person[] }
  | { readonly is: "found"; readonly people: readonly Person[]; readonly limited: boolean }
  | { readonly is: "none"; readonly term: string }
  | { readonly is: "failed"; readonly offline: boolean; readonly text: string };

/** What was looked for, while somebody's card is shown in the directory's place. */
export interface Kept {
  term: string;
}

/** Long enough that a typed word is one question, short enough not to be felt. */
const PAUSE = 250;
const SHORTEST_TERM = 2;
/** Somebody may be setting up their phone beside us: they become reachable while we look. */
const LOOK_AGAIN_AFTER = 5_000;
const MOST_LOOKS = 12;

export class DirectoryModel {
  readonly term = signal("");
  readonly state = signal<SearchState>({ is: "idle" });
  readonly near: NearChoice;
  /** Tapped, and cannot be written to. */
  readonly unreachable = signal<Person | null>(null);
  private readonly app: App;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private looks = 0;

  private readonly kept: Kept;

  /** `roomId`: the conversation that somebody is looked for. */
  constructor(
    app: App,
    chosen: (person: Person) => void,
    kept: Kept = { term: "" },
    roomId?: string,
  ) {
    this.app = app;
    this.kept = kept;
    this.near = new NearChoice(app, chosen, roomId);
  }

  /** Back from somebody's card: what was looked for is there again. */
  begin(): void {
    if (this.kept.term === "") return;
    this.type(this.kept.term);
    void this.search();
  }

  type(term: string): void {
    this.term.value = term;
    this.kept.term = term;
    clearTimeout(this.timer);
    if (term.trim().length < SHORTEST_TERM) {
      this.asked++;
      this.state.value = { is: "idle" };
      return;
    }
    this.state.value = { is: "searching", before: this.shown() };
    this.timer = setTimeout(() => void this.search(), PAUSE);
  }

  /** Answers come in any order on poor wifi: only that to the last question counts. */
  async search(): Promise<void> {
    clearTimeout(this.timer);
    const term = this.term.value.trim();
    if (term.length < SHORTEST_TERM) return;
    const mine = ++this.asked;
    this.looks = 0;
    this.state.value = { is: "searching", before: this.shown() };
    const outcome = await attempt(this.app.session, "searchPeople", { term });
    if (mine !== this.asked) return;
    if (!outcome.ok) {
      const offline = outcome.problem.code === "offline";
      this.state.value = { is: "failed", offline, text: problemText(outcome.problem) };
    } else if (outcome.answer.people.length === 0) {
      this.state.value = { is: "none", term };
    } else {
      this.state.value = {
        is: "found",
        people: outcome.answer.people,
        limited: outcome.answer.limited,
      };
      this.lookAgainLater();
    }
  }

  private lookAgainLater(): void {
    if (this.shown().every((person) => person.reachable) || this.looks >= MOST_LOOKS) return;
    this.timer = setTimeout(() => void this.lookAgain(), LOOK_AGAIN_AFTER);
  }

  /** Quietly: what is shown stays until there is an answer. */
  private async lookAgain(): Promise<void> {
    this.looks++;
    const mine = this.asked;
    const term = this.term.value.trim();
    const outcome = await attempt(this.app.session, "searchPeople", { term });
    if (mine !== this.asked) return;
    if (outcome.ok) this.state.value = { is: "found", ...outcome.answer };
    this.lookAgainLater();
  }

  /** Whoever can be chosen is; of whoever cannot it is said why, and what can be done. */
  pick(person: Person): void {
    if (person.reachable) void this.near.pick(person);
    else this.unreachable.value = person;
  }

  /** Somebody else of their ward or with their role. */
  searchInstead(term: string): void {
    this.unreachable.value = null;
    this.type(term);
    void this.search();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asked++;
  }

  private shown(): readonly Person[] {
    const state = this.state.value;
    if (state.is === "found") return state.people;
    return state.is === "searching" ? state.before : [];
  }
}

export type NearState =
  | { readonly is: "closed" }
  | { readonly is: "loading"; readonly person: Person }
  | {
      readonly is: "choosing";
      readonly person: Person;
      readonly because: AskBecause;
      readonly cards: readonly Person[];
    }
  | { readonly is: "failed"; readonly person: Person; readonly text: string };

/** Where names are near, the person compares full cards and chooses; there is no default. */
export class NearChoice {
  readonly state = signal<NearState>({ is: "closed" });
  private readonly app: App;
  private readonly chosen: (person: Person) => void;
  private readonly room: { roomId?: string };

  constructor(app: App, chosen: (person: Person) => void, roomId?: string) {
    this.app = app;
    this.chosen = chosen;
    this.room = roomId === undefined ? {} : { roomId };
  }

  async pick(person: Person): Promise<void> {
    if (!person.ask) {
      this.chosen(person);
      return;
    }
    this.state.value = { is: "loading", person };
    const outcome = await attempt(this.app.session, "person", {
      userId: person.userId,
      ...this.room,
    });
    if (this.state.value.is !== "loading" || this.state.value.person !== person) return;
    if (outcome.ok) {
      const { nearPeople, ask, askBecause: because, ...own } = outcome.answer;
      // Asked on another phone of theirs meanwhile.
      if (!ask) {
        this.state.value = { is: "closed" };
        this.chosen(person);
        return;
      }
      // By ward, then name: where the tapped person stands must not look like an answer.
      const cards = [{ ...own, ask }, ...nearPeople].sort(
        (a, b) => a.ward.localeCompare(b.ward) || a.displayName.localeCompare(b.displayName),
      );
      this.state.value = { is: "choosing", person, because, cards };
    } else {
      this.state.value = { is: "failed", person, text: problemText(outcome.problem) };
    }
  }

  choose(person: Person): void {
    if (!person.reachable) return;
    this.state.value = { is: "closed" };
    // Not kept, it is asked once more: nobody waits for it.
    void attempt(this.app.session, "toldApart", { userId: person.userId });
    this.chosen(person);
  }

  close(): void {
    this.state.value = { is: "closed" };
  }
}
