import type { Shelf } from "./ports";

/** Of a device that several people share: nothing is written down, and it goes with the page. */
export class MemoryShelf implements Shelf {
  readonly #values = new Map<string, unknown>();

  async read(name: string): Promise<unknown> {
    return this.#values.get(name);
  }

  async write(name: string, value: unknown): Promise<void> {
    this.#values.set(name, value);
  }

  async remove(name: string): Promise<void> {
    this.#values.delete(name);
  }
}
