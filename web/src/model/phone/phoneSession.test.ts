import { beforeEach, expect, test, vi } from "vitest";
import { FakePhone, FakeServer, noNetwork } from "./fakes";
import type { Urgent } from "../../engine/protocol";
import type { RoomSummary } from "../../engine/words";
import { PhoneSession } from "./phoneSession";
import type { Servers } from "./ports";

let phone: FakePhone;
let server: FakeServer;
let session: PhoneSession;

beforeEach(async () => {
  phone = new FakePhone();
  server = new FakeServer();
  session = await started();
});

async function started() {
  const servers: Servers = { signIn: server, handset: server.handset };
  const fresh = new PhoneSession(phone, servers);
  await fresh.start();
  return fresh;
}

async function setUp() {
  expect(await session.entrance.password("amara", "right")).toBeNull();
  expect(await session.entrance.secondStep("111222")).toBeNull();
  expect(await session.choosePasscode("493817", "My phone")).toBeNull();
}

const room = { id: "!a", purpose: "Bed 4", lastTs: 1 } as RoomSummary;
const engine = () => phone.engines.at(-1)!;

test("both steps and a passcode open the app, and the Worker gets the session", async () => {
  await setUp();
  expect(session.state.value).toEqual({ at: "open" });
  expect(engine().told[0]).toMatchObject({
    kind: "start",
    accessToken: "secret-token",
    userId: "@amara:ward",
    handsetId: "h1",
  });
});

test("a wrong password and a wrong code say which it was, and store nothing", async () => {
  expect((await session.entrance.password("amara", "wrong"))?.code).toBe("wrong_sign_in");
  await session.entrance.password("amara", "right");
  expect((await session.entrance.secondStep("000000"))?.code).toBe("wrong_code");
  expect(session.state.value.at).toBe("second_step");
  expect([...phone.shelf.values.keys()]).toEqual(["about"]);
});

test("the language chosen before signing in, and that this is a demonstration, outlive it", async () => {
  session.preferences.setLanguage("cy");
  await setUp();
  server.about = () => Promise.reject(noNetwork());
  const again = await started();
  expect(again.preferences.language.value).toBe("cy");
  await vi.waitFor(() => expect(again.about.value?.demonstration).toBe(true));
});

test("a weak passcode and a fourth phone are refused", async () => {
  await session.entrance.password("amara", "right");
  await session.entrance.secondStep("111222");
  expect((await session.choosePasscode("123456", "x"))?.code).toBe("weak_passcode");
  server.phones = 3;
  expect((await session.choosePasscode("493817", "x"))?.code).toBe("too_many_phones");
  expect(session.state.value.at).toBe("choose_passcode");
});

// @Rule("G19")
// @Rule("G22")
test("the lock ends the Worker and empties the screen, and keeps the draft", async () => {
  await setUp();
  engine().say({ kind: "rooms", rooms: [room] });
  session.drafts.write("!a", "please review");
  const locked = session.lock();
  expect(session.state.value.at).toBe("locked");
  expect(session.live.rooms.value).toEqual([]);
  await locked;
  expect(engine().alive).toBe(false);
  expect(session.drafts.read("!a")).toBe("");
  expect(await session.unlock("493817")).toBeNull();
  expect(session.drafts.read("!a")).toBe("please review");
});

test("a locked app cannot be asked anything", async () => {
  await setUp();
  await session.lock();
  await expect(session.ask("searchPeople", { term: "a" })).rejects.toThrow("locked");
});

test("unlock paints the sealed list before the engine has said anything", async () => {
  await setUp();
  const start = engine().told[0];
  if (start?.kind !== "start") throw new Error("not started");
  const { SealedRecords } = await import("../../vault/records");
  await new SealedRecords(phone.shelf, start.recordsKey).write("rooms", [room]);
  await session.lock();
  await session.unlock("493817");
  expect(session.live.rooms.value).toEqual([room]);
  expect(session.live.connection.value).toBe("Connecting");
});

