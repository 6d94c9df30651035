import {
  DecryptionSettings,
  DeviceId,
  EncryptionSettings,
  initAsync,
  OlmMachine,
  RoomId,
  TrustRequirement,
  UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, expect, test } from "vitest";
import { messageIndex, movedOn, opens } from "./ratchet";

const ROOM = "!ward:lanyard.localhost";

interface Exported {
  session_id: string;
  session_key: string;
}

beforeAll(() => initAsync());

const machine = (name: string): Promise<OlmMachine> =>
  OlmMachine.initialize(new UserId(`@${name}:lanyard.localhost`), new DeviceId(name.toUpperCase()));

async function said(author: OlmMachine, body: string): Promise<string> {
  const content = JSON.stringify({ msgtype: "m.text", body });
  const encrypted = await author.encryptRoomEvent(new RoomId(ROOM), "m.room.message", content);
  return JSON.stringify({
    type: "m.room.encrypted",
    event_id: `$${body}`,
    sender: "@rhian:lanyard.localhost",
    origin_server_ts: 1,
    content: JSON.parse(encrypted) as object,
  });
}

const ciphertextOf = (event: string): string =>
  (JSON.parse(event) as { content: { ciphertext: string } }).content.ciphertext;

const indexOf = (event: string): number | null => messageIndex(ciphertextOf(event));

// Against the library that encrypts: whoever is given the key from the 300th message on opens that one
// and what follows it, and not the one before. It crosses the end of the lowest part of the ratchet.
test("a session that was moved on opens what follows and nothing before", async () => {
  const author = await machine("rhian");
  const settings = new EncryptionSettings();
  settings.rotationPeriodMessages = 10_000n;
  await author.shareRoomKey(new RoomId(ROOM), [], settings);
  const events: string[] = [];
  for (let n = 0; n < 302; n++) events.push(await said(author, `m${n}`));
  expect([0, 1, 299, 300].map((n) => indexOf(events[n] ?? ""))).toEqual([0, 1, 299, 300]);
  const [key] = JSON.parse(await author.exportRoomKeys(() => true)) as [Exported];
  for (const from of [1, 256, 300]) {
    const reader = await machine(`reader${from}`);
    const session_key = await movedOn(key.session_key, from);
    await reader.importExportedRoomKeys(JSON.stringify([{ ...key, session_key }]), () => {});
    const opened = async (n: number): Promise<string> => {
      const trust = new DecryptionSettings(TrustRequirement.CrossSignedOrLegacy);
      const { event } = await reader.decryptRoomEvent(events[n] ?? "", new RoomId(ROOM), trust);
      return (JSON.parse(event) as { content: { body: string } }).content.body;
    };
    expect(await opened(from)).toBe(`m${from}`);
    expect(await opened(301)).toBe("m301");
    await expect(opened(from - 1)).rejects.toBeDefined();
  }
});

test("it goes one way only, and what is no session stays none", async () => {
  const author = await machine("rhian");
  await author.shareRoomKey(new RoomId(ROOM), [], new EncryptionSettings());
  const [key] = JSON.parse(await author.exportRoomKeys(() => true)) as [Exported];
  const third = (await movedOn(key.session_key, 3)) ?? "";
  expect(await movedOn(third, 2)).toBeNull();
  expect(await movedOn(third, 3)).toBe(third);
  expect(await movedOn("no key", 3)).toBeNull();
  expect(messageIndex("no message")).toBeNull();
  // 2^32 - 1 is the last; 2^32 would be moved on by nothing.
  expect(messageIndex(btoa("\x03\x08\xff\xff\xff\xff\x0f\x12"))).toBe(0xffffffff);
  expect(messageIndex(btoa("\x03\x08\x80\x80\x80\x80\x10\x12"))).toBeNull();
  expect(messageIndex(undefined)).toBeNull();
});

test("a key is known to open a message, or not to, before it is kept", async () => {
  const author = await machine("rhian");
  await author.shareRoomKey(new RoomId(ROOM), [], new EncryptionSettings());
  const first = ciphertextOf(await said(author, "m0"));
  const second = ciphertextOf(await said(author, "m1"));
  const [key] = JSON.parse(await author.exportRoomKeys(() => true)) as [Exported];
  expect(await opens(key, first)).toBe(true);
  const later = { ...key, session_key: (await movedOn(key.session_key, 1)) ?? "" };
  expect([await opens(later, first), await opens(later, second)]).toEqual([false, true]);
  // The same name and signing key with another ratchet, and the same ratchet under another name.
  const bytes = Uint8Array.from(atob(key.session_key), (c) => c.charCodeAt(0));
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  const garbage = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  expect(await opens({ ...key, session_key: garbage }, first)).toBe(false);
  expect(await opens({ ...key, session_id: "another" }, first)).toBe(false);
  // A message that was changed on its way, or is none.
  expect(await opens(key, `${first.slice(0, 30)}AAAA${first.slice(34)}`)).toBe(false);
  expect(await opens(key, "no message")).toBe(false);
});
