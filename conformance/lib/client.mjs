// An unmodified matrix-js-sdk in Node, strict about devices where the other client signs its own: room keys go to
// cross-signed devices only.
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { AllDevicesIsolationMode, OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";

logger.setLevel?.("silent");
for (const level of ["debug", "info", "warn", "error"]) {
  console[level] = () => {};
}

/// `recovery` is what another device of the same person was given by `createRecoveryKeyFromPassphrase`.
export async function startClient(baseUrl, session, { crossSign = true, recovery, strict = true } = {}) {
  let secretStorageKey = recovery?.privateKey;
  const client = sdk.createClient({
    baseUrl,
    accessToken: session.access_token,
    userId: session.user_id,
    deviceId: session.device_id,
    cryptoCallbacks: {
      getSecretStorageKey: async ({ keys }) =>
        secretStorageKey ? [Object.keys(keys)[0], secretStorageKey] : null,
      cacheSecretStorageKey: (_id, _info, key) => {
        secretStorageKey = key;
      },
    },
  });
  await client.initRustCrypto({ useIndexedDB: false });
  client
    .getCrypto()
    .setDeviceIsolationMode(
      strict ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false),
    );
  await client.startClient({ initialSyncLimit: 20 });
  await new Promise((resolve) => client.once("sync", resolve));
  if (crossSign) {
    await client.getCrypto().bootstrapCrossSigning({
      authUploadDeviceSigningKeys: (upload) => upload(null),
    });
    const made = await client.getCrypto().createRecoveryKeyFromPassphrase();
    client.recovery = made;
    secretStorageKey = made.privateKey;
    await client.getCrypto().bootstrapSecretStorage({
      createSecretStorageKey: async () => made,
      setupNewSecretStorage: true,
      setupNewKeyBackup: true,
    });
  }
  return client;
}

/// The first event that `matches`, decrypted, also if it is there already.
export function decrypted(client, roomId, matches, timeoutMs = 20_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no such message came")), timeoutMs);
    const look = (event) => {
      if (event.getRoomId() === roomId && event.getType() === "m.room.message" && matches(event)) {
        clearTimeout(timer);
        resolve(event);
      }
    };
    client.on("Event.decrypted", look);
    client
      .getRoom(roomId)
      ?.getLiveTimeline()
      .getEvents()
      .forEach(look);
  });
}

export async function until(condition, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error("it did not come to pass in time");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
