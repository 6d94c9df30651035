import { signal } from "@preact/signals";
import { problemFrom } from "../../engine/api";
import type { Policy } from "../../engine/words";
import type { SealedRecords } from "../../vault/records";
import type { PolicyChange } from "../session";

const RECORD = "accepted";

/** What this phone's person has agreed to, sealed with the rest: so that a change can be shown as one. */
export class AcceptedPolicy {
  readonly change = signal<PolicyChange | null>(null);
  #records: SealedRecords | null = null;
  #accepted: Policy | null = null;

  /** `held`: in force when the phone was last open; what older apps kept instead. */
  async open(records: SealedRecords, held: Policy): Promise<void> {
    this.#records = records;
    this.#accepted = (await records.read<Policy>(RECORD)) ?? null;
    if (this.#accepted !== null) this.heard(held);
    else if (held.version !== "") await this.accept(held);
  }

  heard(now: Policy): void {
    const before = this.#accepted;
    const old = before !== null && Number(before.version) < now.acceptFrom;
    this.change.value = old ? { before, now } : null;
  }

  /** The server says that it was not accepted: its word counts. */
  refused(error: unknown, now: Policy | null): void {
    if (now && problemFrom(error).code === "policy_not_accepted")
      this.change.value ??= { before: null, now };
  }

  async acceptChange(tell: (asked: { version: string }) => Promise<void>): Promise<void> {
    const now = this.change.value?.now;
    if (!now) return;
    await tell({ version: now.version });
    await this.accept(now);
  }

  async accept(policy: Policy): Promise<void> {
    this.#accepted = policy;
    this.change.value = null;
    await this.#records?.write(RECORD, policy);
  }

  close(): void {
    this.#records = this.#accepted = this.change.value = null;
  }
}
