import type { SealedRecords } from "../../vault/records";
import type { Drafts } from "../session";

const SEAL_AFTER_MS = 500;

/** Text typed and not sent. In memory while the app is open, sealed soon after each change. */
export class DraftBox implements Drafts {
  readonly #later: (ms: number, work: () => void) => () => void;
  #records: SealedRecords | null = null;
  #texts = new Map<string, string>();
  #unsealed = false;
  #callOff: () => void = () => {};

  constructor(later: (ms: number, work: () => void) => () => void) {
    this.#later = later;
  }

  async open(records: SealedRecords): Promise<void> {
    this.#records = records;
    this.#texts = new Map((await records.read<[string, string][]>("drafts")) ?? []);
  }

  /** Seals what is not yet sealed, then forgets. */
  async close(): Promise<void> {
    await this.#seal();
    this.forget();
  }

  /** Everything here is about to be erased: nothing more is sealed. */
  forget(): void {
    this.#callOff();
    this.#unsealed = false;
    this.#records = null;
    this.#texts.clear();
  }

  read(roomId: string): string {
    return this.#texts.get(roomId) ?? "";
  }

  write(roomId: string, text: string): void {
    if (text === this.read(roomId)) return;
    if (text) this.#texts.set(roomId, text);
    else this.#texts.delete(roomId);
    this.#unsealed = true;
    this.#callOff();
    this.#callOff = this.#later(SEAL_AFTER_MS, () => void this.#seal());
  }

  async #seal(): Promise<void> {
    this.#callOff();
    if (!this.#unsealed || !this.#records) return;
    this.#unsealed = false;
    await this.#records.write("drafts", [...this.#texts]);
  }
}
