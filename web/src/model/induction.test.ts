import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { room } from "../../dev/rooms";
import { urgent } from "../../dev/urgent";
import type { App } from "./app";
import { ConversationModel } from "./conversation";
import { InductionModel } from "./induction";
import { startAtTheList } from "./navigation";

let session: FakeSession;
let app: App;

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const asks = (name: string): unknown[] =>
  session.asked.filter((call) => call.name === name).map((call) => call.asked);

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  startAtTheList(app.navigation, session);
  session.live.rooms.value = [
    room("r1", "Ward 7"),
    room("r2", "Night out", { kind: "social" }),
    room("r3", "Rota", { kind: "operational" }),
    room("r4", "Ward 8", { joined: false }),
  ];
  session.script = {
    induction: () => ({ accepted: 1, wanted: 2 }),
    acceptInduction: () => undefined,
    patient: () => null,
  };
});

async function opened(roomId = "r1", isTaken = () => false) {
  const model = new InductionModel(app, roomId);
  const leave = model.follow(isTaken);
  await settle();
  return { model, leave };
}

const isOpen = async (roomId?: string): Promise<boolean> => (await opened(roomId)).model.open.value;

async function lockAndUnlock(): Promise<void> {
  await session.lock();
  await session.unlock("493817");
}

// @Rule("G07")
describe("who was added to a clinical conversation before they had read it", () => {
  it("is shown it there until they have read it, and their draft stays", async () => {
    const conversation = new ConversationModel(app, "r1");
    conversation.composer.type("Sats 91");
    const { model } = await opened();
    expect(model.open.value).toBe(true);
    expect(await model.accept()).toBe("kept");
    expect([model.open.value, conversation.composer.text.value]).toEqual([false, "Sats 91"]);
    expect(asks("acceptInduction")).toEqual([{ version: 2 }]);
    await lockAndUnlock();
    expect(await isOpen()).toBe(false);
    // It is known, until the policy changes.
    expect(asks("induction")).toHaveLength(1);
    const policy = session.live.policy.value;
    if (policy) session.live.policy.value = { ...policy, version: "2" };
    expect(await isOpen()).toBe(true);
  });

  it("puts it off in one tap until the next unlock", async () => {
    (await opened()).model.putOff();
    expect([await isOpen(), asks("acceptInduction")]).toEqual([false, []]);
    await lockAndUnlock();
    expect(await isOpen()).toBe(true);
  });

  it("sees none of it where nothing clinical is said, or they are not in", async () => {
    expect([await isOpen("r2"), await isOpen("r3"), await isOpen("r4")]).toEqual([
      false,
      false,
      false,
    ]);
    expect(asks("induction")).toEqual([]);
  });

  it("is not kept from writing, or from something else on the screen, by a late answer", async () => {
    const { model } = await opened("r1", () => true);
    expect(model.open.value).toBe(false);
    expect(await isOpen()).toBe(true);
  });
});

describe("an urgent message", () => {
  it("comes first: while it waits, when it comes, and where it was opened from", async () => {
    session.live.urgent.value = [urgent("u1")];
    const { model, leave } = await opened();
    expect(model.open.value).toBe(false);
    session.live.urgent.value = [urgent("u1", { waitsForMe: false })];
    expect(model.open.value).toBe(false);
    leave();

    const next = await opened();
    expect(next.model.open.value).toBe(true);
    session.live.urgent.value = [urgent("u2")];
    expect(next.model.open.value).toBe(false);
    next.leave();

    session.live.urgent.value = [];
    app.navigation.go({ at: "conversation", roomId: "r1", urgent: true });
    expect(await isOpen()).toBe(false);
    app.navigation.instead({ at: "conversation", roomId: "r1" });
    expect(await isOpen()).toBe(true);
  });

  it("is waited for as long as it is not known whether there is one", async () => {
    session.live.urgent.value = null;
    const { model } = await opened();
    expect(model.open.value).toBe(false);
    session.live.urgentKept.value = true;
    session.live.urgent.value = [];
    expect(model.open.value).toBe(false);
    session.live.urgentKept.value = false;
    expect(model.open.value).toBe(true);
  });
});

describe("without a network", () => {
  const goes = (status: "Offline" | "Up to date"): void => {
    const down = status === "Offline";
    session.script.induction = () => (down ? refusal("offline") : { accepted: 1, wanted: 2 });
    session.script.acceptInduction = () => (down ? refusal("offline") : undefined);
    session.live.connection.value = status;
  };

  it("nobody is shown it of whom it is not known that they have not read it", async () => {
    goes("Offline");
    expect(await isOpen()).toBe(false);
  });

  it("it is read, and kept once there is one", async () => {
    (await opened()).model.putOff();
    await lockAndUnlock();
    goes("Offline");
    session.live.urgent.value = null;
    const { model, leave } = await opened();
    expect(model.open.value).toBe(true);
    expect(await model.accept()).toBe("later");
    leave();
    await lockAndUnlock();
    expect(await isOpen()).toBe(false);
    goes("Up to date");
    await settle();
    expect(asks("acceptInduction")).toEqual([{ version: 2 }, { version: 2 }]);
    expect([await isOpen(), asks("acceptInduction").length]).toEqual([false, 2]);
  });

  it("a text that has changed meanwhile is shown again", async () => {
    const { model } = await opened();
    goes("Offline");
    await model.accept();
    session.script.acceptInduction = () => refusal("bad_input", "The introduction has changed.");
    session.script.induction = () => ({ accepted: 1, wanted: 3 });
    session.live.connection.value = "Up to date";
    await settle();
    expect(await isOpen()).toBe(true);
  });
});

it("what could not be kept is said, and the way out stays open", async () => {
  session.script.acceptInduction = () => refusal("server");
  const { model } = await opened();
  expect(await model.accept()).toBe("failed");
  expect(model.error.value).toContain("could not be kept");
  model.putOff();
  expect(model.open.value).toBe(false);
});
