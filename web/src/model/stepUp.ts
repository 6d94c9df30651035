/** A fresh proof of who it is, asked for by the server where a deed needs one. */
import { signal } from "@preact/signals";
import { words } from "../i18n/language";
import type { App } from "./app";
import { attempt, problemText, type FieldError, type Outcome } from "./problem";

export class StepUpModel {
  /** While the proof is asked for: answers it. */
  readonly asking = signal<((proven: boolean) => void) | null>(null);
  readonly code = signal("");
  readonly busy = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  private readonly app: App;
  private stopped = false;

  constructor(app: App) {
    this.app = app;
  }

  /** Does the work, and once more after the proof where the server wanted one. */
  async guard<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const first = await work();
    if (first.ok || first.problem.code !== "step_up") return first;
    return (await this.prove()) ? work() : first;
  }

  async prove(): Promise<boolean> {
    if (this.stopped) return false;
    const proven = await new Promise<boolean>((answer) => (this.asking.value = answer));
    this.asking.value = null;
    this.clear();
    return proven;
  }

  async byPasskey(): Promise<void> {
    await this.during(async () => {
      const problem = await this.app.session.passkeys.proveAgain();
      if (problem === null) this.asking.value?.(true);
      else this.errors.value = [{ field: "", text: problemText(problem) }];
    });
  }

  async byCode(): Promise<void> {
    const code = this.code.value.replace(/\s/g, "");
    const text = words().signIn;
    if (!/^[0-9]{6}$/.test(code)) {
      const fault = code === "" ? text.enterCode : text.codeShape;
      this.errors.value = [{ field: "step-up-code", text: fault }];
      return;
    }
    await this.during(async () => {
      const outcome = await attempt(this.app.session, "stepUp", { code });
      this.code.value = "";
      if (outcome.ok) this.asking.value?.(true);
      else this.errors.value = [{ field: "step-up-code", text: problemText(wrongCode(outcome)) }];
    });
  }

  giveUp(): void {
    this.asking.value?.(false);
  }

  /** Its screen is gone: nobody is left to prove anything. */
  stop(): void {
    this.stopped = true;
    this.giveUp();
  }

  private clear(): void {
    this.code.value = "";
    this.errors.value = [];
  }

  private async during(work: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    await work().finally(() => (this.busy.value = false));
  }
}

function wrongCode({ problem }: { problem: Parameters<typeof problemText>[0] }) {
  const wrong = problem.code === "refused" || problem.code === "step_up";
  return wrong ? { ...problem, code: "wrong_code" as const } : problem;
}
