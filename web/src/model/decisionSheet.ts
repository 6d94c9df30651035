/**
 * A decision on its way to the record: prefilled so that four taps are enough, and changeable.
 *
 * What could go wrong: the wrong patient, words nobody meant, originals gone before the record has
 * them, somebody who believes that the record has what only a folder has. So the patient stands above,
 * the summary is shown as it will go, where it goes is said before the signature, and the server deletes
 * only after the record has read it back, or somebody said where it is (design decision D4, ADR 45).
 */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type {
  Decision,
  ErrorReason,
  Member,
  PatientBanner,
  TimelineItem,
} from "../engine/protocol";
import { decidingWords } from "../i18n/deciding";
import { decisionWords } from "../i18n/decisions";
import type { App } from "./app";
import { deciderOf, likelyDeciders, NOBODY, type Decider } from "./deciders";
import { dropDraft, findDraft, keepDraft, type DecisionDraft } from "./decisionDraft";
import { canBeSource, wordsOf, type Source } from "./decisionSources";
import { attempt, problemText, type FieldError, type Outcome } from "./problem";
import { sinkOf, wordsOfSink } from "./sink";
import { StepUpModel } from "./stepUp";

const LONGEST_SUMMARY = 2_000;
/** As many as the record is sent with one decision. */
const MOST_PICTURES = 5;
/** Phones' clocks differ a little from the server's. */
const CLOCK_SLACK = 60_000;

/** A decision in the record that is to be said anew; its messages may be gone. */
export interface Replaced {
  readonly decisionId: string;
  readonly text: string;
  readonly ts: number;
  readonly decider: Decider;
  readonly sources: readonly Source[];
}

/** Several messages at once, the oldest first. */
export interface Several {
  readonly sources: readonly Source[];
}

/** What a decision is begun with. */
export type Beginning = Source | Several | Replaced;

export class DecisionSheetModel {
  readonly sources = signal<readonly Source[]>([]);
  readonly summary = signal("");
  readonly deciderId: { value: string };
  /** As `<input type="datetime-local">` writes it. */
  readonly when = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly members = signal<readonly Member[]>([]);
  readonly sent = signal<string | null>(null);
  /** Deciders offered as one tap: who wrote the message, and me. */
  readonly likely: ReadonlySignal<readonly Decider[]>;
  readonly others: ReadonlySignal<readonly Decider[]>;
  /** Who advised, from the directory. */
  readonly adviser = signal<Decider | null>(null);
  readonly adviserTerm = signal("");
  readonly advisers = signal<readonly Decider[] | null>(null);
  readonly stepUp: StepUpModel;
  readonly replaces: Replaced | null;
  private readonly requestId: string;
  private readonly app: App;
  private readonly roomId: string;

  /** `first`: what it was taken in, or what it replaces. `here`: the conversation it is in. */
  constructor(app: App, roomId: string, first: Beginning, here: readonly TimelineItem[] = []) {
    this.app = app;
    this.roomId = roomId;
    this.stepUp = new StepUpModel(app);
    this.replaces = "decisionId" in first ? first : null;
    const sources = "sources" in first ? first.sources : [first];
    const last = sources.at(-1);
    const author = this.replaces?.decider ?? (last ? deciderOf(last) : NOBODY);
    this.sources.value = sources;
    this.summary.value = this.replaces?.text ?? joined(sources);
    this.deciderId = signal(author.userId);
    this.when.value = toLocalInput(this.replaces?.ts ?? last?.ts ?? app.surroundings.now());
    const kept = findDraft(app, roomId, this.draft(""));
    this.requestId = kept?.requestId ?? app.surroundings.newId();
    if (kept !== null) this.goOn(kept, here.filter(canBeSource));
    this.likely = computed(() => likelyDeciders(author, app));
    this.others = computed(() => {
      const shown = new Set(this.likely.value.map((person) => person.userId));
      return this.members.value.filter(
        (member) => member.standing === "person" && !shown.has(member.userId),
      );
    });
  }

  /** Keeps what is written; returns how to stop, which the lock does too. */
  start(): () => void {
    void this.loadMembers();
    const untouched = JSON.stringify(this.draft(this.requestId));
    const stopKeeping = effect(() => {
      const draft = this.draft(this.requestId);
      const isNew = JSON.stringify(draft) !== untouched;
      if (isNew || this.busy.value) keepDraft(this.app, this.roomId, draft);
    });
    return () => {
      stopKeeping();
      this.stop();
    };
  }

  /** It is signed, or its person closed it: what they wrote is not wanted any more. */
  discard(): void {
    dropDraft(this.app, this.roomId);
  }

