/**
 * Rings until each urgent message to this person is answered, however the conversation is muted: an
 * alarm that can be lost among other sounds is one that nobody hears.
 */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { Urgent } from "../engine/protocol";
import type { App } from "./app";
import { Sightings } from "./sightings";

/** Until the policy is known. */
export const RINGS_EVERY_S = 20;

export class AlarmModel {
  /** The one that must be answered first; the screen shows one at a time. */
  readonly first: ReadonlySignal<Urgent | null>;
  readonly more: ReadonlySignal<number>;
  private readonly app: App;
  private readonly sightings: Sightings;

  constructor(app: App) {
    this.app = app;
    this.sightings = new Sightings(app);
    const { live } = app.session;
    // What this phone had kept may be over long since: it is shown, and the server's word rings.
    const waiting = computed(() =>
      (live.urgentKept.value ? [] : (live.urgent.value ?? []))
        .filter((one) => one.waitsForMe && one.kind === "urgent")
        .sort((a, b) => (a.dueTs ?? 0) - (b.dueTs ?? 0)),
    );
    this.first = computed(() => waiting.value[0] ?? null);
    this.more = computed(() => Math.max(waiting.value.length - 1, 0));
  }

  /** Returns how to stop. A new one rings at once, though another is ringing already. */
  start(): () => void {
    let timer: ReturnType<typeof setInterval> | undefined;
    let known = new Set<string>();
    let everyS = 0;
    const ring = (): void => this.app.surroundings.alarm.ring();
    const stop = effect(() => {
      const ids = this.waitingIds();
      const before = everyS;
      everyS = this.app.session.live.policy.value?.repeatUrgentSeconds ?? RINGS_EVERY_S;
      const isNew = [...ids].some((id) => !known.has(id));
      known = ids;
      if (ids.size === 0) clearInterval(timer);
      if (isNew) ring();
      else if (ids.size === 0 || everyS === before) return;
      clearInterval(timer);
      timer = setInterval(ring, everyS * 1000);
    });
    const stopSeeing = effect(() => this.see());
    return () => {
      stop();
      stopSeeing();
      clearInterval(timer);
    };
  }

  /** It stands on the screen of an open app, or first on the board: the sender may know. */
  private see(): void {
    const first = this.first.value;
    if (first !== null && !this.app.session.covered.value) this.sightings.tell(first.urgentId);
  }

  private waitingIds(): Set<string> {
    const first = this.first.value;
    const all = this.app.session.live.urgent.value ?? [];
    return new Set(
      first === null
        ? []
        : all.filter((one) => one.waitsForMe && one.kind === "urgent").map((one) => one.urgentId),
    );
  }
}
