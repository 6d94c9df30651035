import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { patient } from "../../dev/people";
import { room } from "../../dev/rooms";
import type { RoomUse } from "../engine/words";
import type { App } from "./app";
import { ConversationModel } from "./conversation";
import type { NudgeModel } from "./nudging";

let session: FakeSession;
let app: App;

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const asks = (name: string): unknown[] =>
  session.asked.filter((call) => call.name === name).map((call) => call.asked);

function policy(kind: "clinical" | "social", nudge: RoomUse["nudge"]): void {
  const now = session.live.policy.value;
  if (now === null) return;
  const use = { nudge, approvedFor: { en: "care" }, notFor: { en: "chat" } };
  session.live.policy.value = { ...now, rooms: { [kind]: use } };
}

async function opened(text: string): Promise<[ConversationModel, NudgeModel]> {
  const model = new ConversationModel(app, "r1");
  await model.composer.checked;
  model.composer.type(text);
  const nudge = model.composer.nudge.value;
  if (nudge === null) throw new Error("no nudge");
  return [model, nudge];
}

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  session.live.rooms.value = [room("r1", "Medicines advice")];
  session.script = {
    patient: () => patient,
    send: () => undefined,
    countNudges: () => undefined,
    breakGlass: () => undefined,
    feedback: () => undefined,
  };
});

// @Rule("G13")
describe("levels of the nudge", () => {
  it("off: nothing is found", async () => {
    policy("clinical", "off");
    const [, nudge] = await opened("Check 999 390 9963");
    expect(nudge.shown.value).toBeNull();
  });

  it("warn: it says so and lets the message go", async () => {
    policy("clinical", "warn");
    const [model, nudge] = await opened("Check 999 390 9963");
    expect(nudge.shown.value?.kinds).toEqual(["nhs-number"]);
    await model.send();
    expect(asks("send")).toHaveLength(1);
  });

  it("ask: one tap on a reason, and it goes", async () => {
    policy("clinical", "ask");
    const [model, nudge] = await opened("Check 999 390 9963");
    await model.send();
    expect(asks("send")).toEqual([]);
    expect(nudge.asking.value).toContain("emergency");
    await nudge.because("safety");
    expect(asks("send")).toHaveLength(1);
    expect(asks("breakGlass")).toEqual([]);
  });

  it("counts kinds and what became of them, and no words", async () => {
    const [, nudge] = await opened("Check 999 390 9963");
    nudge.replace();
    expect(asks("countNudges")).toEqual([
      { roomKind: "clinical", counts: { "nhs-number": { shown: 1, replaced: 1, kept: 0 } } },
    ]);
  });

  it("asks once whether taking it out helped, and nobody waits for the answer", async () => {
    const [model, nudge] = await opened("Check 999 390 9963");
    nudge.replace();
    expect(nudge.worth.value).toBe("ask");
    nudge.helped(true);
    expect(nudge.worth.value).toBe("thanks");
    expect(asks("feedback")).toEqual([{ rule: "G13", useful: true }]);
    await model.send();
    expect(nudge.worth.value).toBeNull();
    const [, again] = await opened("Check 999 390 9963");
    again.replace();
    expect(again.worth.value).toBeNull();
  });

  it("hears with one tap that it was of no use", async () => {
    const [, nudge] = await opened("Check 999 390 9963");
    nudge.notUseful();
    expect(nudge.shown.value).toBeNull();
    expect(asks("feedback")).toEqual([{ rule: "G13", useful: false }]);
  });
});

// @Rule("G29") @Rule("G12")
describe("in a social conversation", () => {
  beforeEach(() => {
    session.live.rooms.value = [room("r1", "Lunch", { kind: "social" })];
  });

  it("offers a clinical one with the same people", async () => {
    session.script.members = () => [];
    const [, nudge] = await opened("Mrs Llewellyn is back");
    expect(nudge.shown.value?.sentence).toContain("Nothing about a patient belongs here");
    await nudge.openClinical();
    expect(app.navigation.place.value).toMatchObject({ at: "new", draftOf: "r1" });
  });

  it("goes all the same with a reason, which the Caldicott guardian is told", async () => {
    const [model, nudge] = await opened("Mrs Llewellyn is back");
    await model.send();
    expect(asks("send")).toEqual([]);
    await nudge.because("emergency");
    expect(asks("send")).toHaveLength(1);
    expect(asks("breakGlass")).toMatchObject([{ roomId: "r1", reason: "emergency" }]);
  });

  it("tells later what could not be told without a network", async () => {
    session.script.breakGlass = () => refusal("offline");
    const [, nudge] = await opened("Mrs Llewellyn is back");
    await nudge.because("no_other_way");
    await settle();
    session.script.breakGlass = () => undefined;
    await opened("");
    await settle();
    const told = asks("breakGlass") as { requestId: string }[];
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(told[0]);
    await opened("");
    await settle();
    expect(asks("breakGlass")).toHaveLength(2);
  });

  it.each(["server", "too_soon", "unexpected", "signed_out"] as const)(
    "tells it later after %s too",
    async (code) => {
      session.script.breakGlass = () => refusal(code);
      const [, nudge] = await opened("Mrs Llewellyn is back");
      await nudge.because("emergency");
      await settle();
      await opened("");
      await settle();
      expect(asks("breakGlass")).toHaveLength(2);
    },
  );

  it.each(["refused", "bad_input", "not_found"] as const)(
    "tells it no more after %s, which stays so",
    async (code) => {
      session.script.breakGlass = () => refusal(code);
      const [, nudge] = await opened("Mrs Llewellyn is back");
      await nudge.because("emergency");
      await settle();
      await opened("");
      await settle();
      expect(asks("breakGlass")).toHaveLength(1);
    },
  );

  it("breaks no glass for what is not about a patient", async () => {
    const [, nudge] = await opened("Happy birthday to you at 14 Oak Street");
    await nudge.because("not_a_patient");
    expect(asks("send")).toHaveLength(1);
    expect(asks("breakGlass")).toEqual([]);
    expect(asks("feedback")).toHaveLength(1);
  });
});
