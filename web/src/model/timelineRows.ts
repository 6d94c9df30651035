/** Turns the engine's timeline into rows: where a day begins, who repeats, where the new ones start. */
import type { Decision, MessageItem, TimelineItem } from "../engine/protocol";
import { dayName, daysBetween } from "../i18n/format";

export interface Row {
  readonly key: string;
  readonly item: TimelineItem;
  /** The day's name, when this row is its first. */
  readonly day: string | null;
  /** The same person within a few minutes: the name is not drawn again (it is still read out). */
  readonly follows: boolean;
  /** The first message that was new when the conversation was opened. */
  readonly firstNew: boolean;
}

const TOGETHER = 5 * 60_000;

const spoken = (item: TimelineItem): boolean =>
  item.kind === "message" || item.kind === "image" || item.kind === "unreadable";

function followsOn(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return (
    before !== undefined &&
    spoken(item) &&
    spoken(before) &&
    before.sender.userId === item.sender.userId &&
    item.ts - before.ts < TOGETHER &&
    daysBetween(before.ts, item.ts) === 0
  );
}

export function timelineRows(
  items: readonly TimelineItem[],
  now: number,
  firstNewKey: string | null,
): Row[] {
  return items.map((item, index) => {
    const before = items[index - 1];
    const newDay = before === undefined || daysBetween(before.ts, item.ts) !== 0;
    const firstNew = item.key === firstNewKey;
    return {
      key: item.key,
      item,
      day: newDay ? dayName(item.ts, now) : null,
      follows: !firstNew && followsOn(item, before),
      firstNew,
    };
  });
}

/** The first of the last `unread` messages of others; null when nothing is new. */
export function firstUnreadKey(items: readonly TimelineItem[], unread: number): string | null {
  if (unread <= 0) return null;
  let left = unread;
  let key: string | null = null;
  for (let index = items.length - 1; index >= 0 && left > 0; index--) {
    const item = items[index];
    if (item !== undefined && !item.sender.own && item.kind !== "notice") {
      key = item.key;
      left--;
    }
  }
  return key;
}

const UNDO_FOR = 10_000;

/** Seconds in which a sent message can be taken back with one tap; 0 when it no longer can. */
export function undoSecondsLeft(item: TimelineItem, now: number): number {
  if (item.kind !== "message" || !item.sender.own || item.eventId === null) return 0;
  const left = item.ts + UNDO_FOR - now;
  return left <= 0 || left > UNDO_FOR + 2_000 ? 0 : Math.ceil(left / 1000);
}

export const isMine = (item: MessageItem): boolean => item.sender.own;

export const sourcesOf = (decision: Decision, items: readonly TimelineItem[]): TimelineItem[] =>
  items.filter((item) => item.eventId !== null && decision.sourceEventIds.includes(item.eventId));
