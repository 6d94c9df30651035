import { signal, type ReadonlySignal } from "@preact/signals";

/** WCAG 2.2.1: who reads slowly is told in time to go on. */
const WARN_BEFORE_MS = 20_000;

export interface LockPolicy {
  lockSeconds: number;
  hiddenLockSeconds: number;
}

interface Time {
  now(): number;
  /** Answers how to call it off. */
  later(ms: number, work: () => void): () => void;
}

/**
 * When the app locks by itself. Deadlines are moments, not countdowns: a phone that slept past one
 * locks when it wakes, before anything is shown or a touch is taken for use.
 */
export class LockClock {
  readonly #time: Time;
  readonly #lock: () => void;
  readonly #locksAt = signal<number | null>(null);
  #policy: LockPolicy | null = null;
  #usedTs = 0;
  #hiddenTs: number | null = null;
  #callOff: () => void = () => {};

  constructor(time: Time, lock: () => void) {
    this.#time = time;
    this.#lock = lock;
  }

  get locksAt(): ReadonlySignal<number | null> {
    return this.#locksAt;
  }

  start(policy: LockPolicy): void {
    this.#policy = policy;
    this.#usedTs = this.#time.now();
    this.#wait();
  }

  /** A new policy, from the server, while the clock runs. */
  change(policy: LockPolicy): void {
    if (!this.#policy) return;
    this.#policy = policy;
    this.#wait();
  }

  stop(): void {
    this.#policy = null;
    this.#hiddenTs = null;
    this.#locksAt.value = null;
    this.#callOff();
  }

  used(): void {
    if (this.#isDue() || !this.#policy) return;
    // Once a second is enough; typing must not set a timer per key.
    if (this.#locksAt.value === null && this.#time.now() - this.#usedTs < 1_000) return;
    this.#usedTs = this.#time.now();
    this.#wait();
  }

  hidden(hidden: boolean): void {
    if (this.#isDue()) return;
    this.#hiddenTs = hidden ? (this.#hiddenTs ?? this.#time.now()) : null;
    if (this.#policy) this.#wait();
  }

  #isDue(): boolean {
    const due = this.#policy !== null && this.#time.now() >= this.#deadline(this.#policy);
    if (due) this.#lockNow();
    return due;
  }

  #deadline(policy: LockPolicy): number {
    const idle = this.#usedTs + policy.lockSeconds * 1_000;
    if (this.#hiddenTs === null) return idle;
    return Math.min(idle, this.#hiddenTs + policy.hiddenLockSeconds * 1_000);
  }

  #wait(): void {
    this.#callOff();
    if (!this.#policy || this.#isDue()) return;
    const deadline = this.#deadline(this.#policy);
    const warnAt = deadline - WARN_BEFORE_MS;
    const now = this.#time.now();
    this.#locksAt.value = now >= warnAt ? deadline : null;
    this.#callOff = this.#time.later((now >= warnAt ? deadline : warnAt) - now, () => this.#wait());
  }

  #lockNow(): void {
    this.stop();
    this.#lock();
  }
}
