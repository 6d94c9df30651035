/** What the engine tells the screens about: plain data, no Matrix. Read as `engine/protocol`. */

/** Fixed at a room's birth. `other` is a room that did not come from Lanyard. */
import type { DecisionMark, DecisionStatus, Sink } from "./decisionWords";
import type { Beside } from "./everydayWords";
import type { Posting } from "./groupWords";
import type { MediaFields } from "./mediaWords";
export type * from "./decisionWords";
export * from "./everydayWords";
export * from "./peopleWords";
export type * from "./groupWords";
export type * from "./mediaWords";
export type RoomKind = "clinical" | "operational" | "social" | "other";

export type ConnectionStatus = "Offline" | "Connecting" | "Up to date";

// ── People ────────────────────────────────────────────────────────────────────────────────────────

export interface Sender {
  userId: string;
  name: string;
  /** Empty until the directory has answered. */
  role: string;
  own: boolean;
  /** Only where the directory has a photo of them. */
  photoVersion?: number;
}

/** Somebody who has, or could have, a photo. */
export interface FaceOf {
  userId: string;
  name: string;
  photoVersion: number;
}

/** `records` is the custodian: shown apart from people, never counted. */
export interface Member {
  userId: string;
  name: string;
  role: string;
  ward: string;
  standing: "person" | "records";
  owner: boolean;
  own: boolean;
}

// ── Rooms ─────────────────────────────────────────────────────────────────────────────────────────

export interface RoomSummary {
  id: string;
  kind: RoomKind;
  /** What the conversation is for; it is also its name. */
  purpose: string;
  owner: string | null;
  /** Names of the other people, the first few, for the row and the header. */
  memberNames: string[];
  /** The other person where there is one alone. */
  face?: FaceOf;
  /** People in the room, me included; never the custodian nor the service user. */
  headCount: number;
  /** People other than me whom a message sent now will reach. */
  reaches: number;
  unread: number;
  lastTs: number;
  preview: Preview | null;
  /** What was said in it is older than the copies that this phone keeps: the server may still have it. */
  older?: boolean;
  patientLinked: boolean;
  /** Rises when another patient is linked: read the banner again. */
  patientVersion: number;
  reviewTs: number | null;
  /** Whose app keeps the keys of what they write here from the custodian of the records. */
  withholding?: { name: string; own: boolean }[];
  /** Less than open while nobody reviews who is in it. */
  posting?: Posting;
  decisions: DecisionCounts;
  /** I own it and have not said what of it belongs in the record: from then on its messages would go. */
  goesTs?: number;
  /** Messages of mine that have not left yet. */
  unsent: number;
  /** Its messages make no sound on any of my devices; urgent ones do. */
  muted?: boolean;
  /** The note on top. */
  pinnedEventId?: string;
  /** Whether I may put one there. */
  mayPin?: boolean;
  /** False once I have left or was removed: the room can be read and not written. */
  joined: boolean;
}

export interface Preview {
  kind: TimelineItem["kind"];
  sender: string;
  /** Empty until the directory has answered. */
  senderRole: string;
  own: boolean;
}

export interface DecisionCounts {
  waiting: number;
  inRecord: number;
  refused: number;
}

// ── The timeline ──────────────────────────────────────────────────────────────────────────────────

interface ItemBase {
  /** Stays the same while a message goes from sending to sent, so that no row jumps. */
  key: string;
  /** Null until the server has the message. */
  eventId: string | null;
  sender: Sender;
  ts: number;
}

export interface MessageItem extends ItemBase, Beside {
  kind: "message";
  text: string;
  delivery: Delivery;
  /** The decisions this message is a source of. */
  decision: DecisionMark | null;
  edited: boolean;
}

/** The summary of a decision, as the room reads it. */
export interface DecisionItem extends ItemBase {
  kind: "decision";
  text: string;
  delivery: Delivery;
  decision: DecisionMark | null;
  deciderUserId: string;
  deciderName: string;
  decidedTs: number;
  sourceEventIds: string[];
}

