import { expect, test } from "vitest";
import { harmlessType, mediaOf, photoContent } from "./mediaContent";
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

test("a voice note or a file of another app's is there, and is not opened", () => {
  for (const msgtype of ["m.audio", "m.file", "m.video"]) {
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
