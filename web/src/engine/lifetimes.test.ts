import { beforeEach, expect, test } from "vitest";
import { Direction, MatrixEvent, Room, type MatrixClient } from "matrix-js-sdk";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";
import { Lifetimes } from "./lifetimes";
import { SealedSyncStore } from "./sealedStore";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 10);
const ROOM = "!a:ward";

let now: number;
let records: SealedRecords;

beforeEach(async () => {
  now = START;
  const generated = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  records = new SealedRecords(new MemoryShelf(), generated);
});

const opened = (): Promise<SealedSyncStore> => SealedSyncStore.open(records, () => now);

const said = (id: string, ts: number) => ({
  event_id: id,
  type: "m.room.encrypted",
  sender: "@amara:ward",
  origin_server_ts: ts,
  content: { ciphertext: `sealed ${id}` },
});

const retention = (days: number, ts = START) => ({
  event_id: `$retention${days}`,
  type: "m.room.retention",
  state_key: "",
  sender: "@lanyard:ward",
  origin_server_ts: ts,
  content: { max_lifetime: days * DAY },
});

/** A sync's answer with what came to one room. */
const sync = (next: string, events: object[], prev_batch = `before ${next}`) =>
  ({
    next_batch: next,
    account_data: { events: [] },
    rooms: { join: { [ROOM]: { timeline: { events, prev_batch } } } },
  }) as unknown as Parameters<SealedSyncStore["setSyncData"]>[0];

async function kept(store: SealedSyncStore) {
  const room = (await store.getSavedSync())?.roomsData.join[ROOM];
  return {
    ids: room?.timeline.events.map((event) => event.event_id),
    from: room?.timeline.prev_batch,
  };
}

/** What lies sealed on the phone. */
const atRest = async () => JSON.stringify(await records.read("sync"));

test("a message goes from the phone when its time is over, though the server says nothing more", async () => {
  const store = await opened();
  await store.setSyncData(sync("s1", [retention(90), said("$old", START), said("$old2", START)]));
  await store.save(true);
  now = START + 90 * DAY;
  expect((await kept(await opened())).ids).toContain("$old");
  now += 1;
  expect(await kept(await opened())).toEqual({ ids: [], from: "s1" });
  expect(await atRest()).not.toContain("sealed $old");
  // And so it stays, with its way back to the server.
  expect(await kept(await opened())).toEqual({ ids: [], from: "s1" });
});

test("what is younger stays; what came before it is asked of the server from the end", async () => {
  const store = await opened();
  const young = said("$young", START + 50 * DAY);
  await store.setSyncData(sync("s1", [retention(90), said("$old", START)]));
  await store.setSyncData(sync("s2", [young]));
  await store.save(true);
  now = START + 91 * DAY;
  const again = await opened();
  expect(await kept(again)).toEqual({ ids: ["$young"], from: "s2" });
  await again.setSyncData(sync("s3", [said("$new", now)]));
  await again.save(true);
  expect(await kept(await opened())).toEqual({ ids: ["$young", "$new"], from: "s2" });
});

test("the room's state stays, and with it how long messages live", async () => {
  const store = await opened();
  const name = {
    ...said("$name", START),
    type: "m.room.name",
    state_key: "",
    content: { name: "x" },
  };
  await store.setSyncData(sync("s1", [retention(90), name, said("$old", START)]));
  await store.save(true);
  now = START + 91 * DAY;
  await opened();
  const again = await opened();
  const room = (await again.getSavedSync())?.roomsData.join[ROOM];
  const state = room?.["org.matrix.msc4222.state_after"]?.events.map((event) => event.event_id);
  expect(state).toEqual(expect.arrayContaining(["$retention90", "$name"]));
});

