import type { ConnectionStatus } from "./words";

/** What the SDK last said of its sync, in our words. */
export type SyncNews = "nothing_yet" | "from_snapshot" | "up_to_date" | "catching_up" | "lost";

/** One honest word: never "Up to date" while something may be missing. */
export class Connection {
  readonly #say: (status: ConnectionStatus) => void;
  #online = true;
  #sync: SyncNews = "nothing_yet";
  #said: ConnectionStatus | null = null;

  constructor(say: (status: ConnectionStatus) => void) {
    this.#say = say;
  }

  get status(): ConnectionStatus {
    if (!this.#online || this.#sync === "lost") return "Offline";
    return this.#sync === "up_to_date" ? "Up to date" : "Connecting";
  }

  network(online: boolean): void {
    this.#online = online;
    // Back on the network is not yet in touch with the server.
    if (online && this.#sync !== "nothing_yet") this.#sync = "catching_up";
    this.#tell();
  }

  sync(news: SyncNews): void {
    this.#sync = news;
    this.#tell();
  }

  #tell(): void {
    if (this.status === this.#said) return;
    this.#said = this.status;
    this.#say(this.status);
  }
}
