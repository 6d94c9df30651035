import type { DecisionStatus } from "./decisionWords";

const STATUSES: readonly DecisionStatus[] = [
  "waiting",
  "to_paste",
  "in_record",
  "saved_to_folder",
  "pasted",
  "refused",
  "withdrawn",
  "disposed",
];

/** Undefined for a status that this version of the app does not know. */
export const statusOf = (said: unknown): DecisionStatus | undefined =>
  STATUSES.find((known) => known === said);
