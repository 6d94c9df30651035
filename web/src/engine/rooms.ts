import { Direction, ReceiptType, type MatrixClient, type Room } from "matrix-js-sdk";
import type { SealedRecords } from "../vault/records";
import { Around, isEdit } from "./beside";
import type { KeyAsking } from "./keyAsking";
import { isMuted, mayPin, pinnedId, unreadIn } from "./roomFacts";
import { itemOf, itemOfLetter, type Reading } from "./items";
import { isPerson } from "./names";
import type { Outbox } from "./outbox";
import type { People } from "./people";
import type { EngineEvent } from "./protocol";
import type { Receipts, RoomReach } from "./receipts";
import type { SealedSyncStore } from "./sealedStore";
import { headCount, ownerOf, isShown, marksOf, summaryOf } from "./roomSummary";
import { spliceBetween } from "./splice";
import type { RoomSummary, TimelineItem } from "./words";

/** How often what has become too old to be here is looked for. */
const LET_GO_EVERY_MS = 3_600_000;

/** Changes that come together are told together. */
const TELL_AFTER_MS = 60;

export interface RoomsWorld {
  client: MatrixClient;
  people: People;
  receipts: Receipts;
  outbox: Outbox;
  asking: Pick<KeyAsking, "isAsked">;
  copies: Pick<SealedSyncStore, "letGo">;
  tell(event: EngineEvent): void;
}

/** Turns the SDK's rooms into the list and the open conversation, and tells what changed. */
export class Rooms {
  readonly #world: RoomsWorld;
  readonly #summaries = new Map<string, RoomSummary>();
  readonly #touched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #open: { roomId: string; shown: TimelineItem[]; told: boolean; more?: boolean } | null = null;
  readonly #untold = new Map<string, string>();
  #ready = false;
  #unsaved = false;
  #letGoAt = 0;

  constructor(world: RoomsWorld) {
    this.#world = world;
  }

  /** From now on the SDK's rooms are worth telling about. */
  start(): void {
    this.#ready = true;
    this.touchAll();
  }

  touch(roomId: string | undefined): void {
    if (!roomId) return;
    this.#touched.add(roomId);
    this.#tellSoon();
  }

