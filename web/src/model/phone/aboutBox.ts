import { signal } from "@preact/signals";
import type { Shelf } from "../../vault/ports";
import type { About } from "../session";

const AGAIN_AFTER_MS = 5_000;

interface World {
  shelf: Shelf;
  ask(): Promise<About>;
  later(ms: number, work: () => void): void;
}

/** What server this is. Without a network too, every screen of a demonstration says that it is one. */
export class AboutBox {
  readonly #world: World;
  readonly about = signal<About | null>(null);

  constructor(world: World) {
    this.#world = world;
  }

  async ask(): Promise<void> {
    try {
      this.about.value = await this.#world.ask();
      await this.keep();
    } catch {
      const kept = await this.#world.shelf.read("about");
      this.about.value ??= (kept as About | undefined) ?? null;
      this.#world.later(AGAIN_AFTER_MS, () => void this.ask());
    }
  }

  async keep(): Promise<void> {
    if (this.about.value) await this.#world.shelf.write("about", this.about.value);
  }
}
