/** Keys from keys. Every use has its own label, so no two uses ever share a key. */

export type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

export function text(value: string): Bytes {
  return utf8.encode(value);
}

export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function joined(a: Bytes, b: Bytes): Bytes {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** A key that can only be derived from: its bytes are never seen by the page again. */
export function root(material: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", material, "HKDF", false, ["deriveBits", "deriveKey"]);
}

function hkdf(label: string): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: text(label) };
}

export async function derivedBytes(from: CryptoKey, label: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(label), from, 256));
}

export function derivedSealingKey(from: CryptoKey, label: string): Promise<CryptoKey> {
  const aes = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(hkdf(label), from, aes, false, ["encrypt", "decrypt"]);
}

/** What lies on the shelf: version, nonce and ciphertext with its tag. */
export interface Sealed {
  version: 1;
  nonce: Bytes;
  sealed: Bytes;
}

export async function seal(key: CryptoKey, plain: Bytes, about: string): Promise<Sealed> {
  const nonce = random(12);
  const params = { name: "AES-GCM", iv: nonce, additionalData: text(about) };
  return {
    version: 1,
    nonce,
    sealed: new Uint8Array(await crypto.subtle.encrypt(params, key, plain)),
  };
}

/** Throws `OperationError` when the key, the record or what it is about is not the one sealed. */
export async function open(key: CryptoKey, from: Sealed, about: string): Promise<Bytes> {
  const params = { name: "AES-GCM", iv: from.nonce, additionalData: text(about) };
  return new Uint8Array(await crypto.subtle.decrypt(params, key, from.sealed));
}
