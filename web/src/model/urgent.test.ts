import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSession, fakeApp, never, NOW, refusal } from "../../dev/fakeSession";
import { ben, custodian, hannah, me, member, sender } from "../../dev/people";
import { room } from "../../dev/rooms";
import { role, urgent, urgentPerson } from "../../dev/urgent";
import type { Asked } from "../engine/protocol";
import { AlarmModel, RINGS_EVERY_S } from "./alarm";
import { LockModel } from "./lock";
import { RoomListModel } from "./roomList";
import { grouped, UrgentBoardModel } from "./urgentBoard";
import { UrgentComposerModel } from "./urgentComposer";
import { PassModel } from "./urgentPass";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

function opened() {
  const session = new FakeSession();
  session.live.rooms.value = [
    room("r1", "Ward 7 handover"),
    room("r2", "Team", { kind: "social" }),
  ];
  session.script.members = () => [member(me, true), member(hannah), member(ben), custodian];
  session.script.onCallRoles = () => [
    role("reg", "Medical registrar"),
    role("sho", "Surgical SHO", { holders: [], escalatesTo: "Surgical registrar" }),
  ];
  return { session, app: fakeApp(session) };
}

const asked = <N extends "sendUrgent" | "answerUrgent" | "urgentSeen">(
  session: FakeSession,
  name: N,
) => session.asked.filter((call) => call.name === name).map((call) => call.asked as Asked<N>);

test("what waits for me comes first, the nearest deadline on top; what is over, last", () => {
  const late = urgent("late", { dueTs: NOW + 900_000 });
  const soon = urgent("soon", { dueTs: NOW + 60_000 });
  const mine = urgent("mine", { from: sender(me), waitsForMe: false });
  const ended = urgent("ended", { from: sender(me), waitsForMe: false, state: "ended" });
  const answered = urgent("answered", { waitsForMe: false, state: "acknowledged", open: false });
  const groups = grouped([ended, late, answered, mine, soon]);
  const ids = Object.values(groups).map((all) =>
    all.map((one: { urgentId: string }) => one.urgentId),
  );
  expect(ids).toEqual([["soon", "late"], ["mine"], ["ended", "answered"]]);
});

// @Hazard("H16")
test("it rings at once and again until it is answered, and a second one rings at once", async () => {
  const { session, app } = opened();
  const stop = new AlarmModel(app).start();
  expect(session.rings).toBe(0);
  session.live.urgent.value = [urgent("u1")];
  expect(session.rings).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000 * RINGS_EVERY_S);
  expect(session.rings).toBe(3);
  session.live.urgent.value = [urgent("u1"), urgent("u2")];
  expect(session.rings).toBe(4);
  session.live.urgent.value = [urgent("u1", { waitsForMe: false })];
  await vi.advanceTimersByTimeAsync(2_000 * RINGS_EVERY_S);
  expect(session.rings).toBe(4);
  stop();
});

test("it rings however the conversation is muted, and whatever its kind", () => {
  const { session, app } = opened();
  session.live.rooms.value = session.live.rooms.value.map((room) => ({ ...room, muted: true }));
  expect(session.live.rooms.value.length).toBeGreaterThan(0);
  const stop = new AlarmModel(app).start();
  session.live.urgent.value = [urgent("u1")];
  expect(session.rings).toBe(1);
  stop();
});

test("it rings as often as the policy says, also once the policy is another one", async () => {
  const { session, app } = opened();
  const says = (repeatUrgentSeconds: number): void => {
    const { policy } = session.live;
    if (policy.value) policy.value = { ...policy.value, repeatUrgentSeconds };
  };
  says(60);
  const stop = new AlarmModel(app).start();
  session.live.urgent.value = [urgent("u1")];
  await vi.advanceTimersByTimeAsync(59_000);
  expect(session.rings).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(session.rings).toBe(2);
  says(15);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(session.rings).toBe(4);
  stop();
});

test("what this phone had kept is shown as it stood and does not ring; the server's word does", () => {
  const { session, app } = opened();
  session.live.urgentKept.value = true;
  session.live.urgent.value = [urgent("u1")];
  const stop = new AlarmModel(app).start();
  const board = new UrgentBoardModel(app);
  expect([session.rings, board.state.value.is]).toEqual([0, "shown"]);
  expect(board.asOf.value).toBe(session.live.urgentAsOf.value);
  session.live.urgentKept.value = false;
  expect([session.rings, board.asOf.value]).toEqual([1, null]);
  session.live.connection.value = "Offline";
  expect(board.asOf.value).toBe(session.live.urgentAsOf.value);
  stop();
});

