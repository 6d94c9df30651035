import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, NOW } from "../../dev/fakeSession";
import { hannah } from "../../dev/people";
import { decision, inRecord, message } from "../../dev/rooms";
import { decisionOf } from "../engine/lanyardCalls";
import { ReceiptModel } from "./decisionSheet";
import { canBeSource, flagOf } from "./decisionSources";
import { originalsText, pictureState, statusHint, statusText, toEnter } from "./decisionWhere";

let session: FakeSession;
const advice = message(hannah, 12, "Hold tonight’s apixaban.");
const receipt = (): ReceiptModel => new ReceiptModel(fakeApp(session), "d1");

beforeEach(() => (session = new FakeSession()));

describe("a decision that was marked in error in time", () => {
  // @Hazard("H05") @Rule("G15")
  it("says that one was withdrawn before it reached the record, and no more of it", async () => {
    const error = { decisionId: "e1", kind: "error", status: "withdrawn" } as const;
    const stopped = decision({ status: "withdrawn", followUps: [error] });
    expect(statusText(stopped)).toBe("Withdrawn before it reached the record");
    expect(originalsText(stopped, NOW)).toBe("Kept: the decision was entered in error");
    expect(pictureState({ mediaId: "m1", reference: null }, stopped)).toBe("withdrawn");
    expect(toEnter(stopped)).toBeUndefined();
    expect(flagOf(stopped)).toEqual({ flag: "error" });
    expect(canBeSource({ ...advice, decision: { ...error, reference: null } })).toBe(true);
    const model = receipt();
    session.script.markInError = () => undefined;
    session.script.decision = () => stopped;
    expect(await model.markInError("wrong_patient", "")).toBe(true);
    expect(model.note.value).toContain("stopped in time");
    session.script.decision = () => decision({ followUps: [{ ...error, status: "waiting" }] });
    await model.markInError("duplicate", "");
    expect(model.note.value).toBe("The mark is on its way to the record.");
  });

  it("gives the mark to copy, not the words of what was stopped after somebody took them", () => {
    const error = { decisionId: "e1", kind: "error", status: "to_paste" } as const;
    const taken = decision({ sink: "paste", status: "to_paste", followUps: [error] });
    expect(toEnter(taken)?.decisionId).toBe("e1");
    expect(toEnter({ ...taken, followUps: [] })?.decisionId).toBe("d1");
  });

  it("lets a decision stand whose replacement was withdrawn", () => {
    const again = { decisionId: "r1", kind: "replacement", status: "withdrawn" } as const;
    expect(flagOf(inRecord({ followUps: [again] }))).toEqual({});
    expect(flagOf(inRecord({ followUps: [{ ...again, status: "waiting" }] }))).toEqual({
      flag: "replaced",
    });
  });

  it("counts on nothing where it does not know the word for where a decision is", () => {
    const { status, followUps } = decisionOf({
      status: "in_orbit",
      follow_ups: [{ decision_id: "e1", kind: "error", status: "in_orbit" }],
    });
    expect([status, followUps[0]?.status]).toEqual(["other", "other"]);
    expect(statusText(decision({ status }))).toContain("does not know where it is");
    expect(statusHint(decision({ status }))).toContain("do not count on it");
  });
});
