import { MatrixEvent } from "matrix-js-sdk";
import { expect, test } from "vitest";
import { Around, withoutFallback } from "./beside";
import { everydayCalls } from "./everydayCalls";
import { itemOf, itemOfLetter, type Reading } from "./items";
import type { Letter } from "./outbox";
import type { RoomWorld } from "./roomCalls";
import { foldedText, isFound } from "./search";
import { tasksOf } from "./tasks";

const me = "@amara:ward";
const sender = (userId: string) => ({
  userId,
  name: userId.slice(1, 4),
  role: "",
  own: userId === me,
});
const event = (event_id: string, by: string, content: object, type = "m.room.message") =>
  new MatrixEvent({
    event_id,
    room_id: "!a",
    sender: by,
    type,
    origin_server_ts: 7,
    content: { ...content },
  });
const sign = (id: string, by: string, of: string, key: string) =>
  event(id, by, { "m.relates_to": { rel_type: "m.annotation", event_id: of, key } }, "m.reaction");
const letter = (more: Partial<Letter>): Letter => ({
  txnId: "t",
  roomId: "!a",
  type: "m.room.message",
  content: {},
  writtenTs: 9,
  state: "waiting",
  eventId: null,
  problem: null,
  ...more,
});
function reading(events: MatrixEvent[], letters: Letter[] = []): Reading {
  return {
    me,
    owner: null,
    sender,
    delivery: () => ({ state: "sent" }),
    mark: () => null,
    around: new Around(events, letters, me, sender),
  };
}

const said = event("$1", "@jo:ward", { msgtype: "m.text", body: "Which bed?" });

test("an answer shows what it answers, without the copy that older apps put before it", () => {
  const answer = event("$2", me, {
    msgtype: "m.text",
    body: "> <@jo:ward> Which bed?\n\nBed 4",
    "m.relates_to": { "m.in_reply_to": { event_id: "$1" } },
  });
  const reply = { eventId: "$1", who: "jo:", text: "Which bed?" };
  expect(itemOf(answer, reading([said, answer]))).toMatchObject({ text: "Bed 4", reply });
  const gone = { eventId: "$1", who: "", text: null };
  expect(itemOf(answer, reading([answer]))).toMatchObject({ reply: gone });
  expect(withoutFallback("> all of it")).toBe("> all of it");
});

test("a pinned note of before is read anew each time, and waits for its key as one", async () => {
  let now = event("$n", "@jo:ward", { msgtype: "m.text", body: "Bed 4 first" });
  let fetched = 0;
  const room = { roomId: "!a", findEventById: () => undefined, getMember: () => null };
  const world = {
    rooms: { summary: () => ({ pinnedEventId: "$n" }) },
    people: { sender },
    client: {
      getRoom: () => room,
      getSafeUserId: () => me,
      getEventMapper: () => (one: MatrixEvent) => one,
      decryptEventIfNeeded: () => Promise.resolve(),
      fetchRoomEvent: () => Promise.resolve((fetched++, now)),
    },
  } as unknown as RoomWorld;
  const { pinned } = everydayCalls(world);
  const waiting = event("$n", "@jo:ward", {});
  let lacksKey = true;
  waiting.isDecryptionFailure = () => lacksKey;
  [now] = [waiting, now];
  expect(await pinned({ roomId: "!a" })).toMatchObject({ waits: true });
  expect(await pinned({ roomId: "!a" })).toMatchObject({ waits: true });
  expect(fetched).toBe(1);
  lacksKey = false;
  await pinned({ roomId: "!a" });
  now = event("$n", "@jo:ward", { msgtype: "m.text", body: "Bed 5 first" });
  expect(await pinned({ roomId: "!a" })).toMatchObject({ text: "Bed 5 first" });
  now = event("$n", "@jo:ward", {});
  expect(await pinned({ roomId: "!a" })).toBeNull();
});

test("signs are counted once per person and in their own order, mine last", () => {
  const events = [
    said,
    sign("$a", me, "$1", "✅"),
    sign("$b", "@ben:ward", "$1", "👍"),
    sign("$c", "@ben:ward", "$1", "👍"),
    sign("$d", "@jo:ward", "$1", "✅"),
  ];
  const item = itemOf(said, reading(events));
  expect(item).toMatchObject({
    reactions: [
      { key: "👍", people: ["ben"], mine: null },
      { key: "✅", people: ["jo:", "ama"], mine: "$a" },
    ],
  });
});

test("my sign is there at once and says that it is on its way", () => {
  const content = { "m.relates_to": { rel_type: "m.annotation", event_id: "$1", key: "👀" } };
  const item = itemOf(said, reading([said], [letter({ type: "m.reaction", content })]));
  expect(item).toMatchObject({ reactions: [{ key: "👀", people: ["ama"], mine: "" }] });
});

