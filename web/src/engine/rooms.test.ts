import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";
import { Rooms, type RoomsWorld } from "./rooms";

const HOUR = 3_600_000;
const all = ["!a", "!b"].map((roomId) => ({ roomId }));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function rooms() {
  const looked: string[] = [];
  const world = {
    client: { getRooms: () => all, getRoom: (id: string) => all.find((r) => r.roomId === id) },
    copies: { letGo: (room: { roomId: string }) => looked.push(room.roomId) },
  };
  const taken = () => looked.splice(0);
  return { rooms: new Rooms(world as unknown as RoomsWorld), taken };
}

test("what became too old goes once an hour, and not under the eyes of who is reading it", async () => {
  const { rooms: open, taken } = rooms();
  const records = new SealedRecords(new MemoryShelf(), {} as CryptoKey);
  await open.save(records);
  expect(taken()).toEqual(["!a", "!b"]);
  vi.advanceTimersByTime(HOUR - 1);
  await open.save(records);
  expect(taken()).toEqual([]);
  vi.advanceTimersByTime(1);
  await open.open("!a");
  expect(taken()).toEqual(["!a"]);
  await open.save(records);
  expect(taken()).toEqual(["!b"]);
  open.close();
  vi.advanceTimersByTime(HOUR);
  await open.save(records);
  expect(taken()).toEqual(["!a", "!b"]);
});
