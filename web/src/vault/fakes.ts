/** A phone, a server and a passkey for the tests of the vault. */
import { expect } from "vitest";
import type { HandsetServer, Json, PasscodeHash, Passkeys, ShareAnswer, Shelf } from "./ports";

/** Everything a thief with the phone can read. */
export class OpenShelf implements Shelf {
  readonly values = new Map<string, unknown>();
  read = (name: string) => Promise.resolve(this.values.get(name));
  write = (name: string, value: unknown) => Promise.resolve(void this.values.set(name, value));
  remove = (name: string) => Promise.resolve(void this.values.delete(name));
}

/** The server's side of docs/api.md, as far as a vault can see it. */
export class CountingServer implements HandsetServer {
  key: JsonWebKey = {};
  proof = "";
  share_: Uint8Array<ArrayBuffer> | null = null;
  /** Given out and not yet claimed. */
  next: { proof: string; share: Uint8Array<ArrayBuffer> } | null = null;
  attemptsLeft = 10;
  answersToLose = 0;
  passkeyShare_: Uint8Array<ArrayBuffer> | null = null;
  offlineUntilTs = 0;
  reachable = true;
  wiped_ = false;
  #nonce = "";

  enrol = (_: string, handset: { publicKey: JsonWebKey }) => {
    this.key = handset.publicKey;
    return Promise.resolve({ handsetId: "h1" });
  };

  setPasscode = (_: string, _id: string, proof: Uint8Array<ArrayBuffer>) => {
    const share = crypto.getRandomValues(new Uint8Array(32));
    this.next = { proof: String(proof), share };
    if (!this.share_) this.#takeNext(this.next);
    if (this.answersToLose-- > 0) return Promise.reject(new Error("the network went away"));
    return Promise.resolve(share.slice());
  };

  #takeNext({ proof, share }: { proof: string; share: Uint8Array<ArrayBuffer> }): void {
    this.proof = proof;
    this.share_ = share;
    this.next = null;
    this.attemptsLeft = 10;
  }

  saidWiped: string[] = [];
  wiped = async (id: string, nonce: string) => void this.saidWiped.push(`${id} ${nonce}`);

  challenge = (): ReturnType<HandsetServer["challenge"]> => {
    if (this.wiped_) return Promise.resolve({ outcome: "destroyed", lastNonce: "last" });
    this.#nonce = crypto.randomUUID();
    return Promise.resolve({ nonce: this.#nonce });
  };

  setPasskey = () => {
    this.passkeyShare_ = crypto.getRandomValues(new Uint8Array(32));
    return Promise.resolve(this.passkeyShare_.slice());
  };

  passkeyOptions = () => {
    if (!this.reachable) return Promise.resolve({ outcome: "unreachable" } as const);
    if (this.wiped_) return Promise.resolve({ outcome: "destroyed" } as const);
    return Promise.resolve({ publicKey: { challenge: "of the server" } });
  };

  passkeyShare = async (
    id: string,
    claim: { nonce: string; signature: Uint8Array<ArrayBuffer>; credential: Json },
  ): Promise<ShareAnswer> => {
    await this.#verify(id, claim.signature);
    expect(claim.credential).toEqual({ answers: "of the server" });
    if (this.wiped_ || !this.passkeyShare_) return { outcome: "destroyed" };
    return { outcome: "released", share: this.passkeyShare_.slice() };
  };

  keepOffline = () => Promise.resolve({ untilTs: this.offlineUntilTs });

  async #verify(id: string, signature: Uint8Array<ArrayBuffer>): Promise<void> {
    const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", this.key, ecdsa, true, ["verify"]);
    const said = new TextEncoder().encode(`lanyard share\n${id}\n${this.#nonce}`);
    expect(await crypto.subtle.verify(ecdsa, key, signature, said)).toBe(true);
  }

  share = async (
    id: string,
    claim: {
      nonce: string;
      signature: Uint8Array<ArrayBuffer>;
      proof: Uint8Array<ArrayBuffer>;
    },
  ): Promise<ShareAnswer> => {
    await this.#verify(id, claim.signature);
    if (!this.share_) return { outcome: "destroyed" };
    if (this.next?.proof === String(claim.proof)) this.#takeNext(this.next);
    if (String(claim.proof) !== this.proof) {
      if (--this.attemptsLeft === 0) this.share_ = null;
      if (!this.share_) return { outcome: "destroyed" };
      return { outcome: "wrong", attemptsLeft: this.attemptsLeft, retryAfterMs: 0 };
    }
    this.attemptsLeft = 10;
    return { outcome: "released", share: this.share_.slice() };
  };
}

/** Quick and wrong, but as deterministic as Argon2id. */
export const quickHash: PasscodeHash = {
  async hash(passcode, salt) {
    const both = new TextEncoder().encode(`${passcode} ${salt}`);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", both));
  },
};

/** A passkey that says the same for the same salt, as PRF does. */
export class FakePasskey implements Passkeys {
  secret = "inside the phone's own chip";
  knowsPrf = true;
  gestures = 0;
  async get(publicKey: Json, salt: Uint8Array<ArrayBuffer>) {
    this.gestures++;
    const secrets = this.knowsPrf ? await this.secrets(salt) : null;
    return { credentialId: "c1", credential: { answers: publicKey["challenge"] }, secrets };
  }
  async secrets(salt: Uint8Array<ArrayBuffer>) {
    const vault = await quickHash.hash(this.secret, salt, cost);
    const keys = await quickHash.hash(this.secret, new Uint8Array(1), cost);
    return { vault, keys };
  }
}

export const cost = { memoryKiB: 1, passes: 1, lanes: 1 };
export function readable(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
  if (value instanceof Object && !(value instanceof CryptoKey)) {
    return Object.entries(value)
      .map(([k, v]) => k + readable(v))
      .join(" ");
  }
  return String(value);
}
