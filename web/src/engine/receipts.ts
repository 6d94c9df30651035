import type { SealedRecords } from "../vault/records";
import { DELIVERED, isPerson } from "./names";
import type { Delivery } from "./words";

/** By person and thread: another client may say that it read the main timeline, ours says it read all. */
type Latest = Map<string, { userId: string; eventId: string; ts: number }>;

type Said = Record<string, { ts?: number; thread_id?: string }>;

/** `{$event: {type: {@user: {ts}}}}`, as an m.receipt event carries it. */
export type ReceiptContent = Record<string, Record<string, Said>>;

/** An event of the loaded timeline, as far as receipts care. */
export interface Placed {
  eventId: string;
  sender: string;
  ts?: number;
}

/**
 * How far each person has got. A receipt stands for everything before it too. Delivered receipts are
 * kept by us: the SDK's own record drops types it does not know.
 */
export class Receipts {
  readonly #read = new Map<string, Latest>();
  readonly #delivered = new Map<string, Latest>();
  #unsaved = false;

  note(roomId: string, content: ReceiptContent): void {
    for (const [eventId, types] of Object.entries(content)) {
      this.#take(this.#read, roomId, eventId, types["m.read"]);
      this.#take(this.#delivered, roomId, eventId, types[DELIVERED]);
      if (types[DELIVERED]) this.#unsaved = true;
    }
  }

  async restore(records: SealedRecords): Promise<void> {
    const kept = (await records.read<[string, [string, string][]][]>("receipts")) ?? [];
    for (const [roomId, users] of kept) {
      const latest: Latest = new Map(
        users.map(([userId, eventId]) => [userId, { userId, eventId, ts: 0 }]),
      );
      this.#delivered.set(roomId, latest);
    }
  }

  async save(records: SealedRecords): Promise<void> {
    if (!this.#unsaved) return;
    this.#unsaved = false;
    const kept = [...this.#delivered].map(([roomId, users]) => [
      roomId,
      [...users.values()].map(({ userId, eventId }) => [userId, eventId]),
    ]);
    await records.write("receipts", kept);
  }

  /** Every place to which somebody has said they read, on any device and in any thread. */
  readBy(roomId: string, userId: string): ReadonlySet<string> {
    const said = [...(this.#read.get(roomId)?.values() ?? [])];
    return new Set(said.filter((one) => one.userId === userId).map((one) => one.eventId));
  }

  /** `timeline` in its order, oldest first. */
  reach(roomId: string, timeline: readonly Placed[], me: string): RoomReach {
    const place = new Map(timeline.map((e, i) => [e.eventId, i]));
    const furthest = (latest: Latest | undefined) => {
      const at: Furthest = new Map();
      for (const { userId, eventId, ts } of latest?.values() ?? []) {
        const index = place.get(eventId);
        if (index === undefined || userId === me) continue;
        if (index >= (at.get(userId)?.index ?? 0)) at.set(userId, { index, ts });
      }
      return at;
    };
    const read = furthest(this.#read.get(roomId));
    // Who writes has read what stood above.
    timeline.forEach((e, index) => {
      if (e.sender === me || !isPerson(e.sender)) return;
      const known = read.get(e.sender);
      if (!known || known.index < index) read.set(e.sender, { index, ts: e.ts ?? known?.ts ?? 0 });
    });
    return new RoomReach(place, read, furthest(this.#delivered.get(roomId)));
  }

  #take(into: Map<string, Latest>, roomId: string, eventId: string, said: Said | undefined): void {
    if (!said) return;
    const latest: Latest = into.get(roomId) ?? new Map();
    for (const [userId, { ts, thread_id }] of Object.entries(said)) {
      const key = thread_id ? `${userId} ${thread_id}` : userId;
      if (isPerson(userId)) latest.set(key, { userId, eventId, ts: ts ?? 0 });
    }
    into.set(roomId, latest);
  }
}

type Furthest = Map<string, { index: number; ts: number }>;

/** One room's receipts against the timeline as it stands. */
export class RoomReach {
  readonly #place: Map<string, number>;
  readonly #read: Furthest;
  readonly #delivered: Furthest;

  constructor(place: Map<string, number>, read: Furthest, delivered: Furthest) {
    this.#place = place;
    this.#read = read;
    this.#delivered = delivered;
  }

  readers(eventId: string): { userId: string; ts: number }[] {
    const at = this.#place.get(eventId) ?? Number.POSITIVE_INFINITY;
    return [...this.#read]
      .filter(([, { index }]) => index >= at)
      .map(([userId, { ts }]) => ({ userId, ts }));
  }

  /** Whoever has read it has it, whether or not the phone said so. */
  receivers(eventId: string): string[] {
    const at = this.#place.get(eventId) ?? Number.POSITIVE_INFINITY;
    const delivered = [...this.#delivered].filter(([, { index }]) => index >= at);
    return [
      ...new Set([...delivered.map(([u]) => u), ...this.readers(eventId).map((r) => r.userId)]),
    ];
  }

  delivery(eventId: string, of: number): Delivery {
    const read = this.readers(eventId).length;
    if (read > 0) return { state: "read", people: Math.min(read, of), of };
    const delivered = this.receivers(eventId).length;
    if (delivered > 0) return { state: "delivered", people: Math.min(delivered, of), of };
    return { state: "sent" };
  }
}
