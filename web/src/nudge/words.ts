/** What the nudge is told and what it finds. */

export type IdentifierKind = "nhs-number" | "birth-date" | "patient-name";

export interface Finding {
  readonly kind: IdentifierKind;
  readonly start: number;
  readonly end: number;
}

export interface LinkedPatient {
  readonly name: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
}

export interface NudgeContext {
  readonly patient?: LinkedPatient;
  /** People in this conversation: a first name they share with the patient is not the patient's. */
  readonly colleagues?: readonly string[];
  /** YYYY-MM-DD, handed in so that the check has no clock of its own. */
  readonly today: string;
}
