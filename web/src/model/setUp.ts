/** Setting up this phone: its name and the passcode that seals what it holds. */
import { signal } from "@preact/signals";
import { settingUpWords } from "../i18n/settingUp";
import type { App } from "./app";
import { passcodeFault, type PasscodeFault } from "./phone/weakPasscode";
import { problemText, type FieldError } from "./problem";

export function passcodeFaultText(fault: PasscodeFault, minLength: number): string {
  const text = settingUpWords();
  switch (fault) {
    case "empty":
      return text.enterPasscode(minLength);
    case "not_digits":
      return text.onlyDigits;
    case "too_short":
      return text.tooShort(minLength);
    case "obvious":
      return text.obvious;
  }
}

/** Checks a new passcode typed twice; ids are those of the two inputs. */
export function newPasscodeErrors(
  passcode: string,
  again: string,
  minLength: number,
): FieldError[] {
  const text = settingUpWords();
  const fault = passcodeFault(passcode, minLength);
  if (fault !== null) return [{ field: "passcode", text: passcodeFaultText(fault, minLength) }];
  if (again === "") return [{ field: "again", text: text.enterAgain }];
  return again === passcode ? [] : [{ field: "again", text: text.differs }];
}

export class SetUpModel {
  readonly name = signal("");
  readonly passcode = signal("");
  readonly again = signal("");
  /** Whether several people use this device: then nothing is kept on it. */
  readonly shared = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly minLength: number;
  private readonly app: App;

  constructor(app: App, minLength: number) {
    this.app = app;
    this.minLength = minLength;
    this.name.value = settingUpWords().suggestions[app.surroundings.phone];
  }

  sharedIdleSeconds(): number {
    const state = this.app.session.state.value;
    return (state.at === "choose_passcode" ? state.sharedIdleSeconds : undefined) ?? 60;
  }

  async submit(): Promise<void> {
    const name = this.name.value.trim();
    this.errors.value = [
      ...(name === "" ? [{ field: "name", text: settingUpWords().enterName }] : []),
      ...(this.shared.value
        ? []
        : newPasscodeErrors(this.passcode.value, this.again.value, this.minLength)),
    ];
    if (this.errors.value.length > 0 || this.busy.value) return;
    this.busy.value = true;
    const { session } = this.app;
    const work = this.shared.value
      ? session.shareDevice(name)
      : session.choosePasscode(this.passcode.value, name);
    const problem = await work.finally(() => (this.busy.value = false));
    if (problem === null) {
      this.passcode.value = this.again.value = "";
    } else {
      this.errors.value = [
        { field: problem.code === "weak_passcode" ? "passcode" : "", text: problemText(problem) },
      ];
    }
  }
}
