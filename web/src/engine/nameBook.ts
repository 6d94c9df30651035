import type { SealedRecords } from "../vault/records";

/**
 * Stand-ins for user ids. The SDK's crypto store seals its values and hashes its keys, but for the
 * list of people whose devices it follows: that lies there in clear, and is whom this phone talks to.
 */
export class NameBook {
  readonly #records: SealedRecords;
  readonly #standIns = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #saving = false;

  constructor(records: SealedRecords) {
    this.#records = records;
  }

  async restore(): Promise<void> {
    const kept = (await this.#records.read<[string, string][]>("names")) ?? [];
    for (const [name, standIn] of kept) this.#add(name, standIn);
  }

  /** Not async, because a store's put is not: a new name is sealed right after. */
  hide(name: string): string {
    const known = this.#standIns.get(name);
    if (known) return known;
    const standIn = crypto.randomUUID();
    this.#add(name, standIn);
    void this.#saveSoon();
    return standIn;
  }

  /** Null when the phone died before the name was sealed: it is then followed anew when next met. */
  show(standIn: string): string | null {
    return this.#names.get(standIn) ?? null;
  }

  #add(name: string, standIn: string): void {
    this.#standIns.set(name, standIn);
    this.#names.set(standIn, name);
  }

  async #saveSoon(): Promise<void> {
    if (this.#saving) return;
    this.#saving = true;
    // Names met together are sealed together.
    await Promise.resolve();
    this.#saving = false;
    await this.#records.write("names", [...this.#standIns]);
  }
}
