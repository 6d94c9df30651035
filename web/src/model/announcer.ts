/**
 * One short line per new message for a screen reader, apart from the timeline: a virtualised list
 * that is a live region would be read again at every scroll.
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { TimelineItem } from "../engine/protocol";
import { words } from "../i18n/language";

/** Many messages at once are counted, not read. */
const MOST_LINES = 3;
const LONGEST_LINE = 120;

export class Announcer {
  private readonly line = signal("");
  readonly spoken: ReadonlySignal<string> = this.line;
  private known: Set<string> | null = null;

  /** Call with every state of the timeline; what was there first is not news. */
  see(items: readonly TimelineItem[]): void {
    const known = this.known;
    this.known = new Set(items.map((item) => item.key));
    if (known === null) return;
    const lastKnown = items.findLastIndex((item) => known.has(item.key));
    const fresh = items
      .slice(lastKnown + 1)
      .filter((item) => !item.sender.own && ("text" in item || item.kind === "unreadable"));
    if (fresh.length > MOST_LINES) this.say(words().room.announceMany(fresh.length));
    else if (fresh.length > 0) this.say(fresh.map(lineOf).join(". "));
  }

  say(text: string): void {
    // A live region says nothing when its text stays the same.
    this.line.value = this.line.value === text ? `${text}\u00a0` : text;
  }
}

function lineOf(item: TimelineItem): string {
  const who =
    item.sender.role === "" ? item.sender.name : `${item.sender.name}, ${item.sender.role}`;
  const text = "text" in item ? item.text : words().item.unreadable;
  const short = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
  return words().room.announce(who, short);
}
