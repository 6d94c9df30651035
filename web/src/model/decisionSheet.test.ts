import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import { ben, custodian, hannah, me, member, patient } from "../../dev/people";
import { decision, inRecord, message, picture } from "../../dev/rooms";
import type { Decision, Sink } from "../engine/protocol";
import { DecisionSheetModel, fromLocalInput, ReceiptModel, toLocalInput } from "./decisionSheet";
import { originalsText, pictureState, statusHint, statusText, toEnter } from "./decisionWhere";
import { canBeSource, flagOf } from "./decisionSources";

let session: FakeSession;
const advice = message(hannah, 12, "Hold tonight’s apixaban.");

const sheet = (): DecisionSheetModel => new DecisionSheetModel(fakeApp(session), "r1", advice);
const asked = (name: string): unknown =>
  session.asked.findLast((call) => call.name === name)?.asked;

beforeEach(() => {
  session = new FakeSession();
  session.script = {
    members: () => [member(me, true), member(hannah), member(ben), custodian],
    sendDecision: () => ({ decisionId: "d1", status: "waiting" }),
  };
});

describe("a decision", () => {
  it("can be sent as it comes: words, author and time of the message", async () => {
    const model = sheet();
    await model.send(patient);
    expect(asked("sendDecision")).toEqual({
      roomId: "r1",
      requestId: "id-1",
      sourceEventIds: [advice.eventId],
      pictureEventIds: [],
      summary: "Hold tonight’s apixaban.",
      decidedTs: advice.ts,
      deciderUserId: hannah.userId,
      adviserUserId: null,
      replaces: null,
      patientVersion: 1,
    });
    expect(model.sent.value).toBe("d1");
  });

  it("is sent under the same id when it is tried again", async () => {
    const model = sheet();
    session.script.sendDecision = () => refusal("offline");
    await model.send(patient);
    expect(model.sent.value).toBeNull();
    expect(model.errors.value[0]?.text).toContain("offline");
    session.script.sendDecision = () => ({ decisionId: "d1", status: "waiting" });
    await model.send(patient);
    const ids = session.asked.map((call) => (call.asked as { requestId: string }).requestId);
    expect(new Set(ids).size).toBe(1);
  });

  it("asks for a fresh proof where the server wants one, and goes on", async () => {
    const model = sheet();
    session.script.sendDecision = () => refusal("step_up");
    session.script.stepUp = () => undefined;
    const sending = model.send(patient);
    await vi.waitFor(() => expect(model.stepUp.asking.value).not.toBeNull());
    session.script.sendDecision = () => ({ decisionId: "d1", status: "waiting" });
    model.stepUp.code.value = "123 456";
    await model.stepUp.byCode();
    await sending;
    expect(model.sent.value).toBe("d1");
  });

  it("leaves nothing standing as decided when the proof is not given", async () => {
    const model = sheet();
    session.script.sendDecision = () => refusal("step_up");
    session.script.dropDecision = () => undefined;
    const sending = model.send(patient);
    await vi.waitFor(() => expect(model.stepUp.asking.value).not.toBeNull());
    model.stepUp.giveUp();
    await sending;
    expect(asked("dropDecision")).toMatchObject({ roomId: "r1" });
    expect(model.sent.value).toBeNull();
  });

  it("leaves nothing standing as decided when its sheet goes while the proof is asked for, or before", async () => {
    session.script.sendDecision = () => refusal("step_up");
    session.script.dropDecision = () => undefined;
    const [asking, early] = [sheet(), sheet()];
    const sending = asking.send(patient);
    await vi.waitFor(() => expect(asking.stepUp.asking.value).not.toBeNull());
    asking.stop();
    await sending;
    const closed = early.send(patient);
    early.stop();
    await closed;
    expect(session.asked.filter((one) => one.name === "dropDecision")).toHaveLength(2);
  });

  it("names who advised, found in the directory", async () => {
    const model = sheet();
    session.script.searchPeople = () => ({ people: [ben], limited: false });
    model.adviserTerm.value = " Ben ";
    await model.findAdviser();
    model.chooseAdviser(ben.userId);
    await model.send(patient);
    expect(asked("sendDecision")).toMatchObject({ adviserUserId: ben.userId });
    model.chooseAdviser("");
    expect(model.adviser.value).toBeNull();
  });

  it("replaces one in the record, whose messages may be gone", async () => {
    const { userId, displayName: name, role } = hannah;
    const model = new DecisionSheetModel(fakeApp(session), "r1", {
      decisionId: "d0",
      text: "Hold apixaban.",
      ts: advice.ts,
      decider: { userId, name, role },
      sources: [],
    });
    await model.send(patient);
    expect(asked("sendDecision")).toMatchObject({ replaces: "d0", sourceEventIds: [] });
  });

  it("is refused without words, with a time to come, or without a time", async () => {
    const model = sheet();
    model.summary.value = "  ";
    model.when.value = toLocalInput(NOW + 3_600_000);
    await model.send(patient);
    expect(model.errors.value.map((error) => error.field)).toEqual(["summary", "when"]);
    model.when.value = "";
    expect(model.check().map((error) => error.field)).toEqual(["summary", "when"]);
    expect(session.asked).toEqual([]);
  });

  it("offers author and me first, then the other people, never the custodian", async () => {
    const model = sheet();
    await model.loadMembers();
    expect(model.likely.value.map((person) => person.name)).toEqual([
      hannah.displayName,
      me.displayName,
    ]);
    expect(model.others.value.map((person) => person.name)).toEqual([ben.displayName]);
  });

  it("takes more messages into its words until somebody has changed them", () => {
    const model = sheet();
    const more = message(hannah, 11, "Restart at 08:00.");
    model.toggleSource(more);
    expect(model.summary.value).toBe("Hold tonight’s apixaban.\nRestart at 08:00.");
    model.summary.value = "Apixaban held.";
    model.toggleSource(more);
    expect(model.summary.value).toBe("Apixaban held.");
    model.toggleSource(advice);
    expect(model.sources.value).toEqual([advice]);
  });

  // @Rule("G15")
  it("takes pictures with it, at most five, in words that only our own app puts to them", async () => {
    const wound = picture({ text: "Photo: Forearm, left" });
    const other = picture({ text: "IMG_1.jpg", photo: null });
    const model = new DecisionSheetModel(fakeApp(session), "r1", wound);
    expect(model.summary.value).toBe("Photo: Forearm, left");
    model.toggleSource(advice);
    model.toggleSource(other);
    expect(model.summary.value).toBe("Hold tonight’s apixaban.\nPhoto: Forearm, left");
    const more = [1, 2, 3, 4].map(() => picture());
    for (const one of more) model.toggleSource(one);
    await model.send(patient);
    expect(model.errors.value[0]?.text).toContain("at most 5");
    expect(session.asked).toEqual([]);
    for (const one of more) model.toggleSource(one);
    await model.send(patient);
    const sources = [wound, advice, other].map((one) => one.eventId);
    expect(new Set((asked("sendDecision") as { sourceEventIds: string[] }).sourceEventIds)).toEqual(
      new Set(sources),
    );
    expect(asked("sendDecision")).toMatchObject({
      pictureEventIds: [wound.eventId, other.eventId],
    });
  });

  it("begins with several messages: the words of all, and the last one's author and time", () => {
    const first = message(me, 20, "Hb 79");
    const several = { sources: [first, advice] };
    const model = new DecisionSheetModel(fakeApp(session), "r1", several);
    expect(model.summary.value).toBe("Hb 79\nHold tonight’s apixaban.");
    expect(model.deciderId.value).toBe(hannah.userId);
    expect(fromLocalInput(model.when.value)).toBe(advice.ts);
    expect(model.replaces).toBeNull();
  });

  // @Hazard("H05")
  it("cannot be made of what is unsent or already decided, but of what was refused or is in error", () => {
    expect(canBeSource(advice)).toBe(true);
    expect(canBeSource({ ...advice, eventId: null })).toBe(false);
    expect(
      canBeSource({ ...advice, decision: { decisionId: "d", status: "waiting", reference: null } }),
    ).toBe(false);
    expect(
      canBeSource({ ...advice, decision: { decisionId: "d", status: "refused", reference: null } }),
    ).toBe(true);
    const filed = { decisionId: "d", status: "in_record", reference: "R1" } as const;
    expect(canBeSource({ ...advice, decision: { ...filed, flag: "replaced" } })).toBe(false);
    expect(canBeSource({ ...advice, decision: { ...filed, flag: "error" } })).toBe(true);
  });

  it("keeps the minute through the time field", () => {
    expect(fromLocalInput(toLocalInput(NOW))).toBe(NOW);
  });
});

