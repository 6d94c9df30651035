import { expect, test } from "vitest";
import { Api } from "./api";
import type { Letter } from "./outbox";
import { Outbox } from "./outbox";
import { People } from "./people";
import { urgentCalls } from "./urgentCalls";
import { UrgentBook, type UrgentBookWorld } from "./urgentBook";
import type { Urgent } from "./urgentWords";
import { Refusal } from "./words";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";

const ME = "@me:ward";
const ADA = "@ada:ward";

/** A server of few words, behind a network that can lose its answers. */
class Ward {
  readonly heard: string[] = [];
  readonly bodies: unknown[] = [];
  answers: Record<string, object> = {};
  loses = "";
  refuses = "";
  readonly members = new Set([ME]);

  api = new Api("https://ward.test", "t", ((url: string, init: RequestInit) => {
    const path = url.replace("https://ward.test", "");
    const line = `${init.method} ${decodeURIComponent(path)}`;
    this.heard.push(line);
    if (init.body) this.bodies.push(JSON.parse(String(init.body)));
    if (this.loses !== "" && line.includes(this.loses)) return Promise.reject(new Error("lost"));
    if (this.refuses !== "" && line.includes(this.refuses))
      return Promise.resolve(new Response("{}", { status: 404 }));
    const answer = Object.entries(this.answers).find(([part]) => line.includes(part));
    return Promise.resolve(new Response(JSON.stringify(answer?.[1] ?? {})));
  }) as unknown as typeof fetch);
}

async function set() {
  const ward = new Ward();
  const told: Urgent[][] = [];
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const records = new SealedRecords(new MemoryShelf(), key);
  const people = new People(ward.api, records, ME, () => {});
  const client = {
    getRoom: () => ({
      getMember: (id: string) => (ward.members.has(id) ? { membership: "join" } : null),
      findEventById: (id: string) =>
        id === "$1" && {
          isRedacted: () => false,
          isDecryptionFailure: () => false,
          getContent: () => ({ body: "Bed 4" }),
        },
    }),
    fetchRoomEvent: () => Promise.reject(new Error("none")),
    decryptEventIfNeeded: () => Promise.resolve(),
  } as unknown as UrgentBookWorld["client"];
  const tell = ({ urgent }: { urgent: Urgent[] }) => void told.push(urgent);
  const book = new UrgentBook({ client, api: ward.api, people, tell });
  return { ward, told, book, people, client };
}

const draft = {
  requestId: "q1",
  roomId: "!r",
  to: { roleId: "reg" },
  replyWithinMinutes: 5,
  text: "Bed 4",
  broadcast: false,
};

test("the alert goes first; its message is put into the outbox once, whatever is lost", async () => {
  const { ward, book, people } = await set();
  const letters: unknown[] = [];
  const outbox = { put: (letter: unknown) => Promise.resolve(void letters.push(letter)) };
  const calls = urgentCalls({ api: ward.api, people, outbox, book });
  ward.answers["POST /_lanyard/v1/urgent"] = { urgent_id: "u1", people: [ADA] };
  ward.loses = "POST /_lanyard/v1/urgent";
  await expect(calls.sendUrgent(draft)).rejects.toMatchObject({ problem: { code: "offline" } });
  expect(letters).toEqual([]);
  ward.loses = "";
  expect(await calls.sendUrgent(draft)).toEqual({ urgentId: "u1" });
  expect(ward.bodies[0]).toEqual(ward.bodies[1]);
  expect(ward.bodies[1]).toEqual({
    request_id: "q1",
    room_id: "!r",
    to: { role_id: "reg" },
    reply_within_minutes: 5,
  });
  expect(letters).toEqual([
    {
      txnId: "urgent-q1",
      roomId: "!r",
      type: "m.room.message",
      content: { msgtype: "m.text", body: "Bed 4", "org.lanyard.urgent": { urgent_id: "u1" } },
      urgent: { urgentId: "u1", people: [ADA] },
    },
  ]);
  // What was said is in no request of ours: only the room has it, encrypted.
  expect(JSON.stringify(ward.bodies)).not.toContain("Bed 4");
});

const letter: Letter = {
  txnId: "urgent-q1",
  roomId: "!r",
  type: "m.room.message",
  content: {},
  writtenTs: 1,
  state: "waiting",
  eventId: null,
  problem: null,
  urgent: { urgentId: "u1", people: [ADA] },
};

test("those just joined are waited for before it is encrypted", async () => {
  const { ward, book } = await set();
  let ready = false;
  const waiting = book.ready(letter).then(() => (ready = true));
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(ready).toBe(false);
  ward.members.add(ADA);
  await waiting;
  expect(ready).toBe(true);
});

test("which message it was is reported until the server has it; a refusal of that is no trouble", async () => {
  const { ward, book } = await set();
  ward.loses = "/event";
  await expect(book.report(letter, "$1")).rejects.toMatchObject({ problem: { code: "offline" } });
  ward.loses = "";
  await book.report(letter, "$1");
  expect(ward.heard.filter((line) => line === "PUT /_lanyard/v1/urgent/u1/event")).toHaveLength(2);
  ward.refuses = "/event";
  await book.report(letter, "$1");
});

