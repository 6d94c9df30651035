/** The lock: a passkey with one gesture, or a passcode that the server counts. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { duration } from "../i18n/format";
import { words } from "../i18n/language";
import type { App } from "./app";
import type { Problem } from "../engine/protocol";
import { problemText } from "./problem";

/** From the third wrong one on. */
const SAY_UNSENT_BELOW = 7;

export class LockModel {
  readonly passcode = signal("");
  /** The person chose to type it, although a passkey opens. */
  readonly typing = signal(false);
  readonly byPasskey = signal(false);
  readonly error = signal<string | null>(null);
  /** Something other than the passcode: no network, no server. */
  readonly trouble = signal<string | null>(null);
  /** Something urgent was pushed while it was locked: nothing else is known here. */
  readonly urgent = signal(false);
  private readonly now: { value: number };
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.now = signal(app.surroundings.now());
  }

  readonly busy: ReadonlySignal<boolean> = computed(
    () => this.app.session.state.value.at === "unlocking",
  );

  readonly attemptsLeft: ReadonlySignal<number | null> = computed(() => {
    const state = this.app.session.state.value;
    return state.at === "locked" ? state.attemptsLeft : null;
  });

  /** What would be lost with the passcode; said from the third wrong one on. */
  readonly unsent: ReadonlySignal<number> = computed(() => {
    const left = this.attemptsLeft.value;
    const { unsent, passkey } = this.app.session.door.value;
    return left !== null && left <= SAY_UNSENT_BELOW && !passkey ? unsent : 0;
  });

  /** How long the person must wait, in words; null when they may try. */
  readonly wait: ReadonlySignal<string | null> = computed(() => {
    const state = this.app.session.state.value;
    if (state.at !== "locked" || state.retryTs === null || state.retryTs <= this.now.value)
      return null;
    return duration(state.retryTs - this.now.value);
  });

  /** Keeps the countdown going; returns how to stop it. */
  watch(): () => void {
    const timer = setInterval(() => (this.now.value = this.app.surroundings.now()), 1000);
    const { alarm } = this.app.surroundings;
    const stopHearing = alarm.onPushed(() => {
      this.urgent.value = true;
      alarm.ring();
    });
    return () => {
      clearInterval(timer);
      stopHearing();
    };
  }

  async unlockByPasskey(): Promise<void> {
    if (this.busy.value) return;
    this.error.value = this.trouble.value = null;
    this.byPasskey.value = true;
    const problem = await this.app.session.unlockByPasskey();
    this.byPasskey.value = false;
    if (problem !== null) this.trouble.value = lockProblem(problem);
  }

  async unlock(): Promise<void> {
    if (this.busy.value || this.wait.value !== null) return;
    const passcode = this.passcode.value;
    if (passcode === "") {
      this.error.value = words().lock.enter;
      return;
    }
    this.error.value = this.trouble.value = null;
    const problem = await this.app.session.unlock(passcode);
    this.passcode.value = "";
    this.now.value = this.app.surroundings.now();
    if (problem === null || problem.code === "share_destroyed") return;
    if (problem.code === "wrong_passcode") this.error.value = problemText(problem);
    // The countdown says when to try again.
    else if (problem.code !== "too_soon" || this.wait.value === null)
      this.trouble.value = lockProblem(problem);
  }
}

function lockProblem(problem: Problem): string {
  return problem.code === "offline" ? words().lock.offline : problemText(problem);
}
