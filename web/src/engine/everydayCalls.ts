import { Direction, type MatrixEvent, type Room } from "matrix-js-sdk";
import { path } from "./api";
import { isEdit, relatesTo, said } from "./beside";
import { refusalFrom } from "./errors";
import type { EverydayCalls, Found, PinnedNote, Unsent } from "./everydayWords";
import { takenAlong } from "./mediaCalls";
import { FORWARDED, HANDOVER, TASK, TASK_DONE } from "./names";
import type { Letter } from "./outbox";
import type { Answer, Asked } from "./protocol";
import { getRoom, sendEncrypted, type RoomWorld } from "./roomCalls";
import { foldedText, isFound } from "./search";
import { tasksOf } from "./tasks";
import type { RoomSummary } from "./words";

type Handlers<N extends keyof EverydayCalls> = {
  [K in N]: (asked: Asked<K>) => Promise<Answer<K>>;
};

type Content = Record<string, unknown>;

export function everydayCalls(world: RoomWorld): Handlers<keyof EverydayCalls> {
  return { ...messageCalls(world), ...roomFactCalls(world), ...listCalls(world) };
}

function messageCalls(
  world: RoomWorld,
): Handlers<"edit" | "react" | "unreact" | "forward" | "unsent" | "rewrite"> {
  const { api, outbox, rooms } = world;
  return {
    edit: ({ roomId, txnId, eventId, text, mentions }) => {
      const content = {
        ...said(`* ${text}`, mentions),
        "m.new_content": said(text, mentions),
        "m.relates_to": { rel_type: "m.replace", event_id: eventId },
      };
      return outbox.put({ txnId, roomId, type: "m.room.message", content });
    },
    react: ({ roomId, txnId, eventId, key }) => {
      const relation = { rel_type: "m.annotation", event_id: eventId, key };
      return outbox.put({
        txnId,
        roomId,
        type: "m.reaction",
        content: { "m.relates_to": relation },
      });
    },
    unreact: async ({ roomId, eventId }) => {
      const txnId = `unreact-${eventId}`;
      await api.put(path`/_matrix/client/v3/rooms/${roomId}/redact/${eventId}/${txnId}`, {});
    },
    forward: async ({ fromRoomId, eventId, toRoomId, txnId, text }) => {
      const from = { roomId: fromRoomId, eventId };
      const send = await takenAlong(world, from, { roomId: toRoomId, txnId });
      await api.post(path`/_lanyard/v1/rooms/${fromRoomId}/forwards`, {
        event_id: eventId,
        to_room_id: toRoomId,
      });
      if (send) return send();
      const content = { ...said(text), [FORWARDED]: true };
      return outbox.put({ txnId, roomId: toRoomId, type: "m.room.message", content });
    },
    unsent: () => {
      const about = (roomId: string) => rooms.summary(roomId);
      return Promise.resolve(outbox.all().map((letter) => unsentOf(letter, about(letter.roomId))));
    },
    rewrite: async ({ txnId, text }) => ({
      rewritten: await outbox.rewrite(txnId, (content) => rewritten(content, text)),
    }),
  };
}

function unsentOf(letter: Letter, room: RoomSummary | null): Unsent {
  const { content } = letter;
  const reaction = letter.type === "m.reaction";
  const edit = isEdit(content);
  const shown = edit ? (content["m.new_content"] as Content) : content;
  const body = reaction ? relatesTo(content).key : shown["body"];
  return {
    txnId: letter.txnId,
    roomId: letter.roomId,
    purpose: room?.purpose ?? "",
    kind: room?.kind ?? "other",
    what: reaction ? "reaction" : edit ? "change" : "message",
    text: typeof body === "string" ? body : "",
    writtenTs: letter.writtenTs,
    failed: letter.problem,
    canRewrite: !reaction && !letter.enclosed && !letter.tried && letter.state !== "sending",
  };
}

/** Who was meant is still meant, if still named. */
function rewritten(content: Content, text: string): Content {
  if (!isEdit(content)) return { ...content, body: text };
  const now = content["m.new_content"] as Content;
  return { ...content, body: `* ${text}`, "m.new_content": { ...now, body: text } };
}

function roomFactCalls(world: RoomWorld): Handlers<"mute" | "pin" | "pinned"> {
  const { api, client } = world;
  const notes = new Map<string, MatrixEvent>();
  return {
    mute: async ({ roomId, muted }) => {
      const rule = path`/_matrix/client/v3/pushrules/global/room/${roomId}`;
      await (muted ? api.put(rule, { actions: [] }) : api.delete(rule));
    },
    pin: ({ roomId, eventId }) => pin(world, roomId, eventId),
    pinned: ({ roomId }) => pinnedOf(world, getRoom(client, roomId), notes),
  };
}

async function pin({ api }: RoomWorld, roomId: string, eventId: string | null): Promise<void> {
  const state = path`/_matrix/client/v3/rooms/${roomId}/state/m.room.pinned_events/`;
  await api.put(state, { pinned: eventId === null ? [] : [eventId] });
}

