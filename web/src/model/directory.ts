/** Finding a colleague. A search term goes to the directory in a request body, never in an address. */
import { signal } from "@preact/signals";
import type { Person } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type SearchState =
  | { readonly is: "idle" }
  | { readonly is: "searching"; readonly before: readonly Person[] }
  | { readonly is: "found"; readonly people: readonly Person[]; readonly limited: boolean }
  | { readonly is: "none"; readonly term: string }
  | { readonly is: "failed"; readonly offline: boolean; readonly text: string };

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
  private readonly app: App;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private looks = 0;

  constructor(app: App, chosen: (person: Person) => void) {
    this.app = app;
    this.near = new NearChoice(app, chosen);
  }

  type(term: string): void {
    this.term.value = term;
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
  | { readonly is: "choosing"; readonly person: Person; readonly cards: readonly Person[] }
  | { readonly is: "failed"; readonly person: Person; readonly text: string };

/** Where names are near, the person compares full cards and chooses; there is no default. */
export class NearChoice {
  readonly state = signal<NearState>({ is: "closed" });
  private readonly app: App;
  private readonly chosen: (person: Person) => void;

  constructor(app: App, chosen: (person: Person) => void) {
    this.app = app;
    this.chosen = chosen;
  }

  async pick(person: Person): Promise<void> {
    if (person.near.length === 0) {
      this.chosen(person);
      return;
    }
    this.state.value = { is: "loading", person };
    const outcome = await attempt(this.app.session, "person", { userId: person.userId });
    if (this.state.value.is !== "loading" || this.state.value.person !== person) return;
    if (outcome.ok) {
      const { nearPeople, ...own } = outcome.answer;
      // By ward, then name: where the tapped person stands must not look like an answer.
      const cards = [own, ...nearPeople].sort(
        (a, b) => a.ward.localeCompare(b.ward) || a.displayName.localeCompare(b.displayName),
      );
      this.state.value = { is: "choosing", person, cards };
    } else {
      this.state.value = { is: "failed", person, text: problemText(outcome.problem) };
    }
  }

  choose(person: Person): void {
    if (!person.reachable) return;
    this.state.value = { is: "closed" };
    this.chosen(person);
  }

  close(): void {
    this.state.value = { is: "closed" };
  }
}
