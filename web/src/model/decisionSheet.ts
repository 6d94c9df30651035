/**
 * A decision on its way to the record: prefilled so that four taps are enough, and changeable.
 *
 * What could go wrong: the wrong patient, words nobody meant, originals gone before the record has
 * them. So the patient stands above, the summary is shown as it will go, and the server deletes only
 * after the record has read it back (design decision D4).
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Decision, Member, MessageItem, PatientBanner } from "../engine/protocol";
import { moment } from "../i18n/format";
import { words } from "../i18n/language";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";

const LONGEST_SUMMARY = 2_000;
/** Phones' clocks differ a little from the server's. */
const CLOCK_SLACK = 60_000;

export interface Decider {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
}

export class DecisionSheetModel {
  readonly sources = signal<readonly MessageItem[]>([]);
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
  private readonly requestId: string;
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string, first: MessageItem) {
    this.app = app;
    this.roomId = roomId;
    this.requestId = app.surroundings.newId();
    this.sources.value = [first];
    this.summary.value = first.text;
    this.deciderId = signal(first.sender.userId);
    this.when.value = toLocalInput(first.ts);
    this.likely = computed(() => likelyDeciders(first, app));
    this.others = computed(() => {
      const shown = new Set(this.likely.value.map((person) => person.userId));
      return this.members.value.filter(
        (member) => member.standing === "person" && !shown.has(member.userId),
      );
    });
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
  toggleSource(item: MessageItem): void {
    const untouched = this.summary.value === joined(this.sources.value);
    const has = this.sources.value.some((source) => source.key === item.key);
    if (has && this.sources.value.length === 1) return;
    this.sources.value = has
      ? this.sources.value.filter((source) => source.key !== item.key)
      : [...this.sources.value, item].sort((a, b) => a.ts - b.ts);
    if (untouched) this.summary.value = joined(this.sources.value);
  }

  check(): FieldError[] {
    const text = words().decision;
    const errors: FieldError[] = [];
    const summary = this.summary.value.trim();
    if (summary === "") errors.push({ field: "summary", text: text.enterSummary });
    else if (summary.length > LONGEST_SUMMARY)
      errors.push({ field: "summary", text: text.longSummary });
    if (this.decider() === undefined) errors.push({ field: "decider", text: text.chooseDecider });
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
    const outcome = await attempt(this.app.session, "sendDecision", {
      roomId: this.roomId,
      requestId: this.requestId,
      sourceEventIds: this.sources.value.flatMap((source) => source.eventId ?? []),
      summary: this.summary.value.trim(),
      decidedTs: Math.min(this.decidedTs(), this.app.surroundings.now()),
      deciderUserId: this.deciderId.value,
      patientVersion: patient.version,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) this.sent.value = outcome.answer.decisionId;
    else this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
  }
}

function joined(sources: readonly MessageItem[]): string {
  return sources.map((source) => source.text).join("\n");
}

function likelyDeciders(first: MessageItem, app: App): Decider[] {
  const { userId, name, role } = first.sender;
  const author = { userId, name, role };
  const me = app.session.live.me.value;
  if (me === null || me.userId === userId) return [author];
  return [author, { userId: me.userId, name: me.displayName, role: me.role }];
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

export function statusText(decision: Decision): string {
  const text = words().decision;
  return decision.status === "disposed" && decision.sink === "folder"
    ? text.folderDisposed
    : text.status[decision.status];
}

const USUAL_GRACE_SECONDS = 86_400;

/** When the messages go, or what keeps them. */
export function originalsText(
  decision: Decision,
  now: number,
  graceSeconds = USUAL_GRACE_SECONDS,
): string {
  const text = words().decision;
  if (decision.status === "disposed") return text.originalsGone;
  if (decision.status === "refused") return text.originalsRefused;
  if (decision.keptBecause !== null) return text.kept[decision.keptBecause];
  if (decision.originalsGoTs !== null) return text.originalsGo(moment(decision.originalsGoTs, now));
  return text.originalsAfter(text.hours(Math.round(graceSeconds / 3600)));
}

export class ReceiptModel {
  readonly state = signal<ReceiptState>({ is: "loading" });
  readonly note = signal<string | null>(null);
  readonly busy = signal(false);
  private readonly app: App;
  private readonly roomId: string;
  private readonly decisionId: string;

  constructor(app: App, roomId: string, decisionId: string) {
    this.app = app;
    this.roomId = roomId;
    this.decisionId = decisionId;
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "listDecisions", { roomId: this.roomId });
    if (!outcome.ok) {
      if (this.state.value.is !== "shown")
        this.state.value = { is: "failed", text: problemText(outcome.problem) };
      return;
    }
    const decision = outcome.answer.find((known) => known.decisionId === this.decisionId);
    this.state.value =
      decision === undefined
        ? { is: "failed", text: words().decision.notFound }
        : { is: "shown", decision };
  }

  async query(withdraw: boolean): Promise<void> {
    const text = words().decision;
    await this.act(
      () => attempt(this.app.session, "queryDecision", { decisionId: this.decisionId, withdraw }),
      withdraw ? text.withdrawn : text.queryDone,
    );
  }

  async retry(): Promise<void> {
    await this.act(
      () => attempt(this.app.session, "retryDecision", { decisionId: this.decisionId }),
      words().decision.sentText,
    );
  }

  private async act(
    call: () => ReturnType<typeof attempt<"retryDecision">>,
    done: string,
  ): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    const outcome = await call().finally(() => (this.busy.value = false));
    this.note.value = outcome.ok ? done : problemText(outcome.problem);
    await this.load();
  }
}