test("a change that waits is shown, and so is one that was refused", () => {
  const own = event("$3", me, { msgtype: "m.text", body: "helo" });
  const content = {
    body: "* hello",
    "m.new_content": { body: "hello" },
    "m.relates_to": { rel_type: "m.replace", event_id: "$3" },
  };
  const change = letter({ content });
  expect(itemOf(own, reading([own], [change]))).toMatchObject({
    text: "hello",
    change: { txnId: "t", delivery: { state: "waiting" } },
  });
  const problem = { code: "refused", sentence: "Too late." } as const;
  const refused = letter({ content, state: "failed", problem });
  expect(itemOf(own, reading([own], [refused]))).toMatchObject({
    change: { delivery: { state: "failed", problem } },
  });
});

test("whoever is named is told so", () => {
  const named = event("$4", "@jo:ward", {
    body: "@ama look",
    "m.mentions": { user_ids: [me] },
  });
  expect(itemOf(named, reading([named]))).toMatchObject({ mentionsMe: true });
  expect(itemOf(said, reading([said]))).not.toHaveProperty("mentionsMe");
  const mine = letter({ content: { body: "hi", "org.lanyard.forwarded": true } });
  expect(itemOfLetter(mine, reading([], [mine]))).toMatchObject({ forwarded: true });
});

test("a job is open until a later message says that it is done, and open again after another", () => {
  const task = (id: string, job: string, by_ts?: number) =>
    event(id, "@jo:ward", { body: job, "org.lanyard.task": { task_id: id, bed: "4", job, by_ts } });
  const marked = (id: string, of: string, done: boolean) =>
    event(id, me, {
      body: "Done",
      "org.lanyard.task_done": { task_id: of, done },
    });
  const events = [
    task("$a", "Bloods"),
    task("$b", "Scan", 50),
    task("$c", "ECG"),
    marked("$d", "$a", true),
    marked("$e", "$c", true),
    marked("$f", "$c", false),
    marked("$g", "$unknown", true),
  ];
  const tasks = tasksOf(events, [], (id) => id, me);
  expect(tasks.map((one) => [one.job, one.done])).toEqual([
    ["Scan", false],
    ["ECG", false],
    ["Bloods", true],
  ]);
});

test("a job leads back to its message, and says so only inside what is encrypted", () => {
  const task = { task_id: "t", job: "Bloods", from_event_id: "$1" };
  const made = event("$9", me, { body: "Job: Bloods", "org.lanyard.task": task });
  expect(tasksOf([made], [], (id) => id, me)).toMatchObject([{ fromEventId: "$1" }]);
  const without = event("$8", me, { "org.lanyard.task": { job: "Bloods" } });
  expect(tasksOf([without], [], (id) => id, me)[0]).not.toHaveProperty("fromEventId");
});

test("a picture is answered and signed as words are", () => {
  const content = {
    msgtype: "m.image",
    body: "Photo: Forearm",
    file: { key: {}, url: "mxc://ward/1" },
    "org.lanyard.forwarded": true,
    "m.relates_to": { "m.in_reply_to": { event_id: "$1" } },
  };
  const picture = event("$p", "@jo:ward", content);
  const events = [said, picture, sign("$s", me, "$p", "👀")];
  expect(itemOf(picture, reading(events))).toMatchObject({
    kind: "image",
    forwarded: true,
    reply: { eventId: "$1", text: "Which bed?" },
    reactions: [{ key: "👀", mine: "$s" }],
  });
  const answer = event("$q", me, {
    body: "Clean?",
    "m.relates_to": { "m.in_reply_to": { event_id: "$p" } },
  });
  expect(itemOf(answer, reading([picture, answer]))).toMatchObject({
    reply: { text: "Photo: Forearm" },
  });
  const waiting = letter({ content });
  expect(itemOfLetter(waiting, reading([said], [waiting]))).toMatchObject({
    kind: "image",
    reply: { who: "jo:" },
  });
});

test("a job that waits in the outbox is in the list", () => {
  const waiting = letter({ content: { "org.lanyard.task": { job: "Bloods" } } });
  expect(tasksOf([], [waiting], (id) => id, me)).toMatchObject([{ job: "Bloods", by: me }]);
  const named = { "org.lanyard.task": { task_id: "t", job: "Bloods" } };
  const done = { "org.lanyard.task_done": { task_id: "t", done: true } };
  const here = event("$x", me, named);
  const letters = [letter({ content: named, eventId: "$x" }), letter({ content: done })];
  expect(tasksOf([here], letters, (id) => id, me)).toMatchObject([{ taskId: "t", done: true }]);
});

test("search finds words by their beginnings, in any order, without case or accents", () => {
  expect(isFound(foldedText("sian pot"), "Potassium: ask Siân")).toBe(true);
  expect(isFound(foldedText("POTASSIUM"), "potassium 6.1")).toBe(true);
  expect(isFound(foldedText("6.1"), "potassium 6.1")).toBe(true);
  expect(isFound("sodium pot", "Potassium: ask Siân")).toBe(false);
});
