/** Colleagues' photos, in memory until the lock: a directory leaves no faces on a phone either. */
import type { Person } from "../engine/protocol";
import { atLock } from "./navigation";
import { attempt } from "./problem";
import type { Session } from "./session";

type Source = Pick<Session, "ask" | "state">;
type Address = Promise<string | null>;

/** As many stay as nobody looks at. */
const MOST = 200;

interface Kept {
  readonly address: Address;
  /** On so many places of the screen: an address that is shown holds, however many there are. */
  looks: number;
}

export interface Look {
  /** Of the photo in this page; null where there is none. */
  readonly address: Address;
  /** It is shown here no more. */
  leave(): void;
}

export class Photos {
  private readonly kept = new Map<string, Kept>();
  private locks = 0;
  private readonly session: Source;

  constructor(session: Source) {
    this.session = session;
    atLock(session, () => {
      this.locks++;
      for (const { address } of this.kept.values()) revoke(address);
      this.kept.clear();
    });
  }

  look({ userId, photoVersion }: Pick<Person, "userId" | "photoVersion">): Look {
    const key = `${userId} ${photoVersion}`;
    const kept = this.kept.get(key) ?? { address: this.ask(userId), looks: 0 };
    kept.looks++;
    // The last that was looked at goes last.
    this.kept.delete(key);
    this.kept.set(key, kept);
    this.forgetOldest();
    void kept.address.then((url) => {
      if (url === null && this.kept.get(key) === kept) this.kept.delete(key);
    });
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      kept.looks--;
      this.forgetOldest();
    };
    return { address: kept.address, leave };
  }

  private async ask(userId: string): Address {
    const { locks } = this;
    const outcome = await attempt(this.session, "photo", { userId });
    return outcome.ok && locks === this.locks ? URL.createObjectURL(outcome.answer) : null;
  }

  private forgetOldest(): void {
    for (const [key, { address, looks }] of this.kept) {
      if (this.kept.size <= MOST) return;
      if (looks > 0) continue;
      this.kept.delete(key);
      revoke(address);
    }
  }
}

function revoke(address: Address): void {
  void address.then((url) => url !== null && URL.revokeObjectURL(url));
}

const bySession = new WeakMap<Source, Photos>();

export function photosOf(session: Source): Photos {
  const photos = bySession.get(session) ?? new Photos(session);
  bySession.set(session, photos);
  return photos;
}
