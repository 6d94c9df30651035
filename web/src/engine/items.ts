import type { MatrixEvent } from "matrix-js-sdk";
import { DecryptionFailureCode } from "matrix-js-sdk/lib/crypto-api";
import { besideOf, contentsOf, wordsOf, type Around } from "./beside";
import type { Letter } from "./outbox";
import { mediaOf } from "./mediaContent";
import { DECISION, isPerson, isRecords, isService, PATIENT, READS_BACK, SUMMARY } from "./names";
import type {
  DecisionFlag,
  DecisionMark,
  DisposedItem,
  Delivery,
  Notice,
  Sender,
  TimelineItem,
  UnreadableReason,
} from "./words";
import { statusOf } from "./decisionStatus";

/** What must be known around an event to say what a person sees of it. */
export interface Reading {
  me: string;
  /** Null in a room that did not come from Lanyard. */
  owner: string | null;
  sender(userId: string): Sender;
  delivery(eventId: string): Delivery;
  mark(eventId: string): DecisionMark | null;
  /** Whether colleagues' phones were asked for its key. */
  isAsked?(event: MatrixEvent): boolean;
  /** What other events say about one; not needed for the list. */
  around?: Around;
}

interface SummaryContent {
  decider_user_id?: unknown;
  decided_ts?: unknown;
  source_event_ids?: unknown;
}

/** Null for events nobody needs to see: profile changes, settings of the room, edits (they are applied). */
export function itemOf(event: MatrixEvent, reading: Reading): TimelineItem | null {
  const eventId = event.getId();
  const userId = event.getSender();
  if (!eventId || !userId) return null;
  const base = {
    key: event.getUnsigned().transaction_id ?? eventId,
    eventId,
    sender: reading.sender(userId),
    ts: event.getTs(),
  };
  if (event.isState()) {
    const notice = noticeOf(event, reading);
    return notice ? { ...base, kind: "notice", notice } : null;
  }
  const wire = event.getWireType();
  if (event.isRedacted()) {
    return isSpoken(wire) ? { ...base, ...goneOf(event, reading) } : null;
  }
  if (event.isDecryptionFailure()) {
    const why = event.decryptionFailureReason;
    const reason = reading.isAsked?.(event) ? "asked" : unreadableReason(why);
    return { ...base, kind: "unreadable", reason };
  }
  if (event.getType() !== "m.room.message" || event.isRelation("m.replace")) return null;
  return { ...base, ...spokenOf(event, eventId, base.sender.own, reading) };
}

function isSpoken(type: string): boolean {
  return type === "m.room.encrypted" || type === "m.room.message";
}

function spokenOf(event: MatrixEvent, eventId: string, own: boolean, reading: Reading) {
  const content = event.getContent();
  const contents = contentsOf(event);
  const text = wordsOf(contents);
  const delivery: Delivery = own ? reading.delivery(eventId) : { state: "received" };
  const decision = reading.mark(eventId);
  const summary: unknown = content[SUMMARY];
  if (summary && typeof summary === "object") {
    return { kind: "decision" as const, text, delivery, decision, ...decided(summary, reading) };
  }
  const { me, around } = reading;
  const beside = around ? besideOf(contents, me, around, eventId) : {};
  const media = mediaOf(content);
  if (media) return { ...media, delivery, decision, ...beside };
  const edited = event.replacingEventId() !== undefined;
  if (!around) return { kind: "message" as const, text, delivery, decision, edited };
  const waiting = own ? around.change(eventId, letterDelivery) : null;
  if (waiting) beside.change = { txnId: waiting.txnId, delivery: waiting.delivery };
  const shown = waiting?.text || text;
  return { kind: "message" as const, text: shown, delivery, decision, edited, ...beside };
}

function decided(summary: SummaryContent, reading: Reading) {
  const deciderUserId = String(summary.decider_user_id ?? "");
  const sources = summary.source_event_ids;
  return {
    deciderUserId,
    deciderName: deciderUserId ? reading.sender(deciderUserId).name : "",
    decidedTs: typeof summary.decided_ts === "number" ? summary.decided_ts : 0,
    sourceEventIds: Array.isArray(sources) ? sources.map(String) : [],
  };
}

/** What the server gives as the reason where its author said that a message went to the wrong person. */
const MISDIRECTED = "Sent to the wrong person";

/** A person's redaction hides; one by the organisation is a disposal, and says why. */
function goneOf(event: MatrixEvent, reading: Reading) {
  const because = event.getUnsigned().redacted_because;
  const by = because?.sender ?? "";
  if (by && isPerson(by)) {
    const who = reading.sender(by);
    return { kind: "hidden" as const, by: who.name, own: who.own };
  }
  const decision = reading.mark(event.getId() ?? "");
  const said: unknown = because?.content?.["reason"];
  const usual: DisposedItem["reason"] = by
    ? said === MISDIRECTED
      ? "misdirected"
      : "other"
    : "retention";
  return {
    kind: "disposed" as const,
    reason: decision ? ("in_record" as const) : usual,
    sentence: typeof said === "string" ? said : "",
    decision,
  };
}

