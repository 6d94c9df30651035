/**
 * An officer's share in the officer's own browser: opened from its file, kept under what the passkey says, sealed to
 * a worker. The bytes are those of the server's PassphraseFile, SealingKey and ShareSeal.
 */
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { argon2id } from "hash-wasm";

type Bytes = Uint8Array<ArrayBuffer>;

/** One ceremony's share: whose it is, in clear, and its parts. */
export interface Share {
  readonly clear: { readonly ceremony: string; readonly name: string };
  readonly secret: unknown;
}

/** What lies in this browser: nothing opens it but the passkey. */
export interface Kept {
  readonly credentialId: string;
  readonly nonce: Bytes;
  readonly sealed: Bytes;
}

const HEADER = 9;
const NONCE = 12;
const KDF = "argon2id m=19456 t=2 p=1";

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Throws an `Error` with a sentence for the officer. */
export async function openShareFile(text: string, passphrase: string): Promise<Share> {
  const file = parsed(text);
  const key = await argon2id({
    password: passphrase.normalize("NFC"),
    salt: fromBase64(file.salt),
    memorySize: 19_456,
    iterations: 2,
    parallelism: 1,
    hashLength: 32,
    outputType: "binary",
  });
  const sealed = fromBase64(file.sealed);
  const about = utf8(JSON.stringify(file.clear));
  const additionalData = new Uint8Array(HEADER + about.length);
  additionalData.set(sealed.subarray(0, HEADER));
  additionalData.set(about, HEADER);
  const iv = sealed.slice(HEADER, HEADER + NONCE);
  const aes = await crypto.subtle.importKey("raw", new Uint8Array(key), "AES-GCM", false, [
    "decrypt",
  ]);
  const plain = await crypto.subtle
    .decrypt({ name: "AES-GCM", iv, additionalData }, aes, sealed.slice(HEADER + NONCE))
    .catch(() => {
      throw new Error("The passphrase is wrong, or the file was changed.");
    });
  return { clear: file.clear, secret: JSON.parse(new TextDecoder().decode(plain)) as unknown };
}

interface ShareFile {
  readonly clear: Share["clear"];
  readonly kdf: string;
  readonly salt: string;
  readonly sealed: string;
}

function parsed(text: string): ShareFile {
  try {
    const file = JSON.parse(text) as ShareFile & { clear: { format?: string } };
    if (file.clear.format === "lanyard officer share 1" && file.kdf === KDF) return file;
  } catch {
    // Said below.
  }
  throw new Error("That file is not an officer's share.");
}

/** What is kept: sealed under a key that only this passkey's own secret gives. */
export async function keep(
  shares: readonly Share[],
  prf: Bytes,
  credentialId: string,
): Promise<Kept> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = utf8(JSON.stringify(shares));
  const params = { name: "AES-GCM", iv: nonce, additionalData: utf8(credentialId) };
  const key = await keyOf(prf);
  return {
    credentialId,
    nonce,
    sealed: new Uint8Array(await crypto.subtle.encrypt(params, key, plain)),
  };
}

export async function take(kept: Kept, prf: Bytes): Promise<Share[]> {
  const params = {
    name: "AES-GCM",
    iv: kept.nonce,
    additionalData: utf8(kept.credentialId),
  };
  const plain = await crypto.subtle.decrypt(params, await keyOf(prf), kept.sealed);
  return JSON.parse(new TextDecoder().decode(plain)) as Share[];
}

async function keyOf(prf: Bytes): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", prf, "HKDF", false, ["deriveKey"]);
  const hkdf = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(0),
    info: utf8("lanyard officer share wrap 1"),
  };
  const aes = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(hkdf, root, aes, false, ["encrypt", "decrypt"]);
}

function suite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
}

/** The key that shares are made for: the same each time this passkey is asked, and kept nowhere. */
export async function officerKey(prf: Bytes): Promise<CryptoKeyPair> {
  const root = await crypto.subtle.importKey("raw", prf, "HKDF", false, ["deriveBits"]);
  const hkdf = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(0),
    info: utf8("lanyard officer key 1"),
  };
  return suite().kem.deriveKeyPair(await crypto.subtle.deriveBits(hkdf, root, 256));
}

export async function publicKey(pair: CryptoKeyPair): Promise<string> {
  return toBase64(new Uint8Array(await suite().kem.serializePublicKey(pair.publicKey)));
}

/** Opens a share that a worker sealed for this officer. */
export async function openKept(
  sealed: string,
  pair: CryptoKeyPair,
  whose: { readonly ceremony: string; readonly person: string },
): Promise<Share> {
  const bytes = fromBase64(sealed);
  const recipient = await suite().createRecipientContext({
    recipientKey: pair,
    enc: bytes.slice(0, 32),
    info: utf8(`lanyard officer share kept\n${whose.ceremony}\n${whose.person}`),
  });
  const plain = await recipient.open(bytes.slice(32)).catch(() => {
    throw new Error("Your passkey does not open this share. It was made for another passkey.");
  });
  return JSON.parse(new TextDecoder().decode(plain)) as Share;
}

/** For which worker, which session and which officer a share is sealed. */
export interface Addressee {
  readonly key: string;
  readonly session: string;
  readonly person: string;
}

/** HPKE in base mode (RFC 9180): the encapsulated key, then the ciphertext. */
export async function sealFor(to: Addressee, shares: readonly Share[]): Promise<string> {
  const recipientPublicKey = await suite().kem.deserializePublicKey(fromBase64(to.key));
  const info = utf8(`lanyard officer share\n${to.session}\n${to.person}`);
  const sender = await suite().createSenderContext({ recipientPublicKey, info });
  const sealed = new Uint8Array(await sender.seal(utf8(JSON.stringify({ shares }))));
  const enc = new Uint8Array(sender.enc);
  const whole = new Uint8Array(enc.length + sealed.length);
  whole.set(enc);
  whole.set(sealed, enc.length);
  return toBase64(whole);
}
