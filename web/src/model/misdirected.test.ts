import { expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { hannah } from "../../dev/people";
import { MisdirectedModel } from "./misdirected";

it("says who had read it, once, and keeps a patient's details out of the reason", async () => {
  const session = new FakeSession();
  const model = new MisdirectedModel(fakeApp(session), "r1", { eventId: "$e" });
  model.why.value = "Meant for bed 4, NHS number 943 476 5919";
  await model.report();
  expect(model.errors.value).toMatchObject([{ field: "why" }]);
  expect(session.asked).toEqual([]);
  model.why.value = "Meant for Hanna";
  session.script.misdirected = () => refusal("offline");
  await model.report();
  expect(model.errors.value).toMatchObject([{ field: "" }]);
  expect(model.done.value).toBeNull();
  const reader = { userId: hannah.userId, name: hannah.displayName, ts: 5, delivered: true };
  session.script.misdirected = () => ({ readBy: [reader], notReadBy: [] });
  await model.report();
  await model.report();
  expect(model.errors.value).toEqual([]);
  expect(model.done.value).toMatchObject({ readBy: [{ ts: 5 }] });
  expect(session.asked).toHaveLength(2);
});
