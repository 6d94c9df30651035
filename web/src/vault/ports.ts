/** What the vault needs of the world; `platform` has the real ones, the tests have their own. */

/** A place that keeps values by name, keys that cannot be exported among them. Readable at rest. */
export interface Shelf {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface Argon2Cost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** Argon2id of a passcode, 32 bytes, off the main thread. */
export interface PasscodeHash {
  hash(
    passcode: string,
    salt: Uint8Array<ArrayBuffer>,
    cost: Argon2Cost,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

export type ShareAnswer =
  | { outcome: "released"; share: Uint8Array<ArrayBuffer> }
  | { outcome: "wrong"; attemptsLeft: number; retryAfterMs: number }
  | { outcome: "too_soon"; retryAfterMs: number }
  | { outcome: "destroyed" };

/** The handset part of docs/api.md. Everything else than these answers is thrown as a `Refusal`. */
export interface HandsetServer {
  enrol(
    accessToken: string,
    handset: { name: string; platform: string; publicKey: JsonWebKey; policyVersion: string },
  ): Promise<{ handsetId: string }>;
  /** Makes and answers a new share; the one before is gone once this one is claimed. */
  setPasscode(
    accessToken: string,
    handsetId: string,
    proof: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>>;
  challenge(handsetId: string): Promise<{ nonce: string } | { outcome: "destroyed" }>;
  share(
    handsetId: string,
    claim: {
      nonce: string;
      signature: Uint8Array<ArrayBuffer>;
      proof: Uint8Array<ArrayBuffer>;
    },
  ): Promise<ShareAnswer>;
}
