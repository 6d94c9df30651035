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

export type Json = Record<string, unknown>;

/**
 * What a passkey says (WebAuthn's PRF): the same each time for the same salt, and to nobody else.
 * It never leaves the phone, and is not in the credential that the server sees.
 */
export interface PasskeySecrets {
  /** For the salt of this phone's vault. */
  vault: Uint8Array<ArrayBuffer>;
  /** The same on every phone that has the passkey: opens the person's own keys. */
  keys: Uint8Array<ArrayBuffer>;
}

export interface PasskeyAnswer {
  credentialId: string;
  /** For the server: shows that the person was verified. Opens nothing. */
  credential: Json;
  /** Null where the browser or the passkey knows no PRF. */
  secrets: PasskeySecrets | null;
}

/** One gesture of the person, by face, finger or the phone's own lock. Throws when there is none. */
export interface Passkeys {
  /** `publicKey` as the server wrote it: JSON of WebAuthn's request options. */
  get(publicKey: Json, salt: Uint8Array<ArrayBuffer>): Promise<PasskeyAnswer>;
}

export type ShareAnswer =
  | { outcome: "released"; share: Uint8Array<ArrayBuffer> }
  | { outcome: "wrong"; attemptsLeft: number; retryAfterMs: number }
  | { outcome: "too_soon"; retryAfterMs: number }
  | { outcome: "destroyed"; ended?: boolean };

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
  /** A phone that has ended gets a nonce for its last word. */
  challenge(
    handsetId: string,
  ): Promise<{ nonce: string } | { outcome: "destroyed"; lastNonce: string | null }>;
  /** This phone's data is deleted, as it was asked to. */
  wiped(handsetId: string, nonce: string, signature: Uint8Array<ArrayBuffer>): Promise<void>;
  share(
    handsetId: string,
    claim: {
      nonce: string;
      signature: Uint8Array<ArrayBuffer>;
      proof: Uint8Array<ArrayBuffer>;
    },
  ): Promise<ShareAnswer>;
  /** Makes and answers a new share for this passkey; the one before is gone. */
  setPasskey(
    accessToken: string,
    handsetId: string,
    passkeyId: string,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** `unreachable` is an answer here: then an offline share may open. */
  passkeyOptions(
    handsetId: string,
  ): Promise<{ publicKey: Json } | { outcome: "destroyed" } | { outcome: "unreachable" }>;
  passkeyShare(
    handsetId: string,
    claim: { nonce: string; signature: Uint8Array<ArrayBuffer>; credential: Json },
  ): Promise<ShareAnswer>;
  /** The server notes until when this phone may open without it. */
  keepOffline(accessToken: string, handsetId: string): Promise<{ untilTs: number }>;
}
