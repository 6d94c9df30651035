import { beforeEach, describe, expect, it } from "vitest";
import { FakeNotifications } from "../../dev/fakeNotifications";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { NotificationsModel } from "./notifications";

let session: FakeSession;
let browser: FakeNotifications;
let model: NotificationsModel;

beforeEach(() => {
  session = new FakeSession();
  session.script.push = () => ({ applicationServerKey: "key", subscribed: false });
  session.script.subscribePush = () => undefined;
  session.script.unsubscribePush = () => undefined;
  browser = new FakeNotifications();
  browser.now = "not_asked";
  const app = fakeApp(session);
  model = new NotificationsModel({
    ...app,
    surroundings: { ...app.surroundings, notifications: browser },
  });
});

const asked = (): string[] => session.asked.map((call) => call.name);

describe("notifications", () => {
  it("are switched on by the server's key, and off again", async () => {
    await model.look();
    expect(model.state.value).toBe("not_asked");
    await model.switchOn();
    expect(model.state.value).toBe("on");
    expect(browser.key).toBe("key");
    expect(session.asked.at(-1)).toEqual({ name: "subscribePush", asked: browser.held });
    await model.switchOff();
    expect(model.state.value).toBe("off");
    expect(browser.held).toBeNull();
    expect(asked().at(-1)).toBe("unsubscribePush");
  });

  it("say so when the person, the browser or the phone does not allow it", async () => {
    for (const is of ["denied", "unsupported", "not_installed"] as const) {
      browser.now = is;
      await model.look();
      expect(model.state.value).toBe(is);
    }
    browser.now = "not_asked";
    browser.answer = "denied";
    await model.switchOn();
    expect([model.state.value, asked()]).toEqual(["denied", []]);
  });

  it("are not on when the push service or the server does not answer", async () => {
    browser.fails = true;
    await model.switchOn();
    expect([model.state.value, model.problem.value]).toEqual(["off", ""]);
    browser.fails = false;
    session.script.subscribePush = () => refusal("server");
    await model.switchOn();
    expect([model.state.value, browser.held]).toEqual(["off", null]);
    expect(model.problem.value).toContain("The server did not answer");
  });

  it("are given again to a server that has lost them, and to no other", async () => {
    await model.switchOn();
    await model.arrive();
    expect(asked().filter((name) => name === "subscribePush")).toHaveLength(2);
    session.script.push = () => ({ applicationServerKey: "key", subscribed: true });
    await model.arrive();
    expect(asked().filter((name) => name === "subscribePush")).toHaveLength(2);
  });

  it("are not offered again to who said not now", async () => {
    await model.arrive();
    expect(model.postponed.value).toBe(false);
    await model.notNow();
    expect([model.postponed.value, browser.postponed]).toEqual([true, true]);
    model.postponed.value = false;
    await model.arrive();
    expect(model.postponed.value).toBe(true);
  });
});
