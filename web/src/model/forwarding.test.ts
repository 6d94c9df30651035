import { describe, expect, it } from "vitest";
import { room } from "../../dev/rooms";
import type { Policy, RoomSummary, SaidItem } from "../engine/protocol";
import { canForward, destinations, whyNot } from "./forwarding";

const MESSAGE = { kind: "message" } as SaidItem;
const IMAGE = { kind: "image" } as SaidItem;

// @Rule("G29")
describe("forwarding, cell by cell", () => {
  const linked = room("a", "A");
  const unlinked = room("b", "B", { patientLinked: false });
  const work = room("c", "C", { kind: "operational", patientLinked: false });
  const social = room("d", "D", { kind: "social", patientLinked: false });
  it.each([
    [unlinked, unlinked, null],
    [linked, linked, null],
    [linked, unlinked, "other_patient"],
    [unlinked, linked, "other_patient"],
    [unlinked, work, "clinical_stays"],
    [unlinked, social, "clinical_stays"],
    [work, unlinked, null],
    [work, linked, null],
    [work, work, null],
    [work, social, "work_stays"],
    [social, unlinked, "social_stays"],
    [social, work, "social_stays"],
    [social, social, null],
  ])("from %s to %s", (from, to, why) => expect(whyNot(from, to)).toBe(why));

  it("lists the allowed ones first and leaves out where I am", () => {
    const all = destinations(work, [work, social, unlinked], MESSAGE, null);
    expect(all.map((one) => one.room.id)).toEqual(["b", "d"]);
  });
});

describe("forwarding a picture", () => {
  it("goes to clinical conversations only, whatever the matrix says of words", () => {
    const from = room("a", "A", { patientLinked: false });
    const clinical = room("b", "B", { patientLinked: false });
    const social = room("c", "C", { kind: "social", patientLinked: false });
    const work = room("d", "D", { kind: "operational", patientLinked: false });
    const may = (here: RoomSummary) =>
      destinations(here, [clinical, social, work], IMAGE, null).map(({ room: { id }, whyNot }) => [
        id,
        whyNot,
      ]);
    expect(may(from)).toEqual([
      ["b", null],
      ["c", "picture_stays"],
      ["d", "picture_stays"],
    ]);
    // Another app's picture in a social conversation stays where it is.
    expect(may({ ...social, id: "e" })).toContainEqual(["c", "picture_stays"]);
    expect(may({ ...social, id: "e" })).toContainEqual(["b", "social_stays"]);
  });
});

describe("forwarding a voice note or a document", () => {
  const use = { nudge: "ask" as const, approvedFor: {}, notFor: {} };
  const policy = {
    voiceSeconds: 60,
    fileBytes: 1000,
    rooms: {
      clinical: { ...use, voice: true, files: false },
      operational: { ...use, voice: false, files: true },
      social: { ...use, voice: true, files: true },
    },
  } as unknown as Policy;
  const rooms = (["clinical", "operational", "social"] as const).map((kind) =>
    room(kind, kind, { kind, patientLinked: false }),
  );
  const from = (kind: RoomSummary["kind"], item: object, rules: Policy | null = policy) =>
    Object.fromEntries(
      destinations(
        room("x", "X", { kind, patientLinked: false }),
        rooms,
        item as SaidItem,
        rules,
      ).map((one) => [one.room.id, one.whyNot]),
    );
  const voice = { kind: "file", bytes: 1, voice: { ms: 60_400, levels: [] } };
  const pdf = { kind: "file", bytes: 1000, pdf: true };

  // @Rule("G29")
  it("obeys both the matrix of kinds and the policy of where it goes", () => {
    const stays = "clinical_stays";
    expect(from("clinical", voice)).toEqual({
      clinical: null,
      operational: "no_voice",
      social: stays,
    });
    expect(from("clinical", pdf)).toEqual({
      clinical: "no_files",
      operational: stays,
      social: stays,
    });
    expect(from("operational", pdf)).toEqual({
      clinical: "no_files",
      operational: null,
      social: "work_stays",
    });
    expect(from("social", voice)).toEqual({
      clinical: "social_stays",
      operational: "no_voice",
      social: null,
    });
  });

  it("refuses what is larger or longer than the policy lets anybody send, and all before it is known", () => {
    expect(from("social", { ...pdf, bytes: 1001 }).social).toBe("too_large");
    expect(from("social", { ...voice, voice: { ms: 62_000, levels: [] } }).social).toBe(
      "too_large",
    );
    expect(from("social", voice, null).social).toBe("no_voice");
  });

  it("is offered for what is opened here alone", () => {
    expect([voice, pdf, MESSAGE, IMAGE].map((one) => canForward(one as SaidItem))).not.toContain(
      false,
    );
    expect(canForward({ kind: "file", bytes: 1 } as SaidItem)).toBe(false);
  });
});
