import { beforeEach, expect, test } from "vitest";
import type { Api } from "./api";
import type { Enclosures } from "./enclosures";
import { copiesForTheRecord, mediaCalls, takenAlong, type MediaWorld } from "./mediaCalls";
import type { Letter } from "./outbox";

const file = { v: "v2", key: { k: "secret" }, iv: "iv", hashes: {}, url: "mxc://ward/m1" };
const photo = { consent: "agreed", purpose: "direct_care" };
const content = {
  msgtype: "m.image",
  body: "Photo: Forearm",
  info: { mimetype: "image/jpeg", w: 3, h: 4, size: 9, thumbnail_url: "mxc://ward/t" },
  file,
  "org.lanyard.photo": photo,
  "m.relates_to": { "m.in_reply_to": { event_id: "$0" } },
};
const spoken = {
  msgtype: "m.audio",
  body: "Voice note, 0:02",
  info: { mimetype: "audio/mp4", size: 9, duration: 2000 },
  "org.matrix.msc1767.audio": { duration: 2000, waveform: [512, 1024] },
  "org.matrix.msc3245.voice": {},
  "m.mentions": { user_ids: ["@sian:h"] },
  file,
};
const KINDS: Record<string, string> = { "!a": "clinical", "!b": "clinical", "!c": "social" };
const bytes = new Uint8Array([1, 2, 3]);

let asked: string[];
let letters: Partial<Letter>[];
let world: MediaWorld;
let refuse: Error | null;

beforeEach(() => {
  asked = [];
  letters = [];
  refuse = null;
  const events = new Map<string, object>([
    ["$1", content],
    ["$2", { msgtype: "m.text", body: "words" }],
    ["$3", spoken],
    ["$4", { msgtype: "m.file", body: "Rota.pdf", info: { mimetype: "application/pdf" }, file }],
    ["$5", { msgtype: "m.file", body: "a.exe", info: { mimetype: "application/exe" }, file }],
  ]);
  const noted = (what: string) => {
    asked.push(what);
    return refuse ? Promise.reject(refuse) : Promise.resolve({});
  };
  world = {
    client: {
      getRoom: (roomId: string) => ({
        findEventById: (id: string) => events.has(id) && { getContent: () => events.get(id) },
        currentState: { getStateEvents: () => ({ getContent: () => ({ kind: KINDS[roomId] }) }) },
      }),
    } as never,
    api: {
      post: (path: string, body: object) => noted(`POST ${path} ${JSON.stringify(body)}`),
      upload: (path: string, sent: Uint8Array, method: string) =>
        noted(`${method} ${path} ${sent.join()}`),
    } as unknown as Api,
    outbox: {
      find: (txnId: string) => letters.find((one) => one.txnId === txnId),
      put: (letter: Letter) => Promise.resolve(void letters.push(letter)),
    } as never,
    enclosures: {
      read: () => Promise.resolve(bytes),
      keep: () => Promise.resolve({ enclosed: { slot: 3 }, file: { key: "another" } }),
    } as unknown as Enclosures,
    use: () => null,
  };
});

const from = { roomId: "!a", eventId: "$1" };

// @Rule("G29")
test("a picture is taken along with its consent, under a key of its own, and never to a social room", async () => {
  const send = await takenAlong(world, from, { roomId: "!b", txnId: "t" });
  expect(letters).toEqual([]);
  await send?.();
  await send?.();
  expect(letters).toEqual([
    {
      roomId: "!b",
      txnId: "t",
      type: "m.room.message",
      enclosed: { slot: 3 },
      content: {
        msgtype: "m.image",
        body: "Photo: Forearm",
        info: { mimetype: "image/jpeg", w: 3, h: 4, size: 3 },
        "org.lanyard.photo": photo,
        "org.lanyard.forwarded": true,
        file: { key: "another" },
      },
    },
  ]);
  const social = takenAlong(world, from, { roomId: "!c", txnId: "t2" });
  await expect(social).rejects.toThrow("clinical conversations only");
});

// @Rule("G29")
test("a voice note and a PDF are taken along where the policy of the target takes them", async () => {
  const social = { roomId: "!c", txnId: "v" };
  await (
    await takenAlong(world, { roomId: "!c", eventId: "$3" }, social)
  )?.();
  await (
    await takenAlong(world, { roomId: "!a", eventId: "$4" }, { roomId: "!b", txnId: "p" })
  )?.();
  expect(letters.map((one) => one.content)).toEqual([
    {
      msgtype: "m.audio",
      body: "Voice note, 0:02",
      filename: "voice-note.m4a",
      info: { mimetype: "audio/mp4", size: 3, duration: 2000 },
      "org.matrix.msc1767.audio": { duration: 2000, waveform: [512, 1024] },
      "org.matrix.msc3245.voice": {},
      "org.lanyard.forwarded": true,
      file: { key: "another" },
    },
    {
      msgtype: "m.file",
      body: "Rota.pdf",
      filename: "Rota.pdf",
      info: { mimetype: "application/pdf", size: 3 },
      "org.lanyard.forwarded": true,
      file: { key: "another" },
    },
  ]);
  world.use = () => ({ nudge: "off", approvedFor: {}, notFor: {}, voice: false, files: false });
  const voice = takenAlong(world, { roomId: "!c", eventId: "$3" }, social);
  await expect(voice).rejects.toThrow("Voice notes are not sent");
  const pdf = takenAlong(world, { roomId: "!a", eventId: "$4" }, { roomId: "!b", txnId: "p2" });
  await expect(pdf).rejects.toThrow("Files are not sent");
});

test("words are no picture, and no other file is taken along", async () => {
  const to = { roomId: "!c", txnId: "t" };
  expect(await takenAlong(world, { roomId: "!a", eventId: "$2" }, to)).toBeNull();
  const other = takenAlong(world, { roomId: "!a", eventId: "$5" }, to);
  await expect(other).rejects.toThrow("Only words, pictures, voice notes and PDFs");
});

// @Rule("G15")
test("a copy for the record goes up once, however often signing is tried", async () => {
  const put = new Set<string>();
  const draft = { roomId: "!a", pictureEventIds: ["$1"] };
  refuse = new Error("too large");
  await expect(copiesForTheRecord(world, draft, put)).rejects.toThrow("too large");
  refuse = null;
  expect(await copiesForTheRecord(world, draft, put)).toEqual(["m1"]);
  expect(await copiesForTheRecord(world, draft, put)).toEqual(["m1"]);
  const copy = "PUT /_lanyard/v1/rooms/!a/decision-images/m1 1,2,3";
  expect(asked).toEqual([copy, copy]);
  const words = copiesForTheRecord(world, { ...draft, pictureEventIds: ["$2"] }, put);
  await expect(words).rejects.toThrow("no such file");
});

test("why a picture is not needed is said of the file", async () => {
  await mediaCalls(world).notNeeded({ roomId: "!a", eventId: "$1", reason: "Out of focus" });
  expect(asked).toEqual(['POST /_lanyard/v1/files/m1/not-needed {"reason":"Out of focus"}']);
});
