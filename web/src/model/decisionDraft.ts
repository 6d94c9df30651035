/**
 * A decision somebody was about to sign, sealed with the drafts: a lock on the way to the authenticator
 * loses no words. One for each conversation; it goes when it is signed or its sheet is closed.
 */
import type { App } from "./app";
import type { Decider } from "./deciders";

export interface DecisionDraft {
  readonly requestId: string;
  readonly replaces: string | null;
  readonly sourceEventIds: readonly string[];
  readonly summary: string;
  readonly deciderUserId: string;
  readonly when: string;
  readonly adviser: Decider | null;
}

/** Beside the drafts of messages, which are kept by the room's id alone. */
const placeOf = (roomId: string): string => `decision ${roomId}`;

type Begun = Pick<DecisionDraft, "replaces" | "sourceEventIds">;

/** What was written about the same messages, or to replace the same decision. */
export function findDraft({ session }: App, roomId: string, begun: Begun): DecisionDraft | null {
  const kept = session.drafts.read(placeOf(roomId));
  if (kept === "") return null;
  const draft = JSON.parse(kept) as DecisionDraft;
  const same = begun.sourceEventIds.some((id) => draft.sourceEventIds.includes(id));
  return draft.replaces === begun.replaces && (same || begun.replaces !== null) ? draft : null;
}

export function keepDraft({ session }: App, roomId: string, draft: DecisionDraft): void {
  session.drafts.write(placeOf(roomId), JSON.stringify(draft));
}

export function dropDraft({ session }: App, roomId: string): void {
  session.drafts.write(placeOf(roomId), "");
}
