import { beforeEach, expect, test } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { FirstFactorModel } from "./firstFactor";

let session: FakeSession;
let model: FirstFactorModel;

beforeEach(() => {
  session = new FakeSession();
  session.state.value = { at: "first_factor" };
  model = new FirstFactorModel(fakeApp(session));
});

const faults = () => model.errors.value.map(({ field }) => field);

async function type(code: string, password: string, again = password): Promise<void> {
  Object.assign(model.code, { value: code });
  Object.assign(model.password, { value: password });
  Object.assign(model.again, { value: again });
  await model.confirm();
}

test("a passkey gets this phone's name", async () => {
  await model.byPasskey();
  expect(session.given).toEqual(["My iPhone"]);
});

test("what is not right is said beside its field, and nothing is sent", async () => {
  await model.byCode();
  await type("", "short");
  expect(faults()).toEqual(["code", "new-password"]);
  await type("123456", "three odd words", "three other words");
  expect(faults()).toEqual(["new-password-again"]);
  expect(session.given).toEqual([]);
});

test("a pasted code goes without its spaces, and nothing secret is left in the form", async () => {
  await model.byCode();
  await type("123 456", "three odd words");
  expect(session.given).toEqual(["123456 three odd words"]);
  expect([model.code.value, model.password.value, model.again.value]).toEqual(["", "", ""]);
  expect(session.state.value.at).toBe("recovery_codes");
});

test("each refusal is said in our words, where it can be put right", async () => {
  await model.byCode();
  for (const [code, field] of [
    ["wrong_code", "code"],
    ["weak_password", "new-password"],
    ["too_late", ""],
    ["offline", ""],
  ] as const) {
    session.problem = refusal(code, "In English.");
    await type("123456", "three odd words");
    expect(faults()).toEqual([field]);
    expect(model.errors.value[0]?.text).not.toBe("In English.");
    expect(model.password.value).toBe("three odd words");
  }
});

test("another way can be chosen, and then the whole begun again", async () => {
  await model.byCode();
  expect(model.offered.value).not.toBeNull();
  model.chooseAgain();
  expect(model.offered.value).toBeNull();
  model.startAgain();
  expect(session.state.value).toEqual({ at: "signed_out" });
});
