/** What the screens and the Worker say of decisions. */

/** `withdrawn`: marked in error before anybody could have it. `other`: this version does not know it. */
export type DecisionStatus =
  | "waiting"
  | "to_paste"
  | "in_record"
  | "saved_to_folder"
  | "pasted"
  | "refused"
  | "withdrawn"
  | "disposed"
  | "other";

/** Where decisions go: a health record that answers, a folder of files, or a person who copies. */
export type Sink = "fhir" | "folder" | "paste";

/** What a reader must know of a decision beside where it is; the gravest. */
export type DecisionFlag = "error" | "replaced" | "overdue" | "unconfirmed";

/** What the timeline shows beside a message: enough for a tag. */
export interface DecisionMark {
  decisionId: string;
  status: DecisionStatus;
  reference: string | null;
  flag?: DecisionFlag;
}

/** What was signed about a decision afterwards: on its own way to the record. */
export interface FollowUp {
  decisionId: string;
  kind: "replacement" | "error" | "confirmation";
  status: DecisionStatus;
}

export type ErrorReason = "wrong_patient" | "wrong_words" | "not_decided" | "duplicate" | "other";

/** A copy of a picture for the record; the record has it once there is a reference. */
export interface RecordPicture {
  mediaId: string;
  reference: string | null;
}

/** What the owner of a clinical conversation says, once, before the first of it goes. */
export type KeepChoice = "all_recorded" | "record_these" | "nothing_to_record";

/** `other`: a reason that this version of the app does not know. */
export type KeptBecause =
  "hold" | "query" | "undelivered" | "other_decision" | "entered_in_error" | "file" | "other";

export interface Decision {
  decisionId: string;
  status: DecisionStatus;
  reason: string | null;
  reference: string | null;
  sink: Sink;
  authorUserId: string;
  deciderUserId: string;
  /** Whoever is named as having decided has said so, or wrote it. */
  confirmed: boolean;
  adviserUserId: string | null;
  pastedBy: string | null;
  overdueTs: number | null;
  followUps: FollowUp[];
  decidedTs: number;
  acknowledgedTs: number | null;
  originalsGoTs: number | null;
  keptBecause: KeptBecause | null;
  sourceEventIds: string[];
  summaryEventId: string;
  queriedBy: string[];
  /** Only where one decision is asked for. */
  pictures: RecordPicture[];
}

/** The sheet's content. `requestId` makes a second tap harmless. */
export interface DecisionDraft {
  roomId: string;
  requestId: string;
  sourceEventIds: string[];
  /** Those of the sources that are pictures: copies of them go to the record too. */
  pictureEventIds: string[];
  summary: string;
  decidedTs: number;
  deciderUserId: string;
  adviserUserId: string | null;
  /** The decision in the record that this one takes the place of. */
  replaces: string | null;
  /** Of the banner that was on the screen: the server refuses when another patient is linked since. */
  patientVersion: number;
}
