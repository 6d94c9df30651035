import { beforeEach, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { picture, room } from "../../dev/rooms";
import { canMove, NotNeededModel } from "./notNeeded";

let session: FakeSession;
let model: NotNeededModel;
const wound = picture();

beforeEach(() => {
  session = new FakeSession();
  session.script.notNeeded = () => undefined;
  model = new NotNeededModel(fakeApp(session), "r1", wound);
});

// @Rule("G39")
it("is said with a reason, once, and with nobody's number in it", async () => {
  await model.say();
  expect(model.errors.value[0]?.text).toBe("Say why it is not needed");
  model.why.value = "Patient 999 000 0107";
  await model.say();
  expect(model.errors.value[0]?.text).toContain("patient’s details");
  expect(session.asked).toEqual([]);
  model.why.value = " Out of focus; the next one is in the record ";
  await model.say();
  await model.say();
  const reason = "Out of focus; the next one is in the record";
  const asked = { roomId: "r1", eventId: wound.eventId, reason };
  expect(session.asked).toEqual([{ name: "notNeeded", asked }]);
  expect(model.done.value).toBe(true);
});

it("is refused in the server's words, and without a network in ours", async () => {
  model.why.value = "Out of focus";
  session.script.notNeeded = () => refusal("refused", "Only a registered clinician says that.");
  await model.say();
  expect(model.errors.value[0]?.text).toBe("Only a registered clinician says that.");
  session.script.notNeeded = () => refusal("offline");
  await model.say();
  expect(model.errors.value[0]?.text).toContain("You are offline");
  expect(model.done.value).toBe(false);
});

it("moves a picture that has been sent, from a clinical conversation, when it is not moved already", () => {
  const clinical = room("r1", "Ward 7");
  const decision = { decisionId: "d", status: "waiting", reference: null } as const;
  expect(canMove(wound, clinical)).toBe(true);
  expect(canMove({ ...wound, decision: { ...decision, status: "refused" } }, clinical)).toBe(true);
  expect(canMove({ ...wound, decision }, clinical)).toBe(false);
  expect(canMove({ ...wound, eventId: null }, clinical)).toBe(false);
  expect(canMove(wound, room("r1", "Ward 7", { joined: false }))).toBe(false);
  expect(canMove(wound, room("r2", "Beds", { kind: "operational" }))).toBe(false);
});
