import { open, seal, type Bytes, type Sealed } from "./derive";
import type { Shelf } from "./ports";

const PLACE = "offline";

interface OfflineRecord {
  version: 1;
  sinceTs: number;
  untilTs: number;
  share: Sealed;
}

/**
 * The passkey's share, kept on the phone for as long as policy allows it to open without a network.
 *
 * What could go wrong: a stolen phone keeps opening after it was wiped. What limits it: the share is
 * sealed by the passkey alone, never by a passcode, and goes when its time is over or the clock was
 * put back. A time limit that a phone keeps for itself is a courtesy and not cryptography; so the
 * server remembers the end, and until then says "assume readable".
 */
export class OfflineShare {
  readonly #shelf: Shelf;
  readonly #now: () => number;

  constructor(shelf: Shelf, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
  }

  async keep(share: Bytes, untilTs: number, key: CryptoKey, handsetId: string): Promise<void> {
    const sinceTs = this.#now();
    const sealed = await seal(key, share, about(handsetId, sinceTs, untilTs));
    const record: OfflineRecord = { version: 1, sinceTs, untilTs, share: sealed };
    await this.#shelf.write(PLACE, record);
  }

  /** Null when there is none, or none any more: then it is deleted. */
  async untilTs(): Promise<number | null> {
    const record = (await this.#shelf.read(PLACE)) as OfflineRecord | undefined;
    if (!record) return null;
    const now = this.#now();
    if (record.version === 1 && now >= record.sinceTs && now < record.untilTs) {
      return record.untilTs;
    }
    await this.end();
    return null;
  }

  /** The share, or null when its time is over. */
  async open(key: CryptoKey, handsetId: string): Promise<Bytes | null> {
    if ((await this.untilTs()) === null) return null;
    const { sinceTs, untilTs, share } = (await this.#shelf.read(PLACE)) as OfflineRecord;
    return open(key, share, about(handsetId, sinceTs, untilTs));
  }

  async end(): Promise<void> {
    await this.#shelf.remove(PLACE);
  }
}

/** The times are sealed in: a phone whose record was given a later end does not open. */
function about(handsetId: string, sinceTs: number, untilTs: number): string {
  return `lanyard offline share 1\n${handsetId}\n${sinceTs}\n${untilTs}`;
}
