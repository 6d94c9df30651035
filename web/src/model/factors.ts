/** What the person signs in with, their keys, and what only they can say of this phone. */
import { signal } from "@preact/signals";
import type { Passkey, Problem } from "../engine/protocol";
import { safetyWords } from "../i18n/safety";
import type { App } from "./app";
import type { MeModel } from "./me";
import { attempt, problemText, type FieldError, type Outcome } from "./problem";
import type { Loaded } from "./roomDetails";

/** Facts of a phone that no web page can see. */
export const FACTS = [
  "screen_lock",
  "quick_lock",
  "nobody_else",
  "hidden_notifications",
  "find_my_phone",
] as const;
export type Fact = (typeof FACTS)[number];

export class FactorsModel {
  readonly passkeys = signal<Loaded<readonly Passkey[]>>({ is: "loading" });
  readonly name = signal("");
  readonly passcode = signal("");
  readonly password = signal("");
  readonly again = signal("");
  readonly logoutDevices = signal(true);
  readonly recoveryKey = signal<string | null>(null);
  readonly answers = signal<Partial<Record<Fact, string>>>({});
  readonly busy = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  private readonly app: App;
  private readonly me: MeModel;

  constructor(app: App, me: MeModel) {
    this.app = app;
    this.me = me;
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "passkeys", {});
    if (outcome.ok) this.passkeys.value = { is: "shown", value: outcome.answer };
    else if (this.passkeys.value.is !== "shown")
      this.passkeys.value = { is: "failed", text: problemText(outcome.problem) };
  }

  /** Each answers whether it was done. */
  async add(): Promise<boolean> {
    const text = safetyWords();
    const name = this.name.value.trim();
    const faults = [
      ...(name === "" ? [{ field: "passkey-name", text: text.enterName }] : []),
      ...(this.needsPasscode() && this.passcode.value === ""
        ? [{ field: "passkey-passcode", text: text.enterPasscode }]
        : []),
    ];
    return this.deed(faults, "passkey-passcode", async () => {
      const made = await this.app.session.passkeys.make(name, this.passcode.value);
      if ("code" in made) return { ok: false, problem: made };
      this.me.note.value = made.opensThisPhone ? text.addedOpens : text.added;
      // Whose first way without a code this is needs a way back for when it is lost.
      if (made.recoveryCodes.length > 0) this.me.codes.value = made.recoveryCodes;
      return { ok: true, answer: undefined };
    });
  }

  needsPasscode(): boolean {
    return !this.app.session.shared.value;
  }

  async rename(passkey: Passkey): Promise<boolean> {
    const { passkeyId } = passkey;
    const name = this.name.value.trim();
    const faults = name === "" ? [{ field: "passkey-name", text: safetyWords().enterName }] : [];
    return this.deed(faults, "passkey-name", () =>
      attempt(this.app.session, "renamePasskey", { passkeyId, name }),
    );
  }

  async remove({ passkeyId, name }: Passkey): Promise<boolean> {
    return this.deed([], "", async () => {
      const outcome = await attempt(this.app.session, "removePasskey", { passkeyId });
      if (outcome.ok) {
        await this.app.session.passkeys.removed(passkeyId);
        this.me.note.value = safetyWords().removed(name);
      }
      return outcome;
    });
  }

  async changePassword(): Promise<boolean> {
    const text = safetyWords();
    const password = this.password.value;
    const faults = [
      ...(password.length < 12 ? [{ field: "new-password", text: text.passwordShort }] : []),
      ...(password === this.again.value
        ? []
        : [{ field: "new-password-again", text: text.passwordsDiffer }]),
    ];
    return this.deed(faults, "new-password", async () => {
      const asked = { newPassword: password, logoutDevices: this.logoutDevices.value };
      const outcome = await attempt(this.app.session, "changePassword", asked);
      if (outcome.ok) this.me.note.value = text.passwordChanged;
      return outcome;
    });
  }

  /** Always with a fresh proof, although the key lies on this phone: who holds it may not be its owner. */
  async showRecoveryKey(): Promise<boolean> {
    if (!(await this.me.stepUp.prove())) return false;
    return this.deed([], "", async () => {
      const outcome = await attempt(this.app.session, "recoveryKey", {});
      if (outcome.ok) this.recoveryKey.value = outcome.answer.key;
      return outcome;
    });
  }

  /** On a shared device, where the person has their keys nowhere else any more. */
  async startAfresh(): Promise<boolean> {
    if (!(await this.me.stepUp.prove())) return false;
    return this.deed([], "", () => attempt(this.app.session, "startAfresh", {}));
  }

  async saveAnswers(): Promise<boolean> {
    const answers = { ...this.answers.value };
    const faults =
      Object.keys(answers).length === 0
        ? [{ field: `fact-${FACTS[0]}`, text: safetyWords().answerOne }]
        : [];
    return this.deed(faults, "", async () => {
      const outcome = await attempt(this.app.session, "reportFacts", { answers });
      if (outcome.ok) {
        this.me.note.value = safetyWords().answersKept;
        void this.me.loadPhones();
      }
      return outcome;
    });
  }

  /** Nothing secret outlives the sheet it was typed or shown in. */
  clear(): void {
    this.name.value = this.passcode.value = this.password.value = this.again.value = "";
    this.recoveryKey.value = null;
    this.errors.value = [];
  }

  private async deed<T>(
    faults: readonly FieldError[],
    field: string,
    work: () => Promise<Outcome<T>>,
  ): Promise<boolean> {
    this.errors.value = faults;
    if (faults.length > 0 || this.busy.value) return false;
    this.busy.value = true;
    const outcome = await this.me.stepUp.guard(work).finally(() => (this.busy.value = false));
    if (!outcome.ok) this.errors.value = [said(outcome.problem, field)];
    else void this.load();
    return outcome.ok;
  }
}

function said(problem: Problem, field: string): FieldError {
  const { code } = problem;
  if (code === "weak_password") return { field, text: safetyWords().passwordWeak };
  const ofTheField = ["wrong_passcode", "bad_input", "refused"].includes(code);
  return { field: ofTheField ? field : "", text: problemText(problem) };
}
