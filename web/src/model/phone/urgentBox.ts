import type { EngineEvent, Urgent } from "../../engine/protocol";
import type { SealedRecords } from "../../vault/records";
import type { LiveState } from "./liveState";

interface Kept {
  asOfTs: number;
  urgent: Urgent[];
}

/** As long as the server lists them. */
const LISTED_MS = 7 * 86_400_000;

/** What is urgent, kept sealed: without a network it is shown as it stood, and when that was. */
export class UrgentBox {
  readonly #live: LiveState;
  readonly #now: () => number;
  #records: SealedRecords | null = null;
  #last: Kept | null = null;
  #inTouch = false;

  constructor(live: LiveState, now: () => number) {
    this.#live = live;
    this.#now = now;
  }

  async open(records: SealedRecords): Promise<void> {
    this.#records = records;
    // What does not open is not shown: the server tells it anew.
    const kept = await records.read<Kept>("urgent").catch(() => undefined);
    // The engine may have been faster, and so may a lock.
    if (!kept || this.#last || this.#records !== records) return;
    const since = this.#now() - LISTED_MS;
    this.#last = { ...kept, urgent: kept.urgent.filter((one) => one.sentTs > since) };
    this.#live.urgentAsOf.value = kept.asOfTs;
    this.#live.urgent.value = this.#last.urgent;
  }

  heard(event: EngineEvent): void {
    // Until it has ended it may still say something: it would be the next person's.
    if (this.#records === null) return;
    if (event.kind === "connection") {
      this.#inTouch = event.status === "Up to date";
      if (!this.#inTouch && event.heardTs !== undefined) void this.#keep(event.heardTs);
    }
    if (event.kind === "urgent") {
      const asOfTs = this.#inTouch ? this.#now() : (this.#last?.asOfTs ?? this.#now());
      this.#last = { asOfTs, urgent: event.urgent };
      void this.#keep(asOfTs);
    }
  }

  async close(): Promise<void> {
    const kept = this.#inTouch ? this.#keep(this.#now()) : undefined;
    this.forget();
    await kept;
  }

  forget(): void {
    this.#records = null;
    this.#last = null;
    this.#inTouch = false;
  }

  async #keep(asOfTs: number): Promise<void> {
    if (!this.#last) return;
    this.#last.asOfTs = asOfTs;
    this.#live.urgentAsOf.value = asOfTs;
    // What cannot be kept must not be in the way of a lock or a wipe.
    await this.#records?.write("urgent", this.#last).catch(() => {});
  }
}
