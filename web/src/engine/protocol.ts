/**
 * The words the screens and the Worker say to each other.
 *
 * The Worker alone knows Matrix: nothing here has a room version, an event type or a megolm session.
 * Everything is plain data, so that it survives `postMessage` and so that a test can be the Worker.
 * There are calls (asked by the screens, answered once), events (told by the engine) and two orders
 * about the engine's life, `start` and `stop`.
 */

import type { PeopleCalls, Person } from "./peopleWords";
import type { EverydayCalls, Mention } from "./everydayWords";
import type { GroupCalls } from "./groupWords";
import type { AppsCalls } from "./appsWords";
import type { MinimiseCalls } from "./minimiseWords";
import type {
  ConnectionStatus,
  Decision,
  DecisionDraft,
  DecisionStatus,
  ErrorReason,
  Handset,
  KeepChoice,
  KeysState,
  MediaCalls,
  Member,
  Passkey,
  PatientBanner,
  PatientMatch,
  Policy,
  Problem,
  PushSubscriptionKeys,
  NewDevice,
  Reach,
  RoomKind,
  RoomSummary,
  TimelineItem,
  VerificationStep,
} from "./words";
import type { SearchesCalls } from "./searchesWords";
import type { Urgent, UrgentCalls } from "./urgentWords";

export type * from "./appsWords";
export type * from "./searchesWords";
export * from "./words";
export * from "./urgentWords";

// ── Calls ─────────────────────────────────────────────────────────────────────────────────────────

/** name → [what is asked, what is answered] */
export interface Calls
  extends
    AppsCalls,
    EverydayCalls,
    GroupCalls,
    MediaCalls,
    MinimiseCalls,
    PeopleCalls,
    SearchesCalls,
    UrgentCalls {
  /** Begins `timeline` events for this room; the one open before is closed. */
  openRoom: [{ roomId: string }, void];
  closeRoom: [Record<string, never>, void];
  /** Brings older messages; `more` says whether there are any left. */
  paginate: [{ roomId: string }, { more: boolean }];
  /** Answered when the message is sealed in the outbox: from then on it will go once. */
  send: [
    { roomId: string; txnId: string; text: string; replyTo?: string; mentions?: Mention[] },
    void,
  ];
  retry: [{ txnId: string }, void];
  /** Takes a message out of the outbox. False: too late, it has gone. */
  cancel: [{ txnId: string }, { cancelled: boolean }];
  markRead: [{ roomId: string; eventId: string }, void];
  reach: [{ roomId: string; eventId: string }, Reach];
  /** Takes a sent message back and says how many people had read it. */
  undo: [{ roomId: string; eventId: string }, { readBy: number }];

  createConversation: [
    {
      kind: Exclude<RoomKind, "other">;
      purpose: string;
      memberUserIds: string[];
      requestId: string;
    },
    { roomId: string },
  ];
  addMember: [
    { roomId: string; userId: string; reason: string; until?: { ts: number; sponsor: string } },
    void,
  ];
  members: [{ roomId: string }, Member[]];

  findPatient: [{ nhsNumber: string }, PatientMatch];
  linkPatient: [{ roomId: string; patientId: string }, void];
  patient: [{ roomId: string }, PatientBanner | null];

  /** Sends the encrypted summary into the room, then the decision to the server. */
  sendDecision: [DecisionDraft, { decisionId: string; status: DecisionStatus }];
  /** It was not signed for want of a fresh proof, and will not be. */
  dropDecision: [Pick<DecisionDraft, "roomId" | "requestId">, void];
  listDecisions: [{ roomId: string }, Decision[]];
  decision: [{ decisionId: string }, Decision];
  queryDecision: [{ decisionId: string; withdraw: boolean }, void];
  retryDecision: [{ decisionId: string }, void];
  confirmDecision: [{ decisionId: string; requestId: string }, void];
  markInError: [
    { decisionId: string; requestId: string; reason: ErrorReason; words: string },
    void,
  ];
  /** What to copy into a health record that has no interface, and then where it is there. */
  wordsToPaste: [{ decisionId: string }, { text: string }];
  pasted: [{ decisionId: string; reference: string }, void];
  /** `eventIds` with `record_these`: they stay until the record has a decision taken in them. */
  chooseRetention: [{ roomId: string; choice: KeepChoice; eventIds: string[] }, void];

  handsets: [Record<string, never>, Handset[]];
  removeHandset: [{ handsetId: string }, void];
  /** A fresh code of the second step; after `keys: step_up`. */
  answerStepUp: [{ code: string }, void];
  newRecoveryCodes: [{ code: string }, { codes: string[] }];
  /** Whether this device is told of messages, and by which key it would subscribe. */
  push: [Record<string, never>, { applicationServerKey: string; subscribed: boolean }];
  subscribePush: [PushSubscriptionKeys, void];
  unsubscribePush: [Record<string, never>, void];
  newDevices: [Record<string, never>, NewDevice[]];
  /** Not mine: it is signed out at once. */
  answerNewDevice: [{ deviceId: string; mine: boolean }, void];
  changePassword: [{ newPassword: string; logoutDevices: boolean }, void];

  passkeys: [Record<string, never>, Passkey[]];
  /** JSON of WebAuthn, for the page to show to the browser. */
  passkeyOptions: [Record<string, never>, Record<string, unknown>];
  /** `paper`: codes for paper come with it where there are none, and will be shown. */
  addPasskey: [
    { name: string; credential: Record<string, unknown>; paper: boolean },
    { passkeyId: string; recoveryCodes: string[] },
  ];
  renamePasskey: [{ passkeyId: string; name: string }, void];
  removePasskey: [{ passkeyId: string }, void];
  stepUpOptions: [Record<string, never>, Record<string, unknown>];
  /** A fresh proof of who it is: by passkey, or a code of the authenticator app. */
  stepUp: [{ credential: Record<string, unknown> } | { code: string }, void];
  /** What the person says of this phone; kept as self-reported. */
  reportFacts: [{ answers: Record<string, string> }, void];
  /** On this phone its person has read and accepted that version. */
  acceptPolicy: [{ version: string }, void];
  /** A passkey that was made while the app is open shall open the person's keys too. */
  givePasskey: [KeysPasskey, void];
  /** Another app wants to be trusted: yes or no, then whether both show the same. */
  answerVerification: [{ accept: boolean }, void];
  compareVerification: [{ same: boolean }, void];
  closeVerification: [Record<string, never>, void];
  /** From `keys: elsewhere`: the person's other device is asked, and both show the same emoji. */
  askOtherPhone: [Record<string, never>, void];
  /** From `keys: elsewhere`: the person's keys are made anew. */
  startAfresh: [Record<string, never>, void];
  /** After a step-up: what opens the person's keys in another app. */
  recoveryKey: [Record<string, never>, { key: string }];
}

