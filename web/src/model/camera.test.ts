import { beforeEach, describe, expect, it } from "vitest";
import { FakeCamera } from "../../dev/fakeCamera";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import { CameraModel } from "./camera";

const view = {} as HTMLVideoElement;
let session: FakeSession;
let browser: FakeCamera;
let model: CameraModel;

beforeEach(() => {
  session = new FakeSession();
  browser = new FakeCamera();
  const app = fakeApp(session);
  const surroundings = { ...app.surroundings, camera: () => Promise.resolve(browser) };
  model = new CameraModel({ ...app, surroundings }, "!ward");
});

const fields = () => model.errors.value.map((error) => error.field);
const photos = () => session.asked.filter((one) => one.name === "sendPhoto");

async function taken() {
  model.consent.value = "agreed";
  await model.begin();
  await model.shoot(view);
}

describe("consent comes first", () => {
  // @Rule("G31")
  it("opens no camera before somebody said whether the person agrees", async () => {
    await model.begin();
    expect(fields()).toEqual(["consent"]);
    expect(browser.opened).toEqual([]);
  });

  // @Rule("G31")
  it("opens no camera on somebody who refuses", async () => {
    model.consent.value = "refused";
    await model.begin();
    expect(model.step.value).toBe("consent");
    expect(browser.opened).toEqual([]);
  });

  it("wants to know who decided for somebody who cannot", async () => {
    model.consent.value = "best_interests";
    model.decidedBy.value = " ";
    await model.begin();
    expect(fields()).toEqual(["decided-by"]);
    model.decidedBy.value = "Dr Okafor";
    await model.begin();
    expect(model.step.value).toBe("live");
  });

  it("asks once more before an intimate picture and before one of a child", async () => {
    for (const more of [model.intimate, model.child]) {
      model.consent.value = "ask_later";
      more.value = true;
      await model.begin();
      expect(fields()).toEqual(["sure"]);
      more.value = false;
    }
    model.child.value = true;
    model.sure.value = true;
    await model.begin();
    expect(browser.opened).toEqual(["back"]);
  });
});

describe("the camera", () => {
  it("says what is wrong with it, and is tried again", async () => {
    browser.trouble = "in_use";
    model.consent.value = "agreed";
    await model.begin();
    expect(model.trouble.value).toBe("in_use");
    browser.trouble = null;
    await model.open();
    expect(model.trouble.value).toBeNull();
    expect(browser.lit).toBe(1);
  });

  it("is off when the picture is taken, when the other one is on, and when the screen closes", async () => {
    await taken();
    expect([browser.lit, browser.inMemory]).toEqual([0, 1]);
    await model.again();
    expect([browser.lit, browser.inMemory]).toEqual([1, 0]);
    await model.otherSide();
    expect(browser.opened).toEqual(["back", "back", "front"]);
    expect(browser.lit).toBe(1);
    await model.shoot(view);
    model.close();
    expect([browser.lit, browser.inMemory]).toEqual([0, 0]);
  });

  it("is on once when the other side is asked for twice", async () => {
    model.consent.value = "agreed";
    await model.begin();
    await Promise.all([model.otherSide(), model.otherSide()]);
    expect(browser.lit).toBe(1);
    model.close();
    expect(browser.lit).toBe(0);
  });

  it("says nothing of an opening that another one took over", async () => {
    model.consent.value = "agreed";
    await model.begin();
    let fail: (error: Error) => void = () => {};
    const { open } = browser;
    browser.open = () => new Promise((_, reject) => (fail = reject));
    const first = model.otherSide();
    await Promise.resolve();
    browser.open = () => new Promise(() => {});
    void model.otherSide();
    fail(new Error("in use"));
    await first;
    expect([model.trouble.value, model.busy.value]).toEqual([null, "opening"]);
    browser.open = open;
  });

  it("does not come on for a screen that was closed meanwhile", async () => {
    model.consent.value = "agreed";
    const opening = model.begin();
    model.close();
    await opening;
    expect(browser.lit).toBe(0);
  });
});

describe("what is seen of it", () => {
  it("is cut, hidden and pointed at by two points, with no drag", async () => {
    await taken();
    model.choose("blur");
    model.mark({ x: 0.2, y: 0.2 });
    expect(model.edits.value).toEqual([]);
    model.mark({ x: 0.6, y: 0.4 });
    expect(model.edits.value).toEqual([
      { is: "blur", from: { x: 0.2, y: 0.2 }, to: { x: 0.6, y: 0.4 } },
    ]);
    expect(model.tool.value).toBeNull();
    model.turn();
    model.undo();
    expect(model.edits.value).toHaveLength(1);
  });

  it("by keys alone", async () => {
    await taken();
    model.choose("arrow");
    model.mark();
    for (let step = 0; step < 4; step++) model.move(1, 0);
    model.mark();
    expect(model.edits.value).toEqual([
      { is: "arrow", from: { x: 0.5, y: 0.5 }, to: { x: expect.closeTo(0.7), y: 0.5 } },
    ]);
  });

  it("takes two points in one place for a slip and asks again", async () => {
    await taken();
    model.choose("crop");
    model.mark();
    model.mark();
    expect(model.edits.value).toEqual([]);
    expect(model.tool.value).toBe("crop");
  });
});

describe("sending", () => {
  it("carries the consent, the place and the purpose, and no more than was agreed", async () => {
    await taken();
    model.turn();
    model.site.value = "forearm";
    model.side.value = "left";
    expect(await model.send()).toBe(true);
    expect(browser.finished).toEqual([{ is: "turn" }]);
    expect(photos()).toEqual([
      {
        name: "sendPhoto",
        asked: {
          roomId: "!ward",
          txnId: "id-1",
          picture: new Uint8Array([1, 2]),
          width: 4,
          height: 3,
          caption: "Photo: Forearm, left",
          facts: {
            consent: "agreed",
            decidedBy: "",
            bodySite: "forearm",
            side: "left",
            intimate: false,
            child: false,
            takenTs: NOW,
          },
        },
      },
    ]);
  });

  it("keeps the picture when it could not be kept for sending, and says why", async () => {
    session.script.sendPhoto = () => refusal("too_many_waiting", "Too much is waiting.");
    await taken();
    expect(await model.send()).toBe(false);
    expect(model.errors.value[0]?.text).toContain("waiting to be sent");
    expect(browser.inMemory).toBe(1);
    session.script = {};
    expect(await model.send()).toBe(true);
    const ids = photos().map(({ asked }) => (asked as { txnId: string }).txnId);
    expect(new Set(ids).size).toBe(1);
  });
});
