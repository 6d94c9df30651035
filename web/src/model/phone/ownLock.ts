import { signal, type ReadonlySignal } from "@preact/signals";
import type { Policy } from "../../engine/words";
import type { SealedRecords } from "../../vault/records";

interface SettingsRecord {
  lockSeconds: number | null;
}

/** A person's own time until the lock: shorter than the policy's, never longer. */
export class OwnLock {
  readonly #seconds = signal<number | null>(null);
  #records: SealedRecords | null = null;

  get seconds(): ReadonlySignal<number | null> {
    return this.#seconds;
  }

  async open(records: SealedRecords): Promise<void> {
    this.#records = records;
    const kept = await records.read<SettingsRecord>("settings");
    this.#seconds.value = kept?.lockSeconds ?? null;
  }

  close(): void {
    this.#records = null;
    this.#seconds.value = null;
  }

  async choose(seconds: number | null): Promise<void> {
    this.#seconds.value = seconds;
    await this.#records?.write("settings", { lockSeconds: seconds } satisfies SettingsRecord);
  }

  applied(policy: Policy, shared: boolean): { lockSeconds: number; hiddenLockSeconds: number } {
    const most = shared
      ? Math.min(policy.sharedIdleSeconds, policy.lockSeconds)
      : policy.lockSeconds;
    const lockSeconds = Math.min(most, this.#seconds.value ?? most);
    return { lockSeconds, hiddenLockSeconds: Math.min(policy.hiddenLockSeconds, lockSeconds) };
  }
}