  private draft(requestId: string): DecisionDraft {
    return {
      requestId,
      replaces: this.replaces?.decisionId ?? null,
      sourceEventIds: idsOf(this.sources.value),
      summary: this.summary.value,
      deciderUserId: this.deciderId.value,
      when: this.when.value,
      adviser: this.adviser.value,
    };
  }

  private goOn(kept: DecisionDraft, here: readonly Source[]): void {
    const known = new Map([...here, ...this.sources.value].map((one) => [one.eventId, one]));
    this.sources.value = kept.sourceEventIds.flatMap((id) => known.get(id) ?? []);
    this.summary.value = kept.summary;
    this.deciderId.value = kept.deciderUserId;
    this.when.value = kept.when;
    this.adviser.value = kept.adviser;
    this.advisers.value = kept.adviser && [kept.adviser];
  }

  /** In the directory: who advised need not be in the conversation. */
  async findAdviser(): Promise<void> {
    const term = this.adviserTerm.value.trim();
    if (term === "") return;
    const outcome = await attempt(this.app.session, "searchPeople", { term, limit: 6 });
    if (outcome.ok)
      this.advisers.value = outcome.answer.people.map(({ userId, displayName, role }) => ({
        userId,
        name: displayName,
        role,
      }));
    else this.errors.value = [{ field: "adviser", text: problemText(outcome.problem) }];
  }

  chooseAdviser(userId: string | null): void {
    this.adviser.value = this.advisers.value?.find((one) => one.userId === userId) ?? null;
  }

  async loadMembers(): Promise<void> {
    const outcome = await attempt(this.app.session, "members", { roomId: this.roomId });
    if (outcome.ok) this.members.value = outcome.answer;
  }

  decider(): Decider | undefined {
    return [...this.likely.value, ...this.others.value].find(
      (person) => person.userId === this.deciderId.value,
    );
  }

  decidedTs(): number {
    return fromLocalInput(this.when.value);
  }

  /** Adds or takes out a message; the summary follows only while nobody has changed it. */
  toggleSource(item: Source): void {
    const untouched = this.summary.value === joined(this.sources.value);
    const has = this.sources.value.some((source) => source.key === item.key);
    if (has && this.sources.value.length === 1 && this.replaces === null) return;
    this.sources.value = has
      ? this.sources.value.filter((source) => source.key !== item.key)
      : [...this.sources.value, item].sort((a, b) => a.ts - b.ts);
    if (untouched) this.summary.value = joined(this.sources.value);
  }

  pictures(): Source[] {
    return this.sources.value.filter((source) => source.kind === "image");
  }

  check(): FieldError[] {
    const text = decidingWords();
    const errors: FieldError[] = [];
    const summary = this.summary.value.trim();
    if (summary === "") errors.push({ field: "summary", text: text.enterSummary });
    else if (summary.length > LONGEST_SUMMARY)
      errors.push({ field: "summary", text: text.longSummary });
    if (this.decider() === undefined) errors.push({ field: "decider", text: text.chooseDecider });
    if (this.pictures().length > MOST_PICTURES)
      errors.push({ field: "", text: decisionWords().tooManyPictures(MOST_PICTURES) });
    const decided = this.decidedTs();
    if (Number.isNaN(decided)) errors.push({ field: "when", text: text.enterWhen });
    else if (decided > this.app.surroundings.now() + CLOCK_SLACK)
      errors.push({ field: "when", text: text.future });
    return errors;
  }

  /** `patient` is who stands above the sheet: nothing may be signed about somebody else. */
  async send(patient: Pick<PatientBanner, "version">): Promise<void> {
    this.errors.value = this.check();
    if (this.errors.value.length > 0 || this.busy.value) return;
    this.busy.value = true;
    const draft = {
      roomId: this.roomId,
      requestId: this.requestId,
      sourceEventIds: idsOf(this.sources.value),
      pictureEventIds: idsOf(this.pictures()),
      summary: this.summary.value.trim(),
      decidedTs: Math.min(this.decidedTs(), this.app.surroundings.now()),
      deciderUserId: this.deciderId.value,
      adviserUserId: this.adviser.value?.userId ?? null,
      replaces: this.replaces?.decisionId ?? null,
      patientVersion: patient.version,
    };
    const outcome = await this.stepUp
      .guard(() => attempt(this.app.session, "sendDecision", draft))
      .finally(() => (this.busy.value = false));
    if (!outcome.ok && outcome.problem.code === "step_up") await this.drop();
    if (outcome.ok) {
      this.sent.value = outcome.answer.decisionId;
      this.discard();
    } else this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
  }

