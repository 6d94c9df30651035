import { beforeEach, expect, it } from "vitest";
import { FakeSession, fakeApp, never, NOW, refusal } from "../../dev/fakeSession";
import { hannah, me } from "../../dev/people";
import { message, picture, room } from "../../dev/rooms";
import type { TimelineItem } from "../engine/protocol";
import type { App } from "./app";
import { ConversationModel } from "./conversation";
import { KeepingModel } from "./keeping";
import { RoomListModel } from "./roomList";

let session: FakeSession;
let app: App;
const goesTs = NOW + 28 * 86_400_000;
const said = message(hannah, 60, "Hold tonight’s apixaban.");
const seen = picture();
const inRecord = message(hannah, 50, "Restart at 08:00.", {
  decision: { decisionId: "d", status: "in_record", reference: "B/1" },
});
const unsent = message(me, 1, "Thanks", { eventId: null });

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  session.live.rooms.value = [room("r1", "Ward 7", { goesTs })];
  show([said, seen, inRecord, unsent]);
  session.script.chooseRetention = () => undefined;
});

function show(items: TimelineItem[]): void {
  session.live.timeline.value = { roomId: "r1", items, canPaginate: false, loaded: true };
}

const opened = (): KeepingModel => new KeepingModel(app, new ConversationModel(app, "r1"));
const asks = () => session.asked.filter(({ name }) => name === "chooseRetention");

it("stands in the list of whoever has to answer, and of nobody else", () => {
  session.live.rooms.value = [room("r1", "Ward 7", { goesTs }), room("r2", "Ward 8")];
  const state = new RoomListModel(app, "clinical").state.value;
  expect(state.is === "rows" && state.rows.map((row) => row.keepingDue)).toEqual([true, false]);
});

// @Rule("G39")
it("takes nothing for an answer that nobody gave", async () => {
  const model = opened();
  await model.save();
  expect(model.errors.value).toMatchObject([{ field: "keep" }]);
  model.choose("record_these");
  expect(model.errors.value).toEqual([]);
  await model.save();
  expect(model.errors.value).toMatchObject([{ field: "these" }]);
  expect(asks()).toEqual([]);
});

it("offers what was said and sent and no decision has yet, pictures too", async () => {
  const model = opened();
  expect(model.offered.value).toEqual([said, seen]);
  model.choice.value = "record_these";
  model.toggle(said);
  model.toggle(seen);
  model.toggle(said);
  await model.save();
  const eventIds = [seen.eventId];
  expect(asks()[0]?.asked).toEqual({ roomId: "r1", choice: "record_these", eventIds });
  expect(model.saved.value).toBe("record_these");
  expect(model.chosen.value).toEqual([seen]);
});

it("names no message with another answer", async () => {
  const model = opened();
  model.choice.value = "record_these";
  model.toggle(said);
  model.choice.value = "nothing_to_record";
  await model.save();
  expect(asks()[0]?.asked).toMatchObject({ choice: "nothing_to_record", eventIds: [] });
});

it("says without a network that nothing is saved, keeps what was chosen, and goes when it is back", async () => {
  const model = opened();
  model.choice.value = "all_recorded";
  session.script.chooseRetention = () => refusal("offline");
  await model.save();
  expect(model.errors.value[0]?.text).toMatch(/^Your answer is not saved. You are offline/);
  expect([model.saved.value, model.choice.value]).toEqual([null, "all_recorded"]);
  session.script.chooseRetention = () => undefined;
  await model.save();
  expect([model.saved.value, model.errors.value]).toEqual(["all_recorded", []]);
});

it("gives the server's own words when it is too late, and asks once however often it is tapped", async () => {
  const model = opened();
  model.choice.value = "all_recorded";
  session.script.chooseRetention = () => refusal("bad_input", "This was answered.");
  await model.save();
  expect(model.errors.value[0]?.text).toContain("This was answered.");
  session.script.chooseRetention = () => never();
  void model.save();
  void model.save();
  expect(asks()).toHaveLength(2);
});

it("knows of decisions that the record does not have", () => {
  const decisions = { waiting: 1, inRecord: 4, refused: 1 };
  session.live.rooms.value = [room("r1", "Ward 7", { goesTs, decisions })];
  expect(opened().open.value).toBe(2);
});
