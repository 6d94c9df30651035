/** Somebody's first day: how they sign in from now on. */
import { signal } from "@preact/signals";
import type { Problem } from "../engine/words";
import { settingUpWords } from "../i18n/settingUp";
import { firstDayWords } from "../i18n/firstDay";
import { words } from "../i18n/language";
import type { App } from "./app";
import { problemText, type FieldError } from "./problem";
import type { NewCode } from "./session";

const SHORTEST_PASSWORD = 12;

type Doing = "" | "passkey" | "new_code" | "confirm" | "go_on";

export class FirstFactorModel {
  /** Null until an authenticator app is chosen. */
  readonly offered = signal<NewCode | null>(null);
  readonly code = signal("");
  readonly password = signal("");
  readonly again = signal("");
  readonly doing = signal<Doing>("");
  readonly errors = signal<readonly FieldError[]>([]);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  private get deeds() {
    return this.app.session.entrance.firstFactor;
  }

  async byPasskey(): Promise<void> {
    const name = settingUpWords().suggestions[this.app.surroundings.phone];
    await this.during("passkey", () => this.deeds.passkey(name));
  }

  async byCode(): Promise<void> {
    await this.during("new_code", async () => {
      const offered = await this.deeds.newCode();
      if ("code" in offered) return offered;
      this.offered.value = offered;
      return null;
    });
  }

  chooseAgain(): void {
    this.offered.value = null;
    this.clear();
  }

  async confirm(): Promise<void> {
    const code = this.code.value.replace(/\s/g, "");
    this.errors.value = [...codeFaults(code), ...this.passwordFaults()];
    if (this.errors.value.length > 0) return;
    await this.during("confirm", async () => {
      const problem = await this.deeds.confirmCode(code, this.password.value);
      if (problem === null) this.clear();
      return problem;
    });
  }

  async goOn(): Promise<void> {
    await this.during("go_on", () => this.deeds.goOn());
  }

  startAgain(): void {
    this.chooseAgain();
    this.app.session.startAgain();
  }

  private passwordFaults(): FieldError[] {
    const text = firstDayWords();
    if (this.password.value.length < SHORTEST_PASSWORD)
      return [{ field: "new-password", text: text.passwordShort }];
    return this.password.value === this.again.value
      ? []
      : [{ field: "new-password-again", text: text.passwordsDiffer }];
  }

  private clear(): void {
    this.code.value = this.password.value = this.again.value = "";
    this.errors.value = [];
  }

  private async during(doing: Doing, work: () => Promise<Problem | null>): Promise<void> {
    if (this.doing.value !== "") return;
    this.doing.value = doing;
    this.errors.value = [];
    const problem = await work().finally(() => (this.doing.value = ""));
    if (problem !== null) this.errors.value = [said(problem)];
  }
}

function codeFaults(code: string): FieldError[] {
  const text = words().signIn;
  if (/^[0-9]{6}$/.test(code)) return [];
  return [{ field: "code", text: code === "" ? text.enterCode : text.codeShape }];
}

function said(problem: Problem): FieldError {
  const text = firstDayWords();
  if (problem.code === "too_late") return { field: "", text: text.late };
  if (problem.code === "weak_password") return { field: "new-password", text: text.passwordWeak };
  return { field: problem.code === "wrong_code" ? "code" : "", text: problemText(problem) };
}
