import { MatrixError, type MatrixClient } from "matrix-js-sdk";
import {
  CrossSigningKey,
  encodeRecoveryKey,
  type CryptoApi,
  type CryptoCallbacks,
} from "matrix-js-sdk/lib/crypto-api";
import type { SealedRecords } from "../vault/records";
import { signedDevices } from "./keyGiving";
import type { Network } from "./network";
import { bytesOf, PasskeyWraps, textOf } from "./passkeyWraps";
import type { KeysPasskey } from "./protocol";
import { Refusal, type KeysState } from "./words";

const IDENTITY_TRIES = 3;

interface KeysRecord {
  /** Opens the person's secret storage; known to this phone's vault and nobody else. */
  secretStorageKey: string;
  /** False while the keys are being published: an interrupted start begins again. */
  published: boolean;
  /** The person had keys before, on another phone: what was sent before cannot be read here. */
  afresh: boolean;
  /** They came from the person's passkey, and are not all in place yet. */
  restoring?: boolean;
}

/** How this phone was opened, as far as keys are concerned. */
interface Opened {
  passkey: KeysPasskey | null;
  /** A device that several people share: it never replaces the keys of somebody's own phone unasked. */
  keepNothing: boolean;
}

/**
 * The person's identity keys and their backup, with nothing to write down: the secret-storage key
 * lies sealed in the vault.
 *
 * What could go wrong: two phones each start afresh and undo each other for ever. What prevents it:
 * only a phone that never had keys starts afresh, and while another device has them only when its person
 * says so; one whose identity was replaced stops and says so.
 */
export class Keys {
  readonly #records: SealedRecords;
  readonly #network: Network;
  readonly #say: (state: KeysState) => void;
  #secretStorageKey: Uint8Array<ArrayBuffer> | null = null;
  #stepUp: { code(code: string): void } | null = null;
  #passkey: KeysPasskey | null;
  readonly #shared: boolean;
  #mayReplace = false;
  /** From the person's other phone, with which this one was compared. */
  #given: Uint8Array<ArrayBuffer> | null = null;

  constructor(
    records: SealedRecords,
    network: Network,
    opened: Opened,
    say: (state: KeysState) => void,
  ) {
    this.#records = records;
    this.#network = network;
    this.#passkey = opened.passkey;
    this.#shared = opened.keepNothing;
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
    if (kept?.published) {
      const state = await this.#check(crypto, client.getSafeUserId());
      if (state === "ready") await this.#keepForPasskey(client);
      return this.#tell(state);
    }
    const hadKeys = await crypto.userHasCrossSigningKeys(client.getSafeUserId(), true);
    if (hadKeys && (await this.#restored(client, crypto, kept))) {
      await this.#keepForPasskey(client);
      return this.#tell("ready");
    }
    if (hadKeys && !kept && (await this.#areElsewhere(client))) return this.#tell("elsewhere");
    const afresh = kept?.afresh ?? hadKeys;
    await this.#startAfresh(crypto, afresh);
    await this.#keepForPasskey(client);
    return this.#tell(afresh ? "fresh_start" : "ready");
  }

  allowAfresh(): void {
    this.#mayReplace = true;
  }

  take(key: Uint8Array<ArrayBuffer>): void {
    this.#given = key;
  }

  /** For a device of the person's that this one was compared with. */
  async forOtherPhone(): Promise<Uint8Array<ArrayBuffer> | null> {
    const kept = await this.#records.read<KeysRecord>("keys");
    return kept?.published ? bytesOf(kept.secretStorageKey) : null;
  }

  /** A passkey made while the app is open. */
  async give(client: MatrixClient, passkey: KeysPasskey): Promise<void> {
    this.#passkey = passkey;
    const kept = await this.#records.read<KeysRecord>("keys");
    if (kept?.published) await this.#keepForPasskey(client);
  }

  /** What opens the secret storage in another app of the person's. */
  recoveryKey(): string {
    const key = this.#secretStorageKey && encodeRecoveryKey(this.#secretStorageKey);
    if (key) return key;
    throw new Refusal({ code: "unexpected", sentence: "The keys are not on this phone." });
  }

  /** The passkey's wrap can always be made again: no reason to stop anything. */
  async #keepForPasskey(client: MatrixClient): Promise<void> {
    const key = this.#secretStorageKey;
    if (this.#passkey && key)
      await new PasskeyWraps(client).keep(this.#passkey, key).catch(() => {});
  }

  /** A device of which the person still has the keys: asked before they are replaced. */
  async #areElsewhere(client: MatrixClient): Promise<boolean> {
    if (this.#mayReplace) return false;
    if (this.#shared) return true;
    const signed = await signedDevices(client, client.getSafeUserId());
    return signed.some(({ deviceId }) => deviceId !== client.getDeviceId());
  }

  /** From the secret storage, where a passkey or the person's other phone opens it. */
  async #restored(
    client: MatrixClient,
    crypto: CryptoApi,
    kept: KeysRecord | undefined,
  ): Promise<boolean> {
    if (kept && !kept.restoring) return false;
    const key = kept
      ? bytesOf(kept.secretStorageKey)
      : (this.#given ?? (this.#passkey && (await new PasskeyWraps(client).open(this.#passkey))));
    if (!key || !(await opensSecretStorage(client, key))) return false;
    this.#secretStorageKey = key;
    const record = { secretStorageKey: textOf(key), published: false, afresh: false };
    // An interrupted restoring goes on: it must not become a fresh start.
    await this.#records.write("keys", { ...record, restoring: true } satisfies KeysRecord);
    await crypto.bootstrapCrossSigning({});
    await crypto.loadSessionBackupPrivateKeyFromSecretStorage().catch(() => {});
    await crypto.checkKeyBackupAndEnable();
    await this.#records.write("keys", { ...record, published: true } satisfies KeysRecord);
    return true;
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
    const type = "org.lanyard.totp";
    this.#say("step_up");
    const code = await new Promise<string>((resolve) => (this.#stepUp = { code: resolve }));
    try {
      // No code: the person has proved who it is by passkey meanwhile.
      await upload(code === "" ? null : { type, session: data.session, code });
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

/** Also that the identity is in it: the SDK would make a new one where it is not. */
async function opensSecretStorage(
  client: MatrixClient,
  key: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const storage = client.secretStorage;
  const [, info] = (await storage.getKey()) ?? [];
  if (!info || !(await storage.checkKey(key, info))) return false;
  const secrets = ["m.cross_signing.master", "m.cross_signing.self_signing"] as const;
  const stored = await Promise.all(secrets.map((name) => storage.isStored(name)));
  return stored.every((one) => one !== null);
}

function isUserInteractive(error: MatrixError): boolean {
  return error.httpStatus === 401 && Array.isArray((error.data as { flows?: unknown }).flows);
}
