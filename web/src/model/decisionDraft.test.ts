import { beforeEach, expect, it, vi } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { ben, hannah, patient } from "../../dev/people";
import { message } from "../../dev/rooms";
import { DecisionSheetModel, type Beginning } from "./decisionSheet";

const advice = message(hannah, 12, "Hold tonight’s apixaban.");
const more = message(hannah, 11, "Restart at 08:00.");
const here = [advice, more];
const adviser = { userId: ben.userId, name: ben.displayName, role: ben.role };
const PLACE = "decision r1";

let session: FakeSession;
let leave: () => void;

beforeEach(() => {
  session = new FakeSession();
  session.script.members = () => [];
  session.script.dropDecision = () => undefined;
});

/** Somebody opens the sheet; a lock or another screen leaves it, without a word to it. */
function sheet(first: Beginning = advice, items = here): DecisionSheetModel {
  const model = new DecisionSheetModel(fakeApp(session), "r1", first, items);
  leave = model.start();
  return model;
}

const requestIds = (): string[] =>
  session.asked
    .filter((one) => one.name === "sendDecision")
    .map((one) => (one.asked as { requestId: string }).requestId);

// @Rule("G15")
it("is found as it was left, under the same request, when the app locked before it was signed", async () => {
  session.script.sendDecision = () => refusal("step_up");
  const before = sheet();
  before.toggleSource(more);
  before.summary.value = "Apixaban held until 08:00.";
  before.when.value = "2026-11-22T13:00";
  before.deciderId.value = hannah.userId;
  before.adviser.value = adviser;
  const sending = before.send(patient);
  await vi.waitFor(() => expect(before.stepUp.asking.value).not.toBeNull());
  leave();
  await sending;
  session.script.sendDecision = () => ({ decisionId: "d1", status: "waiting" });
  const after = sheet(more);
  expect(after.summary.value).toBe("Apixaban held until 08:00.");
  expect(after.sources.value).toEqual([advice, more]);
  expect(after.when.value).toBe("2026-11-22T13:00");
  expect(after.adviser.value).toEqual(adviser);
  await after.send(patient);
  expect(after.sent.value).toBe("d1");
  expect(new Set(requestIds()).size).toBe(1);
});

it("is kept untouched too, once it was tried", async () => {
  session.script.sendDecision = () => refusal("offline");
  const model = sheet();
  expect(session.drafts.read(PLACE)).toBe("");
  await model.send(patient);
  leave();
  await sheet().send(patient);
  expect(new Set(requestIds()).size).toBe(1);
});

it("is gone when it is signed, or when its sheet is closed, whatever is still on its way", async () => {
  session.script.sendDecision = () => ({ decisionId: "d1", status: "waiting" });
  const signed = sheet();
  signed.summary.value = "Apixaban held.";
  expect(session.drafts.read(PLACE)).toContain("Apixaban held.");
  await signed.send(patient);
  expect(session.drafts.read(PLACE)).toBe("");
  session.script.sendDecision = () => refusal("offline");
  const closed = sheet();
  closed.summary.value = "Apixaban stopped.";
  const sending = closed.send(patient);
  closed.discard();
  await sending;
  expect(session.drafts.read(PLACE)).toBe("");
  expect(sheet().summary.value).toBe("Hold tonight’s apixaban.");
});

it("is about its own messages only, and goes on without one that has gone", () => {
  const other = message(hannah, 5, "Hb 79");
  const model = sheet();
  model.toggleSource(more);
  model.summary.value = "Apixaban held.";
  leave();
  const replaced = {
    decisionId: "d0",
    text: "Hold apixaban.",
    ts: advice.ts,
    decider: { userId: hannah.userId, name: hannah.displayName, role: hannah.role },
    sources: [advice],
  };
  expect(sheet(other).summary.value).toBe("Hb 79");
  expect(sheet(replaced).summary.value).toBe("Hold apixaban.");
  const goneOn = sheet(advice, [advice]);
  expect(goneOn.summary.value).toBe("Apixaban held.");
  expect(goneOn.sources.value).toEqual([advice]);
});
