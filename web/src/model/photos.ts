/** Colleagues' photos, in memory until the lock: a directory leaves no faces on a phone either. */
import type { Person } from "../engine/protocol";
import { atLock } from "./navigation";
import { attempt } from "./problem";
import type { Session } from "./session";

type Source = Pick<Session, "ask" | "state">;
type Address = Promise<string | null>;

const MOST = 200;

export class Photos {
  private readonly fetched = new Map<string, Address>();
  private locks = 0;
  private readonly session: Source;

  constructor(session: Source) {
    this.session = session;
    atLock(session, () => {
      this.locks++;
      for (const address of this.fetched.values()) revoke(address);
      this.fetched.clear();
    });
  }

  /** The address of somebody's photo in this page; null where there is none. */
  async of({ userId, photoVersion }: Pick<Person, "userId" | "photoVersion">): Address {
    const key = `${userId} ${photoVersion}`;
    const asked = this.fetched.get(key) ?? this.ask(userId);
    this.remember(key, asked);
    const address = await asked;
    if (address === null && this.fetched.get(key) === asked) this.fetched.delete(key);
    return address;
  }

  private async ask(userId: string): Address {
    const { locks } = this;
    const outcome = await attempt(this.session, "photo", { userId });
    return outcome.ok && locks === this.locks ? URL.createObjectURL(outcome.answer) : null;
  }

  private remember(key: string, asked: Address): void {
    this.fetched.delete(key);
    this.fetched.set(key, asked);
    const oldest = this.fetched.size > MOST ? this.fetched.entries().next().value : undefined;
    if (oldest === undefined) return;
    this.fetched.delete(oldest[0]);
    revoke(oldest[1]);
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
