import { EngineLink } from "../../engine/link";
import type { Answer, Asked, CallName, EngineEvent } from "../../engine/protocol";
import { Refusal } from "../../engine/words";
import type { OpenedByPasskey, OpenVault } from "../../vault/vault";
import type { LiveState } from "./liveState";
import type { Phone, SignedIn } from "./ports";
import { UrgentBox } from "./urgentBox";

/** What of a passkey the engine may have: it opens the person's own keys. */
export type KeysOpener = Pick<OpenedByPasskey, "passkeyId" | "keysKey">;

/** The engine's life between an unlock and a lock, as the session sees it. */
export class EngineRun {
  readonly #phone: Phone;
  readonly #live: LiveState;
  readonly #hear: (event: EngineEvent) => void;
  readonly #urgent: UrgentBox;
  #vault: OpenVault | null = null;
  #link: EngineLink | null = null;
  /** Screens are painted before the engine is up, and what they ask waits for it. */
  #starting: Promise<void> = Promise.resolve();

  constructor(phone: Phone, live: LiveState, hear: (event: EngineEvent) => void) {
    this.#phone = phone;
    this.#live = live;
    this.#urgent = new UrgentBox(live, () => phone.now());
    this.#hear = (event) => {
      hear(event);
      this.#urgent.heard(event);
    };
  }

  async start(vault: OpenVault, passkey: KeysOpener | null, keepNothing: boolean): Promise<void> {
    this.#vault = vault;
    const painted = this.#urgent.open(vault.records);
    this.#starting = this.#start(vault, passkey, keepNothing);
    await painted;
    await this.#starting;
  }

  again(keepNothing: boolean): void {
    const vault = this.#vault;
    if (!vault) return;
    this.#live.failure.value = null;
    this.#starting = this.#ended().then(() => this.#start(vault, null, keepNothing));
  }

  async ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    if (name === "openRoom") this.#live.opening((asked as Asked<"openRoom">).roomId);
    if (name === "closeRoom") this.#live.timeline.value = null;
    await this.#starting;
    const link = this.#link;
    if (!link) throw new Refusal({ code: "unexpected", sentence: "The app is locked." });
    return link.ask(name, asked);
  }

  network(online: boolean): void {
    this.#link?.network(online);
  }

  /** Lets it seal what it holds. */
  async stop(): Promise<void> {
    this.#vault = null;
    await Promise.all([this.#urgent.close(), this.#ended()]);
  }

  /** At once: what it holds must not be kept. */
  kill(): void {
    this.#vault = null;
    this.#urgent.forget();
    this.#link?.end();
    this.#link = null;
  }

  async #ended(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    await link?.stop();
  }

  async #start(vault: OpenVault, passkey: KeysOpener | null, keepNothing: boolean): Promise<void> {
    const session = await vault.records.read<SignedIn>("session");
    if (!session) throw new Error("The vault holds no session.");
    const storageKey = await vault.cryptoStoreKey();
    // Locked again while the key was derived.
    if (this.#vault !== vault) return;
    const order = {
      kind: "start" as const,
      homeserver: this.#phone.homeserver,
      ...session,
      handsetId: vault.handsetId,
      recordsKey: vault.recordsKey,
      storageKey,
      keepNothing,
      passkey: passkey && { passkeyId: passkey.passkeyId, key: passkey.keysKey },
    };
    this.#link = new EngineLink(this.#phone.startEngine(), order, (event) => this.#hear(event));
    if (!this.#phone.online()) this.#link.network(false);
  }
}
