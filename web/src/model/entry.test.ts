import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import { patient } from "../../dev/people";
import { room } from "../../dev/rooms";
import { RoomListModel } from "./roomList";
import { LinkPatientModel } from "./linkPatient";
import { LockModel } from "./lock";
import { MeModel } from "./me";
import { Navigation, startAtTheList } from "./navigation";
import { SetUpModel } from "./setUp";
import { SignInModel } from "./signIn";

let session: FakeSession;

beforeEach(() => {
  session = new FakeSession();
});

describe("sign in", () => {
  it("asks for both and then goes on, forgetting the password", async () => {
    const model = new SignInModel(fakeApp(session));
    await model.submitPassword();
    expect(model.errors.value.map((error) => error.field)).toEqual(["user", "password"]);
    expect(session.given).toEqual([]);
    model.user.value = " amara ";
    model.password.value = "right horse";
    await model.submitPassword();
    expect(session.given).toEqual(["amararight horse"]);
    expect(model.password.value).toBe("");
  });

  it("says the same for a wrong name and a wrong password", async () => {
    const model = new SignInModel(fakeApp(session));
    session.problem = refusal("wrong_sign_in");
    model.user.value = "a";
    model.password.value = "b";
    await model.submitPassword();
    expect(model.errors.value).toEqual([
      { field: "user", text: "The user name or password is not right. Check both and try again." },
    ]);
  });

  it("takes a pasted code with its spaces, and a recovery code however it is grouped", async () => {
    const model = new SignInModel(fakeApp(session));
    model.code.value = "123 456";
    await model.submitCode();
    model.chooseRecoveryCode(true);
    model.code.value = "abcd efgh-jklm";
    await model.submitCode();
    expect(session.given).toEqual(["123456", "ABCD-EFGH-JKLM"]);
  });

  it("takes a user name and a code from paper, for who has no password", async () => {
    const model = new SignInModel(fakeApp(session));
    model.chooseRecoveryCode(true);
    await model.submitPaper();
    expect(model.errors.value.map((error) => error.field)).toEqual(["user", "code"]);
    model.user.value = "ffion";
    model.code.value = "abcd efgh jklm";
    session.problem = refusal("wrong_code");
    await model.submitPaper();
    expect(model.errors.value[0]?.text).toContain("The user name or the code is not right");
    session.problem = null;
    await model.submitPaper();
    expect(session.given.at(-1)).toBe("ffion ABCD-EFGH-JKLM");
    expect([model.withRecoveryCode.value, model.code.value]).toEqual([false, ""]);
  });

  it("refuses other shapes before anything is sent, and drops a used code", async () => {
    const model = new SignInModel(fakeApp(session));
    for (const wrong of ["", "12345", "1234567", "12a456"]) {
      model.code.value = wrong;
      await model.submitCode();
      expect(model.errors.value[0]?.field).toBe("code");
    }
    expect(session.given).toEqual([]);
    session.problem = refusal("wrong_code");
    model.code.value = "123456";
    await model.submitCode();
    expect(model.code.value).toBe("");
  });
});

describe("setting up", () => {
  it("needs a name and the same good passcode twice", async () => {
    const model = new SetUpModel(fakeApp(session), 6);
    expect(model.name.value).toBe("My iPhone");
    const tries = [
      ["", "", "passcode"],
      ["123456", "123456", "passcode"],
      ["111111", "111111", "passcode"],
      ["4938", "4938", "passcode"],
      ["493817", "", "again"],
      ["493817", "493818", "again"],
    ];
    for (const [passcode = "", again = "", field] of tries) {
      model.passcode.value = passcode;
      model.again.value = again;
      await model.submit();
      expect(model.errors.value.map((error) => error.field)).toEqual([field]);
    }
    expect(session.given).toEqual([]);
    model.again.value = "493817";
    await model.submit();
    expect(session.given).toEqual(["My iPhone 493817"]);
    expect(model.passcode.value).toBe("");
  });
});

describe("the lock", () => {
  it("opens, clears what was typed, and says what went wrong", async () => {
    session.state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    const model = new LockModel(fakeApp(session));
    await model.unlock();
    expect(model.error.value).toBe("Enter your passcode");
    session.problem = refusal("wrong_passcode");
    model.passcode.value = "493817";
    await model.unlock();
    expect([model.error.value, model.passcode.value]).toEqual(["That passcode is not right.", ""]);
    session.problem = refusal("offline");
    model.passcode.value = "493817";
    await model.unlock();
    expect([model.error.value, model.trouble.value?.includes("network")]).toEqual([null, true]);
  });

  it("makes no try while it must wait", async () => {
    session.state.value = { at: "locked", attemptsLeft: 3, retryTs: NOW + 45_000 };
    const model = new LockModel(fakeApp(session));
    expect([model.wait.value, model.attemptsLeft.value]).toEqual(["45 seconds", 3]);
    model.passcode.value = "493817";
    await model.unlock();
    expect(session.given).toEqual([]);
  });
});