test("a letter that was not reported stays though the room has its event, and goes once it is", async () => {
  const offline = new Refusal({ code: "offline", sentence: "" });
  let sent = 0;
  let reported = false;
  const due: (() => void)[] = [];
  const outbox = new Outbox({
    record: { load: () => Promise.resolve([letter]), keep: () => Promise.resolve() },
    send: () => {
      sent++;
      return reported ? Promise.resolve({ eventId: "$1" }) : Promise.reject(offline);
    },
    changed: () => {},
    later: (_, work) => void due.push(work),
    now: () => 1,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  await outbox.restore();
  outbox.open();
  await settle();
  outbox.arrived("urgent-q1", "$1");
  expect(outbox.of("!r")).toMatchObject([{ state: "waiting", eventId: "$1" }]);
  reported = true;
  due.forEach((work) => work());
  await settle();
  expect([sent, outbox.of("!r")]).toEqual([2, []]);
});

test("the board: who waits for whom, with the text this phone can read", async () => {
  const { ward, told, book } = await set();
  const about = { room_id: "!r", from_user_id: ADA, sent_ts: 5, due_ts: 9, state: "waiting" };
  const asked = (more: object) => [{ user_id: ME, step: 1, ...more }];
  ward.answers["/people/"] = { user_id: ADA, display_name: "Ada", role: "Registrar" };
  ward.answers["GET /_lanyard/v1/urgent"] = {
    urgent: [
      { ...about, urgent_id: "u1", event_id: "$1", people: asked({ delivered_ts: 6 }) },
      { ...about, urgent_id: "u2", sent_ts: 6, people: asked({ answer: "on_my_way" }) },
      { ...about, urgent_id: "u3", sent_ts: 7, people: asked({ off_duty: true }) },
      { ...about, urgent_id: "u4", sent_ts: 8, state: "acknowledged", people: asked({}) },
      { ...about, urgent_id: "u5", sent_ts: 9, kind: "broadcast", people: asked({}) },
    ],
  };
  await book.refresh();
  const [all = []] = told;
  expect(all.map((one) => [one.urgentId, one.waitsForMe, one.open, one.text])).toEqual([
    ["u5", true, true, null],
    ["u4", false, false, null],
    ["u3", false, true, null],
    ["u2", false, true, null],
    ["u1", true, true, "Bed 4"],
  ]);
  expect(all[4]?.from).toMatchObject({ name: "Ada", role: "Registrar", own: false });
  expect(all[4]?.people[0]).toMatchObject({ own: true, deliveredTs: 6, answer: null });
});

test("what could not be asked is asked with the next sync that works, and only then", async () => {
  const { ward, told, book } = await set();
  ward.loses = "/urgent";
  await book.refresh();
  expect(told).toEqual([]);
  ward.loses = "";
  book.connected();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toEqual([[]]);
  book.connected();
  expect(ward.heard.filter((line) => line === "GET /_lanyard/v1/urgent")).toHaveLength(2);
});

const waits = {
  urgent_id: "u1",
  room_id: "!r",
  event_id: "$1",
  from_user_id: ADA,
  state: "waiting",
  people: [{ user_id: ME }],
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// @Hazard("H16")
test("it is told within a second or so without the names, and again when they have come", async () => {
  const { ward, told, book, people } = await set();
  ward.answers["GET /_lanyard/v1/urgent"] = { urgent: [waits] };
  let come = () => {};
  const slow = new Promise<void>((resolve) => (come = resolve));
  people.named = async (userId) => {
    await slow;
    return { ...people.known(userId), name: "Ada" };
  };
  void book.refresh();
  await wait(1_200);
  expect(told.map(([one]) => [one?.waitsForMe, one?.from.name])).toEqual([[true, ADA]]);
  expect(told[0]?.[0]?.text).toBe("Bed 4");
  come();
  await wait(20);
  expect(told.at(-1)?.[0]?.from.name).toBe("Ada");
});

test("an older telling that comes last is not told", async () => {
  const { ward, told, book, client } = await set();
  ward.answers["GET /_lanyard/v1/urgent"] = { urgent: [waits] };
  await book.refresh();
  let come = () => {};
  const slow = new Promise<void>((resolve) => (come = resolve));
  client.decryptEventIfNeeded = () => slow;
  book.decrypted("$1");
  ward.answers["GET /_lanyard/v1/urgent"] = {
    urgent: [{ ...waits, event_id: null, state: "ended" }],
  };
  await book.refresh();
  come();
  await wait(20);
  expect(told.map(([one]) => one?.state)).toEqual(["waiting", "ended"]);
});

test("a text that could not be fetched is asked for again", async () => {
  const { ward, told, book, client } = await set();
  ward.answers["GET /_lanyard/v1/urgent"] = { urgent: [{ ...waits, event_id: "$2" }] };
  client.getRoom = () => null;
  await book.refresh();
  expect(told[0]?.[0]?.text).toBeNull();
  const event = {
    isRedacted: () => false,
    isDecryptionFailure: () => false,
    getContent: () => ({ body: "Bed 5" }),
  };
  client.fetchRoomEvent = () => Promise.resolve({});
  client.getEventMapper = (() => () => event) as unknown as typeof client.getEventMapper;
  await book.refresh();
  expect(told[1]?.[0]?.text).toBe("Bed 5");
});
