import { random, text, type Bytes } from "./derive";
import { OfflineShare } from "./offline";
import { keysKeyOf, newCredential, OpenVault } from "./openVault";
import type {
  HandsetServer,
  Json,
  PasscodeHash,
  PasskeyAnswer,
  Passkeys,
  PasskeySecrets,
  ShareAnswer,
  Shelf,
} from "./ports";
import { WorkedPasscode, WorkedPasskey, type PasscodeWrap, type PrfWrap, type Wrap } from "./wrap";

export { OpenVault } from "./openVault";

/** All that lies readable on the phone: opaque ids and keys that cannot be used alone. */
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

/** The passkey that opened the vault, as long as it is of use. */
export interface OpenedByPasskey {
  passkeyId: string;
  /** Opens and seals the wrap of the person's own keys in their account. */
  keysKey: CryptoKey;
  offlineKey: CryptoKey;
  share: Bytes;
}

export type NotOpened =
  | { outcome: "wrong"; attemptsLeft: number; retryAfterMs: number }
  | { outcome: "too_soon"; retryAfterMs: number }
  /** The share is gone: this wrap can never be opened again. */
  | { outcome: "destroyed"; ended?: boolean }
  /** No network, and no share of this phone's own. */
  | { outcome: "unreachable" }
  /** The passkey said nothing or something else than before; the passcode still opens. */
  | { outcome: "other_passkey" };

export type Opening =
  { outcome: "opened"; vault: OpenVault; passkey: OpenedByPasskey | null } | NotOpened;

type Unwrapping =
  { outcome: "unwrapped"; vaultKey: Bytes; passkey: OpenedByPasskey | null } | NotOpened;

/** A passkey as it becomes a wrap of this phone. */
export interface NewPasskey {
  passkeyId: string;
  credentialId: string;
  salt: Bytes;
  secrets: PasskeySecrets;
}

/** What the person opens with. */
export type Opener = { passcode: string } | "passkey";

export interface VaultWorld {
  shelf: Shelf;
  server: HandsetServer;
  hash: PasscodeHash;
  passkeys: Passkeys;
  now(): number;
}

/**
 * One random key encrypts everything on the phone. It lies there only wrapped, and a wrap opens with
 * two things together: what the person knows or has, and the share that the server gives to this phone.
 *
 * What could go wrong: a copied profile is tried against all passcodes. What prevents it: the share
 * is not on the phone, and the server counts.
 */
export class Vault {
  readonly #shelf: Shelf;
  readonly #server: HandsetServer;
  readonly #hash: PasscodeHash;
  readonly #passkeys: Passkeys;
  readonly offline: OfflineShare;

  constructor(world: VaultWorld) {
    this.#shelf = world.shelf;
    this.#server = world.server;
    this.#hash = world.hash;
    this.#passkeys = world.passkeys;
    this.offline = new OfflineShare(world.shelf, () => world.now());
  }

