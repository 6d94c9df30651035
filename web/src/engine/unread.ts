/** An event of the loaded timeline, as far as counting cares. */
export interface Countable {
  eventId: string;
  sender: string;
  /** Something that somebody said: no change of the room, no edit, no reaction, nothing taken back. */
  said: boolean;
}

/**
 * How many messages of others are new to me. Counted here, from where I have read to on whatever device:
 * the server's number comes late after an edit or a redaction, and is nothing in a muted conversation.
 * Where that place is not on this phone the server knows better.
 */
export function unreadOf(
  timeline: readonly Countable[],
  me: string,
  readUpTo: ReadonlySet<string>,
  server: { count: number; muted: boolean },
): number {
  // Who writes has read what stood above.
  const place = timeline.findLastIndex((e) => e.sender === me || readUpTo.has(e.eventId));
  if (place < 0 && !server.muted) return server.count;
  return timeline.slice(place + 1).filter((e) => e.said && e.sender !== me).length;
}
