import { beforeEach, expect, test, vi } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { showLanguage } from "../i18n/language";
import { safetyWords } from "../i18n/safety";
import { FactorsModel } from "./factors";
import { LockModel } from "./lock";
import { MeModel } from "./me";
import { SetUpModel } from "./setUp";
import { SignInModel } from "./signIn";

let session: FakeSession;
let me: MeModel;
let factors: FactorsModel;

beforeEach(() => {
  session = new FakeSession();
  const app = fakeApp(session);
  me = new MeModel(app);
  factors = new FactorsModel(app, me);
});

test("who vouches for another app is told in both languages that it gets the keys to their messages", async () => {
  const said = (): string[] => [safetyWords().verifyWhy("Element X"), safetyWords().verifyDone];
  for (const text of said()) expect(text).toMatch(/the keys (that open|to) your messages/);
  await showLanguage("cy");
  for (const text of said()) expect(text).toMatch(/allweddi (sy’n agor )?eich negeseuon/);
  await showLanguage("en");
});

/** The server wants a fresh proof before it removes a phone. */
function wantsProof(): void {
  let proven = false;
  session.script.stepUp = () => void (proven = true);
  session.passkeys.proveAgain = () => {
    proven = true;
    return Promise.resolve(null);
  };
  session.script.removeHandset = () => (proven ? undefined : refusal("step_up"));
  session.script.handsets = () => [];
}

const phone = { handsetId: "h2", name: "Ward tablet" } as never;

test("a deed that needs a fresh proof asks for it, and is then done", async () => {
  wantsProof();
  me.removing.value = phone;
  const removed = me.removePhone();
  await vi.waitFor(() => expect(me.stepUp.asking.value).not.toBeNull());
  await me.stepUp.byPasskey();
  await removed;
  expect([me.removing.value, me.stepUp.asking.value]).toEqual([null, null]);
  expect(me.note.value).toContain("Ward tablet");
});

test("a code proves it too, and one of another shape is not sent", async () => {
  wantsProof();
  me.removing.value = phone;
  const removed = me.removePhone();
  await vi.waitFor(() => expect(me.stepUp.asking.value).not.toBeNull());
  me.stepUp.code.value = "12345";
  await me.stepUp.byCode();
  expect(me.stepUp.errors.value[0]?.field).toBe("step-up-code");
  me.stepUp.code.value = "123 456";
  await me.stepUp.byCode();
  await removed;
  expect(session.asked.filter(({ name }) => name === "stepUp")).toEqual([
    { name: "stepUp", asked: { code: "123456" } },
  ]);
  expect(me.removing.value).toBeNull();
});

test("who gives up has done nothing", async () => {
  wantsProof();
  me.removing.value = phone;
  const removed = me.removePhone();
  await vi.waitFor(() => expect(me.stepUp.asking.value).not.toBeNull());
  me.stepUp.giveUp();
  await removed;
  expect(me.removing.value).not.toBeNull();
  expect(me.errors.value[0]?.text).toBe("First show that it is you.");
});

test("the recovery key is shown after a proof only, and forgotten with its sheet", async () => {
  session.script.recoveryKey = () => ({ key: "EsTj 3yST" });
  session.script.passkeys = () => [];
  const first = factors.showRecoveryKey();
  me.stepUp.giveUp();
  expect(await first).toBe(false);
  expect(session.asked).toEqual([]);
  const shown = factors.showRecoveryKey();
  await me.stepUp.byPasskey();
  expect([await shown, factors.recoveryKey.value]).toEqual([true, "EsTj 3yST"]);
  factors.clear();
  expect(factors.recoveryKey.value).toBeNull();
});

test("a passkey needs a name and, to open this phone, the passcode", async () => {
  session.script.passkeys = () => [];
  expect(await factors.add()).toBe(false);
  expect(factors.errors.value.map(({ field }) => field)).toEqual([
    "passkey-name",
    "passkey-passcode",
  ]);
  factors.name.value = "My phone";
  factors.passcode.value = "493817";
  expect(await factors.add()).toBe(true);
  expect(session.given).toEqual(["My phone 493817"]);
});

test("a new password is typed twice and long", async () => {
  session.script.changePassword = () => undefined;
  session.script.passkeys = () => [];
  factors.password.value = "short";
  expect(await factors.changePassword()).toBe(false);
  factors.password.value = factors.again.value = "correct horse battery";
  expect(await factors.changePassword()).toBe(true);
  expect(session.asked.some(({ name }) => name === "changePassword")).toBe(true);
});

test("what the person says of the phone is sent as they said it", async () => {
  session.script.reportFacts = () => undefined;
  session.script.passkeys = () => [];
  expect(await factors.saveAnswers()).toBe(false);
  factors.answers.value = { screen_lock: "yes", nobody_else: "no" };
  expect(await factors.saveAnswers()).toBe(true);
  expect(session.asked[0]).toEqual({
    name: "reportFacts",
    asked: { answers: { screen_lock: "yes", nobody_else: "no" } },
  });
});

test("unsent messages are named from the third wrong passcode on, unless a passkey opens too", () => {
  const model = new LockModel(fakeApp(session));
  session.door.value = { passkey: false, passcodeGone: false, unsent: 2 };
  const after = (attemptsLeft: number) => {
    session.state.value = { at: "locked", attemptsLeft, retryTs: null };
    return model.unsent.value;
  };
  expect([after(8), after(7), after(1)]).toEqual([0, 2, 2]);
  session.door.value = { passkey: true, passcodeGone: false, unsent: 2 };
  expect(after(1)).toBe(0);
});

test("a passkey that was not used leaves the passcode", async () => {
  const model = new LockModel(fakeApp(session));
  session.problem = refusal("passkey_given_up");
  await model.unlockByPasskey();
  expect(model.trouble.value).toContain("No passkey was used");
});

test("signing in by passkey asks for nothing else, and says when none was used", async () => {
  const model = new SignInModel(fakeApp(session));
  session.problem = refusal("passkey_given_up");
  await model.byPasskey();
  expect(model.errors.value[0]?.text).toContain("No passkey was used");
  session.problem = null;
  await model.byPasskey();
  expect([session.state.value.at, model.errors.value]).toEqual(["choose_passcode", []]);
});

test("a shared device needs a name and no passcode", async () => {
  const model = new SetUpModel(fakeApp(session), 6);
  model.shared.value = true;
  await model.submit();
  expect([session.given, session.state.value.at]).toEqual([["My iPhone"], "open"]);
});
