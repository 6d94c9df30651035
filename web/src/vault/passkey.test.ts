import { beforeEach, expect, test } from "vitest";
import { CountingServer, FakePasskey, OpenShelf, quickHash, readable } from "./fakes";
import { Vault } from "./vault";

const HOUR = 3_600_000;
const label = { name: "Test phone", platform: "test" };
let shelf: OpenShelf;
let server: CountingServer;
let passkeys: FakePasskey;
let now: number;
let vault: Vault;

beforeEach(() => {
  shelf = new OpenShelf();
  server = new CountingServer();
  passkeys = new FakePasskey();
  now = 1_000_000;
  vault = vaultOn(shelf);
});

function vaultOn(some: OpenShelf): Vault {
  return new Vault({ shelf: some, server, hash: quickHash, passkeys, now: () => now });
}

async function enrolled() {
  const { vault: open } = await vault.create("token", "1", label, "493817");
  await open.records.write("session", { accessToken: "syt_secret", user: "@amara:ward" });
  return open;
}

async function enrolledWithPasskey() {
  await enrolled();
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const secrets = await passkeys.secrets(salt);
  const unwrapped = await vault.unwrapped("493817");
  if (unwrapped.outcome !== "unwrapped") throw new Error(unwrapped.outcome);
  const passkey = { passkeyId: "p1", credentialId: "c1", salt, secrets };
  return vault.addPasskey("token", unwrapped.vaultKey, passkey);
}

async function openedByPasskey(some = vault) {
  const opening = await some.openByPasskey();
  if (opening.outcome !== "opened") throw new Error(opening.outcome);
  return opening;
}

test("a passkey opens with one gesture, and the passcode still does", async () => {
  await enrolledWithPasskey();
  const { vault: open, passkey } = await openedByPasskey();
  expect(await open.records.read("session")).toMatchObject({ accessToken: "syt_secret" });
  expect([passkeys.gestures, passkey?.passkeyId]).toEqual([1, "p1"]);
  expect((await vault.open("493817")).outcome).toBe("opened");
});

test("ten wrong passcodes leave the passkey, which then makes a new passcode", async () => {
  await enrolledWithPasskey();
  for (let i = 0; i < 10; i++) await vault.open("000000");
  expect(await vault.open("493817")).toEqual({ outcome: "destroyed" });
  await openedByPasskey();
  expect((await vault.changePasscode("token", "passkey", "271828")).outcome).toBe("changed");
  expect((await vault.open("271828")).outcome).toBe("opened");
});

test("a passkey that says something else, or nothing, opens nothing and costs no try", async () => {
  await enrolledWithPasskey();
  passkeys.secret = "as some browsers answer from another phone";
  expect(await vault.openByPasskey()).toEqual({ outcome: "other_passkey" });
  passkeys.knowsPrf = false;
  expect(await vault.openByPasskey()).toEqual({ outcome: "other_passkey" });
  expect((await vault.open("493817")).outcome).toBe("opened");
});

test("the passkey without the server's share opens nothing", async () => {
  await enrolledWithPasskey();
  server.passkeyShare_ = new Uint8Array(32);
  await expect(vault.openByPasskey()).rejects.toThrow();
});

test("a copy without the phone’s own credential opens nothing", async () => {
  await enrolledWithPasskey();
  const copied = new OpenShelf();
  for (const [name, value] of shelf.values) {
    if (!(value instanceof CryptoKey)) copied.values.set(name, value);
  }
  await expect(vaultOn(copied).openByPasskey()).rejects.toThrow();
  await expect(vaultOn(copied).open("493817")).rejects.toThrow();
});

test("with no network a phone opens by its passkey until the allowance ends, and never after", async () => {
  server.offlineUntilTs = now + 12 * HOUR;
  const added = await enrolledWithPasskey();
  await vault.keepOffline("token", added, 12);
  server.reachable = false;
  expect((await openedByPasskey()).vault.handsetId).toBe("h1");
  now += 12 * HOUR;
  expect(await vault.openByPasskey()).toEqual({ outcome: "unreachable" });
  expect(shelf.values.has("offline")).toBe(false);
  now -= 6 * HOUR;
  expect(await vault.openByPasskey()).toEqual({ outcome: "unreachable" });
});

test("a clock put back ends the allowance, and a later end cannot be written in", async () => {
  server.offlineUntilTs = now + HOUR;
  await vault.keepOffline("token", await enrolledWithPasskey(), 12);
  server.reachable = false;
  const kept = shelf.values.get("offline") as { untilTs: number };
  shelf.values.set("offline", { ...kept, untilTs: now + 99 * HOUR });
  await expect(vault.openByPasskey()).rejects.toThrow();
  shelf.values.set("offline", kept);
  now -= HOUR;
  expect(await vault.openByPasskey()).toEqual({ outcome: "unreachable" });
  expect(shelf.values.has("offline")).toBe(false);
});

test("without an allowance, and without a passkey, there is no opening offline", async () => {
  const added = await enrolledWithPasskey();
  await vault.keepOffline("token", added, 0);
  server.reachable = false;
  expect(await vault.openByPasskey()).toEqual({ outcome: "unreachable" });
  expect(passkeys.gestures).toBe(0);
});

test("after a wipe nothing opens, once the server can be asked", async () => {
  server.offlineUntilTs = now + 12 * HOUR;
  await vault.keepOffline("token", await enrolledWithPasskey(), 12);
  server.wiped_ = true;
  expect(await vault.openByPasskey()).toEqual({ outcome: "destroyed", ended: true });
  expect(passkeys.gestures).toBe(0);
});

test("a passkey that was taken away opens nothing, and its offline share is gone", async () => {
  server.offlineUntilTs = now + 12 * HOUR;
  await vault.keepOffline("token", await enrolledWithPasskey(), 12);
  await vault.removePasskey();
  expect([await vault.hasPasskey(), shelf.values.has("offline")]).toEqual([false, false]);
  expect(await vault.openByPasskey()).toEqual({ outcome: "other_passkey" });
});

test("nothing that a passkey said lies on the phone", async () => {
  server.offlineUntilTs = now + 12 * HOUR;
  await vault.keepOffline("token", await enrolledWithPasskey(), 12);
  const { salt } = (
    shelf.values.get("vault") as { wraps: { kind: string; salt: Uint8Array<ArrayBuffer> }[] }
  ).wraps.find((wrap) => wrap.kind === "prf")!;
  const said = await passkeys.secrets(salt);
  const secret = [said.vault, said.keys, server.passkeyShare_!].map(readable);
  const seen = [...shelf.values].map(([name, value]) => name + readable(value)).join("\n");
  expect(secret.filter((bytes) => seen.includes(bytes))).toEqual([]);
});

test("a phone that was ended says at last that its data is deleted, and only then", async () => {
  await enrolledWithPasskey();
  await (
    await vault.lastWord()
  )();
  expect(server.saidWiped).toEqual([]);
  server.wiped_ = true;
  const lastWord = await vault.lastWord();
  shelf.values.clear();
  await lastWord();
  expect(server.saidWiped).toEqual(["h1 last"]);
  expect(await vault.exists()).toBe(false);
});