test("a broadcast does not ring, and what is on a covered screen has not been seen", async () => {
  const { session, app } = opened();
  const seen = () => session.asked.filter((call) => call.name === "urgentSeen").length;
  session.covered.value = true;
  const stop = new AlarmModel(app).start();
  session.live.urgent.value = [urgent("b", { kind: "broadcast" })];
  expect([session.rings, seen()]).toEqual([0, 0]);
  session.live.urgent.value = [urgent("u1")];
  expect([session.rings, seen()]).toEqual([1, 0]);
  session.covered.value = false;
  await settled();
  session.live.urgent.value = [urgent("u1", { text: "Bed 4" })];
  expect(seen()).toBe(1);
  session.live.urgent.value = [urgent("b", { kind: "broadcast" })];
  app.navigation.tab("urgent");
  expect([session.rings, seen()]).toEqual([1, 1]);
  stop();
});

test("of the board only what was in view has been seen: once, by who has the app open, and by the server's word", async () => {
  const { session, app } = opened();
  const seen = () => asked(session, "urgentSeen").map((one) => one.urgentId);
  session.script.urgentSeen = () => undefined;
  const [above, below] = [
    urgent("above", { kind: "broadcast" }),
    urgent("below", { kind: "broadcast" }),
  ];
  session.live.urgent.value = [above, below];
  session.live.urgentKept.value = true;
  const board = new UrgentBoardModel(app);
  const stop = board.start();
  board.look(above, true);
  expect(seen()).toEqual([]);
  session.live.urgentKept.value = false;
  expect(seen()).toEqual(["above"]);
  await settled();
  session.covered.value = true;
  board.look(below, true);
  expect(seen()).toEqual(["above"]);
  board.look(below, false);
  session.covered.value = false;
  expect(seen()).toEqual(["above"]);
  session.script.urgentSeen = () => refusal("offline");
  board.look(below, true);
  await settled();
  session.script.urgentSeen = () => undefined;
  board.look(below, false);
  board.look(below, true);
  await settled();
  session.live.urgent.value = [above, urgent("mine", { waitsForMe: false, kind: "broadcast" })];
  board.look(urgent("mine"), true);
  expect(seen()).toEqual(["above", "below", "below"]);
  stop();
});

// @Rule("G23")
test("a locked app rings and says that something is urgent, and knows no more", () => {
  const { session, app } = opened();
  const lock = new LockModel(app);
  const stop = lock.watch();
  session.pushed();
  expect([lock.urgent.value, session.rings]).toEqual([true, 1]);
  stop();
  session.pushed();
  expect(session.rings).toBe(1);
});

test("the row of its conversation says so, and no other", () => {
  const { session, app } = opened();
  const model = new RoomListModel(app, "clinical");
  const rows = () => (model.state.value.is === "rows" ? model.state.value.rows : []);
  expect(rows().map((row) => row.urgent)).toEqual([false]);
  session.live.urgent.value = [urgent("u1", { roomId: "r1" })];
  expect(rows().map((row) => row.urgent)).toEqual([true]);
  session.live.urgent.value = [urgent("u1", { roomId: "r1", open: false })];
  expect(rows().map((row) => row.urgent)).toEqual([false]);
});

test("an answer that does not go says so and can be given again", async () => {
  const { session, app } = opened();
  const model = new UrgentBoardModel(app);
  session.script.answerUrgent = () => refusal("offline");
  expect(await model.answer(urgent("u1"), "on_my_way")).toBe(false);
  expect(model.problem.value).toEqual({ urgentId: "u1", text: expect.stringContaining("offline") });
  session.script.answerUrgent = () => undefined;
  expect(await model.answer(urgent("u1"), "on_my_way")).toBe(true);
  expect(model.problem.value).toBeNull();
  session.live.urgent.value = null;
  session.live.connection.value = "Offline";
  expect(model.state.value.is).toBe("offline");
});

async function writing(session: FakeSession, app: ReturnType<typeof fakeApp>, written = "") {
  const model = new UrgentComposerModel(app, "r1", written);
  await model.load();
  await settled();
  void session;
  return model;
}

test("it asks for what is missing, and never for more than that", async () => {
  const { session, app } = opened();
  const fields = (model: UrgentComposerModel) => model.check().map(({ field }) => field);
  const model = await writing(session, app);
  expect(fields(model)).toEqual(["urgent-to", "urgent-text"]);
  model.to("people");
  model.type("x".repeat(141));
  expect(fields(model)).toEqual(["urgent-people", "urgent-text"]);
  model.toggle(hannah.userId);
  model.type("Is 999 000 0107 in bed 4?");
  expect(model.looksLike.value).toContain("NHS number");
  expect(fields(model)).toEqual([]);
  expect(new UrgentComposerModel(app, null, "").check()[0]?.field).toBe("urgent-room");
  expect(model.rooms().map(({ id }) => id)).toEqual(["r1"]);
  expect(model.members.value).toMatchObject({ is: "here", all: [{ own: false }, { own: false }] });
});

