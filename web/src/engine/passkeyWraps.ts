import type { MatrixClient } from "matrix-js-sdk";
import { open, seal, type Bytes } from "../vault/derive";
import type { KeysPasskey } from "./protocol";

const TYPE = "org.lanyard.secret_storage.prf";
const SALT = "lanyard secret storage 1";

interface Wrap {
  passkey_id: string;
  salt: string;
  iv: string;
  sealed: string;
}

interface Content {
  version?: number;
  wraps?: Wrap[];
}

type Loose = {
  getAccountDataFromServer(type: string): Promise<Content | null>;
  setAccountDataRaw(type: string, content: Content): Promise<unknown>;
};

/**
 * The key of the person's secret storage in their own account data, sealed by what their passkey says.
 *
 * What could go wrong: whoever signs in, or runs the server, reads old messages. What prevents it: the
 * passkey says it on the person's own phones only, after looking who holds them.
 */
export class PasskeyWraps {
  readonly #client: MatrixClient;

  constructor(client: MatrixClient) {
    this.#client = client;
  }

  /** Null where this passkey sealed nothing, or nothing that still opens. */
  async open(passkey: KeysPasskey): Promise<Bytes | null> {
    const wrap = (await this.#list()).find((one) => one.passkey_id === passkey.passkeyId);
    if (!wrap) return null;
    const from = { version: 1 as const, nonce: bytesOf(wrap.iv), sealed: bytesOf(wrap.sealed) };
    return open(passkey.key, from, this.#about(passkey)).catch(() => null);
  }

  async keep(passkey: KeysPasskey, secretStorageKey: Bytes): Promise<void> {
    const kept = await this.open(passkey);
    if (kept?.every((byte, at) => byte === secretStorageKey[at])) return;
    const { nonce, sealed } = await seal(passkey.key, secretStorageKey, this.#about(passkey));
    const wrap: Wrap = {
      passkey_id: passkey.passkeyId,
      salt: btoa(SALT),
      iv: textOf(nonce),
      sealed: textOf(sealed),
    };
    const others = (await this.#list()).filter((one) => one.passkey_id !== passkey.passkeyId);
    await this.#loose().setAccountDataRaw(TYPE, { version: 1, wraps: [...others, wrap] });
  }

  async #list(): Promise<Wrap[]> {
    const content = await this.#loose().getAccountDataFromServer(TYPE);
    return content?.version === 1 && Array.isArray(content.wraps) ? content.wraps : [];
  }

  #about({ passkeyId }: KeysPasskey): string {
    return `lanyard secret storage 1\n${this.#client.getSafeUserId()}\n${passkeyId}`;
  }

  /** The SDK knows the types of the specification only. */
  #loose(): Loose {
    return this.#client as unknown as Loose;
  }
}

export function textOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

export function bytesOf(text: string): Bytes {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
