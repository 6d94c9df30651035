import { createClient, Filter, PendingEventOrdering, type MatrixClient } from "matrix-js-sdk";
import { OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api";
import { logger, type Logger } from "matrix-js-sdk/lib/logger";
import type { Keys } from "./keys";
import { POLL_MS, type Network } from "./network";
import type { StartOrder } from "./protocol";
import type { SealedSyncStore } from "./sealedStore";

/** Ids of rooms and people are in the SDK's lines, and the console outlives the lock. */
export const silent: Logger = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  getChild: () => silent,
};

/** For the parts of the SDK that log beside the client's logger, now and later. */
function silence(): void {
  const global = logger as unknown as { methodFactory: () => () => void; rebuild(): void };
  global.methodFactory = () => () => {};
  global.rebuild();
}

export function clientOf(
  order: StartOrder,
  store: SealedSyncStore,
  keys: Keys,
  network: Network,
): MatrixClient {
  silence();
  return createClient({
    baseUrl: order.homeserver,
    userId: order.userId,
    deviceId: order.deviceId,
    accessToken: order.accessToken,
    store,
    fetchFn: network.fetch,
    cryptoCallbacks: keys.callbacks,
    disableVoip: true,
    logger: silent,
  });
}

export async function openCrypto(
  client: MatrixClient,
  storageKey: Uint8Array,
  keepNothing: boolean,
): Promise<void> {
  await client.initRustCrypto(
    keepNothing ? { useIndexedDB: false } : { storageKey, cryptoDatabasePrefix: "lanyard" },
  );
  storageKey.fill(0);
  // A device nobody of its owner's has signed gets no keys from us and is not believed.
  client.getCrypto()?.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
}

export async function startSync(client: MatrixClient): Promise<void> {
  const filter = Filter.fromJson(client.getUserId(), "", {
    presence: { not_types: ["*"] },
    room: {
      timeline: { limit: 20 },
      ephemeral: { types: ["m.receipt"] },
    },
  });
  await client.startClient({
    filter,
    initialSyncLimit: 20,
    pollTimeout: POLL_MS,
    // All members at once: the phone can only trust a sender whose device keys it asked for, and it
    // asks for those of the members it knows, before the first message comes.
    lazyLoadMembers: false,
    disablePresence: true,
    pendingEventOrdering: PendingEventOrdering.Detached,
  });
}
