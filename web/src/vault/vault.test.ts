import { beforeEach, expect, test } from "vitest";
import { CountingServer, FakePasskey, OpenShelf, quickHash, readable } from "./fakes";
import { Vault } from "./vault";

const label = { name: "Test phone", platform: "test" };
let shelf: OpenShelf;
let server: CountingServer;
let vault: Vault;

beforeEach(() => {
  shelf = new OpenShelf();
  server = new CountingServer();
  vault = vaultOn(shelf);
});

function vaultOn(some: OpenShelf): Vault {
  return new Vault({
    shelf: some,
    server,
    hash: quickHash,
    passkeys: new FakePasskey(),
    now: () => 0,
  });
}

async function enrolled() {
  const { vault: open } = await vault.create("token", "1", label, "493817");
  await open.records.write("session", { accessToken: "syt_secret", user: "@amara:ward" });
  return open;
}

test("what was sealed at enrolment opens with the passcode", async () => {
  const first = await enrolled();
  const opening = await vault.open("493817");
  if (opening.outcome !== "opened") throw new Error(opening.outcome);
  expect(await opening.vault.records.read("session")).toMatchObject({ accessToken: "syt_secret" });
  expect(await opening.vault.cryptoStoreKey()).toEqual(await first.cryptoStoreKey());
  expect(opening.vault.handsetId).toBe("h1");
});

test("a wrong passcode does not open and shows the server's count", async () => {
  await enrolled();
  expect(await vault.open("000000")).toEqual({
    outcome: "wrong",
    attemptsLeft: 9,
    retryAfterMs: 0,
  });
});

test("the tenth wrong passcode destroys, and then the right one does not open either", async () => {
  await enrolled();
  for (let i = 0; i < 10; i++) await vault.open("000000");
  expect(await vault.open("493817")).toEqual({ outcome: "destroyed" });
});

test("the right passcode without the server's share opens nothing", async () => {
  await enrolled();
  server.share_ = new Uint8Array(32);
  await expect(vault.open("493817")).rejects.toThrow();
});

test("nothing readable lies on the shelf", async () => {
  await enrolled();
  const seen = [...shelf.values].map(([name, value]) => name + readable(value)).join("\n");
  expect(seen).not.toMatch(/syt_secret|amara|493817|Test phone/);
  expect([...shelf.values.keys()].sort()).toEqual(["credential", "sealed session", "vault"]);
});

test("the handset's credential cannot be taken out of the phone", async () => {
  await enrolled();
  const key = shelf.values.get("credential") as CryptoKey;
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("pkcs8", key)).rejects.toThrow();
});

test("one record cannot be put in another's place", async () => {
  const open = await enrolled();
  shelf.values.set("sealed drafts", shelf.values.get("sealed session"));
  await expect(open.records.read("drafts")).rejects.toThrow();
});

test("a changed byte is noticed", async () => {
  const open = await enrolled();
  const record = shelf.values.get("sealed session") as { sealed: Uint8Array };
  record.sealed[3] = (record.sealed[3] ?? 0) ^ 1;
  await expect(open.records.read("session")).rejects.toThrow();
});

test("after a change only the new passcode opens, and the records stay", async () => {
  await enrolled();
  expect(await vault.changePasscode("token", { passcode: "493817" }, "271828")).toEqual({
    outcome: "changed",
  });
  expect((await vault.open("493817")).outcome).toBe("wrong");
  const opening = await vault.open("271828");
  if (opening.outcome !== "opened") throw new Error(opening.outcome);
  expect(await opening.vault.records.read("session")).toBeDefined();
});

test("a change needs the passcode of now", async () => {
  await enrolled();
  expect((await vault.changePasscode("token", { passcode: "111111" }, "271828")).outcome).toBe(
    "wrong",
  );
  expect((await vault.open("493817")).outcome).toBe("opened");
});

test("a phone that dies before its new wrap is written opens with the passcode before", async () => {
  await enrolled();
  shelf.write = () => Promise.reject(new Error("the phone died"));
  await expect(vault.changePasscode("token", { passcode: "493817" }, "271828")).rejects.toThrow(
    "died",
  );
  expect((await vault.open("271828")).outcome).toBe("wrong");
  expect((await vault.open("493817")).outcome).toBe("opened");
});

test("a change whose last word is lost is finished by the next unlock", async () => {
  await enrolled();
  const challenge = server.challenge;
  server.challenge = () => {
    if (server.next) return Promise.reject(new Error("the network went away"));
    return challenge();
  };
  expect(await vault.changePasscode("token", { passcode: "493817" }, "271828")).toEqual({
    outcome: "changed",
  });
  expect(server.next).not.toBeNull();
  server.challenge = challenge;
  expect((await vault.open("271828")).outcome).toBe("opened");
  expect(server.next).toBeNull();
});

test("a lost answer at enrolment is asked for again, and the later share opens", async () => {
  server.answersToLose = 1;
  await enrolled();
  expect((await vault.open("493817")).outcome).toBe("opened");
});

test("a lost answer while the share is rotated is asked for again", async () => {
  await enrolled();
  server.answersToLose = 1;
  await vault.changePasscode("token", { passcode: "493817" }, "271828");
  expect((await vault.open("271828")).outcome).toBe("opened");
});

test("a vault of a later version is left alone", async () => {
  await enrolled();
  shelf.values.set("vault", { ...(shelf.values.get("vault") as object), version: 2 });
  await expect(vault.open("493817")).rejects.toThrow("older than what is on this phone");
});
