import { derivedBytes, derivedSealingKey, joined, open, random, root, seal } from "./derive";
import type { Bytes, Sealed } from "./derive";
import type { Argon2Cost, PasscodeHash } from "./ports";

/** The vault key, sealed so that it opens with a passcode *and* the server's share. */
export interface PasscodeWrap {
  kind: "passcode";
  salt: Bytes;
  cost: Argon2Cost;
  key: Sealed;
}

/** The same key, sealed so that it opens with what a passkey says *and* a share of its own. */
export interface PrfWrap {
  kind: "prf";
  passkeyId: string;
  /** What WebAuthn calls the passkey: to ask for it with no network. */
  credentialId: string;
  salt: Bytes;
  /** Tells a passkey that says something else today (some browsers' faults) from a wrong share. */
  check: Bytes;
  key: Sealed;
}

/** A phone may hold several wraps of the same key, one of each kind. */
export type Wrap = PasscodeWrap | PrfWrap;

/** OWASP's floor for Argon2id; about 0.2 s on two cores. Kept in the wrap, so it can rise. */
const COST: Argon2Cost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

/** A passcode worked through Argon2id: proves itself to the server, and unwraps with its share. */
export class WorkedPasscode {
  readonly #argon: Bytes;
  readonly salt: Bytes;
  readonly cost: Argon2Cost;

  private constructor(argon: Bytes, salt: Bytes, cost: Argon2Cost) {
    this.#argon = argon;
    this.salt = salt;
    this.cost = cost;
  }

  static async fresh(passcode: string, hash: PasscodeHash): Promise<WorkedPasscode> {
    const salt = random(16);
    return new WorkedPasscode(await hash.hash(passcode, salt, COST), salt, COST);
  }

  static async again(passcode: string, wrap: PasscodeWrap, hash: PasscodeHash) {
    const argon = await hash.hash(passcode, wrap.salt, wrap.cost);
    return new WorkedPasscode(argon, wrap.salt, wrap.cost);
  }

  async proof(): Promise<Bytes> {
    return derivedBytes(await root(this.#argon), "lanyard auth");
  }

  async wrap(vaultKey: Bytes, share: Bytes, handsetId: string): Promise<PasscodeWrap> {
    const key = await seal(await this.#wrappingKey(share), vaultKey, about(handsetId));
    return { kind: "passcode", salt: this.salt, cost: this.cost, key };
  }

  /** The vault key's bytes: zero them as soon as the keys below it are derived. */
  async unwrap(wrap: PasscodeWrap, share: Bytes, handsetId: string): Promise<Bytes> {
    return open(await this.#wrappingKey(share), wrap.key, about(handsetId));
  }

  forget(): void {
    this.#argon.fill(0);
  }

  async #wrappingKey(share: Bytes): Promise<CryptoKey> {
    const both = joined(this.#argon, share);
    const key = await derivedSealingKey(await root(both), "lanyard wrap");
    both.fill(0);
    return key;
  }
}

/** What a passkey said for this phone's salt. */
export class WorkedPasskey {
  readonly #said: Bytes;

  constructor(said: Bytes) {
    this.#said = said;
  }

  async wrap(
    vaultKey: Bytes,
    share: Bytes,
    handsetId: string,
    passkey: { passkeyId: string; credentialId: string; salt: Bytes },
  ): Promise<PrfWrap> {
    const key = await seal(await this.#wrappingKey(share), vaultKey, about(handsetId));
    return { kind: "prf", ...passkey, check: await this.#check(), key };
  }

  async isOf(wrap: PrfWrap): Promise<boolean> {
    const now = await this.#check();
    return now.every((byte, at) => byte === wrap.check[at]);
  }

  /** The vault key's bytes: zero them as soon as the keys below it are derived. */
  async unwrap(wrap: PrfWrap, share: Bytes, handsetId: string): Promise<Bytes> {
    return open(await this.#wrappingKey(share), wrap.key, about(handsetId));
  }

  /** Seals the share that a phone may keep for a while: with the passkey alone it opens. */
  async offlineKey(): Promise<CryptoKey> {
    return derivedSealingKey(await root(this.#said), "lanyard offline share");
  }

  async #check(): Promise<Bytes> {
    return derivedBytes(await root(this.#said), "lanyard prf check");
  }

  async #wrappingKey(share: Bytes): Promise<CryptoKey> {
    const both = joined(this.#said, share);
    const key = await derivedSealingKey(await root(both), "lanyard prf wrap");
    both.fill(0);
    return key;
  }
}

function about(handsetId: string): string {
  return `lanyard vault key 1\n${handsetId}`;
}
