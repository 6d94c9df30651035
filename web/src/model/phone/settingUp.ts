import type { Bytes } from "../../vault/derive";
import { MemoryShelf } from "../../vault/memoryShelf";
import { keysKeyOf, newCredential, OpenVault } from "../../vault/openVault";
import type { OpenedByPasskey, Vault } from "../../vault/vault";
import type { KeysOpener } from "./engineRun";
import type { Arrived } from "./entrance";
import type { Phone, Servers } from "./ports";
import { asTooManyPhones } from "./refusals";

interface OwnPhone {
  vault: OpenVault;
  vaultKey: Bytes;
  /** The sign-in was by passkey, which opens this phone from now on. */
  opened: OpenedByPasskey | null;
}

/** From signed in to a phone that is enrolled and holds what it was given, sealed or not at all. */
export class SettingUp {
  readonly #phone: Phone;
  readonly #servers: Servers;
  readonly #vault: Vault;

  constructor(phone: Phone, servers: Servers, vault: Vault) {
    this.#phone = phone;
    this.#servers = servers;
    this.#vault = vault;
  }

  async ownPhone(arrived: Arrived, passcode: string, name: string): Promise<OwnPhone> {
    const { session, policy, used } = arrived;
    const { accessToken } = session;
    const label = { name, platform: this.#phone.platform };
    const { vault, vaultKey } = await this.#vault
      .create(accessToken, policy.version, label, passcode)
      .catch(asTooManyPhones);
    await keepArrived(vault, arrived);
    if (!used) return { vault, vaultKey, opened: null };
    const passkeyId = await this.#servers.signIn.passkeyUsed(accessToken);
    const opened = await this.#vault.addPasskey(accessToken, vaultKey, { ...used, passkeyId });
    return { vault, vaultKey, opened };
  }

  /** All of it in memory: the vault's key is forgotten, and its shelf goes with the page. */
  async sharedDevice(
    arrived: Arrived,
    name: string,
  ): Promise<{ vault: OpenVault; keys: KeysOpener | null }> {
    const { session, policy, used } = arrived;
    const { accessToken } = session;
    const { publicKey } = await newCredential();
    const { platform } = this.#phone;
    const handset = { name, platform, publicKey, policyVersion: policy.version };
    const enrolled = await this.#servers.handset.enrol(accessToken, handset).catch(asTooManyPhones);
    const key = crypto.getRandomValues(new Uint8Array(32));
    const vault = await OpenVault.from(key, enrolled.handsetId, new MemoryShelf());
    key.fill(0);
    await keepArrived(vault, arrived);
    const keys = used && {
      passkeyId: await this.#servers.signIn.passkeyUsed(accessToken),
      keysKey: await keysKeyOf(used.secrets),
    };
    return { vault, keys };
  }
}

async function keepArrived(vault: OpenVault, { session, policy }: Arrived): Promise<void> {
  await vault.records.write("session", session);
  await vault.records.write("policy", policy);
}
