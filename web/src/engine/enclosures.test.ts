import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { readable, OpenShelf } from "../vault/fakes";
import { SealedRecords } from "../vault/records";
import { Api } from "./api";
import { Enclosures } from "./enclosures";
import type { Letter } from "./outbox";

const WORD = "a word that can be read in the picture";
const picture = new TextEncoder().encode(WORD.repeat(20));
let shelf: OpenShelf;
let records: SealedRecords;
let uploaded: Uint8Array[];
let enclosures: Enclosures;

beforeAll(() => initAsync());

beforeEach(async () => {
  shelf = new OpenShelf();
  const aes = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(aes, false, ["encrypt", "decrypt"]);
  records = new SealedRecords(shelf, key);
  uploaded = [];
  enclosures = new Enclosures(records, new Api("https://ward", "token", server));
});

const server: typeof fetch = (input, init) => {
  if (init?.method === "POST") {
    uploaded.push(init.body as Uint8Array);
    return Promise.resolve(Response.json({ content_uri: `mxc://ward/file${uploaded.length}` }));
  }
  const id = Number(/file(\d)$/.exec(String(input))?.[1]);
  const bytes = uploaded[id - 1];
  if (!bytes) return Promise.resolve(Response.json({ error: "gone" }, { status: 404 }));
  return Promise.resolve(new Response(bytes.slice()));
};

async function letter(): Promise<Letter> {
  const { enclosed, file } = await enclosures.keep(picture);
  return {
    txnId: "t1",
    roomId: "!a",
    type: "m.room.message",
    content: { msgtype: "m.image", file },
    writtenTs: 1,
    state: "waiting",
    eventId: null,
    problem: null,
    enclosed,
  };
}

const latin = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);
const nothing = () => Promise.resolve();

// @Rule("G31")
test("neither what is kept nor what the server gets can be read", async () => {
  const waiting = await letter();
  expect(readable(shelf)).not.toContain(WORD);
  await enclosures.sendable(waiting, nothing);
  expect(uploaded.map(latin).join("")).not.toContain(WORD);
  expect(uploaded[0]).toHaveLength(picture.length);
});

test("it is the same picture on this phone and from the server", async () => {
  const waiting = await letter();
  const here = await enclosures.read(waiting.content, waiting.enclosed);
  const content = await enclosures.sendable(waiting, nothing);
  expect(content["file"]).toMatchObject({ url: "mxc://ward/file1", v: "v2" });
  const there = await enclosures.read(content, undefined);
  expect([latin(here), latin(there)]).toEqual([latin(picture), latin(picture)]);
});

test("it goes up once, and says so before the message is sent", async () => {
  const waiting = await letter();
  const noted: object[] = [];
  const content = await enclosures.sendable(waiting, (c) => Promise.resolve(void noted.push(c)));
  expect(noted).toEqual([content]);
  await enclosures.sendable({ ...waiting, content }, nothing);
  expect(uploaded).toHaveLength(1);
});

test("what somebody changed on the way is not shown", async () => {
  const content = await enclosures.sendable(await letter(), nothing);
  uploaded[0]?.fill(0, 0, 4);
  await expect(enclosures.read(content, undefined)).rejects.toThrow("damaged");
});

test("what is gone from the server says so, and no other address is asked", async () => {
  const content = await enclosures.sendable(await letter(), nothing);
  uploaded = [];
  await expect(enclosures.read(content, undefined)).rejects.toThrow("gone");
  const file = { ...(content["file"] as object), url: "https://elsewhere/x" };
  await expect(enclosures.read({ ...content, file }, undefined)).rejects.toThrow("no such file");
});

test("when it has gone nothing of it is left on the phone; after a restart neither", async () => {
  const waiting = await letter();
  await enclosures.left(waiting);
  expect(await records.readBytes("enclosed 0")).toBeUndefined();
  await letter();
  const again = new Enclosures(records, new Api("https://ward", "token", server));
  await again.restore([]);
  expect(await records.readBytes("enclosed 0")).toBeUndefined();
});

test("so many may wait and no more, and none that is too large", async () => {
  for (let i = 0; i < 8; i++) await letter();
  await expect(letter()).rejects.toMatchObject({ problem: { code: "too_many_waiting" } });
  const large = new Uint8Array(26 * 1024 * 1024);
  await expect(enclosures.keep(large)).rejects.toThrow("too large");
});