test("what is urgent is kept sealed, and said to be as of when the server was last heard", async () => {
  await setUp();
  const told = { urgentId: "u1", sentTs: phone.time, text: "Bed 4" } as Urgent;
  engine().say({ kind: "connection", status: "Up to date" });
  engine().say({ kind: "urgent", urgent: [told] });
  const heardTs = phone.time + 60_000;
  phone.pass(90_000);
  engine().say({ kind: "connection", status: "Offline", heardTs });
  expect(session.live.urgentKept.value).toBe(false);
  await session.lock();
  expect(session.live.urgent.value).toBeNull();
  await session.unlock("493817");
  const { urgent, urgentKept, urgentAsOf } = session.live;
  expect([urgent.value, urgentKept.value, urgentAsOf.value]).toEqual([[told], true, heardTs]);
  await session.lock();
  phone.pass(8 * 86_400_000);
  await session.unlock("493817");
  expect(session.live.urgent.value).toEqual([]);
});

const bed4 = (): Urgent => ({ urgentId: "u1", sentTs: phone.time, text: "Bed 4" }) as Urgent;

test("a phone that can keep nothing any more is wiped all the same", async () => {
  await setUp();
  engine().say({ kind: "connection", status: "Up to date" });
  engine().say({ kind: "urgent", urgent: [bed4()] });
  phone.shelf.write = () => Promise.reject(new Error("full"));
  await session.wipe();
  expect(server.removed).toEqual(["h1"]);
  expect([...phone.shelf.values.keys()].filter((name) => name.startsWith("sealed"))).toEqual([]);
});

test("what is urgent is not shown after a lock that came first, and one that is damaged locks nobody out", async () => {
  await setUp();
  engine().say({ kind: "connection", status: "Up to date" });
  engine().say({ kind: "urgent", urgent: [bed4()] });
  await session.lock();
  const { read } = phone.shelf;
  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  phone.shelf.read = (name) =>
    name === "sealed urgent" ? held.then(() => read(name)) : read(name);
  const unlocking = session.unlock("493817");
  await vi.waitFor(() => expect(session.state.value.at).toBe("open"));
  await session.lock();
  go();
  await unlocking;
  expect(session.live.urgent.value).toBeNull();
  phone.shelf.values.set("sealed urgent", "damaged");
  expect(await session.unlock("493817")).toBeNull();
  expect(session.state.value.at).toBe("open");
});

test("a wrong passcode shows the server's count, and when to try again", async () => {
  await setUp();
  await session.lock();
  expect(await session.unlock("000000")).toMatchObject({ code: "wrong_passcode", attemptsLeft: 2 });
  expect(session.state.value).toEqual({
    at: "locked",
    attemptsLeft: 2,
    retryTs: phone.time + 1_000,
  });
});

test("when the share is destroyed the phone is emptied and says so", async () => {
  await setUp();
  await session.lock();
  for (const _ of [1, 2, 3]) await session.unlock("000000");
  expect(session.state.value).toEqual({ at: "set_up_again", why: "wrong_passcodes" });
  expect(phone.shelf.values.size).toBe(0);
});

test("no network at unlock is no wrong passcode", async () => {
  await setUp();
  await session.lock();
  server.offline = true;
  expect((await session.unlock("493817"))?.code).toBe("offline");
  expect(session.state.value.at).toBe("locked");
});

test("locks by itself when idle and warns before", async () => {
  await setUp();
  phone.pass(105_000);
  expect(session.locksAt.value).not.toBeNull();
  phone.pass(20_000);
  expect(session.state.value.at).toBe("locked");
});

test("is covered as soon as it is not in front, and locks after the policy's time", async () => {
  await setUp();
  phone.presence?.hidden(true);
  expect(session.covered.value).toBe(true);
  expect(session.state.value.at).toBe("open");
  phone.pass(31_000);
  expect(session.state.value.at).toBe("locked");
});

