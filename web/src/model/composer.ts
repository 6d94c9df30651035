/** The message box: a sealed draft, the check for identifiers on this phone, one send per tap. */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { words } from "../i18n/language";
import {
  findIdentifiers,
  keepKey,
  replaceIdentifiers,
  type Finding,
  type IdentifierKind,
} from "../nudge/nudge";
import type { App } from "./app";
import type { PatientModel } from "./patientBanner";
import { problemText } from "./problem";
import { today } from "./surroundings";
import type { Writing } from "./writing";

export const LONGEST_MESSAGE = 4_000;
/** From here on the box says how much is left. */
const NEAR_LIMIT = 200;

export interface Nudge {
  readonly kinds: readonly IdentifierKind[];
  readonly sentence: string;
  /** A date of birth alone says no more as "the patient": it is taken out. */
  readonly replaceLabel: string;
}

export class ComposerModel {
  readonly text: ReadonlySignal<string>;
  readonly nudge: ReadonlySignal<Nudge | null>;
  readonly error = signal<string | null>(null);
  /** Where the caret belongs after a replacement; the screen puts it there once. */
  readonly caret = signal<number | null>(null);
  private readonly typed = signal("");
  private readonly kept = signal<ReadonlySet<string>>(new Set());
  private readonly findings: ReadonlySignal<readonly Finding[]>;
  private readonly app: App;
  private readonly roomId: string;
  private readonly writing: Writing;

  constructor(
    app: App,
    roomId: string,
    patient: PatientModel,
    colleagues: ReadonlySignal<readonly string[]>,
    writing: Writing,
  ) {
    this.writing = writing;
    this.app = app;
    this.roomId = roomId;
    this.typed.value = app.session.drafts.read(roomId);
    this.text = this.typed;
    this.findings = computed(() => {
      const linked = patient.state.value;
      const text = this.typed.value;
      return findIdentifiers(text, {
        today: today(app.surroundings.now()),
        colleagues: colleagues.value,
        ...(linked.is === "shown" ? { patient: linked.patient } : {}),
      }).filter((found) => !this.kept.value.has(keepKey(text, found)));
    });
    this.nudge = computed(() => describe(this.findings.value));
  }

  type(text: string): void {
    this.typed.value = text;
    this.error.value = null;
    this.app.session.drafts.write(this.roomId, text);
  }

  charactersLeft(): number | null {
    const left = LONGEST_MESSAGE - this.typed.value.length;
    return left <= NEAR_LIMIT ? left : null;
  }

  replace(): void {
    const changed = replaceIdentifiers(this.typed.value, this.findings.value, words().nudge.words);
    batch(() => {
      this.type(changed.text);
      this.caret.value = changed.caret;
    });
  }

  /** One tap keeps all that is shown now; typing something else is asked about again. */
  keep(): void {
    const text = this.typed.value;
    this.kept.value = new Set([
      ...this.kept.value,
      ...this.findings.value.map((found) => keepKey(text, found)),
    ]);
  }

  canSend(): boolean {
    const text = this.typed.value;
    return text.trim() !== "" && text.length <= LONGEST_MESSAGE;
  }

  /** True when the message is sealed in the outbox: from then on it goes once. */
  async send(): Promise<boolean> {
    if (!this.canSend()) return false;
    const text = this.typed.value.trim();
    const [draft, kept] = [this.typed.value, this.kept.value];
    this.type("");
    this.kept.value = new Set();
    const outcome = await this.writing.post(text);
    if (outcome.ok) {
      const back = this.writing.stop();
      if (back && this.typed.value === "") this.type(back);
      return true;
    }
    // Nothing typed is lost: it comes back, unless the person is writing the next one already.
    if (this.typed.value === "") {
      this.type(draft);
      this.kept.value = kept;
    }
    this.error.value = `${words().composer.failed} ${problemText(outcome.problem)}`;
    return false;
  }
}

function describe(findings: readonly Finding[]): Nudge | null {
  if (findings.length === 0) return null;
  const text = words().nudge;
  const kinds = [...new Set(findings.map((found) => found.kind))];
  const sentence = text.looks(words().joined(kinds.map((kind) => text.kinds[kind])));
  const onlyDates = kinds.every((kind) => kind === "birth-date");
  return { kinds, sentence, replaceLabel: onlyDates ? text.takeOut : text.replace };
}
