/** Me: this phone and the others, passcode, recovery codes, signing out. */
import { signal } from "@preact/signals";
import type { Handset } from "../engine/protocol";
import { words } from "../i18n/language";
import { meWords } from "../i18n/me";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import type { Loaded } from "./roomDetails";
import { newPasscodeErrors } from "./setUp";
import { StepUpModel } from "./stepUp";

const DEFAULT_MIN_LENGTH = 6;

export class MeModel {
  readonly phones = signal<Loaded<readonly Handset[]>>({ is: "loading" });
  readonly removing = signal<Handset | null>(null);
  readonly busy = signal(false);
  readonly note = signal<string | null>(null);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly codes = signal<readonly string[] | null>(null);
  readonly current = signal("");
  readonly passcode = signal("");
  readonly again = signal("");
  readonly code = signal("");
  readonly stepUp: StepUpModel;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.stepUp = new StepUpModel(app);
  }

  async loadPhones(): Promise<void> {
    const outcome = await attempt(this.app.session, "handsets", {});
    if (outcome.ok) this.phones.value = { is: "shown", value: outcome.answer };
    else if (this.phones.value.is !== "shown")
      this.phones.value = { is: "failed", text: problemText(outcome.problem) };
  }

  async removePhone(): Promise<void> {
    const phone = this.removing.value;
    if (phone === null) return;
    await this.during(async () => {
      const { handsetId } = phone;
      const outcome = await this.stepUp.guard(() =>
        attempt(this.app.session, "removeHandset", { handsetId }),
      );
      if (!outcome.ok) {
        this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
        return;
      }
      this.removing.value = null;
      this.note.value = meWords().removed(phone.name);
      await this.loadPhones();
    });
  }

  minLength(): number {
    return this.app.session.live.policy.value?.passcodeMinLength ?? DEFAULT_MIN_LENGTH;
  }

  /** True when it is changed. By passkey, where the passcode of now is forgotten or gone. */
  async changePasscode(byPasskey = false): Promise<boolean> {
    this.errors.value = [
      ...(!byPasskey && this.current.value === ""
        ? [{ field: "current", text: meWords().enterCurrent }]
        : []),
      ...newPasscodeErrors(this.passcode.value, this.again.value, this.minLength()),
    ];
    if (this.errors.value.length > 0) return false;
    let changed = false;
    await this.during(async () => {
      const problem = await this.app.session.changePasscode(
        byPasskey ? null : this.current.value,
        this.passcode.value,
      );
      changed = problem === null;
      if (problem === null) {
        this.note.value = meWords().changed;
        this.clear();
      } else {
        const field =
          problem.code === "wrong_passcode"
            ? "current"
            : problem.code === "weak_passcode"
              ? "passcode"
              : "";
        this.errors.value = [{ field, text: problemText(problem) }];
      }
    });
    return changed;
  }

  private codeProblem(): FieldError[] {
    const plain = this.code.value.replace(/\s/g, "");
    return /^[0-9]{6}$/.test(plain)
      ? []
      : [
          {
            field: "code",
            text: plain === "" ? words().signIn.enterCode : words().signIn.codeShape,
          },
        ];
  }

  async makeCodes(): Promise<void> {
    this.errors.value = this.codeProblem();
    if (this.errors.value.length > 0) return;
    await this.during(async () => {
      const outcome = await attempt(this.app.session, "newRecoveryCodes", {
        code: this.code.value.replace(/\s/g, ""),
      });
      this.code.value = "";
      if (outcome.ok) this.codes.value = outcome.answer.codes;
      else this.errors.value = [{ field: "code", text: problemText(outcome.problem) }];
    });
  }

  async answerStepUpByPasskey(): Promise<void> {
    await this.during(async () => {
      const problem = await this.app.session.passkeys.proveAgain();
      if (problem === null) await attempt(this.app.session, "answerStepUp", { code: "" });
      else this.errors.value = [{ field: "code", text: problemText(problem) }];
    });
  }

  async answerStepUp(): Promise<void> {
    this.errors.value = this.codeProblem();
    if (this.errors.value.length > 0) return;
    await this.during(async () => {
      const outcome = await attempt(this.app.session, "answerStepUp", {
        code: this.code.value.replace(/\s/g, ""),
      });
      this.code.value = "";
      if (!outcome.ok) this.errors.value = [{ field: "code", text: problemText(outcome.problem) }];
    });
  }

  /** Nothing secret outlives the sheet it was typed or shown in. */
  clear(): void {
    this.current.value = this.passcode.value = this.again.value = this.code.value = "";
    this.codes.value = null;
    this.errors.value = [];
  }

  private async during(work: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    await work().finally(() => (this.busy.value = false));
  }
}