/** Came, and cannot be read on this phone. It repairs itself if the key comes. */
export interface UnreadableItem extends ItemBase {
  kind: "unreadable";
  reason: UnreadableReason;
}

export type UnreadableReason =
  /** The key has not come yet: usually minutes. Ask the sender to open the app. */
  | "key_not_here_yet"
  /** So colleagues' phones were asked for it: they answer when they are open. */
  | "asked"
  /** Sent before I joined the room. */
  | "before_you_joined"
  /** Sent before this phone was set up, and the keys could not be brought over. */
  | "before_this_phone"
  /** The sender's device is not confirmed by the sender. */
  | "sender_not_confirmed"
  /** The sender's app chose not to share the key with this phone. */
  | "withheld"
  | "damaged";

/** A person took it back. It is hidden, not destroyed. */
export interface HiddenItem extends ItemBase {
  kind: "hidden";
  by: string;
  own: boolean;
}

/** Destroyed under the retention rules; only the stub is left. */
export interface DisposedItem extends ItemBase {
  kind: "disposed";
  /** In the record, out of time, or sent to the wrong person. */
  reason: "in_record" | "retention" | "misdirected" | "other";
  sentence: string;
  decision: DecisionMark | null;
}

/** A picture or a file: what it shows is asked for by its key. */
export type MediaItem = ItemBase &
  MediaFields &
  Beside & { delivery: Delivery; decision: DecisionMark | null };
export type ImageItem = Extract<MediaItem, { kind: "image" }>;

/** What somebody said, in words or not: it is answered, signed, taken elsewhere. */
export type SaidItem = MessageItem | MediaItem;

export interface NoticeItem extends ItemBase {
  kind: "notice";
  notice: Notice;
}

export type Notice =
  | { what: "created"; by: string }
  | { what: "joined"; who: string; by: string | null }
  | { what: "left"; who: string }
  | { what: "removed"; who: string; by: string }
  | { what: "reads_back"; who: string; own: boolean; fromTs: number }
  | { what: "records_joined" }
  | { what: "patient_linked"; by: string }
  | { what: "patient_unlinked"; by: string }
  | { what: "decision"; status: DecisionStatus; reference: string | null; decisionId: string };

export type TimelineItem =
  MessageItem | MediaItem | DecisionItem | UnreadableItem | HiddenItem | DisposedItem | NoticeItem;

export type Delivery =
  /** Somebody else's message. */
  | { state: "received" }
  /** In the outbox, no network or an earlier message goes first. */
  | { state: "waiting" }
  | { state: "sending" }
  | { state: "sent" }
  /** `people` of `of` have it on a phone. */
  | { state: "delivered"; people: number; of: number }
  | { state: "read"; people: number; of: number }
  | { state: "failed"; problem: Problem; canRetry: boolean };

/** Who has a message, by name: for the sheet, not for the list. */
export interface Reach {
  readBy: { userId: string; name: string; ts: number }[];
  deliveredTo: { userId: string; name: string }[];
  notYet: { userId: string; name: string }[];
}

// ── Decisions and patients ────────────────────────────────────────────────────────────────────────

export interface PatientMatch {
  /** Opaque; the only thing of a patient that may be stored or sent on. */
  patientId: string;
  name: string;
  birthDate: string;
  nhsNumber: string;
}

export interface PatientBanner {
  name: string;
  birthDate: string;
  nhsNumber: string;
  /** Counts the patients that were linked to the conversation. */
  version: number;
}

// ── This phone ────────────────────────────────────────────────────────────────────────────────────

export interface Handset {
  handsetId: string;
  name: string;
  platform: string;
  enrolledTs: number;
  lastSeenTs: number | null;
  thisOne: boolean;
  owner: "own" | "trust";
  /** As the server says it: `active`, `locked`, `wipe_requested`, … */
  state: string;
  policyVersion: string;
  facts: PhoneFact[];
}

export type Provenance = "attested" | "asserted" | "self_reported";

/** Something said of a phone, and by whom: never shown as more than that. */
export interface PhoneFact {
  fact: string;
  value: string;
  provenance: Provenance;
  atTs: number;
}

