/** What the nudge is told and what it finds. */

export type IdentifierKind =
  | "nhs-number"
  /** Of Scotland (CHI) or Northern Ireland (H&C). */
  | "person-number"
  | "birth-date"
  /** The linked patient's. */
  | "patient-name"
  /** A name as such, of whom we do not know. */
  | "name"
  | "postcode"
  | "phone"
  | "hospital-number"
  | "address";

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
