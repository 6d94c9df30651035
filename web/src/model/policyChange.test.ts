import { expect, test } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { showLanguage } from "../i18n/language";
import { factName, factValue, phoneState } from "./phoneFacts";
import { PolicyChangeModel } from "./policyChange";

function changed() {
  const session = new FakeSession();
  const now = session.live.policy.value!;
  const before = { ...now, lockSeconds: 300, offlineHours: 0 };
  const required = { screen_lock: "self_reported", odd_thing: "attested" };
  session.policyChange.value = { before, now: { ...now, version: "2", required } };
  return { session, model: new PolicyChangeModel(fakeApp(session)) };
}

test("says in plain words what was and what is, and nothing that stayed", () => {
  const { model } = changed();
  expect(model.changes()).toEqual([
    { rule: "Without use, Lanyard locks after", now: "2 minutes", before: "5 minutes" },
    {
      rule: "It opens without a network, by passkey, for",
      now: "12 hours",
      before: "never",
    },
    {
      rule: "Asked of every phone",
      now: "that it has a lock of its own; odd thing",
      before: "Nothing",
    },
  ]);
});

test("says in which conversations something more than words may go", () => {
  const { session, model } = changed();
  const use = { nudge: "warn", approvedFor: {}, notFor: {} } as const;
  const before = session.live.policy.value!;
  const clinical = { ...use, voice: true };
  const now = { ...before, rooms: { clinical, operational: { ...clinical, files: true } } };
  session.policyChange.value = { before, now };
  expect(model.changes()).toEqual([
    {
      rule: "Voice notes may go with messages in",
      now: "Clinical, Operational",
      before: "No",
    },
    { rule: "PDFs may go with messages in", now: "Operational", before: "No" },
  ]);
});

test("shows the whole where it does not know what was agreed to", () => {
  const { session, model } = changed();
  session.policyChange.value = { before: null, now: session.live.policy.value! };
  expect(model.changes()).toHaveLength(14);
  expect(model.changes().every(({ before }) => before === null)).toBe(true);
});

test("a refusal is said, and the change stays to be accepted", async () => {
  const { session, model } = changed();
  session.problem = refusal("offline");
  expect(await model.accept()).toBe(false);
  expect(model.errors.value[0]?.text).toContain("offline");
  session.problem = null;
  expect(await model.accept()).toBe(true);
  expect(session.policyChange.value).toBeNull();
});

// @Rule("G18")
test("a fact of a phone is in words, a state that is not known is not made to look harmless", async () => {
  const fact = { fact: "owner", value: "trust", provenance: "self_reported", atTs: 1 } as const;
  expect([factName("owner"), factValue(fact)]).toEqual(["Whose it is", "The organisation’s"]);
  expect(factName("screen_lock")).toContain("asks for a passcode");
  expect(factValue({ ...fact, fact: "screen_lock", value: "false" })).toBe("Not yet");
  expect([phoneState("active"), phoneState("gone_astray")]).toEqual(["In use", "gone astray"]);
  await showLanguage("cy");
  expect(phoneState("active")).toBe("Yn cael ei ddefnyddio");
  await showLanguage("en");
});