  async exists(): Promise<boolean> {
    return (await this.#findRecord()) !== undefined;
  }

  async hasPasskey(): Promise<boolean> {
    return findPrfWrap(await this.#findRecord()) !== undefined;
  }

  async passkeyId(): Promise<string | null> {
    return findPrfWrap(await this.#findRecord())?.passkeyId ?? null;
  }

  /**
   * Enrols this phone and seals a new vault. Nothing is kept if a step fails. The vault key is handed
   * out so that a passkey can become its second wrap: zero it after that.
   */
  async create(
    accessToken: string,
    policyVersion: string,
    label: HandsetLabel,
    passcode: string,
  ): Promise<{ vault: OpenVault; vaultKey: Bytes }> {
    const { publicKey, privateKey } = await newCredential();
    const enrolment = { ...label, publicKey, policyVersion };
    const worked = await WorkedPasscode.fresh(passcode, this.#hash);
    const { handsetId } = await this.#server.enrol(accessToken, enrolment);
    const vaultKey = random(32);
    try {
      const wrap = await this.#newWrap(accessToken, handsetId, worked, vaultKey);
      await this.#shelf.write("credential", privateKey);
      await this.#keep({ version: 1, handsetId, wraps: [wrap] });
      return { vault: await OpenVault.from(vaultKey, handsetId, this.#shelf), vaultKey };
    } finally {
      worked.forget();
    }
  }

  async open(passcode: string): Promise<Opening> {
    return this.#open({ passcode });
  }

  /** One gesture; with no network, only where a share was kept for it. */
  async openByPasskey(): Promise<Opening> {
    return this.#open("passkey");
  }

  /**
   * What could go wrong: this phone dies between the server's new share and its own new wrap. So the
   * server keeps the share before until the new one is claimed, which happens here once the wrap is
   * written, or at the next unlock.
   */
  async changePasscode(
    accessToken: string,
    opener: Opener,
    next: string,
  ): Promise<NotOpened | { outcome: "changed" }> {
    const record = await this.#getRecord();
    const unwrapping = await this.#unwrap(record, opener);
    if (unwrapping.outcome !== "unwrapped") return unwrapping;
    const { vaultKey } = unwrapping;
    const worked = await WorkedPasscode.fresh(next, this.#hash);
    try {
      const wrap = await this.#newWrap(accessToken, record.handsetId, worked, vaultKey);
      await this.#keepWrap(wrap);
      await this.#claim(record.handsetId, worked).catch(() => {});
      return { outcome: "changed" };
    } finally {
      vaultKey.fill(0);
      worked.forget();
    }
  }

  /** The vault key, for `addPasskey`: zero it after that. */
  async unwrapped(
    passcode: string,
  ): Promise<NotOpened | { outcome: "unwrapped"; vaultKey: Bytes }> {
    return this.#unwrap(await this.#getRecord(), { passcode });
  }

  /** The passkey becomes the second wrap, in the place of one before. */
  async addPasskey(
    accessToken: string,
    vaultKey: Bytes,
    passkey: NewPasskey,
  ): Promise<OpenedByPasskey> {
    const { handsetId } = await this.#getRecord();
    const { secrets, ...names } = passkey;
    const ask = () => this.#server.setPasskey(accessToken, handsetId, passkey.passkeyId);
    const share = await ask();
    const worked = new WorkedPasskey(secrets.vault);
    await this.#keepWrap(await worked.wrap(vaultKey, share, handsetId, names));
    await this.offline.end();
    return openedBy(passkey.passkeyId, worked, secrets, share);
  }

  async removePasskey(): Promise<void> {
    const record = await this.#getRecord();
    await this.offline.end();
    await this.#keep({ ...record, wraps: record.wraps.filter((wrap) => wrap.kind !== "prf") });
  }

  /** Renewed at each opening by passkey. The share is in memory no longer than this. */
  async keepOffline(accessToken: string, passkey: OpenedByPasskey, hours: number): Promise<void> {
    const { handsetId } = await this.#getRecord();
    try {
      if (hours <= 0) return await this.offline.end();
      const { untilTs } = await this.#server.keepOffline(accessToken, handsetId);
      await this.offline.keep(passkey.share, untilTs, passkey.offlineKey, handsetId);
    } finally {
      passkey.share.fill(0);
    }
  }

  /**
   * To be said when all of it is deleted: the server asks for it where it has ended this phone. Needs
   * nothing that lies here any more.
   */
  async lastWord(): Promise<() => Promise<void>> {
    const record = await this.#findRecord();
    const key = (await this.#shelf.read("credential")) as CryptoKey | undefined;
    if (!record || !key) return () => Promise.resolve();
    const { handsetId } = record;
    return async () => {
      const challenge = await this.#server.challenge(handsetId);
      if ("nonce" in challenge || challenge.lastNonce === null) return;
      const nonce = challenge.lastNonce;
      await this.#server.wiped(handsetId, nonce, await signed(key, "wiped", handsetId, nonce));
    };
  }

  async #open(opener: Opener): Promise<Opening> {
    const record = await this.#getRecord();
    const unwrapping = await this.#unwrap(record, opener);
    if (unwrapping.outcome !== "unwrapped") return unwrapping;
    const { vaultKey, passkey } = unwrapping;
    const vault = await OpenVault.from(vaultKey, record.handsetId, this.#shelf);
    vaultKey.fill(0);
    return { outcome: "opened", vault, passkey };
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

  async #unwrap(record: VaultRecord, opener: Opener): Promise<Unwrapping> {
    if (opener === "passkey") return this.#unwrapByPasskey(record);
    const wrap = passcodeWrap(record);
    const worked = await WorkedPasscode.again(opener.passcode, wrap, this.#hash);
    try {
      const answer = await this.#claim(record.handsetId, worked);
      if (answer.outcome !== "released") return answer;
      const vaultKey = await worked.unwrap(wrap, answer.share, record.handsetId);
      answer.share.fill(0);
      return { outcome: "unwrapped", vaultKey, passkey: null };
    } finally {
      worked.forget();
    }
  }

  async #unwrapByPasskey(record: VaultRecord): Promise<Unwrapping> {
    const wrap = findPrfWrap(record);
    if (!wrap) return { outcome: "other_passkey" };
    const options = await this.#server.passkeyOptions(record.handsetId);
    if ("outcome" in options) {
      if (options.outcome === "destroyed") return ENDED;
      if ((await this.offline.untilTs()) === null) return options;
    }
    const publicKey = "publicKey" in options ? options.publicKey : offlineOptions(wrap);
    const said = await this.#passkeys.get(publicKey, wrap.salt);
    if (!said.secrets) return { outcome: "other_passkey" };
    const worked = new WorkedPasskey(said.secrets.vault);
    try {
      if (!(await worked.isOf(wrap))) return { outcome: "other_passkey" };
      const share =
        "publicKey" in options
          ? await this.#claimByPasskey(record.handsetId, said)
          : await this.#offlineShare(record.handsetId, worked);
      if (share.outcome !== "released") return share;
      const vaultKey = await worked.unwrap(wrap, share.share, record.handsetId);
      const passkey = await openedBy(wrap.passkeyId, worked, said.secrets, share.share);
      return { outcome: "unwrapped", vaultKey, passkey };
    } finally {
      said.secrets.vault.fill(0);
      said.secrets.keys.fill(0);
    }
  }

  async #offlineShare(
    handsetId: string,
    worked: WorkedPasskey,
  ): Promise<{ outcome: "released"; share: Bytes } | { outcome: "unreachable" }> {
    const share = await this.offline.open(await worked.offlineKey(), handsetId);
    return share ? { outcome: "released", share } : { outcome: "unreachable" };
  }

  async #claim(handsetId: string, worked: WorkedPasscode): Promise<ShareAnswer> {
    const signed = await this.#signed(handsetId);
    if ("outcome" in signed) return ENDED;
    return this.#server.share(handsetId, { ...signed, proof: await worked.proof() });
  }

  async #claimByPasskey(handsetId: string, said: PasskeyAnswer): Promise<ShareAnswer> {
    const signed = await this.#signed(handsetId);
    if ("outcome" in signed) return ENDED;
    return this.#server.passkeyShare(handsetId, { ...signed, credential: said.credential });
  }

  /** Shows that it is this phone that asks. */
  async #signed(handsetId: string): Promise<{ nonce: string; signature: Bytes } | typeof ENDED> {
    const challenge = await this.#server.challenge(handsetId);
    if (!("nonce" in challenge)) return ENDED;
    const key = (await this.#shelf.read("credential")) as CryptoKey;
    const { nonce } = challenge;
    return { nonce, signature: await signed(key, "share", handsetId, nonce) };
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

  async #keepWrap(wrap: Wrap): Promise<void> {
    const record = await this.#getRecord();
    const others = record.wraps.filter((one) => one.kind !== wrap.kind);
    await this.#keep({ ...record, wraps: [...others, wrap] });
  }

  async #keep(record: VaultRecord): Promise<void> {
    await this.#shelf.write("vault", record);
  }
}

/** The phone itself has ended, and not only one of its shares. */
const ENDED = { outcome: "destroyed", ended: true } as const;

/** Shows that it is this phone that says so. */
async function signed(
  key: CryptoKey,
  what: "share" | "wiped",
  handsetId: string,
  nonce: string,
): Promise<Bytes> {
  const said = text(`lanyard ${what}\n${handsetId}\n${nonce}`);
  return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, said));
}

function passcodeWrap(record: VaultRecord): PasscodeWrap {
  const wrap = record.wraps.find((w) => w.kind === "passcode");
  if (!wrap) throw new Error("This phone's vault has no passcode.");
  return wrap;
}

function findPrfWrap(record: VaultRecord | undefined): PrfWrap | undefined {
  return record?.wraps.find((w) => w.kind === "prf");
}

/** Nobody checks the answer: what counts is what the passkey says, and that it was verified. */
function offlineOptions(wrap: PrfWrap): Json {
  return {
    challenge: base64url(random(32)),
    allowCredentials: [{ type: "public-key", id: wrap.credentialId }],
    userVerification: "required",
  };
}

function base64url(bytes: Bytes): string {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function openedBy(
  passkeyId: string,
  worked: WorkedPasskey,
  secrets: PasskeySecrets,
  share: Bytes,
): Promise<OpenedByPasskey> {
  const keysKey = await keysKeyOf(secrets);
  return { passkeyId, keysKey, offlineKey: await worked.offlineKey(), share };
}
