import { ClientEvent, type MatrixClient, type ReceivedToDeviceMessage } from "matrix-js-sdk";
import { sendSealed } from "./keyGiving";
import type { Keys } from "./keys";
import { OWN_KEYS } from "./names";
import { bytesOf, textOf } from "./passkeyWraps";
import { pause } from "./pause";
import type { KeysState } from "./words";

const KEY_BYTES = 32;
/** The other phone is open and in the same hands: more than this is a network that has gone. */
const WITHIN_MS = 45_000;
/** A phone that has only just been signed in may have no one-time keys on the server yet. */
const AGAIN_AFTER_MS = [0, 1_000, 3_000, 6_000, 10_000, 15_000];

/**
 * The person's keys go from a device that has them to one that was compared with it (architecture D15).
 *
 * What could go wrong: whoever stole the sign-in is given the keys to every old message, or gives keys of
 * their own. What prevents it: they go to, and are taken from, nothing but the device whose emoji the
 * person just found to be the same; what is taken must open the secret storage that this identity is in.
 */
export class OwnDevices {
  readonly #client: MatrixClient;
  readonly #keys: Pick<Keys, "take" | "forOtherPhone">;
  readonly #settle: () => Promise<KeysState>;
  readonly #came = new Map<string, Uint8Array<ArrayBuffer>>();
  #awaited: { from: string; came(): void } | null = null;

  constructor(
    client: MatrixClient,
    keys: Pick<Keys, "take" | "forOtherPhone">,
    settle: () => Promise<KeysState>,
  ) {
    this.#client = client;
    this.#keys = keys;
    this.#settle = settle;
    client.on(ClientEvent.ReceivedToDeviceMessage, (payload) => this.#received(payload));
  }

  /** This phone vouches for that device from now on. */
  async give(deviceId: string): Promise<void> {
    const key = await this.#keys.forOtherPhone();
    const userId = this.#client.getSafeUserId();
    if (!key) return;
    const send = () =>
      sendSealed(this.#client, OWN_KEYS, [{ userId, deviceId }], { key: textOf(key) });
    for (const wait of AGAIN_AFTER_MS) {
      await pause(wait);
      const sent = await send().then(
        () => true,
        () => false,
      );
      if (sent) return;
    }
  }

  /** That device vouches for this phone: whether its keys came and are in place. */
  async receive(deviceId: string): Promise<boolean> {
    const inTime = await new Promise<boolean>((resolve) => {
      if (this.#came.has(deviceId)) return resolve(true);
      this.#awaited = { from: deviceId, came: () => resolve(true) };
      void pause(WITHIN_MS).then(() => resolve(false));
    });
    this.#awaited = null;
    const key = this.#came.get(deviceId);
    this.#came.clear();
    if (!inTime || !key) return false;
    this.#keys.take(key);
    return (await this.#settle()) === "ready";
  }

  #received({ message, encryptionInfo }: ReceivedToDeviceMessage): void {
    const { sender, senderDevice } = encryptionInfo ?? {};
    if (message.type !== OWN_KEYS || !senderDevice) return;
    if (sender !== this.#client.getSafeUserId() || message.sender !== sender) return;
    const key = bytesOf(String(message.content["key"]));
    if (key.length !== KEY_BYTES) return;
    this.#came.set(senderDevice, key);
    if (this.#awaited?.from === senderDevice) this.#awaited.came();
  }
}
