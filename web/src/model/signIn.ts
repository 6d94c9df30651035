/** Sign in: user and password, then the second step. Also the door for other approved apps. */
import { signal } from "@preact/signals";
import type { Problem } from "../engine/words";
import { signInWords } from "../i18n/signIn";
import type { App } from "./app";
import { problemText, type FieldError } from "./problem";

export class SignInModel {
  readonly user = signal("");
  readonly password = signal("");
  readonly code = signal("");
  readonly withRecoveryCode = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  /** For the passkey, and not for a password. */
  readonly waiting = signal(false);
  private offered: AbortController | null = null;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async submitPassword(): Promise<void> {
    const text = signInWords();
    const errors: FieldError[] = [];
    if (this.user.value.trim() === "") errors.push({ field: "user", text: text.enterUser });
    if (this.password.value === "") errors.push({ field: "password", text: text.enterPassword });
    this.errors.value = errors;
    if (errors.length > 0 || this.busy.value) return;
    await this.during(async () => {
      const problem = await this.app.session.entrance.password(
        this.user.value.trim(),
        this.password.value,
      );
      if (problem === null) this.password.value = "";
      else
        this.errors.value = [
          { field: problem.code === "wrong_sign_in" ? "user" : "", text: problemText(problem) },
        ];
    });
  }

  /** In place of the password, for who has none and has lost the passkey. */
  async submitPaper(): Promise<void> {
    const user = this.user.value.trim();
    const fault = this.codeFault();
    this.errors.value = [
      ...(user === "" ? [{ field: "user", text: signInWords().enterUser }] : []),
      ...(fault === null ? [] : [{ field: "code", text: fault }]),
    ];
    if (this.errors.value.length > 0 || this.busy.value) return;
    await this.during(async () => {
      const problem = await this.app.session.entrance.recoveryCode(user, this.plainCode());
      if (problem === null) this.chooseRecoveryCode(false);
      else this.errors.value = [this.wrongCode(problem)];
    });
  }

  async byPasskey(asSecondStep = false): Promise<void> {
    if (this.busy.value) return;
    this.errors.value = [];
    // A browser takes one request at a time.
    this.offered?.abort();
    const { entrance } = this.app.session;
    this.waiting.value = true;
    await this.during(async () => {
      const problem = await (asSecondStep ? entrance.passkeyAsSecondStep() : entrance.passkey());
      if (problem !== null) this.errors.value = [{ field: "", text: problemText(problem) }];
    });
    this.waiting.value = false;
  }

  /** The browser may offer a passkey in the field of the user name; returns how to stop that. */
  offer(): () => void {
    const until = new AbortController();
    this.offered = until;
    void this.app.session.entrance.offerPasskeys(until.signal).then((problem) => {
      if (problem !== null) this.errors.value = [{ field: "", text: problemText(problem) }];
    });
    return () => until.abort();
  }

  async submitCode(): Promise<void> {
    const fault = this.codeFault();
    this.errors.value = fault === null ? [] : [{ field: "code", text: fault }];
    if (fault !== null || this.busy.value) return;
    await this.during(async () => {
      const problem = await this.app.session.entrance.secondStep(this.plainCode());
      this.code.value = problem === null || problem.code === "wrong_code" ? "" : this.code.value;
      if (problem !== null) this.errors.value = [this.wrongCode(problem)];
    });
  }

  private wrongCode(problem: Problem): FieldError {
    if (problem.code !== "wrong_code") return { field: "", text: problemText(problem) };
    const onPaper = this.withRecoveryCode.value;
    return { field: "code", text: onPaper ? signInWords().recoveryWrong : problemText(problem) };
  }

  chooseRecoveryCode(recovery: boolean): void {
    this.withRecoveryCode.value = recovery;
    this.code.value = "";
    this.errors.value = [];
  }

  startAgain(): void {
    this.chooseRecoveryCode(false);
    this.password.value = "";
    this.app.session.startAgain();
  }

  /** People paste codes with spaces; recovery codes come in groups of four. */
  private plainCode(): string {
    const typed = this.code.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
    return this.withRecoveryCode.value ? (typed.match(/.{1,4}/g) ?? []).join("-") : typed;
  }

  private codeFault(): string | null {
    const text = signInWords();
    const code = this.plainCode();
    if (code === "") return this.withRecoveryCode.value ? text.enterRecovery : text.enterCode;
    if (this.withRecoveryCode.value)
      return /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(code) ? null : text.recoveryShape;
    return /^[0-9]{6}$/.test(code) ? null : text.codeShape;
  }

  private async during(work: () => Promise<void>): Promise<void> {
    this.busy.value = true;
    try {
      await work();
    } finally {
      this.busy.value = false;
    }
  }
}
