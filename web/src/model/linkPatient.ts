/** Linking a patient: the NHS number typed once, the card confirmed by a person. */
import { signal } from "@preact/signals";
import type { PatientMatch } from "../engine/protocol";
import { linkingWords } from "../i18n/linking";
import { passesModulus11 } from "../nudge/nhsNumber";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";

export class LinkPatientModel {
  readonly number = signal("");
  readonly match = signal<PatientMatch | null>(null);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly linked = signal(false);
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  private fault(digits: string): string | null {
    const text = linkingWords();
    if (digits === "") return text.enter;
    if (!/^[0-9]{10}$/.test(digits)) return text.shape;
    return passesModulus11(digits) ? null : text.check;
  }

  async find(): Promise<void> {
    const digits = this.number.value.replace(/[\s.‐-―-]/g, "");
    const fault = this.fault(digits);
    this.errors.value = fault === null ? [] : [{ field: "nhs", text: fault }];
    if (fault !== null || this.busy.value) return;
    this.busy.value = true;
    const outcome = await attempt(this.app.session, "findPatient", { nhsNumber: digits }).finally(
      () => (this.busy.value = false),
    );
    if (outcome.ok) {
      this.match.value = outcome.answer;
      this.number.value = "";
    } else {
      const unknown = outcome.problem.code === "not_found";
      const field = unknown || outcome.problem.code === "bad_input" ? "nhs" : "";
      this.errors.value = [
        { field, text: unknown ? linkingWords().unknown : problemText(outcome.problem) },
      ];
    }
  }

  another(): void {
    this.match.value = null;
    this.errors.value = [];
  }

  async link(): Promise<void> {
    const match = this.match.value;
    if (match === null || this.busy.value) return;
    this.busy.value = true;
    const asked = { roomId: this.roomId, patientId: match.patientId };
    const outcome = await attempt(this.app.session, "linkPatient", asked).finally(
      () => (this.busy.value = false),
    );
    if (outcome.ok) this.linked.value = true;
    else this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
  }
}
