/** Where a message may be taken: the matrix of kinds, as the server holds it. */
import type { Policy, RoomKind, RoomSummary, SaidItem } from "../engine/protocol";

export type WhyNot =
  | "clinical_stays"
  | "work_stays"
  | "social_stays"
  | "other_patient"
  | "other_app"
  /** Whatever the matrix says, and wherever somebody else's app had put it. */
  | "picture_stays"
  /** The policy lets nothing of that sort, or nothing as large, go with a message there. */
  | "no_voice"
  | "no_files"
  | "too_large";

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
  item: SaidItem,
  policy: Policy | null,
): Destination[] {
  return rooms
    .filter((room) => room.id !== from.id && room.joined)
    .map((room) => ({ room, whyNot: notTaken(item, room.kind, policy) ?? whyNot(from, room) }))
    .toSorted((a, b) => Number(a.whyNot !== null) - Number(b.whyNot !== null));
}

/** What goes with a message obeys the policy of where it goes, as if it were sent there first. */
function notTaken(item: SaidItem, to: RoomSummary["kind"], policy: Policy | null): WhyNot | null {
  if (item.kind === "message" || to === "other") return null;
  if (item.kind === "image") return to === "clinical" ? null : "picture_stays";
  const use = policy?.rooms?.[to];
  const { voice } = item;
  if ((voice ? use?.voice : use?.files) !== true) return voice ? "no_voice" : "no_files";
  const large = voice
    ? voice.ms > ((policy?.voiceSeconds ?? 0) + 1) * 1000
    : item.bytes > (policy?.fileBytes ?? 0);
  return large ? "too_large" : null;
}

/** What another app sent and this one only names stays where it is. */
export const canForward = (item: SaidItem): boolean =>
  item.kind !== "file" || item.voice !== undefined || item.pdf === true;