// @Hazard("H16")
test("without a network it says that it has not gone, asks nobody, and keeps the draft", async () => {
  const { session, app } = opened();
  const model = await writing(session, app, "Bed 4, sats 82");
  model.to("role");
  model.chooseRole("reg");
  session.live.connection.value = "Offline";
  expect(await model.send()).toBe(false);
  expect(model.notSent.value).toEqual({ is: "not_gone" });
  expect(asked(session, "sendUrgent")).toEqual([]);

  session.live.connection.value = "Up to date";
  const again = await writing(session, app);
  expect([again.text.value, again.role()?.name]).toEqual(["Bed 4, sats 82", "Medical registrar"]);
  expect(await again.send()).toBe(true);
  expect(asked(session, "sendUrgent")).toMatchObject([
    { roomId: "r1", to: { roleId: "reg" }, replyWithinMinutes: 15, text: "Bed 4, sats 82" },
  ]);
  expect((await writing(session, app)).text.value).toBe("");
});

test("after a lost answer the same request goes again, even after a lock; another alert is another request", async () => {
  const { session, app } = opened();
  session.script.sendUrgent = () => refusal("offline");
  const model = await writing(session, app, "Bed 4");
  model.to("people");
  model.toggle(hannah.userId);
  await model.send();
  expect([model.notSent.value, model.isTheSame()]).toEqual([{ is: "uncertain" }, true]);
  model.type("Bed 5");
  expect(model.isTheSame()).toBe(false);
  model.type("Bed 4");
  expect(model.isTheSame()).toBe(true);
  const after = await writing(session, app);
  await after.send();
  after.toggle(ben.userId);
  expect(after.notSent.value).toBeNull();
  await after.send();
  const [first, second, third] = asked(session, "sendUrgent").map(({ requestId }) => requestId);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

// @Hazard("H16")
test("the same words later, other words, and another conversation are each another alert", async () => {
  const { session, app } = opened();
  session.script.sendUrgent = () => refusal("offline");
  const model = await writing(session, app, "Bed 4");
  model.to("people");
  model.toggle(hannah.userId);
  await model.send();
  await vi.advanceTimersByTimeAsync(1);
  app.surroundings.now = () => NOW + 9 * 60_000;
  await (await writing(session, app)).send();
  app.surroundings.now = () => NOW + 11 * 60_000;
  const later = await writing(session, app);
  await later.send();
  later.type("Bed 4, sats 82");
  await later.send();
  later.about("r3");
  expect(later.notSent.value).toBeNull();
  later.toggle(hannah.userId);
  await later.send();
  const [first, soon, ...others] = asked(session, "sendUrgent").map(({ requestId }) => requestId);
  expect(soon).toBe(first);
  expect(new Set([first, ...others]).size).toBe(4);
});

test("a second tap while it is going is no second alert, and a refusal is shown as one", async () => {
  const { session, app } = opened();
  session.script.sendUrgent = () => never();
  const model = await writing(session, app, "Bed 4");
  model.to("role");
  model.chooseRole("sho");
  void model.send();
  expect(await model.send()).toBe(false);
  expect(asked(session, "sendUrgent")).toHaveLength(1);

  session.script.sendUrgent = () => refusal("refused", "Only members announce.");
  const other = await writing(session, app);
  await other.send();
  expect(other.notSent.value).toEqual({ is: "refused", text: "Only members announce." });
});

test("to acknowledge only is asked of people, never of a role", async () => {
  const { session, app } = opened();
  const model = await writing(session, app, "Fire door 3 is broken");
  model.to("people");
  model.setBroadcast(true);
  expect(model.isBroadcast()).toBe(true);
  model.to("role");
  expect(model.isBroadcast()).toBe(false);
});

test("everybody in the conversation is asked to acknowledge in one tap, and rung never", async () => {
  const { session, app } = opened();
  const model = await writing(session, app, "Fire door 3 is broken");
  model.to("everybody");
  expect(model.check()).toEqual([]);
  expect(await model.send()).toBe(true);
  expect(asked(session, "sendUrgent")).toMatchObject([{ to: { userIds: [] }, broadcast: true }]);
});

test("who cannot passes it to somebody who was not asked, or says just that", async () => {
  const { session, app } = opened();
  const one = urgent("u1", { people: [urgentPerson(me), urgentPerson(hannah)] });
  const pass = new PassModel(app, one, new UrgentBoardModel(app));
  await pass.load();
  expect(pass.people.value.map(({ name }) => name)).toEqual([ben.displayName]);
  expect(await pass.send()).toBe(false);
  expect(pass.errors.value).toHaveLength(1);
  for (const choice of ["nobody", "role reg", `person ${ben.userId}`]) {
    pass.choice.value = choice;
    expect(await pass.send()).toBe(true);
  }
  expect(asked(session, "answerUrgent").map(({ answer, passTo }) => [answer, passTo])).toEqual([
    ["cannot", null],
    ["cannot", { roleId: "reg" }],
    ["cannot", { userId: ben.userId }],
  ]);
});
