/**
 * The key of a Megolm session as it is exported, moved on: it opens what was said from a message on,
 * and nothing before. <https://gitlab.matrix.org/matrix-org/olm/-/blob/master/docs/megolm.md>
 *
 * What could go wrong: a session began before its reader came, and its whole key opens what was said
 * without them. What prevents it: the ratchet goes one way only, and no key leaves before it has gone.
 */
const PARTS = 4;
const PART = 32;
const RATCHET_AT = 5;
const EXPORTED = RATCHET_AT + PARTS * PART + 32;

type Bytes = Uint8Array<ArrayBuffer>;

/** Null for what is no exported session, or begins after `index` already. */
export async function movedOn(exported: string, index: number): Promise<string | null> {
  const bytes = bytesOf(exported);
  const view = new DataView(bytes.buffer);
  if (bytes.length !== EXPORTED || bytes[0] !== 1 || view.getUint32(1) > index) return null;
  const part = (n: number) => bytes.subarray(RATCHET_AT + n * PART, RATCHET_AT + (n + 1) * PART);
  const rehash = async (from: number, to: number): Promise<void> => {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", part(from), algorithm, false, ["sign"]);
    part(to).set(new Uint8Array(await crypto.subtle.sign("HMAC", key, Uint8Array.of(to))));
  };
  let at = view.getUint32(1);
  for (let j = 0; j < PARTS; j++) {
    const shift = (PARTS - 1 - j) * 8;
    let steps = (index >>> shift) - (at >>> shift);
    if (steps === 0) continue;
    for (; steps > 1; steps--) await rehash(j, j);
    // The last step of a part begins the parts below it anew.
    for (let k = PARTS - 1; k >= j; k--) await rehash(j, k);
    at = ((index >>> shift) << shift) >>> 0;
  }
  view.setUint32(1, index);
  return textOf(bytes);
}

/** The first message of its session that an exported key opens. */
export function beginsAt(exported: unknown): number {
  const bytes = typeof exported === "string" ? bytesOf(exported.slice(0, 8)) : new Uint8Array();
  return bytes.length < RATCHET_AT ? Infinity : new DataView(bytes.buffer).getUint32(1);
}

const MAC = 8;
const SIGNATURE = 64;
const KEYS_BITS = 80 * 8;

interface Session {
  session_id: string;
  session_key: string;
}

/**
 * Whether a key is the one of this message: the session's name is the key that signed it, and what it
 * derives is the key of its MAC. Looked at before a key is kept, since another of the same name would
 * be refused afterwards.
 */
export async function opens(key: Session, ciphertext: unknown): Promise<boolean> {
  const index = messageIndex(ciphertext);
  const moved = index === null ? null : await movedOn(key.session_key, index);
  if (moved === null || typeof ciphertext !== "string") return false;
  const session = bytesOf(moved);
  const signer = session.slice(EXPORTED - PART);
  const message = bytesOf(ciphertext);
  const end = message.length - SIGNATURE;
  if (textOf(signer) !== key.session_id || end < MAC) return false;
  const signed = await isSigned(signer, message.slice(end), message.slice(0, end));
  const said = message.slice(end - MAC, end);
  const mac = await macOf(session.slice(RATCHET_AT, EXPORTED - PART), message.slice(0, end - MAC));
  return signed && said.every((byte, n) => byte === mac[n]);
}

async function macOf(ratchet: Bytes, message: Bytes): Promise<Bytes> {
  const { subtle } = crypto;
  const from = await subtle.importKey("raw", ratchet, "HKDF", false, ["deriveBits"]);
  const info = new TextEncoder().encode("MEGOLM_KEYS");
  const derive = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const keys = await subtle.deriveBits(derive, from, KEYS_BITS);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", keys.slice(PART, 2 * PART), algorithm, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, message));
}

/** Browsers that know no Ed25519 leave it to the library, which looks at it when it decrypts. */
async function isSigned(signer: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", signer, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    return true;
  }
}

/** Which message of its session an encrypted one is: it stands in clear before the ciphertext. */
export function messageIndex(ciphertext: unknown): number | null {
  const bytes = typeof ciphertext === "string" ? bytesOf(ciphertext.slice(0, 16)) : [];
  if (bytes[0] !== 3 || bytes[1] !== 0x08) return null;
  let index = 0;
  for (let n = 0; n < 5; n++) {
    const byte = bytes[2 + n] ?? 0;
    index += (byte & 0x7f) * 2 ** (7 * n);
    // The ratchet has so many steps and no more: what says otherwise is no message.
    if (byte < 0x80) return index <= 0xffffffff ? index : null;
  }
  return null;
}

function bytesOf(base64: string): Bytes {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

const textOf = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
