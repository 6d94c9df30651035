import { derivedBytes, derivedSealingKey, root, type Bytes } from "./derive";
import type { PasskeySecrets, Shelf } from "./ports";
import { SealedRecords } from "./records";

/** The vault while it is open. Holds keys that derive and seal, none whose bytes can be read. */
export class OpenVault {
  readonly handsetId: string;
  readonly records: SealedRecords;
  /** For the Worker: seals the same records. */
  readonly recordsKey: CryptoKey;
  readonly #root: CryptoKey;

  private constructor(
    handsetId: string,
    records: SealedRecords,
    recordsKey: CryptoKey,
    vaultRoot: CryptoKey,
  ) {
    this.handsetId = handsetId;
    this.records = records;
    this.recordsKey = recordsKey;
    this.#root = vaultRoot;
  }

  static async from(vaultKey: Bytes, handsetId: string, shelf: Shelf): Promise<OpenVault> {
    const vaultRoot = await root(vaultKey);
    const key = await derivedSealingKey(vaultRoot, "lanyard records");
    return new OpenVault(handsetId, new SealedRecords(shelf, key), key, vaultRoot);
  }

  /** 32 bytes for the crypto store; hand them to the Worker by transfer, so no copy stays. */
  cryptoStoreKey(): Promise<Bytes> {
    return derivedBytes(this.#root, "lanyard crypto store");
  }
}

/** Of this phone, and it cannot be taken out of it. */
export async function newCredential(): Promise<{ publicKey: JsonWebKey; privateKey: CryptoKey }> {
  const ecdsa = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(ecdsa, false, ["sign", "verify"]);
  const publicKey = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { publicKey, privateKey: pair.privateKey };
}

/** Opens the person's own keys, wherever the passkey is. */
export async function keysKeyOf(secrets: PasskeySecrets): Promise<CryptoKey> {
  return derivedSealingKey(await root(secrets.keys), "lanyard secret storage");
}
