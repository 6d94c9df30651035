import type { IRooms, Room } from "matrix-js-sdk";
import type { Api, Json } from "./api";
import { LIFETIME } from "./names";

type JoinedRoom = IRooms["join"][string];

const CONFIGURATION = "/_matrix/client/unstable/org.matrix.msc1763/retention/configuration";

/**
 * How long this phone keeps its copies of what was said: as long as the server says that messages of
 * the room live. https://github.com/matrix-org/matrix-spec-proposals/pull/1763
 *
 * What could go wrong: disposal by the schedule sends no event, so a phone would go on showing what the
 * organisation has destroyed. Or a phone drops what is still needed: a hold, a missing answer or the
 * days to call it off keep a message longer than its time. The principle: a copy is only a copy. After
 * its time the phone has none and asks the server, which shows the message, or the stub that is left.
 */
export class Lifetimes {
  readonly #now: () => number;
  #latestTs = 0;
  /** Of rooms that say nothing of it, in milliseconds. Null: not known. */
  usual: number | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The server said something then: a phone whose clock is behind does not keep longer. */
  heard(ts: number): void {
    this.#latestTs = Math.max(this.#latestTs, ts);
  }

  async ask(api: Pick<Api, "get">): Promise<void> {
    const answer = await api.get(CONFIGURATION);
    this.usual = lifetimeIn(at(at(answer, "policies"), "*")) ?? this.usual;
  }

  /** How long messages live in a room with this `m.room.retention`, in milliseconds. Null: for ever. */
  of(content: unknown): number | null {
    return lifetimeIn(content) ?? this.usual;
  }

  /** What was said before this moment is not kept here any longer. */
  cutoff(content: unknown): number {
    const lifetime = this.of(content);
    return lifetime === null ? -Infinity : Math.max(this.#now(), this.#latestTs) - lifetime;
  }
}

function lifetimeIn(content: unknown): number | null {
  const lifetime = at(content, "max_lifetime");
  return typeof lifetime === "number" && lifetime > 0 ? lifetime : null;
}

const at = (json: unknown, name: string): unknown =>
  json !== null && typeof json === "object" ? (json as Json)[name] : undefined;

/** `m.room.retention` as a room's saved state has it. */
export function retentionIn(room: JoinedRoom): unknown {
  const state = room["org.matrix.msc4222.state_after"] ?? room.state;
  return state?.events.find((event) => event.type === LIFETIME && event.state_key === "")?.content;
}

export const retentionOf = (room: Room): unknown =>
  room.currentState.getStateEvents(LIFETIME, "")?.getContent();

/**
 * The room's saved part of the conversation from after the last message that was said before then.
 * `token` is a place at its end: from there the server tells everything again that it still has.
 */
export function withoutOld(room: JoinedRoom, before: number, token: string): JoinedRoom {
  const { events } = room.timeline;
  const last = events.findLastIndex((e) => !("state_key" in e) && e.origin_server_ts < before);
  if (last < 0) return room;
  const timeline = { ...room.timeline, events: events.slice(last + 1), prev_batch: token };
  return { ...room, timeline };
}

/** The same of a room that is open in the SDK; whether anything went. */
export function letGoIn(room: Room, before: number, token: string): boolean {
  const events = room.getLiveTimeline().getEvents();
  const last = events.findLastIndex((event) => !event.isState() && event.getTs() < before);
  if (last < 0) return false;
  const younger = events.slice(last + 1).toReversed();
  room.resetLiveTimeline(token);
  room.addEventsToTimeline(younger, true, false, room.getLiveTimeline(), token);
  return true;
}
