/** A new conversation: who, of which kind, and what for. Kept while the directory is open for more people. */
import { effect, signal, untracked } from "@preact/signals";
import type { Person, Problem } from "../engine/protocol";
import { findingWords } from "../i18n/finding";
import { words } from "../i18n/language";
import type { App } from "./app";
import { takeDraft } from "./moveToClinical";
import type { Place } from "./navigation";
import { attempt, problemText, type FieldError } from "./problem";
import { identifies, wantIdentifying } from "./identifying";

const LONGEST_PURPOSE = 60;

export type NewKind = "clinical" | "operational" | "social";

export type Chosen = Pick<Person, "userId" | "displayName" | "role" | "ward">;

export class NewConversationModel {
  readonly people = signal<readonly Chosen[]>([]);
  readonly kind = signal<NewKind>("clinical");
  /** One of the offered purposes, or "other". */
  readonly choice = signal<string | null>(null);
  readonly other = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  /** The minute before one's first clinical conversation is shown. */
  readonly induction = signal(false);
  /** The same for every try, so that a second tap opens the same room. */
  private requestId: string;
  private readonly app: App;
  private begun: Place | null = null;
  private draftOf: string | undefined;

  constructor(app: App) {
    this.app = app;
    this.requestId = app.surroundings.newId();
    void wantIdentifying();
  }

  /** Whoever comes from another conversation brings its people along. Returns how to stop. */
  follow(): () => void {
    return effect(() => {
      const place = this.app.navigation.place.value;
      if (place.at !== "new" || place.with === undefined || place === this.begun) return;
      this.begun = place;
      const { with: people, draftOf } = place;
      untracked(() => {
        this.clear();
        for (const person of people) this.add(person);
        this.draftOf = draftOf;
      });
    });
  }

  add(person: Chosen): void {
    if (!this.people.value.some((known) => known.userId === person.userId)) {
      this.people.value = [...this.people.value, person];
      this.errors.value = this.errors.value.filter((error) => error.field !== "people");
    }
  }

  remove(userId: string): void {
    this.people.value = this.people.value.filter((person) => person.userId !== userId);
  }

  purpose(): string {
    const choice = this.choice.value;
    return choice === "other" ? this.other.value.trim() : (choice ?? "");
  }

  check(): FieldError[] {
    const text = findingWords().newRoom;
    const errors: FieldError[] = [];
    if (this.people.value.length === 0) errors.push({ field: "people", text: text.choosePerson });
    const purpose = this.purpose();
    if (this.choice.value === null) errors.push({ field: "purpose", text: text.choosePurpose });
    else if (purpose === "") errors.push({ field: "other", text: text.enterPurpose });
    else if (purpose.length > LONGEST_PURPOSE)
      errors.push({ field: "other", text: text.longPurpose });
    // A purpose is the room's name, which is not encrypted: identifiers are refused, not nudged.
    else if (identifies(purpose, this.app.surroundings.now())) {
      errors.push({ field: "other", text: words().newRoom.identifier });
    }
    return errors;
  }

  async start(): Promise<void> {
    await wantIdentifying();
    this.errors.value = this.check();
    if (this.errors.value.length > 0 || this.busy.value) return;
    this.busy.value = true;
    const outcome = await attempt(this.app.session, "createConversation", {
      kind: this.kind.value,
      purpose: this.purpose(),
      memberUserIds: this.people.value.map((person) => person.userId),
      requestId: this.requestId,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) {
      if (this.draftOf !== undefined) takeDraft(this.app, this.draftOf, outcome.answer.roomId);
      this.clear();
      this.app.navigation.instead({ at: "conversation", roomId: outcome.answer.roomId });
    } else if (outcome.problem.code === "induction") {
      this.induction.value = true;
    } else {
      this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    }
  }

  /** Read and accepted: what was asked for goes on. */
  async inducted(): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    const problem = await this.acceptInduction().finally(() => (this.busy.value = false));
    this.induction.value = false;
    if (problem === null) await this.start();
    else this.errors.value = [{ field: "", text: problemText(problem) }];
  }

  private async acceptInduction(): Promise<Problem | null> {
    const known = await attempt(this.app.session, "induction", {});
    if (!known.ok) return known.problem;
    const version = known.answer.wanted;
    const outcome = await attempt(this.app.session, "acceptInduction", { version });
    return outcome.ok ? null : outcome.problem;
  }

  /** Fixed from birth; what it is for is another matter for each. */
  be(kind: NewKind): void {
    if (kind === this.kind.value) return;
    this.kind.value = kind;
    this.choice.value = null;
  }

  clear(): void {
    this.people.value = [];
    this.kind.value = "clinical";
    this.choice.value = null;
    this.other.value = "";
    this.errors.value = [];
    this.draftOf = undefined;
    this.requestId = this.app.surroundings.newId();
  }
}
