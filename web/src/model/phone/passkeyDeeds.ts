import { signal } from "@preact/signals";
import type { Answer, Asked, CallName, Problem } from "../../engine/protocol";
import { problemFrom } from "../../engine/api";
import type { Json } from "../../vault/ports";
import type { NewPasskey, OpenedByPasskey, Vault } from "../../vault/vault";
import type { PasskeyDeeds, PasskeyMade } from "../session";
import { secretsOf } from "./passkeySecrets";
import type { PhonePasskeys } from "./ports";
import { wrongPasscode } from "./refusals";
import { Refusal } from "../../engine/words";
import { tried } from "./tried";

type Bytes = Uint8Array<ArrayBuffer>;

interface World {
  passkeys: PhonePasskeys;
  vault: Vault;
  ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>>;
  token(): Promise<string>;
  /** It opens this phone from now on. */
  opens(passkey: OpenedByPasskey): Promise<void>;
  changed(): Promise<void>;
}

/** The gestures are made on the page, the server is asked by the engine, the wrap is the vault's. */
export class PhonePasskeyDeeds implements PasskeyDeeds {
  readonly #world: World;
  readonly offered = signal(false);
  /** Of a phone that was just set up: so that nobody types the passcode a third time. */
  #vaultKey: Bytes | null = null;
  /** Asked for early: a browser lets a page show its passkey sheet only right after a touch. */
  #options: Promise<Json> | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  async offer(vaultKey: Bytes): Promise<void> {
    if (!(await this.#world.passkeys.onThisPhone())) {
      vaultKey.fill(0);
      return;
    }
    this.#vaultKey = vaultKey;
    this.#options = this.#world.ask("passkeyOptions", {});
    this.#options.catch(() => (this.#options = null));
    this.offered.value = true;
  }

  notNow(): void {
    this.forget();
  }

  forget(): void {
    this.#vaultKey?.fill(0);
    this.#vaultKey = this.#options = null;
    this.offered.value = false;
  }

  async make(name: string, passcode: string): Promise<Problem | PasskeyMade> {
    try {
      const { passkeys, ask } = this.#world;
      const options = await (this.#options ?? ask("passkeyOptions", {}));
      this.#options = null;
      // Before the gesture: a passkey is not made for a passcode that is wrong.
      const vaultKey = this.#vaultKey ?? (await this.#unwrapped(passcode));
      const salt = crypto.getRandomValues(new Uint8Array(32));
      const made = await passkeys.create(options, salt);
      const { passkeyId, recoveryCodes } = await ask("addPasskey", {
        name,
        credential: made.credential,
        // Not in the set-up: it is long enough, and Me says what is missing.
        paper: !this.offered.value,
      });
      const { credentialId } = made;
      const secrets = await secretsOf(passkeys, made, salt);
      if (secrets) await this.#wrap({ passkeyId, credentialId, salt, secrets }, vaultKey);
      vaultKey.fill(0);
      this.forget();
      return { opensThisPhone: secrets !== null, recoveryCodes };
    } catch (error) {
      return problemFrom(error);
    }
  }

  async proveAgain(): Promise<Problem | null> {
    return tried(async () => {
      const options = await this.#world.ask("stepUpOptions", {});
      const { credential, secrets } = await this.#world.passkeys.get(options, new Uint8Array(32));
      secrets?.vault.fill(0);
      secrets?.keys.fill(0);
      await this.#world.ask("stepUp", { credential });
    });
  }

  async removed(passkeyId: string): Promise<void> {
    if ((await this.#world.vault.passkeyId()) !== passkeyId) return;
    await this.#world.vault.removePasskey();
    await this.#world.changed();
  }

  /** The sign-in's passkey opens this phone too, with no further gesture. */
  async wrap(passkey: NewPasskey, vaultKey: Bytes): Promise<void> {
    await this.#wrap(passkey, vaultKey);
    vaultKey.fill(0);
  }

  async #wrap(passkey: NewPasskey, vaultKey: Bytes): Promise<void> {
    const opened = await this.#world.vault.addPasskey(await this.#world.token(), vaultKey, passkey);
    passkey.secrets.vault.fill(0);
    passkey.secrets.keys.fill(0);
    await this.#world.opens(opened);
  }

  async #unwrapped(passcode: string): Promise<Bytes> {
    const unwrapping = await this.#world.vault.unwrapped(passcode);
    if (unwrapping.outcome === "unwrapped") return unwrapping.vaultKey;
    throw new Refusal(wrongPasscode(unwrapping));
  }
}
