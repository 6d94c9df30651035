import type { MatrixClient } from "matrix-js-sdk";
import { beforeEach, expect, test } from "vitest";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";
import { Keys } from "./keys";
import { Network } from "./network";
import type { KeysState } from "./words";

const ME = "@rhian:h";
const OPENS = new Uint8Array(32).fill(5);

let records: SealedRecords;
let said: KeysState[];
/** Of the person: which devices are signed, whether there are keys at all. */
let signed: string[];
let hasKeys: boolean;
let deeds: string[];

beforeEach(async () => {
  const algorithm = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
  records = new SealedRecords(new MemoryShelf(), key);
  said = [];
  signed = [];
  hasKeys = true;
  deeds = [];
});

function phone(keepNothing = false): Keys {
  return new Keys(records, new Network(), { passkey: null, keepNothing }, (state) => {
    said.push(state);
  });
}

function client(): MatrixClient {
  const device = (deviceId: string) => [deviceId, { deviceId, getIdentityKey: () => "" }] as const;
  const crypto = {
    userHasCrossSigningKeys: () => Promise.resolve(hasKeys),
    getUserDeviceInfo: () =>
      Promise.resolve(new Map([[ME, new Map(["HERE", ...signed].map(device))]])),
    getDeviceVerificationStatus: (_: string, id: string) =>
      Promise.resolve({ signedByOwner: signed.includes(id) }),
    createRecoveryKeyFromPassphrase: () => Promise.resolve({ privateKey: new Uint8Array(32) }),
    bootstrapCrossSigning: (asked: { setupNewCrossSigning?: boolean }) =>
      Promise.resolve(void deeds.push(asked.setupNewCrossSigning ? "new identity" : "restored")),
    bootstrapSecretStorage: () => Promise.resolve(),
    loadSessionBackupPrivateKeyFromSecretStorage: () => Promise.resolve(),
    checkKeyBackupAndEnable: () => Promise.resolve(),
    getCrossSigningStatus: () => {
      const privateKeysCachedLocally = {
        masterKey: true,
        selfSigningKey: true,
        userSigningKey: true,
      };
      return Promise.resolve({ privateKeysCachedLocally });
    },
  };
  return {
    getCrypto: () => crypto,
    getSafeUserId: () => ME,
    getDeviceId: () => "HERE",
    secretStorage: {
      getKey: () => Promise.resolve(["id", {}]),
      checkKey: (key: Uint8Array) => Promise.resolve(key.every((byte) => byte === 5)),
      isStored: () => Promise.resolve({}),
    },
  } as unknown as MatrixClient;
}

test("somebody's first phone has its keys made without a question", async () => {
  hasKeys = false;
  expect(await phone().settle(client())).toBe("ready");
  expect(deeds).toEqual(["new identity"]);
});

test("while another device has the keys they are replaced only when their person says so", async () => {
  signed = ["OTHER"];
  const keys = phone();
  expect(await keys.settle(client())).toBe("elsewhere");
  expect(deeds).toEqual([]);
  keys.allowAfresh();
  expect(await keys.settle(client())).toBe("fresh_start");
  expect(deeds).toEqual(["new identity"]);
  expect(said).toEqual(["elsewhere", "fresh_start"]);
});

test("where no device has them any more the phone starts afresh, and says so; a shared one asks", async () => {
  expect(await phone(true).settle(client())).toBe("elsewhere");
  expect(await phone().settle(client())).toBe("fresh_start");
});

test("what the other phone gave restores the identity, and a wrong key replaces nothing", async () => {
  signed = ["OTHER"];
  const keys = phone();
  keys.take(new Uint8Array(32));
  expect(await keys.settle(client())).toBe("elsewhere");
  keys.take(OPENS);
  expect(await keys.settle(client())).toBe("ready");
  expect(deeds).toEqual(["restored"]);
  expect(await keys.forOtherPhone()).toEqual(OPENS);
});

test("a phone without keys of its own gives none", async () => {
  expect(await phone().forOtherPhone()).toBeNull();
});
