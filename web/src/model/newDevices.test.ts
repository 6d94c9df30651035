import { expect, test } from "vitest";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import { NewDevicesModel } from "./newDevices";

const device = (deviceId: string) => ({ deviceId, name: "Laptop", sinceTs: NOW, otherApp: false });

function asked(...devices: string[]) {
  const session = new FakeSession();
  const left = [...devices];
  session.script.newDevices = () => left.map(device);
  session.script.answerNewDevice = () => void left.shift();
  return { session, model: new NewDevicesModel(fakeApp(session)) };
}

test("one after the other is asked about, and only a stranger's is ended", async () => {
  const { session, model } = asked("A", "B");
  await model.look();
  expect(model.asked.value?.deviceId).toBe("A");
  await model.answer(true);
  expect([model.asked.value?.deviceId, model.ended.value]).toEqual(["B", false]);
  await model.answer(false);
  expect([model.asked.value, model.ended.value]).toEqual([null, true]);
  const answers = session.asked.filter((call) => call.name === "answerNewDevice");
  expect(answers.map((call) => call.asked)).toEqual([
    { deviceId: "A", mine: true },
    { deviceId: "B", mine: false },
  ]);
});

test("what the server does not take is asked still, with the reason", async () => {
  const { session, model } = asked("A");
  await model.look();
  session.script.answerNewDevice = () => refusal("server");
  await model.answer(false);
  expect(model.asked.value?.deviceId).toBe("A");
  expect(model.ended.value).toBe(false);
  expect(model.problem.value).toContain("The server did not answer");
});