/** A sign-in that the person has not yet said was theirs. */
export interface NewDevice {
  deviceId: string;
  name: string;
  sinceTs: number;
  otherApp: boolean;
}

/** What a browser gives out so that it can be told something. */
export interface PushSubscriptionKeys {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export interface Policy {
  version: string;
  lockSeconds: number;
  hiddenLockSeconds: number;
  passcodeMinLength: number;
  decisionGraceSeconds: number;
  sink?: Sink;
  /** How long a phone may open without the network, by passkey; 0: never. */
  offlineHours: number;
  sharedIdleSeconds: number;
  /** The oldest version that still counts as accepted. */
  acceptFrom: number;
  keepDays: { clinical: number; operational: number; social: number };
  /** Whether colleagues see who is at their phone. */
  presence: boolean;
  mostPhones: number;
  /** How long a message of one's own can be changed. */
  editSeconds?: number;
  /** The longest voice note, and the largest document. */
  voiceSeconds?: number;
  fileBytes?: number;
  /** How often an unanswered urgent message rings. */
  repeatUrgentSeconds?: number;
  /** What is asked of a phone, by its name, and how well it must be known. */
  required: Record<string, string>;
  /** By kind. Absent in what a phone has kept since before there was any. */
  rooms?: Partial<Record<RoomKind, RoomUse>>;
}

/** What a kind of conversation is for, by language, and what happens when somebody is identified in it. */
export interface RoomUse {
  nudge: "off" | "warn" | "ask";
  approvedFor: Record<string, string>;
  notFor: Record<string, string>;
  /** What may go with a message; unknown to what a phone has kept since before there was any. */
  voice?: boolean;
  files?: boolean;
}

export interface Passkey {
  passkeyId: string;
  name: string;
  createdTs: number;
  lastUsedTs: number | null;
  /** It is on the person's other phones too. */
  backedUp: boolean;
}

/** Another app of the person's own asks to be trusted. */
export type VerificationStep =
  | { is: "asked"; device: string }
  | { is: "waiting" }
  | { is: "compare"; emoji: [string, string][]; numbers: number[] }
  | { is: "done" }
  | { is: "failed" };

/** What the person must know of their keys. */
export type KeysState =
  | "checking"
  | "ready"
  /** This phone started afresh: messages sent before cannot be read here. */
  | "fresh_start"
  /** The person's keys are on another device of theirs, and are left as they are until they say how. */
  | "elsewhere"
  /** Another phone was set up since: this one must be set up again. */
  | "replaced"
  /** The server asks for the second step before keys can be published. */
  | "step_up";

/** A refusal as the screens can act on it; `sentence` comes from the server, in English. */
export interface Problem {
  code: ProblemCode;
  sentence: string;
  retryAfterMs?: number;
  attemptsLeft?: number;
}

export type ProblemCode =
  | "offline"
  | "server"
  | "too_soon"
  | "refused"
  | "not_found"
  | "bad_input"
  | "signed_out"
  | "wrong_sign_in"
  | "wrong_code"
  /** The sign-in, or the invitation, is over. */
  | "too_late"
  /** The policy has changed: everything but clinical conversations waits until it is accepted. */
  | "policy_not_accepted"
  /** The one-minute induction comes before one's first clinical conversation. */
  | "induction"
  | "wrong_passcode"
  | "share_destroyed"
  | "too_many_phones"
  | "weak_passcode"
  | "weak_password"
  /** The person, or time, ended the gesture; or there is no passkey here. */
  | "passkey_given_up"
  /** This phone holds one already. */
  | "passkey_known"
  | "passkey_failed"
  /** Somebody reported this phone lost, and it stays locked. */
  | "reported_lost"
  /** A fresh proof of who it is comes first. */
  | "step_up"
  | "open_elsewhere"
  /** What waits on this phone has to go first. */
  | "too_many_waiting"
  | "not_reachable"
  | "unexpected";

/** What a call, or a step of signing in, rejects with. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}
