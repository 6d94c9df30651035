/**
 * The nudge over the message box: what it found, and what the person makes of it. It runs on this phone;
 * the server hears numbers, and of a broken glass who and why, never what was written.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { BreakGlassReason } from "../engine/minimiseWords";
import type { ProblemCode, RoomKind, RoomUse } from "../engine/words";
import { words } from "../i18n/language";
import { nudgeWords } from "../i18n/minimise";
import {
  findIdentifiers,
  keepKey,
  replaceIdentifiers,
  today,
  type Finding,
  type IdentifierKind,
} from "../nudge/nudge";
import type { App } from "./app";
import { moveToClinical } from "./moveToClinical";
import type { PatientModel } from "./patientBanner";
import { attempt, problemText } from "./problem";

export type Reason = "safety" | "asked" | "not_a_patient" | BreakGlassReason;

export interface Nudge {
  readonly kinds: readonly IdentifierKind[];
  readonly sentence: string;
  /** A date of birth alone says no more as "the patient": it is taken out. */
  readonly replaceLabel: string;
}

/** Of the message box, as far as the nudge is concerned. */
export interface Box {
  readonly text: ReadonlySignal<string>;
  put(text: string, caret: number): void;
  send(): Promise<boolean>;
}

/** Here nothing about a patient belongs. */
const isElsewhere = (kind: RoomKind): boolean => kind === "social" || kind === "operational";

const HERE: readonly Reason[] = ["safety", "asked", "emergency", "not_a_patient"];
const ELSEWHERE: readonly Reason[] = ["not_a_patient", "emergency", "no_other_way"];

export class NudgeModel {
  readonly shown: ReadonlySignal<Nudge | null>;
  readonly kind: ReadonlySignal<RoomKind>;
  readonly level: ReadonlySignal<RoomUse["nudge"]>;
  /** Whether a reason is asked for now, and which there are. */
  readonly asking = signal<readonly Reason[] | null>(null);
  readonly error = signal<string | null>(null);
  /** What was pointed out has been taken out: whether that helped is asked once, until the app starts anew. */
  readonly worth = signal<"ask" | "thanks" | null>(null);
  private readonly kept = signal<ReadonlySet<string>>(new Set());
  private readonly findings: ReadonlySignal<readonly Finding[]>;
  private readonly app: App;
  private readonly roomId: string;
  private readonly box: Box;

  constructor(
    app: App,
    roomId: string,
    patient: PatientModel,
    colleagues: ReadonlySignal<readonly string[]>,
    box: Box,
  ) {
    this.app = app;
    this.roomId = roomId;
    this.box = box;
    const { rooms, policy } = app.session.live;
    this.kind = computed(() => rooms.value.find((room) => room.id === roomId)?.kind ?? "clinical");
    this.level = computed(
      () => policy.value?.rooms?.[this.kind.value]?.nudge ?? (this.elsewhere() ? "ask" : "warn"),
    );
    this.findings = computed(() => {
      if (this.level.value === "off") return [];
      const linked = patient.state.value;
      const text = box.text.value;
      return findIdentifiers(text, {
        today: today(app.surroundings.now()),
        colleagues: colleagues.value,
        ...(linked.is === "shown" ? { patient: linked.patient } : {}),
      }).filter((found) => !this.kept.value.has(keepKey(text, found)));
    });
    this.shown = computed(() => describe(this.findings.value, this.elsewhere()));
  }

  elsewhere(): boolean {
    return isElsewhere(this.kind.value);
  }

  replace(): void {
    const changed = replaceIdentifiers(
      this.box.text.value,
      this.findings.value,
      nudgeWords().words,
    );
    this.count("replaced");
    this.asking.value = null;
    if (!ASKED.has(this.app.session)) {
      ASKED.add(this.app.session);
      this.worth.value = "ask";
    }
    this.box.put(changed.text, changed.caret);
  }

  /** One tap keeps all that is shown now; typing something else is asked about again. */
  keep(): void {
    if (this.level.value === "ask") this.asking.value = this.reasons();
    else this.keepAll();
  }

  /** The message box was asked to send: whether a reason comes first. One tap, and it goes. */
  stops(): boolean {
    if (this.level.value !== "ask" || this.shown.value === null) return false;
    this.asking.value = this.reasons();
    return true;
  }

