import { MatrixError, type MatrixClient } from "matrix-js-sdk";
import {
  CrossSigningKey,
  type CryptoApi,
  type CryptoCallbacks,
} from "matrix-js-sdk/lib/crypto-api";
import type { SealedRecords } from "../vault/records";
import type { Network } from "./network";
import { Refusal, type KeysState } from "./words";

const IDENTITY_TRIES = 3;

interface KeysRecord {
  /** Opens the person's secret storage; known to this phone's vault and nobody else. */
  secretStorageKey: string;
  /** False while the keys are being published: an interrupted start begins again. */
  published: boolean;
  /** The person had keys before, on another phone: what was sent before cannot be read here. */
  afresh: boolean;
}

/**
 * The person's identity keys and their backup, with nothing to write down: the secret-storage key
 * lies sealed in the vault.
 *
 * What could go wrong: two phones each start afresh and undo each other for ever. What prevents it:
 * only a phone that never had keys starts afresh; one whose identity was replaced stops and says so.
 */
export class Keys {
  readonly #records: SealedRecords;
  readonly #network: Network;
  readonly #say: (state: KeysState) => void;
  #secretStorageKey: Uint8Array<ArrayBuffer> | null = null;
  #stepUp: { code(code: string): void } | null = null;

  constructor(records: SealedRecords, network: Network, say: (state: KeysState) => void) {
    this.#records = records;
    this.#network = network;
    this.#say = say;
  }

  /** For the SDK, whenever it needs the secret storage. */
  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: ({ keys }) => {
      const id = Object.keys(keys)[0];
      return Promise.resolve(id && this.#secretStorageKey ? [id, this.#secretStorageKey] : null);
    },
    cacheSecretStorageKey: (_id, _info, key) => {
      this.#secretStorageKey = key.slice();
    },
  };

  async restore(): Promise<void> {
    const kept = await this.#records.read<KeysRecord>("keys");
    this.#secretStorageKey = kept ? bytesOf(kept.secretStorageKey) : null;
  }

  /** After the first sync, when the server's word on our keys is known. */
  async settle(client: MatrixClient): Promise<KeysState> {
    const crypto = client.getCrypto();
    if (!crypto) throw new Error("Encryption has not been started.");
    const kept = await this.#records.read<KeysRecord>("keys");
    if (kept?.published) return this.#tell(await this.#check(crypto, client.getSafeUserId()));
    const hadKeys = await crypto.userHasCrossSigningKeys(client.getSafeUserId(), true);
    const afresh = kept?.afresh ?? hadKeys;
    await this.#startAfresh(crypto, afresh);
    return this.#tell(afresh ? "fresh_start" : "ready");
  }

  answerStepUp(code: string): void {
    if (!this.#stepUp) throw new Refusal({ code: "refused", sentence: "No code was asked for." });
    this.#stepUp.code(code);
    this.#stepUp = null;
  }

  async #check(crypto: CryptoApi, userId: string): Promise<KeysState> {
    await crypto.userHasCrossSigningKeys(userId, true);
    const status = await crypto.getUserVerificationStatus(userId);
    const ours = await crypto.getCrossSigningKeyId(CrossSigningKey.Master);
    return ours && status.isCrossSigningVerified() ? "ready" : "replaced";
  }

  async #startAfresh(crypto: CryptoApi, afresh: boolean): Promise<void> {
    const recoveryKey = await crypto.createRecoveryKeyFromPassphrase();
    this.#secretStorageKey = recoveryKey.privateKey.slice();
    const secretStorageKey = textOf(recoveryKey.privateKey);
    const record: KeysRecord = { secretStorageKey, published: false, afresh };
    // Sealed before it is used: a phone that dies in between has not published what it cannot open.
    await this.#records.write("keys", record);
    await this.#newIdentity(crypto);
    await crypto.bootstrapSecretStorage({
      createSecretStorageKey: () => Promise.resolve(recoveryKey),
      setupNewSecretStorage: true,
      setupNewKeyBackup: true,
    });
    await this.#records.write("keys", { ...record, published: true });
  }

  /**
   * What could go wrong: an answer with the identity before, asked for a moment earlier, arrives after
   * the new one was made; the SDK then throws the new private keys away. What prevents it: nobody asks
   * meanwhile, and the keys are looked at afterwards.
   */
  async #newIdentity(crypto: CryptoApi): Promise<void> {
    for (let tries = 0; tries < IDENTITY_TRIES; tries++) {
      await this.#network.withoutKeyQueries(() =>
        crypto.bootstrapCrossSigning({
          setupNewCrossSigning: true,
          authUploadDeviceSigningKeys: (upload) => this.#upload(upload),
        }),
      );
      const { masterKey, selfSigningKey, userSigningKey } = (await crypto.getCrossSigningStatus())
        .privateKeysCachedLocally;
      if (masterKey && selfSigningKey && userSigningKey) return;
    }
    throw new Error("The identity keys did not stay.");
  }

  /** Right after sign-in the server takes the keys as they are; later it asks for a fresh code. */
  async #upload(upload: (auth: Record<string, unknown> | null) => Promise<void>): Promise<void> {
    try {
      await upload(null);
    } catch (error) {
      if (!(error instanceof MatrixError) || !isUserInteractive(error)) throw error;
      await this.#uploadWithCode(upload, error);
    }
  }

  async #uploadWithCode(
    upload: (auth: Record<string, unknown> | null) => Promise<void>,
    asked: MatrixError,
  ): Promise<void> {
    const data = asked.data as { session?: string; flows?: { stages: string[] }[] };
    const type = data.flows?.[0]?.stages[0] ?? "org.lanyard.totp";
    this.#say("step_up");
    const code = await new Promise<string>((resolve) => (this.#stepUp = { code: resolve }));
    try {
      await upload({ type, session: data.session, code });
    } catch (error) {
      if (!(error instanceof MatrixError) || !isUserInteractive(error)) throw error;
      await this.#uploadWithCode(upload, error);
    }
  }

  #tell(state: KeysState): KeysState {
    this.#say(state);
    return state;
  }
}

function isUserInteractive(error: MatrixError): boolean {
  return error.httpStatus === 401 && Array.isArray((error.data as { flows?: unknown }).flows);
}

function textOf(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