describe("the receipt", () => {
  const receipt = (): ReceiptModel => new ReceiptModel(fakeApp(session), "d1");

  it("shows the decision, or says that it could not be loaded", async () => {
    const model = receipt();
    session.script.decision = () => refusal("offline");
    await model.load();
    expect(model.state.value.is).toBe("failed");
    session.script.decision = () => decision();
    await model.load();
    expect(model.state.value.is).toBe("shown");
  });

  it("keeps what it showed when a later reading fails", async () => {
    const model = receipt();
    session.script.decision = () => decision();
    await model.load();
    session.script.decision = () => refusal("server");
    await model.load();
    expect(model.state.value.is).toBe("shown");
  });

  it("queries and withdraws, and says what that does", async () => {
    const model = receipt();
    session.script.decision = () => decision();
    await model.query(false);
    expect(asked("queryDecision")).toEqual({ decisionId: "d1", withdraw: false });
    expect(model.note.value).toContain("messages stay");
    await model.query(true);
    expect(model.note.value).toContain("withdrawn");
  });

  it("says of each picture whether the record has it", () => {
    const waits = { mediaId: "m1", reference: null };
    expect([
      pictureState(waits, decision()),
      pictureState({ mediaId: "m2", reference: "Binary/1" }, decision()),
      pictureState({ mediaId: "m2", reference: "d1.jpg" }, decision({ sink: "folder" })),
      pictureState(waits, decision({ status: "refused" })),
    ]).toEqual(["waiting", "in_record", "in_folder", "refused"]);
  });

  it("tries a refused one again", async () => {
    const model = receipt();
    session.script.decision = () => decision({ status: "refused", reason: "Unknown patient" });
    session.script.retryDecision = () => refusal("refused", "The record is closed.");
    await model.retry();
    expect(model.note.value).toBe("The record is closed.");
  });

  it("says whether the messages went, when they will go, or what keeps them", () => {
    const kept = (keptBecause: Decision["keptBecause"]): string =>
      originalsText(inRecord({ keptBecause, originalsGoTs: NOW }), NOW);
    expect([
      originalsText(decision(), NOW),
      originalsText(decision(), NOW, 7_200),
      originalsText(inRecord({ originalsGoTs: NOW + 3_600_000, keptBecause: null }), NOW),
      originalsText(decision({ status: "refused" }), NOW),
      originalsText(decision({ status: "disposed" }), NOW),
      ...(["hold", "query", "undelivered", "other_decision", "file", "other"] as const).map(kept),
    ]).toEqual([
      "Will be deleted 24 hours after the record confirms it",
      "Will be deleted 2 hours after the record confirms it",
      "Will be deleted 15:08",
      "Kept: the record does not have it",
      "Deleted",
      "Kept: a legal hold covers this conversation",
      "Kept: the decision is queried",
      "Kept: not everyone has received them yet",
      "Kept: another decision still needs them",
      "Kept: the record does not have a picture or file sent with them",
      "Kept: the organisation still needs them",
    ]);
  });

  // @Hazard("H06") @Rule("G15")
  it("never calls a folder the record, nor what nobody has copied yet", () => {
    const says = (sink: Sink, status: Decision["status"]): string =>
      statusText(decision({ sink, status }));
    expect(says("folder", "saved_to_folder")).toBe("Saved to a folder, not in the record yet");
    expect(says("folder", "waiting")).toBe("Waiting to be saved, not in the record");
    expect(says("paste", "waiting")).toBe("Signed, not in the record");
    expect(says("fhir", "waiting")).toBe("Waiting for the record");
    expect(says("folder", "pasted")).toBe("Entered in the record");
    expect(statusHint(decision({ sink: "folder", status: "in_record" }))).toContain("folder says");
    expect(statusHint(inRecord())).toContain("The record has confirmed");
  });

  it("keeps the messages of what only a folder has until somebody says where it is", () => {
    const kept = "Kept until somebody says that it is in the record";
    expect(originalsText(decision({ sink: "folder", status: "saved_to_folder" }), NOW)).toBe(kept);
    expect(originalsText(decision({ sink: "paste", status: "to_paste" }), NOW)).toBe(kept);
    expect(originalsText(decision({ sink: "folder" }), NOW)).toContain("after somebody says");
  });

  it("asks for what is still to be entered, the decision before what followed it", async () => {
    const error = { decisionId: "e1", kind: "error", status: "saved_to_folder" } as const;
    const saved = decision({ sink: "folder", status: "saved_to_folder", followUps: [error] });
    expect(toEnter(saved)?.decisionId).toBe("d1");
    expect(toEnter({ ...saved, status: "pasted" })).toMatchObject({
      decisionId: "e1",
      kind: "error",
    });
    expect(toEnter({ ...saved, status: "pasted", followUps: [] })).toBeUndefined();
    const model = receipt();
    session.script.decision = () => saved;
    session.script.pasted = () => undefined;
    expect(await model.pasted("EPR 4711", "e1")).toBe(true);
    expect(asked("pasted")).toEqual({ decisionId: "e1", reference: "EPR 4711" });
  });
});

