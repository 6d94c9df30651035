import type {
  Decision,
  DecisionFlag,
  DecisionMark,
  ImageItem,
  MessageItem,
  Sink,
  TimelineItem,
} from "../engine/protocol";

/** What a decision is taken in: words, or a picture that goes to the record itself. */
export type Source = MessageItem | ImageItem;

/** What can belong to a decision: sent, readable, not in another one that stands. */
export const canBeSource = (item: TimelineItem): item is Source =>
  (item.kind === "message" || item.kind === "image") &&
  item.eventId !== null &&
  (item.decision === null || isOver(item.decision));

/** One that was marked in error too: the right decision is written from the same messages (ADR 33). */
const isOver = ({ status, flag }: DecisionMark): boolean =>
  status === "refused" || status === "withdrawn" || (flag === "error" && status !== "disposed");

/** Where people copy words, no picture goes with them. */
export const mayGoTo = (sink: Sink, item: Pick<TimelineItem, "kind">): boolean =>
  sink !== "paste" || item.kind !== "image";

/** What another app calls a picture says nothing. */
export const wordsOf = (item: Source): string =>
  item.kind === "image" && item.photo === null ? "" : item.text;

/** As the room's state tells it, for a decision that was read from the server. */
export function flagOf(decision: Decision): { flag?: DecisionFlag } {
  const correction = correctionOf(decision)?.kind;
  if (correction === "error") return { flag: "error" };
  if (correction === "replacement") return { flag: "replaced" };
  if (decision.overdueTs !== null) return { flag: "overdue" };
  return decision.confirmed ? {} : { flag: "unconfirmed" };
}

/** What took its place or withdrew it, unless the record refused that, or the replacement was withdrawn itself. */
export const correctionOf = ({ followUps }: Pick<Decision, "followUps">) =>
  followUps.findLast(
    ({ kind, status }) =>
      kind !== "confirmation" &&
      status !== "refused" &&
      (kind === "error" || status !== "withdrawn"),
  );

/** Before the record has it: a mark of error can still stop it. */
export const isEarly = ({ status }: Pick<Decision, "status">): boolean =>
  status === "waiting" || status === "to_paste";
