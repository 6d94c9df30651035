/** What the server hears of the nudge: numbers, never text; and the induction. */
import type { RoomKind } from "./words";

/** Why somebody went on although nothing about a patient belongs in a room. */
export type BreakGlassReason = "emergency" | "no_other_way";

export interface NudgeCount {
  shown: number;
  replaced: number;
  kept: number;
}

export interface Induction {
  /** The version that was accepted; 0: none. */
  accepted: number;
  /** The version that must have been read before one's first clinical conversation. */
  wanted: number;
}

export interface MinimiseCalls {
  /** Added up for the whole organisation; by kind of identifier. */
  countNudges: [{ roomKind: RoomKind; counts: Record<string, NudgeCount> }, void];
  /** Told to the Caldicott guardian. The same `requestId` for every try. */
  breakGlass: [{ requestId: string; roomId: string; reason: BreakGlassReason }, void];
  feedback: [{ rule: string; useful: boolean }, void];
  induction: [Record<string, never>, Induction];
  acceptInduction: [{ version: number }, void];
}
