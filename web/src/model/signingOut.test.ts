import { expect, it } from "vitest";
import { FakeSession, fakeApp } from "../../dev/fakeSession";
import { SigningOutModel } from "./signingOut";

it("says that it is busy until the phone is empty, and is not done twice", async () => {
  const session = new FakeSession();
  let wipes = 0;
  let end = (): void => {};
  session.wipe = () => {
    wipes++;
    return new Promise((done) => (end = done));
  };
  const model = new SigningOutModel(fakeApp(session));
  const going = model.go();
  expect(model.busy.value).toBe(true);
  await model.go();
  expect(wipes).toBe(1);
  end();
  await going;
  expect(model.busy.value).toBe(false);
});