describe("what follows a decision", () => {
  const receipt = (): ReceiptModel => new ReceiptModel(fakeApp(session), "d1");

  beforeEach(() => {
    session.script.decision = () => inRecord({ confirmed: false });
    session.script.confirmDecision = () => undefined;
    session.script.markInError = () => undefined;
    session.script.pasted = () => undefined;
  });

  it("is confirmed by who decided", async () => {
    expect(await receipt().confirm()).toBe(true);
    expect(asked("confirmDecision")).toEqual({ decisionId: "d1", requestId: "id-1" });
  });

  it("is marked in error with a reason, under one id for one request", async () => {
    const model = receipt();
    expect(await model.markInError(null, "")).toBe(false);
    expect(await model.markInError("other", " ")).toBe(false);
    expect(model.errors.value.map((error) => error.field)).toEqual(["words"]);
    session.script.markInError = () => refusal("offline");
    expect(await model.markInError("wrong_patient", "")).toBe(false);
    session.script.markInError = () => undefined;
    expect(await model.markInError("wrong_patient", "")).toBe(true);
    expect(asked("markInError")).toEqual({
      decisionId: "d1",
      requestId: "id-1",
      reason: "wrong_patient",
      words: "",
    });
  });

  it("is pasted with a reference only", async () => {
    const model = receipt();
    expect(await model.pasted("  ")).toBe(false);
    expect(await model.pasted(" EPR 7 ")).toBe(true);
    expect(asked("pasted")).toEqual({ decisionId: "d1", reference: "EPR 7" });
  });

  it("shows the gravest first", () => {
    const followUps = [{ decisionId: "d2", kind: "error", status: "waiting" } as const];
    expect(flagOf(decision())).toEqual({});
    expect(flagOf(decision({ confirmed: false }))).toEqual({ flag: "unconfirmed" });
    expect(flagOf(decision({ confirmed: false, overdueTs: NOW }))).toEqual({ flag: "overdue" });
    expect(flagOf(decision({ overdueTs: NOW, followUps }))).toEqual({ flag: "error" });
    expect(flagOf(decision({ followUps: [{ ...followUps[0]!, status: "refused" }] }))).toEqual({});
  });
});
