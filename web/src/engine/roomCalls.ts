import { Direction, MatrixEvent, NotificationCountType, ReceiptType } from "matrix-js-sdk";
import type { MatrixClient, Room } from "matrix-js-sdk";
import { path } from "./api";
import { said } from "./beside";
import { refusalFrom } from "./errors";
import { copiesForTheRecord, type MediaWorld } from "./mediaCalls";
import { isPerson, isRecords, isService, ROOM } from "./names";
import type { People } from "./people";
import type { Answer, Asked, CallName } from "./protocol";
import type { Rooms } from "./rooms";
import { signedSummaries } from "./roomSummary";
import type { Summaries, SummaryRoom } from "./summaries";
import { Refusal, type Member, type Reach } from "./words";

type Handlers<N extends CallName> = { [K in N]: (asked: Asked<K>) => Promise<Answer<K>> };

type RoomCalls =
  | "openRoom"
  | "closeRoom"
  | "paginate"
  | "send"
  | "retry"
  | "cancel"
  | "markRead"
  | "reach"
  | "undo"
  | "members"
  | "sendDecision"
  | "dropDecision";

const PAGE = 50;

export interface RoomWorld extends MediaWorld {
  client: MatrixClient;
  people: People;
  rooms: Rooms;
  summaries: Summaries;
}

/** The calls about one room: reading it, writing in it, who is there. */
export function roomCalls(world: RoomWorld): Handlers<RoomCalls> {
  return { ...readingCalls(world), ...writingCalls(world) };
}

function readingCalls(
  world: RoomWorld,
): Handlers<"openRoom" | "closeRoom" | "paginate" | "markRead" | "reach" | "members"> {
  const { client, rooms } = world;
  return {
    openRoom: ({ roomId }) => rooms.open(roomId),
    closeRoom: () => Promise.resolve(rooms.close()),
    paginate: async ({ roomId }) => {
      const room = getRoom(client, roomId);
      await client.scrollback(room, PAGE);
      await room.decryptAllEvents();
      rooms.touch(roomId);
      return { more: room.getLiveTimeline().getPaginationToken(Direction.Backward) !== null };
    },
    markRead: async ({ roomId, eventId }) => {
      const room = getRoom(client, roomId);
      const event = room.findEventById(eventId);
      if (!event) return;
      const isLast = room.getLastLiveEvent()?.getId() === eventId;
      if (isLast) room.setUnreadNotificationCount(NotificationCountType.Total, 0);
      rooms.sawUpTo(roomId, eventId);
      try {
        await client.sendReadReceipt(event, ReceiptType.Read, true);
      } catch (error) {
        rooms.tellLater(roomId, eventId);
        throw refusalFrom(error);
      }
    },
    reach: ({ roomId, eventId }) => reachOf(world, getRoom(client, roomId), eventId),
    members: ({ roomId }) => membersOf(world, getRoom(client, roomId)),
  };
}

function writingCalls(
  world: RoomWorld,
): Handlers<"send" | "retry" | "cancel" | "undo" | "sendDecision" | "dropDecision"> {
  const { client, api, outbox, rooms, summaries } = world;
  const pictures = new Map<string, Set<string>>();
  return {
    send: async ({ roomId, txnId, text, replyTo, mentions }) => {
      const content = {
        ...said(text, mentions),
        ...(replyTo && { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } }),
      };
      await outbox.put({ txnId, roomId, type: "m.room.message", content });
    },
    retry: ({ txnId }) => outbox.retry(txnId),
    cancel: async ({ txnId }) => ({ cancelled: await outbox.cancel(txnId) }),
    undo: async ({ roomId, eventId }) => {
      const readBy = rooms.reach(getRoom(client, roomId)).readers(eventId).length;
      await api.put(redactPath(roomId, eventId), {});
      return { readBy };
    },
    sendDecision: async (draft) => {
      const put = pictures.get(draft.requestId) ?? new Set();
      pictures.set(draft.requestId, put);
      const images = await copiesForTheRecord(world, draft, put);
      const summaryEventId = await summaries.send(draft);
      const signing = api.post(path`/_lanyard/v1/rooms/${draft.roomId}/decisions`, {
        request_id: draft.requestId,
        source_event_ids: draft.sourceEventIds,
        summary_event_id: summaryEventId,
        summary: draft.summary,
        decided_ts: draft.decidedTs,
        decider_user_id: draft.deciderUserId,
        patient_version: draft.patientVersion,
        ...(draft.adviserUserId !== null && { adviser_user_id: draft.adviserUserId }),
        ...(draft.replaces !== null && { replaces: draft.replaces }),
        ...(images.length > 0 && { image_media_ids: images }),
      });
      const answer = await signing.catch(async (error: unknown) => {
        await summaries.refused(draft, error);
        throw error;
      });
      await summaries.signed(draft);
      return { decisionId: String(answer["decision_id"]), status: "waiting" };
    },
    dropDecision: (draft) => summaries.drop(draft),
  };
}

