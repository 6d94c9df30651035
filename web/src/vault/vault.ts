import { derivedBytes, derivedSealingKey, random, root, text, type Bytes } from "./derive";
import type { HandsetServer, PasscodeHash, ShareAnswer, Shelf } from "./ports";
import { SealedRecords } from "./records";
import { WorkedPasscode, type PasscodeWrap, type Wrap } from "./wrap";

/** All that lies readable on the phone: an opaque handset id and keys that cannot be used alone. */
interface VaultRecord {
  version: 1;
  handsetId: string;
  wraps: Wrap[];
}

/** The phone's own name and platform, as its owner will see them in the list of phones. */
export interface HandsetLabel {
  name: string;
  platform: string;
}

export type Opening =
  | { outcome: "opened"; vault: OpenVault }
  | { outcome: "wrong"; attemptsLeft: number; retryAfterMs: number }
  | { outcome: "too_soon"; retryAfterMs: number }
  /** The share is gone: what lies on this phone can never be read again. */
  | { outcome: "destroyed" };

type Unwrapping =
  { outcome: "unwrapped"; vaultKey: Bytes } | Exclude<Opening, { outcome: "opened" }>;

/**
 * One random key encrypts everything on the phone. It lies there only wrapped, and a wrap opens with
 * two things together: what the person knows and the share that the server gives to this phone.
 *
 * What could go wrong: a copied profile is tried against all passcodes. What prevents it: the share
 * is not on the phone, and the server counts.
 */
export class Vault {
  readonly #shelf: Shelf;
  readonly #server: HandsetServer;
  readonly #hash: PasscodeHash;

  constructor(shelf: Shelf, server: HandsetServer, hash: PasscodeHash) {
    this.#shelf = shelf;
    this.#server = server;
    this.#hash = hash;
  }

  async exists(): Promise<boolean> {
    return (await this.#findRecord()) !== undefined;
  }

  /** Enrols this phone and seals a new vault. Nothing is kept if a step fails. */
  async create(
    accessToken: string,
    policyVersion: string,
    label: HandsetLabel,
    passcode: string,
  ): Promise<OpenVault> {
    const ecdsa = { name: "ECDSA", namedCurve: "P-256" };
    const pair = await crypto.subtle.generateKey(ecdsa, false, ["sign", "verify"]);
    const publicKey = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const enrolment = { ...label, publicKey, policyVersion };
    const worked = await WorkedPasscode.fresh(passcode, this.#hash);
    const { handsetId } = await this.#server.enrol(accessToken, enrolment);
    const vaultKey = random(32);
    try {
      const wrap = await this.#newWrap(accessToken, handsetId, worked, vaultKey);
      await this.#shelf.write("credential", pair.privateKey);
      await this.#keep({ version: 1, handsetId, wraps: [wrap] });
      return await OpenVault.from(vaultKey, handsetId, this.#shelf);
    } finally {
      vaultKey.fill(0);
      worked.forget();
    }
  }

  async open(passcode: string): Promise<Opening> {
    const record = await this.#getRecord();
    const unwrapping = await this.#unwrap(record, passcode);
    if (unwrapping.outcome !== "unwrapped") return unwrapping;
    const vault = await OpenVault.from(unwrapping.vaultKey, record.handsetId, this.#shelf);
    unwrapping.vaultKey.fill(0);
    return { outcome: "opened", vault };
  }

  /**
   * What could go wrong: this phone dies between the server's new share and its own new wrap. So the
   * server keeps the share before until the new one is claimed, which happens here once the wrap is
   * written, or at the next unlock.
   */
  async changePasscode(
    accessToken: string,
    current: string,
    next: string,
  ): Promise<Exclude<Unwrapping, { outcome: "unwrapped" }> | { outcome: "changed" }> {
    const record = await this.#getRecord();
    const unwrapping = await this.#unwrap(record, current);
    if (unwrapping.outcome !== "unwrapped") return unwrapping;
    const { vaultKey } = unwrapping;
    const worked = await WorkedPasscode.fresh(next, this.#hash);
    try {
      const wrap = await this.#newWrap(accessToken, record.handsetId, worked, vaultKey);
      const others = record.wraps.filter((w) => w.kind !== "passcode");
      await this.#keep({ ...record, wraps: [...others, wrap] });
      await this.#claim(record.handsetId, worked).catch(() => {});
      return { outcome: "changed" };
    } finally {
      vaultKey.fill(0);
      worked.forget();
    }
  }

  async #newWrap(
    accessToken: string,
    handsetId: string,
    worked: WorkedPasscode,
    vaultKey: Bytes,
  ): Promise<PasscodeWrap> {
    const proof = await worked.proof();
    const ask = () => this.#server.setPasscode(accessToken, handsetId, proof);
    const share = await ask().catch(ask);
    return worked.wrap(vaultKey, share, handsetId);
  }

  async #unwrap(record: VaultRecord, passcode: string): Promise<Unwrapping> {
    const wrap = passcodeWrap(record);
    const worked = await WorkedPasscode.again(passcode, wrap, this.#hash);
    try {
      const answer = await this.#claim(record.handsetId, worked);
      if (answer.outcome !== "released") return answer;
      const vaultKey = await worked.unwrap(wrap, answer.share, record.handsetId);
      answer.share.fill(0);
      return { outcome: "unwrapped", vaultKey };
    } finally {
      worked.forget();
    }
  }

  async #claim(handsetId: string, worked: WorkedPasscode): Promise<ShareAnswer> {
    const challenge = await this.#server.challenge(handsetId);
    if (!("nonce" in challenge)) return challenge;
    const signature = await this.#sign(handsetId, challenge.nonce);
    const claim = { nonce: challenge.nonce, signature, proof: await worked.proof() };
    return this.#server.share(handsetId, claim);
  }

  async #sign(handsetId: string, nonce: string): Promise<Bytes> {
    const key = (await this.#shelf.read("credential")) as CryptoKey;
    const said = text(`lanyard share\n${handsetId}\n${nonce}`);
    const ecdsa = { name: "ECDSA", hash: "SHA-256" };
    return new Uint8Array(await crypto.subtle.sign(ecdsa, key, said));
  }

  async #findRecord(): Promise<VaultRecord | undefined> {
    const found = (await this.#shelf.read("vault")) as VaultRecord | undefined;
    if (found && found.version !== 1) {
      throw new Error(`This app is older than what is on this phone (vault ${found.version}).`);
    }
    return found;
  }

  async #getRecord(): Promise<VaultRecord> {
    const record = await this.#findRecord();
    if (!record) throw new Error("This phone has no vault.");
    return record;
  }

  async #keep(record: VaultRecord): Promise<void> {
    await this.#shelf.write("vault", record);
  }
}

function passcodeWrap(record: VaultRecord): PasscodeWrap {
  const wrap = record.wraps.find((w) => w.kind === "passcode");
  if (!wrap) throw new Error("This phone's vault has no passcode.");
  return wrap;
}

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
