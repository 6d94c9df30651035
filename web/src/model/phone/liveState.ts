import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { EngineEvent, Urgent } from "../../engine/protocol";
import type {
  ConnectionStatus,
  KeysState,
  Person,
  Policy,
  Problem,
  RoomSummary,
  VerificationStep,
} from "../../engine/words";
import type { Live, TimelineView } from "../session";

type Writable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlySignal<infer V> ? Signal<V> : never;
};

/** What the engine has told, as signals. The lock empties it, and with it the screens. */
export class LiveState implements Writable<Live> {
  readonly connection = signal<ConnectionStatus>("Connecting");
  readonly rooms = signal<RoomSummary[]>([]);
  readonly roomsLoaded = signal(false);
  readonly timeline = signal<TimelineView | null>(null);
  readonly outbox = signal({ waiting: 0, failed: 0 });
  readonly me = signal<Person | null>(null);
  readonly policy = signal<Policy | null>(null);
  readonly keys = signal<KeysState>("checking");
  readonly verification = signal<VerificationStep | null>(null);
  readonly newDevices = signal(0);
  readonly reviews = signal(0);
  readonly urgent = signal<Urgent[] | null>(null);
  readonly urgentAsOf = signal(0);
  readonly urgentKept = signal(true);
  readonly phoneLacks = signal<string | null>(null);
  readonly failure = signal<Problem | null>(null);

  empty(): void {
    batch(() => {
      this.connection.value = "Connecting";
      this.rooms.value = [];
      this.roomsLoaded.value = false;
      this.timeline.value = null;
      this.outbox.value = { waiting: 0, failed: 0 };
      this.me.value = null;
      this.policy.value = null;
      this.keys.value = "checking";
      this.verification.value = null;
      this.urgent.value = null;
      this.urgentKept.value = true;
      this.phoneLacks.value = null;
      this.failure.value = null;
    });
  }

  paint(rooms: RoomSummary[]): void {
    this.rooms.value = rooms;
    this.roomsLoaded.value = true;
  }

  opening(roomId: string): void {
    if (this.timeline.value?.roomId === roomId) return;
    this.timeline.value = { roomId, items: [], canPaginate: false, loaded: false };
  }

  hear(event: Exclude<EngineEvent, { kind: "signedOut" | "reportedLost" }>): void {
    switch (event.kind) {
      case "connection":
        this.connection.value = event.status;
        return;
      case "rooms":
        this.paint(event.rooms);
        return;
      case "timeline":
        this.#splice(event);
        return;
      case "outbox":
        this.outbox.value = { waiting: event.waiting, failed: event.failed };
        return;
      case "me":
        this.me.value = event.person;
        return;
      case "policy":
        this.policy.value = event.policy;
        return;
      case "keys":
        this.keys.value = event.keys;
        return;
      case "verification":
        this.verification.value = event.step;
        return;
      case "newDevices":
        this.newDevices.value++;
        return;
      case "reviews":
        this.reviews.value++;
        return;
      case "urgent":
        batch(() => {
          this.urgentKept.value = false;
          this.urgent.value = event.urgent;
        });
        return;
      case "phoneLacks":
        this.phoneLacks.value = event.fact;
        return;
      case "failed":
        this.failure.value = event.problem;
    }
  }

  #splice(event: Extract<EngineEvent, { kind: "timeline" }>): void {
    const { roomId, canPaginate } = event;
    const shown = this.timeline.value;
    // Of a room that was closed meanwhile.
    if (shown?.roomId !== roomId) return;
    const items = shown.loaded ? shown.items.slice() : [];
    items.splice(event.start, event.remove, ...event.items);
    this.timeline.value = { roomId, items, canPaginate, loaded: true };
  }
}
