/** What the list says of a room beside its summary. */
import {
  EventType,
  NotificationCountType,
  type MatrixClient,
  type MatrixEvent,
  type Room,
} from "matrix-js-sdk";
import { relatesTo } from "./beside";
import { TASK_DONE } from "./names";
import { unreadOf } from "./unread";

interface PushRule {
  rule_id?: unknown;
  enabled?: unknown;
  actions?: unknown;
}

/** A rule for this room that does nothing: the server tells none of my devices, and counts nothing. */
export function isMuted(client: MatrixClient, roomId: string): boolean {
  const content = client.getAccountData(EventType.PushRules)?.getContent();
  const rules: unknown = content?.global?.room;
  if (!Array.isArray(rules)) return false;
  const rule = (rules as PushRule[]).find((one) => one.rule_id === roomId);
  if (!rule || rule.enabled === false) return false;
  return !Array.isArray(rule.actions) || !rule.actions.includes("notify");
}

export function pinnedId(room: Room): string | null {
  const content = room.currentState.getStateEvents("m.room.pinned_events", "")?.getContent();
  const pinned: unknown = content?.["pinned"];
  const last: unknown = Array.isArray(pinned) ? pinned.at(-1) : null;
  return typeof last === "string" ? last : null;
}

export const mayPin = (room: Room, me: string): boolean =>
  room.currentState.maySendStateEvent("m.room.pinned_events", me);

export function unreadIn(
  room: Room,
  me: string,
  read: ReadonlySet<string>,
  muted: boolean,
): number {
  const timeline = room
    .getLiveTimeline()
    .getEvents()
    .map((e) => ({ eventId: e.getId() ?? "", sender: e.getSender() ?? "", said: isSaid(e) }));
  const count = room.getUnreadNotificationCount(NotificationCountType.Total);
  return unreadOf(timeline, me, read, { count, muted });
}

function isSaid(event: MatrixEvent): boolean {
  const type = event.getWireType();
  if (event.isState() || event.isRedacted()) return false;
  if (type !== "m.room.encrypted" && type !== "m.room.message") return false;
  if (relatesTo(event.getWireContent()).rel_type === "m.replace") return false;
  return event.getContent()[TASK_DONE] === undefined;
}
