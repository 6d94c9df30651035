import type { MessageItem, TimelineItem } from "../engine/protocol";

/** Which messages can belong to a decision: sent, readable, not in another one. */
export const canBeSource = (item: TimelineItem): item is MessageItem =>
  item.kind === "message" &&
  item.eventId !== null &&
  (item.decision === null || item.decision.status === "refused");