describe("the list", () => {
  it("tells loading from empty, and shows role, people and time", () => {
    const model = new RoomListModel(fakeApp(session), "clinical");
    expect(model.state.value.is).toBe("empty");
    session.live.roomsLoaded.value = false;
    expect(model.state.value.is).toBe("loading");
    session.live.rooms.value = [room("r1", "Medicines advice", { unread: 2 })];
    const state = model.state.value;
    expect(state.is === "rows" && state.rows[0]).toMatchObject({
      purpose: "Medicines advice",
      who: "With Hannah Whitfield and Ben Osei",
      last: "Last: Pharmacist",
      time: "14:04",
      unread: 2,
    });
  });

  it("shows no social room among the clinical ones", () => {
    session.live.rooms.value = [room("r1", "Night out", { kind: "social" })];
    expect(new RoomListModel(fakeApp(session), "clinical").state.value.is).toBe("empty");
  });
});

describe("linking a patient", () => {
  it("checks the number here, finds the card, and links only when it is confirmed", async () => {
    const model = new LinkPatientModel(fakeApp(session), "r1");
    for (const wrong of ["", "12345", "999 390 9964"]) {
      model.number.value = wrong;
      await model.find();
      expect(model.errors.value[0]?.field).toBe("nhs");
    }
    expect(session.asked).toEqual([]);
    session.script.findPatient = () => ({ ...patient, patientId: "p1" });
    model.number.value = "999 390 9963";
    await model.find();
    expect(session.asked).toEqual([{ name: "findPatient", asked: { nhsNumber: "9993909963" } }]);
    expect([model.match.value?.patientId, model.number.value, model.linked.value]).toEqual([
      "p1",
      "",
      false,
    ]);
    await model.link();
    expect(session.asked.at(-1)).toEqual({
      name: "linkPatient",
      asked: { roomId: "r1", patientId: "p1" },
    });
    expect(model.linked.value).toBe(true);
  });

  it("says that nobody has this number", async () => {
    const model = new LinkPatientModel(fakeApp(session), "r1");
    session.script.findPatient = () => refusal("not_found");
    model.number.value = "9993909963";
    await model.find();
    expect(model.errors.value[0]?.text).toContain("No patient");
    expect(model.match.value).toBeNull();
  });
});

describe("me", () => {
  it("changes the passcode only with the current one and a good new one", async () => {
    const model = new MeModel(fakeApp(session));
    model.passcode.value = model.again.value = "493817";
    expect(await model.changePasscode()).toBe(false);
    expect(model.errors.value.map((error) => error.field)).toEqual(["current"]);
    model.current.value = "271828";
    session.problem = refusal("wrong_passcode");
    expect(await model.changePasscode()).toBe(false);
    session.problem = null;
    expect(await model.changePasscode()).toBe(true);
    expect(session.given).toEqual(["271828 493817", "271828 493817"]);
    expect(model.current.value + model.passcode.value + model.again.value).toBe("");
  });

  it("forgets recovery codes when their sheet closes", async () => {
    const model = new MeModel(fakeApp(session));
    session.script.newRecoveryCodes = () => ({ codes: ["AAAA-BBBB-CCCC"] });
    model.code.value = "12345";
    await model.makeCodes();
    expect(session.asked).toEqual([]);
    model.code.value = "123456";
    await model.makeCodes();
    expect(model.codes.value).toEqual(["AAAA-BBBB-CCCC"]);
    model.clear();
    expect(model.codes.value).toBeNull();
  });
});

describe("navigation", () => {
  it("goes back one place at a time, by the button or by the phone's gesture", () => {
    const deep: number[] = [];
    let gestured = (): void => {};
    const navigation = new Navigation({
      deep: (places) => void deep.push(places),
      onBack: (run) => void (gestured = run),
    });
    navigation.go({ at: "conversation", roomId: "r1" });
    navigation.go({ at: "details", roomId: "r1" });
    navigation.back();
    expect(navigation.place.value.at).toBe("conversation");
    gestured();
    expect(navigation.place.value.at).toBe("clinical");
    gestured();
    navigation.back();
    expect(navigation.place.value.at).toBe("clinical");
    expect(deep).toEqual([1, 2, 1, 0, 0]);
  });

  it("leaves no way back into the form that made a room", () => {
    const navigation = new Navigation({ deep: () => {}, onBack: () => {} });
    navigation.tab("directory");
    navigation.go({ at: "new" });
    navigation.instead({ at: "conversation", roomId: "r9" });
    navigation.back();
    expect(navigation.place.value).toEqual({ at: "clinical" });
  });

  it("begins at the list after a lock, with the draft still there", async () => {
    const { navigation } = fakeApp(session);
    startAtTheList(navigation, session);
    navigation.go({ at: "conversation", roomId: "r1" });
    session.drafts.write("r1", "Not sent yet");
    await session.lock();
    expect(navigation.place.value).toEqual({ at: "clinical" });
    expect(navigation.canGoBack.value).toBe(false);
    await session.unlock("493817");
    navigation.go({ at: "details", roomId: "r1" });
    expect(navigation.place.value.at).toBe("details");
    expect(session.drafts.read("r1")).toBe("Not sent yet");
  });
});
