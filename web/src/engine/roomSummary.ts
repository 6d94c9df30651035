import { NotificationCountType, type Room } from "matrix-js-sdk";
import { postingOf } from "./groupCalls";
import { itemOf, markOf, type Reading } from "./items";
import { DECISION, isPerson, PATIENT, RETENTION, ROOM, WITHHELD } from "./names";
import type { DecisionCounts, DecisionMark, FaceOf, RoomKind, RoomSummary, Sender } from "./words";

const KINDS: readonly RoomKind[] = ["clinical", "operational", "social"];
/** How far back a preview is looked for. */
const PREVIEW_AMONG = 20;
const NAMES_SHOWN = 5;

export function isShown(room: Room): boolean {
  return room.getMyMembership() === "join";
}

export function summaryOf(room: Room, reading: Reading, unsent: number): RoomSummary {
  const about = content(room, ROOM);
  const patient = content(room, PATIENT);
  const kind = KINDS.find((k) => k === about["kind"]) ?? "other";
  const people = headCount(room);
  return {
    id: room.roomId,
    kind,
    purpose: typeof about["purpose"] === "string" ? about["purpose"] : room.name,
    owner: ownerOf(room),
    memberNames: namesOf(room, reading),
    ...faceOf(room, reading, people),
    headCount: people,
    reaches: Math.max(people - 1, 0),
    unread: room.getUnreadNotificationCount(NotificationCountType.Total),
    ...lastOf(room, reading),
    patientLinked: patient["linked"] === true,
    patientVersion: typeof patient["version"] === "number" ? patient["version"] : 0,
    reviewTs: typeof about["review_ts"] === "number" ? about["review_ts"] : null,
    posting: postingOf(about["posting"]),
    decisions: counts(room),
    ...asked(room, reading.me),
    ...withheld(room, reading),
    unsent,
    joined: room.getMyMembership() === "join",
  };
}

function asked(room: Room, me: string): { goesTs?: number } {
  const { asks, goes_ts } = content(room, RETENTION);
  return asks === true && ownerOf(room) === me ? { goesTs: Number(goes_ts) } : {};
}

/** Each person once, and only those who are here. */
function withheld(room: Room, reading: Reading): Pick<RoomSummary, "withholding"> {
  const said = room.currentState.getStateEvents(WITHHELD).map((e) => e.getContent()["user_id"]);
  const here = [...new Set(said.map(String))].filter(
    (userId) => room.getMember(userId)?.membership === "join",
  );
  if (here.length === 0) return {};
  return { withholding: here.map((userId) => reading.sender(userId)).map(nameAndOwn) };
}

const nameAndOwn = ({ name, own }: Sender): { name: string; own: boolean } => ({ name, own });

export function ownerOf(room: Room): string | null {
  const owner = content(room, ROOM)["owner"];
  return typeof owner === "string" ? owner : null;
}

function content(room: Room, type: string): Record<string, unknown> {
  return room.currentState.getStateEvents(type, "")?.getContent() ?? {};
}

/**
 * People, me included. The server's count is right before any member has been loaded; it counts the
 * custodian and the service user, which the room names as its functional members.
 */
export function headCount(room: Room): number {
  const functional: unknown = content(room, "io.element.functional_members")["service_members"];
  const ours = Object.keys(content(room, ROOM)).length > 0 ? 2 : 0;
  const others = Array.isArray(functional) ? functional.length : ours;
  return Math.max(room.getJoinedMemberCount() - others, 1);
}

function namesOf(room: Room, reading: Reading): string[] {
  return othersIn(room, reading)
    .slice(0, NAMES_SHOWN)
    .map((userId) => reading.sender(userId).name);
}

function othersIn(room: Room, reading: Reading): string[] {
  return room
    .getJoinedMembers()
    .map((member) => member.userId)
    .filter((userId) => isPerson(userId) && userId !== reading.me);
}

function faceOf(room: Room, reading: Reading, people: number): { face?: FaceOf } {
  const others = people === 2 ? othersIn(room, reading) : [];
  const [only] = others;
  if (only === undefined || others.length > 1) return {};
  const { userId, name, photoVersion = 0 } = reading.sender(only);
  return { face: { userId, name, photoVersion } };
}

type Last = Pick<RoomSummary, "lastTs" | "preview" | "older">;

function lastOf(room: Room, reading: Reading): Last {
  const events = room.getLiveTimeline().getEvents();
  for (const event of events.slice(-PREVIEW_AMONG).toReversed()) {
    const item = event.isState() ? null : itemOf(event, reading);
    if (!item) continue;
    const { name, role, own } = item.sender;
    const preview = { kind: item.kind, sender: name, senderRole: role, own };
    return { lastTs: item.ts, preview };
  }
  const older = !events.some((event) => event.getType() === "m.room.create");
  return { lastTs: events.at(-1)?.getTs() ?? 0, preview: null, ...(older && { older }) };
}

const NOT_THERE_YET: readonly DecisionMark["status"][] = ["waiting", "to_paste", "saved_to_folder"];

function counts(room: Room): DecisionCounts {
  const found: DecisionCounts = { waiting: 0, inRecord: 0, refused: 0 };
  for (const { mark } of decisionsOf(room)) {
    if (NOT_THERE_YET.includes(mark.status)) found.waiting++;
    else if (mark.status === "refused") found.refused++;
    else if (mark.status !== "withdrawn") found.inRecord++;
  }
  return found;
}

interface RoomDecision {
  mark: DecisionMark;
  eventIds: string[];
  /** When it last changed. */
  ts: number;
}

function decisionsOf(room: Room): RoomDecision[] {
  return room.currentState.getStateEvents(DECISION).flatMap((event) => {
    const state = event.getContent();
    const mark = markOf(event.getStateKey() ?? "", state);
    const sources: unknown = state["source_event_ids"];
    const eventIds = Array.isArray(sources) ? sources.map(String) : [];
    if (typeof state["summary_event_id"] === "string") eventIds.push(state["summary_event_id"]);
    return mark ? [{ mark, eventIds, ts: event.getTs() }] : [];
  });
}

/**
 * The decision that each event is part of, as its source or as its summary: of several the newest that stands. A room's
 * state comes in any order.
 */
export function marksOf(room: Room): Map<string, DecisionMark> {
  const all = decisionsOf(room).toSorted((a, b) => standing(a) - standing(b) || a.ts - b.ts);
  return new Map(all.flatMap(({ mark, eventIds }) => eventIds.map((id) => [id, mark] as const)));
}

const standing = ({ mark: { status, flag } }: RoomDecision): number =>
  status === "refused" || status === "withdrawn" || flag === "error" || flag === "replaced" ? 0 : 1;

/** The words of decisions that were signed, as they stand in the conversation. */
export function signedSummaries(room: Room): ReadonlySet<string> {
  const states = room.currentState.getStateEvents(DECISION).map((event) => event.getContent());
  return new Set(states.map((state) => String(state["summary_event_id"])));
}