export type CallName = keyof Calls;
export type Asked<N extends CallName> = Calls[N][0];
export type Answer<N extends CallName> = Calls[N][1];

// ── Envelopes ─────────────────────────────────────────────────────────────────────────────────────

export interface StartOrder {
  kind: "start";
  homeserver: string;
  userId: string;
  deviceId: string;
  accessToken: string;
  handsetId: string;
  /** Seals and opens the records the engine keeps; cannot be exported. */
  recordsKey: CryptoKey;
  /** Opens the crypto store; 32 bytes, transferred and not kept by the sender. */
  storageKey: Uint8Array<ArrayBuffer>;
  /** A device that several people share: nothing is written down. */
  keepNothing: boolean;
  /** What the app was opened with, if it was a passkey. */
  passkey: KeysPasskey | null;
}

/** Opens and seals the person's secret-storage key in their account data. */
export interface KeysPasskey {
  passkeyId: string;
  key: CryptoKey;
}

export type ToEngine =
  | StartOrder
  /** Write everything, answer `stopped`; the Worker is then terminated. */
  | { kind: "stop" }
  /** The page's view of the network: a Worker is not always told. */
  | { kind: "network"; online: boolean }
  | { [N in CallName]: { kind: "call"; id: number; name: N; asked: Asked<N> } }[CallName];

export type EngineEvent =
  /** `heardTs`: when the server was last heard. */
  | { kind: "connection"; status: ConnectionStatus; heardTs?: number }
  /** The whole list, newest first. */
  | { kind: "rooms"; rooms: RoomSummary[] }
  /** Replace `remove` items from `start` by `items`; `start: 0, remove: all` is a first paint. */
  | {
      kind: "timeline";
      roomId: string;
      start: number;
      remove: number;
      items: TimelineItem[];
      canPaginate: boolean;
    }
  | { kind: "outbox"; waiting: number; failed: number }
  | { kind: "me"; person: Person }
  | { kind: "policy"; policy: Policy }
  | { kind: "keys"; keys: KeysState }
  | { kind: "verification"; step: VerificationStep | null }
  /** Somebody signed in as this person on one more device: ask `newDevices`. */
  | { kind: "newDevices" }
  /** All of the last week, newest first. */
  | { kind: "urgent"; urgent: Urgent[] }
  /** There may be another review that this person is asked for. */
  | { kind: "reviews" }
  /** The policy asks for this of a phone, and it is not known of this one; null: it is now. */
  | { kind: "phoneLacks"; fact: string | null }
  /** The server no longer knows this phone: the session wipes it. */
  | { kind: "signedOut" }
  /** This phone was reported lost: it stays locked until its person says otherwise. */
  | { kind: "reportedLost" }
  /** The engine cannot go on; the session offers to start it again. */
  | { kind: "failed"; problem: Problem };

export type FromEngine =
  | EngineEvent
  | { kind: "stopped" }
  | { kind: "answered"; id: number; answer: unknown }
  | { kind: "refused"; id: number; problem: Problem };