export function unreadableReason(code: DecryptionFailureCode | null): UnreadableReason {
  switch (code) {
    case DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED:
      return "before_you_joined";
    case DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP:
    case DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED:
    case DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP:
      return "before_this_phone";
    case DecryptionFailureCode.SENDER_IDENTITY_PREVIOUSLY_VERIFIED:
    case DecryptionFailureCode.UNSIGNED_SENDER_DEVICE:
    case DecryptionFailureCode.UNKNOWN_SENDER_DEVICE:
      return "sender_not_confirmed";
    case DecryptionFailureCode.MEGOLM_KEY_WITHHELD:
    case DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE:
      return "withheld";
    case DecryptionFailureCode.UNKNOWN_ERROR:
      return "damaged";
    default:
      return "key_not_here_yet";
  }
}

function noticeOf(event: MatrixEvent, reading: Reading): Notice | null {
  const sender = event.getSender() ?? "";
  const content = event.getContent();
  switch (event.getType()) {
    case "m.room.create":
      // Our rooms are made by the service user, for the person who owns them.
      return { what: "created", by: actor(reading.owner, sender, reading) };
    case "m.room.member":
      return membershipOf(event, reading);
    case PATIENT: {
      const by = actor(content["by"], sender, reading);
      return { what: content["linked"] ? "patient_linked" : "patient_unlinked", by };
    }
    case DECISION:
      return decisionNotice(event);
    case READS_BACK: {
      const fromTs: unknown = content["from_ts"];
      const { name, own } = reading.sender(`@${event.getStateKey()}`);
      return typeof fromTs === "number" ? { what: "reads_back", who: name, own, fromTs } : null;
    }
    default:
      return null;
  }
}

/** Who did what the service user wrote down. */
function actor(named: unknown, sender: string, reading: Reading): string {
  const person = isService(sender) && typeof named === "string" ? named : sender;
  return reading.sender(person).name;
}

function decisionNotice(event: MatrixEvent): Notice | null {
  const decisionId = event.getStateKey();
  // A query changes the decision's state, not where the decision is.
  if (event.getPrevContent()["status"] === event.getContent()["status"]) return null;
  const mark = decisionId ? markOf(decisionId, event.getContent()) : null;
  return mark ? { what: "decision", ...mark } : null;
}

function membershipOf(event: MatrixEvent, reading: Reading): Notice | null {
  const userId = event.getStateKey() ?? "";
  const { membership } = event.getContent();
  const before: unknown = event.getPrevContent()["membership"];
  if (membership === before || isService(userId)) return null;
  if (isRecords(userId)) return membership === "join" ? { what: "records_joined" } : null;
  const who = reading.sender(userId).name;
  const sender = event.getSender() ?? "";
  const by = sender === userId || !isPerson(sender) ? null : reading.sender(sender).name;
  if (membership === "join") return { what: "joined", who, by };
  if (membership !== "leave" && membership !== "ban") return null;
  return sender === userId ? { what: "left", who } : { what: "removed", who, by: by ?? "" };
}

/** Null for a status this version of the app does not know. */
export function markOf(decisionId: string, content: Record<string, unknown>): DecisionMark | null {
  const status = statusOf(content["status"]);
  if (!status) return null;
  const reference = content["reference"];
  const mark = { decisionId, status, reference: typeof reference === "string" ? reference : null };
  const flag = flagOf(content);
  return flag === null ? mark : { ...mark, flag };
}

function flagOf(content: Record<string, unknown>): DecisionFlag | null {
  const corrected = content["corrected_by"] as { kind?: unknown } | undefined;
  if (corrected?.kind === "error") return "error";
  if (corrected?.kind === "replacement") return "replaced";
  if (content["overdue"] === true) return "overdue";
  return content["confirmed"] === false ? "unconfirmed" : null;
}

/** A message of mine that the room has no copy of yet. */
export function itemOfLetter(letter: Letter, reading: Reading): TimelineItem {
  const { content } = letter;
  const base = {
    key: letter.txnId,
    eventId: letter.eventId,
    sender: reading.sender(reading.me),
    ts: letter.writtenTs,
    delivery: letterDelivery(letter),
    decision: null,
  };
  const contents = { wire: content, first: content, now: content };
  const { me, around } = reading;
  const beside = around && besideOf(contents, me, around, letter.eventId);
  const media = mediaOf(content);
  if (media) return { ...base, ...media, ...beside };
  return { ...base, kind: "message", text: wordsOf(contents), edited: false, ...beside };
}

function letterDelivery(letter: Letter): Delivery {
  if (letter.state !== "failed") return { state: letter.state };
  const problem = letter.problem ?? { code: "unexpected", sentence: "" };
  return { state: "failed", problem, canRetry: true };
}