test("another schedule counts from when the phone hears of it, and is obeyed with the next save", async () => {
  const store = await opened();
  await store.setSyncData(sync("s1", [retention(90), said("$old", START)]));
  now = START + 40 * DAY;
  await store.save(true);
  expect(await atRest()).toContain("sealed $old");
  await store.setSyncData(sync("s2", [retention(30, now)]));
  await store.save(true);
  expect(await atRest()).not.toContain("sealed $old");
});

test("a room that says nothing of it follows what the server says of all; without that nothing goes", async () => {
  const store = await opened();
  await store.setSyncData(sync("s1", [said("$old", START)]));
  await store.save(true);
  now = START + 400 * DAY;
  const again = await opened();
  expect((await kept(again)).ids).toEqual(["$old"]);
  const asked: string[] = [];
  await again.lifetimes.ask({
    get: (path) => {
      asked.push(path);
      return Promise.resolve({ policies: { "*": { max_lifetime: 365 * DAY } } });
    },
  });
  expect(asked).toEqual(["/_matrix/client/unstable/org.matrix.msc1763/retention/configuration"]);
  await again.setSyncData(sync("s2", [{ ...retention(1), type: "m.room.topic" }]));
  await again.save(true);
  expect(await atRest()).not.toContain("sealed $old");
  await again.setSyncData(sync("s3", [said("$more", START + 200 * DAY)]));
  await again.save(true);
  // Without a network the phone goes by what it heard before.
  now = START + 566 * DAY;
  expect((await kept(await opened())).ids).toEqual([]);
});

test("a lifetime that is none keeps everything", async () => {
  for (const max_lifetime of [0, -1, "90", null, {}]) {
    const lifetimes = new Lifetimes(() => now + 10_000 * DAY);
    expect(lifetimes.cutoff({ max_lifetime })).toBe(-Infinity);
    expect(lifetimes.cutoff(undefined)).toBe(-Infinity);
  }
});

test("a phone whose clock is behind goes by what the server said last", async () => {
  const store = await opened();
  await store.setSyncData(sync("s1", [retention(90), said("$old", START)]));
  await store.setSyncData(sync("s2", [said("$young", START + 91 * DAY)]));
  await store.save(true);
  now = START - 1000 * DAY;
  expect((await kept(await opened())).ids).toEqual(["$young"]);
});

function live(store: SealedSyncStore, events: object[]) {
  const client = { getUserId: () => "@jo:ward", supportsThreads: () => false } as unknown;
  const room = new Room(ROOM, client as MatrixClient, "@jo:ward", { lazyLoadMembers: false });
  room.currentState.setStateEvents([new MatrixEvent({ ...retention(90), room_id: ROOM })]);
  const all = events.map((event) => new MatrixEvent({ ...event, room_id: ROOM }));
  room.addEventsToTimeline(all.toReversed(), true, false, room.getLiveTimeline(), "before");
  return {
    letGo: () => store.letGo(room),
    shown: () =>
      room
        .getLiveTimeline()
        .getEvents()
        .map((event) => event.getId()),
    from: () => room.getLiveTimeline().getPaginationToken(Direction.Backward),
    scrollsFrom: () => room.oldState.paginationToken,
    find: (id: string) => room.findEventById(id),
    state: () => room.currentState.getStateEvents("m.room.retention", "")?.getContent(),
  };
}

test("a conversation lets go of the same while the app is open, and keeps its order and its state", async () => {
  const store = await opened();
  await store.setSyncData(sync("s7", []));
  const young = [said("$b", START + 50 * DAY), said("$c", START + 51 * DAY)];
  const room = live(store, [said("$a", START), ...young]);
  room.letGo();
  expect(room.shown()).toEqual(["$a", "$b", "$c"]);
  expect(room.from()).toBe("before");
  now = START + 90 * DAY + 1;
  room.letGo();
  expect(room.shown()).toEqual(["$b", "$c"]);
  expect(room.find("$a")).toBeUndefined();
  expect(room.from()).toBe("s7");
  expect(room.scrollsFrom()).toBe("s7");
  expect(room.state()).toEqual({ max_lifetime: 90 * DAY });
});