/** `notes`: those that are in no timeline here and wait for their key, each fetched once. */
async function pinnedOf(
  world: RoomWorld,
  room: Room,
  notes: Map<string, MatrixEvent>,
): Promise<PinnedNote | null> {
  const { client, people } = world;
  const eventId = world.rooms.summary(room.roomId)?.pinnedEventId;
  if (!eventId) return null;
  const known = room.findEventById(eventId) ?? notes.get(eventId);
  try {
    // The client hears of it when it can be decrypted at last.
    const event =
      known ?? client.getEventMapper()(await client.fetchRoomEvent(room.roomId, eventId));
    await client.decryptEventIfNeeded(event);
    const waits = event.isDecryptionFailure();
    // No longer than its key is waited for: nobody tells it that it was changed or taken away.
    if (waits) notes.set(eventId, event);
    else notes.delete(eventId);
    const text: unknown = waits ? "" : event.getContent()["body"];
    if (event.isRedacted() || typeof text !== "string") return null;
    const sender = event.getSender() ?? "";
    const name = room.getMember(sender)?.rawDisplayName ?? sender;
    const who = people.sender(sender, name, client.getSafeUserId()).name;
    return { eventId, who, ts: event.getTs(), text, ...(waits && { waits }) };
  } catch (error) {
    throw refusalFrom(error);
  }
}

/** How far back a list of jobs is looked for: older ones are handed over, or forgotten. */
const PAGES = 4;
const PAGE = 50;
const MOST_FOUND = 50;

function listCalls(
  world: RoomWorld,
): Handlers<"tasks" | "addTask" | "markTask" | "handOver" | "findMessages"> {
  const { client, outbox } = world;
  const post = (roomId: string, txnId: string, content: Content) =>
    outbox.put({ txnId, roomId, type: "m.room.message", content });
  return {
    tasks: async ({ roomId }) => {
      const room = getRoom(client, roomId);
      await older(world, room);
      await room.decryptAllEvents();
      const events = room.getLiveTimeline().getEvents();
      const name = (userId: string) => room.getMember(userId)?.rawDisplayName ?? userId;
      const tasks = tasksOf(events, outbox.of(roomId), name, client.getSafeUserId());
      return { tasks, backTo: events[0]?.getTs() ?? null };
    },
    addTask: ({ roomId, txnId, task, words }) =>
      post(roomId, txnId, {
        ...said(words),
        [TASK]: {
          task_id: txnId,
          bed: task.bed,
          job: task.job,
          who: task.who,
          ...(task.byTs !== null && { by_ts: task.byTs }),
          ...(task.fromEventId && { from_event_id: task.fromEventId }),
        },
      }),
    markTask: ({ roomId, txnId, taskId, done, words }) =>
      post(roomId, txnId, {
        msgtype: "m.notice",
        body: words,
        [TASK_DONE]: { task_id: taskId, done },
      }),
    // Not by the outbox: a note that goes later than its pin would leave the next shift without either.
    handOver: async ({ roomId, txnId, note }) => {
      const content = { ...said(note), [HANDOVER]: { version: 1 } };
      const type = "m.room.message";
      const eventId = await sendEncrypted(world, { roomId, type, txnId, content });
      await pin(world, roomId, eventId);
    },
    findMessages: ({ term }) => findMessages(world, term),
  };
}

async function findMessages(
  { client, rooms }: RoomWorld,
  term: string,
): Promise<Answer<"findMessages">> {
  const wanted = foldedText(term.trim());
  const found: Found[] = [];
  let backTo: number | null = null;
  for (const room of wanted ? client.getRooms() : []) {
    const about = rooms.summary(room.roomId);
    if (!about) continue;
    for (const item of await rooms.read(room)) {
      backTo = Math.min(backTo ?? item.ts, item.ts);
      if ((item.kind !== "message" && item.kind !== "decision") || !item.eventId) continue;
      if (!isFound(wanted, item.text)) continue;
      const { eventId, ts, text, sender } = item;
      const { id: roomId, kind, purpose } = about;
      found.push({ roomId, eventId, kind, purpose, who: sender.name, ts, text });
    }
  }
  found.sort((a, b) => b.ts - a.ts);
  return { found: found.slice(0, MOST_FOUND), more: found.length > MOST_FOUND, backTo };
}

async function older({ client }: RoomWorld, room: Room): Promise<void> {
  const timeline = room.getLiveTimeline();
  for (let page = 0; page < PAGES; page++) {
    if (timeline.getEvents().length >= PAGES * PAGE) return;
    if (timeline.getPaginationToken(Direction.Backward) === null) return;
    // Without the network the list is what this phone has, and says how far back that goes.
    const came = await client.scrollback(room, PAGE).then(
      () => true,
      () => false,
    );
    if (!came) return;
  }
}