test("a revoked session empties the phone", async () => {
  await setUp();
  session.drafts.write("decision !ward", "Hold apixaban.");
  engine().say({ kind: "signedOut" });
  await Promise.resolve();
  expect(session.state.value).toEqual({ at: "set_up_again", why: "signed_out" });
  expect(engine().alive).toBe(false);
  await new Promise((resolve) => setTimeout(resolve));
  phone.pass(1_000);
  expect(phone.shelf.values.size).toBe(0);
  expect(session.drafts.read("decision !ward")).toBe("");
});

test("a wipe tells the server and leaves nothing", async () => {
  await setUp();
  session.drafts.write("decision !ward", "Hold apixaban.");
  await session.wipe();
  phone.pass(1_000);
  expect(server.removed).toEqual(["h1"]);
  expect(phone.shelf.values.size).toBe(0);
  expect(session.drafts.read("decision !ward")).toBe("");
  expect(session.state.value).toEqual({ at: "signed_out" });
});

test("a second tab is told, and touches nothing", async () => {
  phone.alone = false;
  const second = await started();
  expect(second.state.value).toEqual({ at: "open_elsewhere" });
});

test("nothing of the person is readable on the phone", async () => {
  await setUp();
  session.drafts.write("!ward-seven:x", "please review");
  await session.lock();
  const seen = [...phone.shelf.values].map(([n, v]) => n + readable(v)).join("\n");
  expect(seen).not.toMatch(/amara|secret-token|please review|493817|My phone|!ward-seven/);
});

test("the timeline follows the engine's splices and forgets a closed room", async () => {
  await setUp();
  void session.ask("openRoom", { roomId: "!a" });
  expect(session.live.timeline.value).toMatchObject({ loaded: false, items: [] });
  const item = (key: string) => ({ key }) as never;
  const say = (start: number, remove: number, items: string[], roomId = "!a") =>
    engine().say({
      kind: "timeline",
      roomId,
      start,
      remove,
      items: items.map(item),
      canPaginate: true,
    });
  say(0, 0, ["b", "c"]);
  say(0, 0, ["a"]);
  say(2, 1, ["C"]);
  say(0, 0, ["x"], "!other");
  expect(session.live.timeline.value?.items.map((i) => i.key)).toEqual(["a", "b", "C"]);
});

test("another app's sign-in ends at its own address, with the token", async () => {
  phone.redirectUrl = "https://element.test/?x=1";
  session = await started();
  await session.entrance.password("amara", "right");
  await session.entrance.secondStep("111222");
  expect(phone.leftTo).toBe("https://element.test/?x=1&loginToken=lt1");
  expect(session.state.value).toEqual({ at: "handed_over", app: "Element" });
});

test("the account page does its deeds with a token each, and leaves no session behind", async () => {
  phone.accountAsk = { action: "org.matrix.cross_signing_reset", deviceId: "" };
  session = await started();
  await session.entrance.password("amara", "right");
  await session.entrance.secondStep("111222");
  expect(session.state.value).toMatchObject({ at: "account", done: "" });
  await session.entrance.accountDeed({ is: "allow_reset" });
  expect(session.state.value).toMatchObject({ at: "account", done: "reset_allowed" });
  expect(server.deeds).toEqual(["lt1+ allow_reset"]);
  expect(phone.shelf.values.size).toBeLessThan(2);
});

test("an address that is not allowed gets no token", async () => {
  phone.redirectUrl = "https://evil.test/";
  session = await started();
  expect(session.entrance.handOff.value).toEqual({ is: "refused" });
  await session.entrance.password("amara", "right");
  expect((await session.entrance.secondStep("111222"))?.code).toBe("unexpected");
  expect(phone.leftTo).toBe("");
});

function readable(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
  if (value instanceof Object && !(value instanceof CryptoKey)) {
    return Object.entries(value)
      .map(([k, v]) => k + readable(v))
      .join(" ");
  }
  return String(value);
}
