import { MemoryStore, SyncAccumulator } from "matrix-js-sdk";
import type { IRooms, ISyncResponse, Room } from "matrix-js-sdk";
import type { SealedRecords } from "../vault/records";
import { letGoIn, retentionIn, retentionOf, withoutOld, Lifetimes } from "./lifetimes";
import type { ReceiptContent } from "./receipts";

interface SyncRecord {
  nextBatch: string;
  roomsData: IRooms;
  accountData: ISyncResponse["account_data"]["events"];
  /** How long messages live in rooms that do not say, in milliseconds. */
  usualLifetime?: number | null;
}

/** Enough to open a conversation on its last screen; older messages are fetched when wanted. */
const TIMELINE_KEPT = 20;
const SAVE_EVERY_MS = 20_000;

/**
 * The SDK's store, in memory while the app is open and one sealed record when it is not: with the
 * token in it an unlock transfers what is new and nothing else. The SDK's own store on disk would
 * keep room names and user ids in clear.
 */
export class SealedSyncStore extends MemoryStore {
  readonly #records: SealedRecords;
  readonly lifetimes: Lifetimes;
  readonly #accumulator = new SyncAccumulator({ maxTimelineEntries: TIMELINE_KEPT });
  readonly #hadRecord: boolean;
  /** Told of receipts as the server wrote them: the SDK's own events of them mix in guesses. */
  onReceipts: (roomId: string, content: ReceiptContent) => void = () => {};
  #unsaved = false;
  #savedAt = 0;

  private constructor(records: SealedRecords, kept: SyncRecord | undefined, lifetimes: Lifetimes) {
    super();
    this.#records = records;
    this.lifetimes = lifetimes;
    this.#hadRecord = kept !== undefined;
    if (!kept) return;
    lifetimes.usual = kept.usualLifetime ?? null;
    const rooms = this.#withoutOld(kept);
    this.#unsaved = rooms !== kept.roomsData;
    const account_data = { events: kept.accountData };
    this.#accumulator.accumulate({ next_batch: kept.nextBatch, rooms, account_data }, true);
  }

  /** What is too old to be here is not read, and not in the record any more once this has answered. */
  static async open(records: SealedRecords, now: () => number): Promise<SealedSyncStore> {
    const kept = await records.read<SyncRecord>("sync");
    const store = new SealedSyncStore(records, kept, new Lifetimes(now));
    await store.save(true);
    return store;
  }

  /** Lets a room's old messages go from memory: whoever wants to read on asks the server. */
  letGo(room: Room): void {
    const token = this.#accumulator.getNextBatchToken();
    if (token) letGoIn(room, this.lifetimes.cutoff(retentionOf(room)), token);
  }

  /** The same object where nothing is too old. */
  #withoutOld({ roomsData, nextBatch }: Pick<SyncRecord, "roomsData" | "nextBatch">): IRooms {
    const rooms = Object.entries(roomsData.join);
    for (const [, { timeline }] of rooms) {
      this.lifetimes.heard(timeline.events.at(-1)?.origin_server_ts ?? 0);
    }
    const younger = rooms.map(([roomId, room]): [string, typeof room] => {
      const before = this.lifetimes.cutoff(retentionIn(room));
      return [roomId, withoutOld(room, before, nextBatch)];
    });
    const nothing = younger.every(([roomId, room]) => room === roomsData.join[roomId]);
    return nothing ? roomsData : { ...roomsData, join: Object.fromEntries(younger) };
  }

  override isNewlyCreated(): Promise<boolean> {
    return Promise.resolve(!this.#hadRecord);
  }

  override getSavedSync(): Promise<SyncRecord | null> {
    const kept = this.#accumulator.getJSON();
    if (!kept.nextBatch) return Promise.resolve(null);
    this.#tellReceipts(kept.roomsData);
    for (const { timeline } of Object.values(kept.roomsData.join)) {
      // None of its messages is here: all of them are before this place.
      timeline.prev_batch ??= kept.nextBatch;
    }
    return Promise.resolve(structuredClone({ ...kept, nextBatch: kept.nextBatch }));
  }

  override getSavedSyncToken(): Promise<string | null> {
    return Promise.resolve(this.#accumulator.getNextBatchToken() || null);
  }

  override setSyncData(sync: ISyncResponse): Promise<void> {
    this.#accumulator.accumulate(sync);
    this.#unsaved ||= bringsSomething(sync);
    if (sync.rooms) this.#tellReceipts(sync.rooms);
    return Promise.resolve();
  }

  #tellReceipts(rooms: IRooms): void {
    for (const [roomId, room] of Object.entries(rooms.join ?? {})) {
      for (const event of room.ephemeral?.events ?? []) {
        if (event.type === "m.receipt") this.onReceipts(roomId, event.content as ReceiptContent);
      }
    }
  }

  override wantsSave(): boolean {
    return this.#unsaved && Date.now() - this.#savedAt > SAVE_EVERY_MS;
  }

  override async save(force = false): Promise<void> {
    if (!this.#unsaved || (!force && !this.wantsSave())) return;
    this.#unsaved = false;
    this.#savedAt = Date.now();
    const kept = this.#accumulator.getJSON(true);
    const roomsData = this.#withoutOld(kept);
    for (const room of Object.values(roomsData.join)) pruneRedacted(room.timeline.events);
    const usualLifetime = this.lifetimes.usual;
    await this.#records.write("sync", { ...kept, roomsData, usualLifetime });
  }
}

function bringsSomething(sync: ISyncResponse): boolean {
  const { join, invite, leave } = sync.rooms ?? {};
  const rooms = [join, invite, leave].some((r) => r && Object.keys(r).length > 0);
  return rooms || (sync.account_data?.events?.length ?? 0) > 0;
}

type TimelineEvent = IRooms["join"][string]["timeline"]["events"][number];

/** What was taken back or disposed of must not lie in the record until it happens to fall out. */
export function pruneRedacted(events: TimelineEvent[]): void {
  const byId = new Map(events.map((e) => [e.event_id, e]));
  for (const redaction of events) {
    if (redaction.type !== "m.room.redaction") continue;
    const inContent: unknown = redaction.content["redacts"];
    const onTop: unknown = (redaction as { redacts?: unknown }).redacts;
    const target = byId.get(String(inContent ?? onTop));
    if (!target || "state_key" in target) continue;
    target.content = {};
    target.unsigned = { ...target.unsigned, redacted_because: redaction } as typeof target.unsigned;
  }
}