  touchAll(): void {
    for (const room of this.#world.client.getRooms()) this.touch(room.roomId);
    this.#tellSoon();
  }

  async open(roomId: string): Promise<void> {
    const room = this.#world.client.getRoom(roomId);
    if (room) this.#world.copies.letGo(room);
    this.#open = { roomId, shown: [], told: false };
    if (this.#ready) await this.#firstLook(roomId);
  }

  close(): void {
    this.#open = null;
  }

  timelineReset(): void {
    if (this.#open) this.touch(this.#open.roomId);
  }

  reach(room: Room): RoomReach {
    const placed = room
      .getLiveTimeline()
      .getEvents()
      .map((e) => ({ eventId: e.getId() ?? "", sender: e.getSender() ?? "", ts: e.getTs() }));
    return this.#world.receipts.reach(room.roomId, placed, this.#me());
  }

  /** The list says so at once; the server and my other devices hear it when the network lets them. */
  sawUpTo(roomId: string, eventId: string): void {
    const said = { "m.read": { [this.#me()]: { ts: Date.now() } } };
    this.#world.receipts.note(roomId, { [eventId]: said });
    this.touch(roomId);
  }

  tellLater(roomId: string, eventId: string): void {
    this.#untold.set(roomId, eventId);
  }

  /** Up to date again: how far I read meanwhile. */
  tellRead(): void {
    for (const [roomId, eventId] of this.#untold) {
      this.#untold.delete(roomId);
      const event = this.#world.client.getRoom(roomId)?.findEventById(eventId);
      if (!event) continue;
      this.#world.client
        .sendReadReceipt(event, ReceiptType.Read, true)
        .catch(() => this.#untold.set(roomId, eventId));
    }
  }

  summary(roomId: string): RoomSummary | null {
    return this.#summaries.get(roomId) ?? null;
  }

  /** One room's conversation as far as it is on this phone, decrypted: for the search on this phone. */
  async read(room: Room): Promise<TimelineItem[]> {
    await room.decryptAllEvents();
    const reading = this.#reading(room, null);
    return room
      .getLiveTimeline()
      .getEvents()
      .flatMap((event) => itemOf(event, reading) ?? []);
  }

  /** What has become too old goes: from all conversations but the one that is being read. */
  #letGo(): void {
    const now = Date.now();
    if (now - this.#letGoAt < LET_GO_EVERY_MS) return;
    this.#letGoAt = now;
    for (const room of this.#world.client.getRooms()) {
      if (room.roomId !== this.#open?.roomId) this.#world.copies.letGo(room);
    }
  }

  /** The list as the next unlock paints it before the engine is up. */
  async save(records: SealedRecords): Promise<void> {
    this.#letGo();
    if (!this.#unsaved) return;
    this.#unsaved = false;
    await records.write("rooms", this.#list());
  }

  #tellSoon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#tellTouched(), TELL_AFTER_MS);
  }

  #me(): string {
    return this.#world.client.getSafeUserId();
  }

  #tellTouched(): void {
    this.#timer = null;
    const touched = [...this.#touched];
    if (!this.#ready) return;
    this.#touched.clear();
    for (const roomId of touched) this.#resume(roomId);
    this.#unsaved = true;
    this.#world.tell({ kind: "rooms", rooms: this.#list() });
    if (!this.#open || !touched.includes(this.#open.roomId)) return;
    if (this.#open.told) this.#tellTimeline(this.#open.roomId);
    else void this.#firstLook(this.#open.roomId);
  }

  /** All at once and decrypted, so that no line flickers from unreadable to read. */
  async #firstLook(roomId: string): Promise<void> {
    const room = this.#world.client.getRoom(roomId);
    if (!room) return;
    await room.decryptAllEvents();
    this.#tellTimeline(roomId);
    // Names of those who have not spoken: needed soon, not for the first paint.
    await room.loadMembersIfNeeded().catch(() => {});
    this.touch(roomId);
  }

  #resume(roomId: string): void {
    const room = this.#world.client.getRoom(roomId);
    if (!room || !isShown(room)) {
      this.#summaries.delete(roomId);
      return;
    }
    const unsent = this.#world.outbox.of(roomId).filter((l) => l.state !== "sent").length;
    const { client, receipts } = this.#world;
    const muted = isMuted(client, roomId);
    const read = receipts.readBy(roomId, this.#me());
    const pinned = pinnedId(room);
    this.#summaries.set(roomId, {
      ...summaryOf(room, this.#reading(room, null), unsent),
      unread: unreadIn(room, this.#me(), read, muted),
      ...(muted && { muted }),
      ...(pinned && { pinnedEventId: pinned }),
      ...(mayPin(room, this.#me()) && { mayPin: true }),
    });
  }

  #list(): RoomSummary[] {
    return [...this.#summaries.values()].toSorted((a, b) => b.lastTs - a.lastTs);
  }

  #tellTimeline(roomId: string): void {
    const room = this.#world.client.getRoom(roomId);
    if (this.#open?.roomId !== roomId || !room) return;
    const items = this.#items(room);
    const splice = spliceBetween(this.#open.shown, items);
    const more = room.getLiveTimeline().getPaginationToken(Direction.Backward) !== null;
    if (!splice && this.#open.told && this.#open.more === more) return;
    this.#open = { roomId, shown: items, told: true, more };
    this.#world.tell({
      kind: "timeline",
      roomId,
      ...(splice ?? { start: 0, remove: 0, items: [] }),
      canPaginate: more,
    });
  }

  #items(room: Room): TimelineItem[] {
    const events = room.getLiveTimeline().getEvents();
    const letters = this.#world.outbox.of(room.roomId);
    const plain = this.#reading(room, this.reach(room));
    const around = new Around(events, letters, plain.me, plain.sender);
    const reading = { ...plain, around };
    const items = events.flatMap((event) => {
      if (event.shouldAttemptDecryption()) void this.#world.client.decryptEventIfNeeded(event);
      return itemOf(event, reading) ?? [];
    });
    const spoken = letters.filter((l) => l.type === "m.room.message" && !isEdit(l.content));
    const mine = spoken.map((l) => itemOfLetter(l, reading));
    const here = new Set(items.flatMap((i) => [i.key, i.eventId]));
    const missing = mine.filter((l) => !here.has(l.key) && !here.has(l.eventId ?? l.key));
    return [...items, ...missing];
  }

  #reading(room: Room, reach: RoomReach | null): Reading {
    const { people } = this.#world;
    const me = this.#me();
    const marks = marksOf(room);
    const others = headCount(room) - 1;
    return {
      me,
      owner: ownerOf(room),
      sender: (userId) => {
        const member = room.getMember(userId);
        const inRoom = member?.rawDisplayName ?? userId;
        if (!isPerson(userId)) return { userId, name: inRoom, role: "", own: false };
        return people.sender(userId, inRoom, me);
      },
      delivery: (eventId) => reach?.delivery(eventId, others) ?? { state: "sent" },
      mark: (eventId) => marks.get(eventId) ?? null,
      isAsked: (event) => this.#world.asking.isAsked(event),
    };
  }
}