/** The transaction id comes from the event, so a repeated tap is one redaction. */
export function redactPath(roomId: string, eventId: string): string {
  return path`/_matrix/client/v3/rooms/${roomId}/redact/${eventId}/${`undo-${eventId}`}`;
}

/** Where the summaries of decisions stand. */
export function summaryRoom(world: Pick<RoomWorld, "client" | "api">): SummaryRoom {
  const { client, api } = world;
  return {
    send: (letter) => sendEncrypted(world, letter),
    takeBack: (roomId, eventId) => api.put(redactPath(roomId, eventId), {}),
    find: (roomId, txnId) => {
      const here = client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
      return here.find((one) => one.getUnsigned().transaction_id === txnId)?.getId() ?? null;
    },
    signed: (roomId) => {
      const room = client.getRoom(roomId);
      return room ? signedSummaries(room) : new Set();
    },
  };
}

interface Sendable {
  roomId: string;
  type: string;
  txnId: string;
  content: Record<string, unknown>;
}

/** In the SDK's crypto, not in its public interface; pinned with the SDK's version. */
interface Encrypting {
  encryptEvent(event: MatrixEvent, room: Room): Promise<void>;
}

/**
 * Not the SDK's `sendEvent`: that refuses a transaction id it has seen, and ours must be repeatable.
 * A room without encryption is refused here, so that nothing ever leaves in clear.
 */
export async function sendEncrypted(
  { client, api }: Pick<RoomWorld, "client" | "api">,
  { roomId, type, txnId, content }: Sendable,
): Promise<string> {
  const room = getRoom(client, roomId);
  const put = (as: string, what: Record<string, unknown>) =>
    api.put(path`/_matrix/client/v3/rooms/${roomId}/send/${as}/${txnId}`, what);
  // A reaction is a sign on a message and says nothing without it; every client sends it like this.
  if (type === "m.reaction") return String((await put(type, content))["event_id"]);
  const event = new MatrixEvent({
    type,
    content,
    room_id: roomId,
    sender: client.getSafeUserId(),
    event_id: `~${roomId}:${txnId}`,
  });
  try {
    await (client.getCrypto() as unknown as Encrypting).encryptEvent(event, room);
  } catch (error) {
    throw refusalFrom(error);
  }
  if (!event.isEncrypted()) {
    throw new Refusal({ code: "refused", sentence: "This conversation is not encrypted." });
  }
  return String((await put(event.getWireType(), event.getWireContent()))["event_id"]);
}

async function reachOf(world: RoomWorld, room: Room, eventId: string): Promise<Reach> {
  await room.loadMembersIfNeeded();
  const reach = world.rooms.reach(room);
  const me = world.client.getSafeUserId();
  const names = new Map(
    room
      .getJoinedMembers()
      .filter((m) => isPerson(m.userId) && m.userId !== me)
      .map((m) => [m.userId, world.people.sender(m.userId, m.rawDisplayName, me).name]),
  );
  const read = new Map(reach.readers(eventId).map((r) => [r.userId, r.ts]));
  const delivered = new Set(reach.receivers(eventId));
  const all = [...names].map(([userId, name]) => ({ userId, name }));
  return {
    readBy: all
      .filter((p) => read.has(p.userId))
      .map((p) => ({ ...p, ts: read.get(p.userId) ?? 0 })),
    deliveredTo: all.filter((p) => delivered.has(p.userId) && !read.has(p.userId)),
    notYet: all.filter((p) => !delivered.has(p.userId)),
  };
}

async function membersOf(world: RoomWorld, room: Room): Promise<Member[]> {
  await room.loadMembersIfNeeded();
  const owner: unknown = room.currentState.getStateEvents(ROOM, "")?.getContent()["owner"];
  const me = world.client.getSafeUserId();
  return room
    .getJoinedMembers()
    .filter((m) => !isService(m.userId))
    .map((m) => {
      const person = isRecords(m.userId) ? null : world.people.find(m.userId);
      return {
        userId: m.userId,
        name: person?.displayName || m.rawDisplayName,
        role: person?.role ?? "",
        ward: person?.ward ?? "",
        standing: isRecords(m.userId) ? "records" : "person",
        owner: m.userId === owner,
        own: m.userId === me,
      } satisfies Member;
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export function getRoom(client: MatrixClient, roomId: string): Room {
  const room = client.getRoom(roomId);
  if (room) return room;
  throw new Refusal({ code: "not_found", sentence: "This conversation is not on this phone." });
}
