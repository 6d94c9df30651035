/** The message box: a sealed draft, the check for identifiers on this phone, one send per tap. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import { pause } from "../engine/pause";
import { words } from "../i18n/language";
import type { App } from "./app";
import type { NudgeModel } from "./nudging";
import type { PatientModel } from "./patientBanner";
import { problemText } from "./problem";
import type { Writing } from "./writing";

export const LONGEST_MESSAGE = 4_000;
/** From here on the box says how much is left. */
const NEAR_LIMIT = 200;

/** How long a first message waits for the check, which is a piece of its own. */
const WAITS_FOR_CHECK_MS = 1_000;

export class ComposerModel {
  readonly text: ReadonlySignal<string>;
  /** Null until it is fetched, which is before the first word is typed unless the network is very slow. */
  readonly nudge: ReadonlySignal<NudgeModel | null>;
  /** Settles with the check there, or not to be had. */
  readonly checked: Promise<void>;
  readonly error = signal<string | null>(null);
  /** Where the caret belongs after a replacement; the screen puts it there once. */
  readonly caret = signal<number | null>(null);
  private readonly typed = signal("");
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
    const nudge = signal<NudgeModel | null>(null);
    this.nudge = nudge;
    const box = {
      text: this.typed,
      put: (text: string, caret: number): void =>
        batch(() => {
          this.type(text);
          this.caret.value = caret;
        }),
      send: () => this.send(),
    };
    this.checked = import("./nudging").then(
      ({ NudgeModel }) => {
        nudge.value = new NudgeModel(app, roomId, patient, colleagues, box);
        void nudge.value.tellWhatWaits();
      },
      () => undefined,
    );
  }

  type(text: string): void {
    this.typed.value = text;
    this.error.value = null;
    // What is typed into an old message is no draft: the draft waits until that is done.
    if (this.writing.about.peek()?.is !== "edit") this.app.session.drafts.write(this.roomId, text);
  }

  charactersLeft(): number | null {
    const left = LONGEST_MESSAGE - this.typed.value.length;
    return left <= NEAR_LIMIT ? left : null;
  }

  canSend(): boolean {
    const text = this.typed.value;
    return text.trim() !== "" && text.length <= LONGEST_MESSAGE;
  }

  /** True when the message is sealed in the outbox: from then on it goes once. */
  async send(): Promise<boolean> {
    if (!this.canSend()) return false;
    if (this.nudge.value === null) await Promise.race([this.checked, pause(WAITS_FOR_CHECK_MS)]);
    if (!this.canSend() || this.nudge.value?.stops()) return false;
    const text = this.typed.value.trim();
    const draft = this.typed.value;
    this.type("");
    const undo = this.nudge.value?.forget();
    const outcome = await this.writing.post(text);
    if (outcome.ok) {
      const back = this.writing.stop();
      if (back !== null) this.type(this.typed.value || back);
      return true;
    }
    // Nothing typed is lost: it comes back, unless the person is writing the next one already.
    if (this.typed.value === "") {
      this.type(draft);
      undo?.();
    }
    this.error.value = `${words().composer.failed} ${problemText(outcome.problem)}`;
    return false;
  }
}
