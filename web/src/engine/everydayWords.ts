/** What people do with messages every day: answer, react, change, mention, forward, mute, look for. */
import type { Delivery, Problem, RoomKind } from "./words";

/** A few signs and no more, so that each has one meaning. */
export const REACTIONS = ["👍", "✅", "👀", "🙏", "❓"] as const;

export interface Reaction {
  key: string;
  /** Names, mine last. */
  people: string[];
  /** My own: its event, or empty while it is on its way; null: not mine. */
  mine: string | null;
}

/** The message that is answered. `text` is null when it is not on this phone or is gone. */
export interface Quoted {
  eventId: string;
  who: string;
  text: string | null;
}

/** A change of mine that the server does not have yet. */
export interface Change {
  txnId: string;
  delivery: Delivery;
}

/** What a message has beside its words; each only where there is something. */
export interface Beside {
  reply?: Quoted;
  reactions?: Reaction[];
  mentionsMe?: true;
  forwarded?: true;
  change?: Change;
  task?: true;
  handover?: true;
}

export interface Mention {
  userId: string;
  name: string;
}

/** A message of mine that has not left this phone. */
export interface Unsent {
  txnId: string;
  roomId: string;
  purpose: string;
  kind: RoomKind;
  what: "message" | "change" | "reaction";
  text: string;
  writtenTs: number;
  failed: Problem | null;
  /** False once it may have arrived: then only the server knows. */
  canRewrite: boolean;
}

export interface PinnedNote {
  eventId: string;
  who: string;
  ts: number;
  text: string;
  /** Its key is not here yet. */
  waits?: boolean;
}

/** One job of a conversation's list. */
export interface Task {
  taskId: string;
  bed: string;
  job: string;
  /** Who does it; empty: whoever can. */
  who: string;
  byTs: number | null;
  done: boolean;
  by: string;
  ts: number;
  /** The message it came from. */
  fromEventId?: string;
}

export type NewTask = Pick<Task, "bed" | "job" | "who" | "byTs" | "fromEventId">;

export interface Found {
  roomId: string;
  eventId: string;
  kind: RoomKind;
  purpose: string;
  who: string;
  ts: number;
  text: string;
}

export interface EverydayCalls {
  /** Changes a message of mine; sealed in the outbox like a message. */
  edit: [
    { roomId: string; txnId: string; eventId: string; text: string; mentions?: Mention[] },
    void,
  ];
  react: [{ roomId: string; txnId: string; eventId: string; key: string }, void];
  unreact: [{ roomId: string; eventId: string }, void];
  mute: [{ roomId: string; muted: boolean }, void];
  /** Asks the server whether it may, then sends the words on, or a picture of its own. */
  forward: [
    { fromRoomId: string; eventId: string; toRoomId: string; txnId: string; text: string },
    void,
  ];
  /** Null: takes the pin off. */
  pin: [{ roomId: string; eventId: string | null }, void];
  pinned: [{ roomId: string }, PinnedNote | null];
  unsent: [Record<string, never>, Unsent[]];
  /** False: it may have gone already. */
  rewrite: [{ txnId: string; text: string }, { rewritten: boolean }];
  tasks: [{ roomId: string }, { tasks: Task[]; backTo: number | null }];
  addTask: [{ roomId: string; txnId: string; task: NewTask; words: string }, void];
  markTask: [{ roomId: string; txnId: string; taskId: string; done: boolean; words: string }, void];
  /** One note that the next shift finds on top. */
  handOver: [{ roomId: string; txnId: string; note: string }, void];
  /** Over what this phone holds; nothing leaves it. `backTo`: how far back it could look. */
  findMessages: [{ term: string }, { found: Found[]; more: boolean; backTo: number | null }];
}
