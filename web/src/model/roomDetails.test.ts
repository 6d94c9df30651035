import { expect, it, vi } from "vitest";
import { FakeSession, fakeApp } from "../../dev/fakeSession";
import { room } from "../../dev/rooms";
import { RoomDetailsModel } from "./roomDetails";

it("reads who is in it again when somebody comes, and not for a new message", async () => {
  const session = new FakeSession();
  session.script.members = () => [];
  session.script.listDecisions = () => [];
  session.live.rooms.value = [room("r1", "Medicines advice", { headCount: 2 })];
  const model = new RoomDetailsModel(fakeApp(session), "r1");
  const stop = model.follow();
  const asked = (): number => session.asked.filter((call) => call.name === "members").length;
  await vi.waitFor(() => expect(model.members.value.is).toBe("shown"));
  session.live.rooms.value = [room("r1", "Medicines advice", { headCount: 2, unread: 5 })];
  expect(asked()).toBe(1);
  session.live.rooms.value = [room("r1", "Medicines advice", { headCount: 3 })];
  expect(asked()).toBe(2);
  stop();
  session.live.rooms.value = [room("r1", "Medicines advice", { headCount: 4 })];
  expect(asked()).toBe(2);
});
