/** The lock: one passcode, counted by the server. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { duration } from "../i18n/format";
import { words } from "../i18n/language";
import type { App } from "./app";
import { problemText } from "./problem";

export class LockModel {
  readonly passcode = signal("");
  readonly error = signal<string | null>(null);
  /** Something other than the passcode: no network, no server. */
  readonly trouble = signal<string | null>(null);
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
    return () => clearInterval(timer);
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
    else if (problem.code === "offline") this.trouble.value = words().lock.offline;
    // The countdown says when to try again.
    else if (problem.code !== "too_soon" || this.wait.value === null)
      this.trouble.value = problemText(problem);
  }
}