  /** Its screen is gone, and with it the question for the proof. */
  stop(): void {
    this.stepUp.stop();
  }

  /** The proof was not given: what stands in the conversation as decided goes. */
  private async drop(): Promise<void> {
    const { roomId, requestId } = this;
    await attempt(this.app.session, "dropDecision", { roomId, requestId });
  }
}

const idsOf = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => source.eventId ?? []);

function joined(sources: readonly Source[]): string {
  return sources.map(wordsOf).filter(Boolean).join("\n");
}

export function toLocalInput(ts: number): string {
  const date = new Date(ts);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const fromLocalInput = (text: string): number => new Date(text).getTime();

// ── The receipt ──────────────────────────────────────────────────────────────────────────────────

export type ReceiptState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "shown"; readonly decision: Decision };

export class ReceiptModel {
  readonly state = signal<ReceiptState>({ is: "loading" });
  readonly note = signal<string | null>(null);
  readonly busy = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly stepUp: StepUpModel;
  private readonly app: App;
  private readonly decisionId: string;
  private readonly requestIds = new Map<string, string>();

  constructor(app: App, decisionId: string) {
    this.app = app;
    this.decisionId = decisionId;
    this.stepUp = new StepUpModel(app);
  }

  async load(): Promise<void> {
    const asked = { decisionId: this.decisionId };
    const outcome = await attempt(this.app.session, "decision", asked);
    if (outcome.ok) this.state.value = { is: "shown", decision: outcome.answer };
    else if (this.state.value.is !== "shown")
      this.state.value = { is: "failed", text: problemText(outcome.problem) };
  }

  async query(withdraw: boolean): Promise<void> {
    const text = decidingWords();
    await this.act(
      () => attempt(this.app.session, "queryDecision", { decisionId: this.decisionId, withdraw }),
      withdraw ? text.withdrawn : text.queryDone,
    );
  }

  /** What the record refused: the decision, or what followed it. */
  async retry(decisionId = this.decisionId): Promise<void> {
    await this.act(
      () => attempt(this.app.session, "retryDecision", { decisionId }),
      this.words().sentText,
    );
  }

  async confirm(): Promise<boolean> {
    const asked = { decisionId: this.decisionId, requestId: this.requestId("confirm") };
    return this.act(
      () => attempt(this.app.session, "confirmDecision", asked),
      this.words().confirmed,
    );
  }

  async markInError(reason: ErrorReason | null, said: string): Promise<boolean> {
    const text = decisionWords();
    if (reason === null) return this.refuse("reason", text.chooseReason);
    if (reason === "other" && said.trim() === "") return this.refuse("words", text.enterWords);
    // Another reason or other words are another request.
    const requestId = this.requestId(`error ${reason} ${said.trim()}`);
    const asked = { decisionId: this.decisionId, requestId, reason, words: said.trim() };
    const call = (): Promise<Outcome<unknown>> => attempt(this.app.session, "markInError", asked);
    const done = await this.act(call, this.words().marked);
    const state = this.state.value;
    if (done && state.is === "shown" && state.decision.status === "withdrawn")
      this.note.value = decidingWords().statusHint.withdrawn;
    return done;
  }

  async wordsToPaste(decisionId = this.decisionId): Promise<string | null> {
    const asked = { decisionId };
    const outcome = await attempt(this.app.session, "wordsToPaste", asked);
    if (outcome.ok) return outcome.answer.text;
    this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    return null;
  }

  async pasted(reference: string, decisionId = this.decisionId): Promise<boolean> {
    const text = decisionWords();
    if (reference.trim() === "") return this.refuse("reference", text.enterReference);
    const asked = { decisionId, reference: reference.trim() };
    return this.act(() => attempt(this.app.session, "pasted", asked), text.pastedNow);
  }

  /** Of where this decision goes, once that is read. */
  private words() {
    const state = this.state.value;
    return wordsOfSink(state.is === "shown" ? state.decision.sink : sinkOf(this.app));
  }

  private refuse(field: string, text: string): boolean {
    this.errors.value = [{ field, text }];
    return false;
  }

  private requestId(deed: string): string {
    const known = this.requestIds.get(deed) ?? this.app.surroundings.newId();
    this.requestIds.set(deed, known);
    return known;
  }

  private async act(call: () => Promise<Outcome<unknown>>, done: string): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    this.errors.value = [];
    const outcome = await this.stepUp.guard(call).finally(() => (this.busy.value = false));
    this.note.value = outcome.ok ? done : problemText(outcome.problem);
    if (!outcome.ok) this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    await this.load();
    return outcome.ok;
  }
}
