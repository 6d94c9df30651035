import { open, seal, text, type Bytes, type Sealed } from "./derive";
import type { Shelf } from "./ports";

/**
 * The names are all that can be read at rest, so they say what a record is for and never whom or
 * which room it is about.
 */
export type RecordName =
  | "session"
  | "policy"
  | "accepted"
  | "rooms"
  | "sync"
  | "people"
  | "names"
  | "receipts"
  | "outbox"
  | "summaries"
  | "urgent"
  | "apps"
  | "drafts"
  | "settings"
  | "keys"
  /** What goes with a message that waits; encrypted before it is sealed. */
  | `enclosed ${number}`;

/** Values sealed on a shelf under one key; the record's name is sealed in, so records cannot swap. */
export class SealedRecords {
  readonly #shelf: Shelf;
  readonly #key: CryptoKey;

  constructor(shelf: Shelf, key: CryptoKey) {
    this.#shelf = shelf;
    this.#key = key;
  }

  async write(name: RecordName, value: unknown): Promise<void> {
    await this.writeText(name, JSON.stringify(value));
  }

  async writeText(name: RecordName, value: string): Promise<void> {
    await this.writeBytes(name, text(value));
  }

  async writeBytes(name: RecordName, value: Bytes): Promise<void> {
    await this.#shelf.write(place(name), await seal(this.#key, value, about(name)));
  }

  /** Undefined when there is none. A record that does not open is a bug or tampering: it throws. */
  async read<T>(name: RecordName): Promise<T | undefined> {
    const plain = await this.readBytes(name);
    return plain && (JSON.parse(new TextDecoder().decode(plain)) as T);
  }

  async readBytes(name: RecordName): Promise<Bytes | undefined> {
    const found = (await this.#shelf.read(place(name))) as Sealed | undefined;
    return found && open(this.#key, found, about(name));
  }

  async remove(name: RecordName): Promise<void> {
    await this.#shelf.remove(place(name));
  }
}

function place(name: RecordName): string {
  return `sealed ${name}`;
}

function about(name: RecordName): string {
  return `lanyard record 1\n${name}`;
}
