/** Somebody who comes from a conversation of another kind within seconds may think they are still there. */
import type { RoomKind } from "../engine/protocol";
import type { App } from "./app";

const SECONDS = 30_000;

export interface WrongPlace {
  readonly to: string;
  readonly toKind: RoomKind;
  readonly from: string;
  readonly fromKind: RoomKind;
}

export function leaving(
  app: App,
  room: { id: string; purpose: string; kind: RoomKind } | undefined,
): void {
  // The lock closes the conversation too, and nothing of it stays.
  if (room === undefined || app.session.state.peek().at !== "open") return;
  const { id: roomId, purpose, kind } = room;
  app.navigation.left = { roomId, purpose, kind, ts: app.surroundings.now() };
}

/** Null unless the message looks as if it belonged where the person was a moment ago. */
export function wrongPlace(
  app: App,
  here: { id: string; purpose: string; kind: RoomKind },
  openedTs: number,
): WrongPlace | null {
  const { left } = app.navigation;
  if (!left || left.roomId === here.id || left.kind === here.kind) return null;
  if (openedTs - left.ts > SECONDS || app.surroundings.now() - openedTs > SECONDS) return null;
  // They were writing there, or what is about patients or work would go among friends.
  const wasWriting = app.session.drafts.read(left.roomId) !== "";
  if (!wasWriting && here.kind !== "social") return null;
  return { to: here.purpose, toKind: here.kind, from: left.purpose, fromKind: left.kind };
}
