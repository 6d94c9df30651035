/** What an information governance office may be asked for, as the server spells it. */
export type SearchKind =
  | "subject_access"
  | "freedom_of_information"
  | "data_protection_complaint"
  | "nhs_complaint"
  | "coroner"
  | "safeguarding";

/** That conversations of this person's were looked into; for whom is nobody's to know. */
export interface SearchNotice {
  /** A day, as "2026-11-23". */
  date: string;
  kind: SearchKind | "other";
  /** Who wrote when and how much, or what was said. */
  what: "metadata" | "content";
}

export interface SearchesCalls {
  /** The newest first; of the last three years. */
  searchesOfMine: [Record<string, never>, SearchNotice[]];
}
