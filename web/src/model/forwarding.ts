/** Where a message may be taken: the matrix of kinds, as the server holds it. */
import type { RoomKind, RoomSummary, SaidItem } from "../engine/protocol";

export type WhyNot =
  | "clinical_stays"
  | "work_stays"
  | "social_stays"
  | "other_patient"
  | "other_app"
  /** Whatever the matrix says, and wherever somebody else's app had put it. */
  | "picture_stays";

export interface Destination {
  readonly room: RoomSummary;
  /** Null: it may go there. */
  readonly whyNot: WhyNot | null;
}

type Linked = Pick<RoomSummary, "kind" | "patientLinked">;

export function whyNot(from: Linked, to: Linked): WhyNot | null {
  if (from.kind === "other" || to.kind === "other") return "other_app";
  const allowed: Record<Exclude<RoomKind, "other">, readonly RoomKind[]> = {
    clinical: ["clinical"],
    operational: ["operational", "clinical"],
    social: ["social"],
  };
  if (!allowed[from.kind].includes(to.kind)) return STAYS[from.kind];
  // Which patient a conversation is about is known to the server only: it is asked when both have one.
  const apart = from.kind === "clinical" && from.patientLinked !== to.patientLinked;
  return apart ? "other_patient" : null;
}

const STAYS = {
  clinical: "clinical_stays",
  operational: "work_stays",
  social: "social_stays",
} as const;

/** All other conversations, those that may first. */
export function destinations(
  from: RoomSummary,
  rooms: readonly RoomSummary[],
  kind: SaidItem["kind"] = "message",
): Destination[] {
  const picture = (to: Linked): WhyNot | null =>
    kind === "message" || to.kind === "clinical" ? null : "picture_stays";
  return rooms
    .filter((room) => room.id !== from.id && room.joined)
    .map((room) => ({ room, whyNot: picture(room) ?? whyNot(from, room) }))
    .toSorted((a, b) => Number(a.whyNot !== null) - Number(b.whyNot !== null));
}