  async because(reason: Reason): Promise<void> {
    const glass = reason === "emergency" || reason === "no_other_way" ? reason : null;
    if (reason === "not_a_patient") this.feedback(false);
    this.keepAll();
    if (glass !== null && this.elsewhere()) void this.breakGlass(glass);
    await this.box.send();
  }

  notUseful(): void {
    this.feedback(false);
    this.keepAll();
  }

  helped(useful: boolean): void {
    this.feedback(useful);
    this.worth.value = "thanks";
  }

  async openClinical(): Promise<void> {
    const problem = await moveToClinical(this.app, this.roomId);
    this.error.value = problem === null ? null : problemText(problem);
  }

  /** The message is gone: the next one is asked about anew. Gives back what it takes to undo that. */
  forget(): () => void {
    const kept = this.kept.value;
    this.kept.value = new Set();
    this.asking.value = null;
    this.worth.value = null;
    return () => (this.kept.value = kept);
  }

  /** What could not be told of a broken glass is told now: it is never silent. */
  async tellWhatWaits(): Promise<void> {
    const waiting = this.waiting();
    for (const one of waiting) {
      const outcome = await attempt(this.app.session, "breakGlass", one);
      // It goes on waiting, unless the server would refuse it again.
      if (outcome.ok || FINAL.has(outcome.problem.code)) this.wait(without(this.waiting(), one));
    }
  }

  private reasons(): readonly Reason[] {
    return this.elsewhere() ? ELSEWHERE : HERE;
  }

  private keepAll(): void {
    this.count("kept");
    const text = this.box.text.value;
    this.kept.value = new Set([
      ...this.kept.value,
      ...this.findings.value.map((found) => keepKey(text, found)),
    ]);
    this.asking.value = null;
  }

  private async breakGlass(reason: BreakGlassReason): Promise<void> {
    const one = { requestId: this.app.surroundings.newId(), roomId: this.roomId, reason };
    this.wait([...this.waiting(), one]);
    await this.tellWhatWaits();
  }

  private count(what: "replaced" | "kept"): void {
    const counts: Record<string, { shown: number; replaced: number; kept: number }> = {};
    for (const { kind } of this.findings.value) {
      const one = (counts[kind] ??= { shown: 0, replaced: 0, kept: 0 });
      one.shown++;
      one[what]++;
    }
    if (Object.keys(counts).length === 0) return;
    const asked = { roomKind: this.kind.value, counts };
    void attempt(this.app.session, "countNudges", asked);
  }

  private feedback(useful: boolean): void {
    void attempt(this.app.session, "feedback", { rule: "G13", useful });
  }

  /** Sealed with the drafts, so that a lock or a lost network loses none. */
  private waiting(): BrokenGlass[] {
    const kept = this.app.session.drafts.read(WAITING);
    return kept === "" ? [] : (JSON.parse(kept) as BrokenGlass[]);
  }

  private wait(all: readonly BrokenGlass[]): void {
    this.app.session.drafts.write(WAITING, all.length === 0 ? "" : JSON.stringify(all));
  }
}

/** Who is asked each time taps without reading. */
const ASKED = new WeakSet<object>();

interface BrokenGlass {
  readonly requestId: string;
  readonly roomId: string;
  readonly reason: BreakGlassReason;
}

/** No room has this id. */
const WAITING = "broken-glass";
const FINAL: ReadonlySet<ProblemCode> = new Set(["refused", "bad_input", "not_found"]);

const without = (all: readonly BrokenGlass[], one: BrokenGlass): readonly BrokenGlass[] =>
  all.filter((other) => other.requestId !== one.requestId);

function describe(findings: readonly Finding[], elsewhere: boolean): Nudge | null {
  if (findings.length === 0) return null;
  const text = nudgeWords();
  const kinds = [...new Set(findings.map((found) => found.kind))];
  const what = words().joined(kinds.map((kind) => text.kinds[kind]));
  const onlyDates = kinds.every((kind) => kind === "birth-date");
  return {
    kinds,
    sentence: elsewhere ? text.elsewhere(what) : text.looks(what),
    replaceLabel: onlyDates ? text.takeOut : text.replace,
  };
}
