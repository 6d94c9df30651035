import { signal } from "@preact/signals";
import type { Vault } from "../../vault/vault";
import type { Door } from "../session";
import type { Phone } from "./ports";

const CLOSED: Door = { passkey: false, passcodeGone: false, unsent: 0 };

/** What the lock screen may know while all else is sealed, and what is said when there is nothing left to open. */
export class FrontDoor {
  readonly seen = signal<Door>(CLOSED);
  readonly #phone: Phone;
  readonly #vault: Vault;
  /** Made ready while there is something to make it from: a browser may be told to clear all first. */
  #lastWord: Promise<() => Promise<void>> = Promise.resolve(() => Promise.resolve());

  constructor(phone: Phone, vault: Vault) {
    this.#phone = phone;
    this.#vault = vault;
  }

  /** What can be known without opening; what has had its time goes. */
  async look(passcodeGone = false): Promise<void> {
    this.#lastWord = this.#vault.lastWord();
    await this.#vault.offline.untilTs();
    const unsent = Number((await this.#phone.shelf.read("unsent")) ?? 0);
    this.seen.value = { passkey: await this.#vault.hasPasskey(), passcodeGone, unsent };
  }

  /** For the lock screen, which cannot look into the outbox. */
  countUnsent(unsent: number): void {
    if (unsent === this.seen.value.unsent) return;
    this.seen.value = { ...this.seen.value, unsent };
    void this.#phone.shelf.write("unsent", unsent);
  }

  async lastWord(): Promise<() => Promise<void>> {
    return this.#lastWord.catch(() => () => Promise.resolve());
  }

  forget(): void {
    this.seen.value = CLOSED;
  }
}
