import { expect, test } from "vitest";
import { harmlessType, mediaOf, pdfContent, photoContent, voiceContent } from "./mediaContent";
import type { PhotoFacts } from "./mediaWords";

const file = { v: "v2", key: { k: "secret" }, iv: "iv", hashes: {}, url: "mxc://ward/1" };
const facts: PhotoFacts = {
  consent: "best_interests",
  decidedBy: "Dr Okafor",
  bodySite: "forearm",
  side: "left",
  intimate: false,
  child: true,
  takenTs: 5,
};

test("what is known of a picture comes back as it was said", () => {
  const content = photoContent({ width: 4, height: 3, caption: "Photo: forearm", facts }, 9);
  expect(content["org.lanyard.photo"]).toEqual({
    consent: "best_interests",
    decided_by: "Dr Okafor",
    purpose: "direct_care",
    body_site: "forearm",
    side: "left",
    intimate: false,
    child: true,
    taken_ts: 5,
  });
  const shown = { kind: "image", text: "Photo: forearm", width: 4, height: 3, photo: facts };
  expect(mediaOf({ ...content, file })).toEqual(shown);
});

test("another app's picture has no consent, and says none", () => {
  const content = { msgtype: "m.image", body: "IMG_1.jpg", info: { w: "no", h: -3 }, file };
  expect(mediaOf(content)).toEqual({
    kind: "image",
    text: "IMG_1.jpg",
    width: 0,
    height: 0,
    photo: null,
  });
});

test("a voice note is written as other apps read it, and comes back as it was said", () => {
  const voice = { ms: 12_400, levels: [0, 0.5, 1] };
  const content = voiceContent({ ...voice, mime: "audio/mp4", text: "Voice note, 0:12" }, 9);
  expect(content).toMatchObject({
    msgtype: "m.audio",
    filename: "voice-note.m4a",
    info: { mimetype: "audio/mp4", duration: 12_400, size: 9 },
    "org.matrix.msc1767.audio": { duration: 12_400, waveform: [0, 512, 1024] },
    "org.matrix.msc3245.voice": {},
  });
  const shown = { kind: "file", text: "Voice note, 0:12", bytes: 9, voice };
  expect(mediaOf({ ...content, file })).toEqual(shown);
});

test("another app's recording is played for what it is, however little it says of itself", () => {
  const content = { msgtype: "m.audio", body: "a.ogg", info: { size: 9, duration: "no" }, file };
  expect(mediaOf(content)).toMatchObject({ voice: { ms: 0, levels: [] } });
  const loud = { duration: 5, waveform: [-1, 9e9, "x", ...Array<number>(500).fill(1)] };
  const spoken = mediaOf({ ...content, "org.matrix.msc1767.audio": loud });
  expect(spoken).toMatchObject({ voice: { ms: 5 } });
  const levels = spoken?.kind === "file" ? (spoken.voice?.levels ?? []) : [];
  expect([levels.length, ...levels.slice(0, 3)]).toEqual([120, 0, 1, 0]);
});

test("a document is known by what its sender says, and is opened as nothing by the browser", () => {
  const content = pdfContent("Rota.pdf", 9);
  const shown = { kind: "file", text: "Rota.pdf", bytes: 9, pdf: true };
  expect(mediaOf({ ...content, file })).toEqual(shown);
  expect(harmlessType(content)).toBe("application/octet-stream");
});

test("any other file of another app's is there, and is not opened", () => {
  for (const msgtype of ["m.file", "m.video"]) {
    const content = { msgtype, body: "note.ogg", info: { size: 9 }, file };
    expect(mediaOf(content)).toEqual({ kind: "file", text: "note.ogg", bytes: 9 });
  }
});

test("a file that nobody encrypted is not shown, and no type that could do something", () => {
  expect(mediaOf({ msgtype: "m.image", body: "x", url: "mxc://ward/1" })).toBeNull();
  expect(mediaOf({ msgtype: "m.text", body: "x", file })).toBeNull();
  const typed = (mimetype: unknown) => harmlessType({ info: { mimetype } });
  expect(["image/svg+xml", "text/html", 7].map(typed)).toEqual(
    Array<string>(3).fill("application/octet-stream"),
  );
  expect(typed("image/png; charset=binary")).toBe("image/png");
});
