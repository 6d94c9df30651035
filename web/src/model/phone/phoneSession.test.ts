import { beforeEach, expect, test, vi } from "vitest";
import type { EnginePort } from "../../engine/link";
import type { FromEngine, ToEngine } from "../../engine/protocol";
import { Refusal, type RoomSummary } from "../../engine/words";
import type { ShareAnswer, Shelf } from "../../vault/ports";
import { PhoneSession } from "./phoneSession";
import type { AccountAsk, AccountDeed } from "../session";
import type { Asker, Phone, Presence, Servers, SignInServer } from "./ports";

class MemoryShelf implements Shelf {
  values = new Map<string, unknown>();
  read = (name: string) => Promise.resolve(this.values.get(name));
  write = (name: string, value: unknown) => Promise.resolve(void this.values.set(name, value));
  remove = (name: string) => Promise.resolve(void this.values.delete(name));
  close = () => Promise.resolve();
}

/** A Worker made of plain code: remembers what it was told, stops when asked. */
class FakeEngine implements EnginePort {
  readonly told: ToEngine[] = [];
  alive = true;
  #hear: (message: FromEngine) => void = () => {};
  post = (message: ToEngine) => {
    this.told.push(message);
    if (message.kind === "stop") this.#hear({ kind: "stopped" });
  };
  listen = (hear: (message: FromEngine) => void) => void (this.#hear = hear);
  terminate = () => void (this.alive = false);
  say = (message: FromEngine) => this.#hear(message);
}

class FakePhone implements Phone {
  readonly homeserver = "https://ward.test";
  readonly platform = "Test";
  redirectUrl: string | null = null;
  asker: Asker | null = null;
  accountAsk: AccountAsk | null = null;
  readonly preferredLanguage = "en" as const;
  readonly shelf = new MemoryShelf();
  readonly engines: FakeEngine[] = [];
  presence: Presence | null = null;
  alone = true;
  isOnline = true;
  time = 1_000_000;
  leftTo = "";
  timers: { at: number; work: () => void }[] = [];
  readonly hash = {
    hash: async (passcode: string, salt: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(
        await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${passcode}${salt}`)),
      ),
  };

  watch = (presence: Presence) => void (this.presence = presence);
  online = () => this.isOnline;
  claim = () => Promise.resolve(this.alone);
  eraseData = () => Promise.resolve(this.shelf.values.clear());
  eraseApp = () => Promise.resolve();
  keepApp = () => {};
  takeUpdate = () => {};
  leaveTo = (url: string) => void (this.leftTo = url);
  now = () => this.time;

  startEngine = () => {
    const engine = new FakeEngine();
    this.engines.push(engine);
    return engine;
  };

  later = (ms: number, work: () => void) => {
    const timer = { at: this.time + ms, work };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((t) => t !== timer));
  };

  pass(ms: number) {
    const until = this.time + ms;
    const due = () => this.timers.find((t) => t.at <= until);
    for (let next = due(); next; next = due()) {
      const { at, work } = next;
      this.timers = this.timers.filter((t) => t !== next);
      this.time = at;
      work();
    }
    this.time = until;
  }
}

const policy = {
  version: "1",
  lockSeconds: 120,
  hiddenLockSeconds: 30,
  passcodeMinLength: 6,
  decisionGraceSeconds: 86_400,
};
const about = {
  version: "1",
  demonstration: true,
  organizationName: "Ward Trust",
  odsCode: "RX1",
  serverName: "ward.test",
  guidance: null,
};

class FakeServer implements SignInServer {
  proof = "";
  bytes: Uint8Array<ArrayBuffer> | null = null;
  attemptsLeft = 3;
  offline = false;
  phones = 0;
  removed: string[] = [];
  about = () => Promise.resolve(about);
  password = (_: string, password: string) =>
    password === "right" ? Promise.resolve({ session: "s1" }) : Promise.reject(refused());
  secondStep = (session: string, code: string) =>
    session === "s1" && code === "111222"
      ? Promise.resolve({ loginToken: "lt1", recoveryCodesLeft: null })
      : Promise.reject(refused());
  login = () =>
    Promise.resolve({ accessToken: "secret-token", userId: "@amara:ward", deviceId: "D" });
  policy = () => Promise.resolve(policy);
  target = (url: string) =>
    Promise.resolve({ allowed: url.startsWith("https://element.test/"), app: "Element" });
  account = (loginToken: string) =>
    Promise.resolve({
      loginToken: `${loginToken}+`,
      account: { userId: "@amara:ward", displayName: "Amara", role: "", devices: [] },
    });
  readonly deeds: string[] = [];
  accountDeed = (loginToken: string, deed: AccountDeed) => {
    this.deeds.push(`${loginToken} ${deed.is}`);
    return Promise.resolve(`${loginToken}+`);
  };
  askedBy = () => Promise.reject(refused());
  letIn = () => Promise.resolve(null);
  turnAway = () => Promise.resolve(null);
  removeHandset = (_: string, id: string) => Promise.resolve(void this.removed.push(id));

  readonly handset = {
    enrol: () =>
      ++this.phones > 3 ? Promise.reject(refused()) : Promise.resolve({ handsetId: "h1" }),
    setPasscode: (_: string, _id: string, proof: Uint8Array<ArrayBuffer>) => {
      this.proof = String(proof);
      this.bytes = crypto.getRandomValues(new Uint8Array(32));
      return Promise.resolve(this.bytes.slice());
    },
    challenge: () => (this.offline ? Promise.reject(noNetwork()) : Promise.resolve({ nonce: "n" })),
    share: (_: string, claim: { proof: Uint8Array<ArrayBuffer> }): Promise<ShareAnswer> => {
      const right = String(claim.proof) === this.proof;
      if (!right && --this.attemptsLeft === 0) this.bytes = null;
      if (!this.bytes) return Promise.resolve({ outcome: "destroyed" });
      return Promise.resolve(
        right
          ? { outcome: "released", share: this.bytes.slice() }
          : { outcome: "wrong", attemptsLeft: this.attemptsLeft, retryAfterMs: 1_000 },
      );
    },
  };
}

const refused = () => new Refusal({ code: "refused", sentence: "No." });
const noNetwork = () => new Refusal({ code: "offline", sentence: "No network." });

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
  expect(await session.signIn("amara", "right")).toBeNull();
  expect(await session.secondStep("111222")).toBeNull();
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
  expect((await session.signIn("amara", "wrong"))?.code).toBe("wrong_sign_in");
  await session.signIn("amara", "right");
  expect((await session.secondStep("000000"))?.code).toBe("wrong_code");
  expect(session.state.value).toEqual({ at: "second_step" });
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
  await session.signIn("amara", "right");
  await session.secondStep("111222");
  expect((await session.choosePasscode("123456", "x"))?.code).toBe("weak_passcode");
  server.phones = 3;
  expect((await session.choosePasscode("493817", "x"))?.code).toBe("too_many_phones");
  expect(session.state.value.at).toBe("choose_passcode");
});

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
  engine().say({ kind: "signedOut" });
  await Promise.resolve();
  expect(session.state.value).toEqual({ at: "set_up_again", why: "signed_out" });
  expect(engine().alive).toBe(false);
  await new Promise((resolve) => setTimeout(resolve));
  expect(phone.shelf.values.size).toBe(0);
});

test("a wipe tells the server and leaves nothing", async () => {
  await setUp();
  await session.wipe();
  expect(server.removed).toEqual(["h1"]);
  expect(phone.shelf.values.size).toBe(0);
  expect(session.state.value).toEqual({ at: "signed_out" });
});

test("a second tab is told, and touches nothing", async () => {
  phone.alone = false;
  const second = await started();
  expect(second.state.value).toEqual({ at: "open_elsewhere" });
});

test("nothing of the person is readable on the phone", async () => {
  await setUp();
  session.drafts.write("!a", "please review");
  await session.lock();
  const seen = [...phone.shelf.values].map(([n, v]) => n + readable(v)).join("\n");
  expect(seen).not.toMatch(/amara|secret-token|please review|493817|My phone|!a/);
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
  await session.signIn("amara", "right");
  await session.secondStep("111222");
  expect(phone.leftTo).toBe("https://element.test/?x=1&loginToken=lt1");
  expect(session.state.value).toEqual({ at: "handed_over", app: "Element" });
});

test("the account page does its deeds with a token each, and leaves no session behind", async () => {
  phone.accountAsk = { action: "org.matrix.cross_signing_reset", deviceId: "" };
  session = await started();
  await session.signIn("amara", "right");
  await session.secondStep("111222");
  expect(session.state.value).toMatchObject({ at: "account", done: "" });
  await session.accountDeed({ is: "allow_reset" });
  expect(session.state.value).toMatchObject({ at: "account", done: "reset_allowed" });
  expect(server.deeds).toEqual(["lt1+ allow_reset"]);
  expect(phone.shelf.values.size).toBeLessThan(2);
});

test("an address that is not allowed gets no token", async () => {
  phone.redirectUrl = "https://evil.test/";
  session = await started();
  expect(session.handOff.value).toEqual({ is: "refused" });
  await session.signIn("amara", "right");
  expect((await session.secondStep("111222"))?.code).toBe("unexpected");
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
