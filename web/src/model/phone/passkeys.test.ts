import { beforeEach, expect, test, vi } from "vitest";
import { FakePhone, FakeServer } from "./fakes";
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

async function setUpByPasskey() {
  phone.passkeysHere = true;
  expect(await session.entrance.passkey()).toBeNull();
  expect(await session.choosePasscode("493817", "My phone")).toBeNull();
}

const room = { id: "!a", purpose: "Bed 4", lastTs: 1 } as RoomSummary;
const engine = () => phone.engines.at(-1)!;

test("a passkey signs in, and from then on opens this phone, with one gesture each", async () => {
  await setUpByPasskey();
  expect([session.state.value.at, session.passkeys.offered.value]).toEqual(["open", false]);
  expect(engine().told[0]).toMatchObject({ passkey: { passkeyId: "p1" }, keepNothing: false });
  await session.lock();
  expect(session.door.value.passkey).toBe(true);
  expect(await session.unlockByPasskey()).toBeNull();
  expect([session.state.value.at, phone.gestures]).toEqual(["open", 2]);
  expect(engine().told[0]).toMatchObject({ accessToken: "secret-token" });
  await session.lock();
  expect(await session.unlock("493817")).toBeNull();
  expect(engine().told[0]).toMatchObject({ passkey: null });
});

test("a passkey is the second step after a password", async () => {
  await session.entrance.password("amara", "right");
  expect(await session.entrance.passkeyAsSecondStep()).toBeNull();
  expect(session.state.value.at).toBe("choose_passcode");
});

test("a passkey is offered after the set-up, and its gesture needs no passcode again", async () => {
  phone.passkeysHere = true;
  const done = setUp();
  await vi.waitFor(() => expect(session.passkeys.offered.value).toBe(true));
  const asked = engine().told.find((m) => m.kind === "call" && m.name === "passkeyOptions");
  expect(asked).toBeDefined();
  answers("passkeyOptions", { challenge: "new" });
  const making = session.passkeys.make("My phone", "");
  await vi.waitFor(() => answers("addPasskey", { passkeyId: "p7", recoveryCodes: [] }));
  expect(await making).toEqual({ opensThisPhone: true, recoveryCodes: [] });
  await done;
  expect([session.passkeys.offered.value, session.door.value.passkey]).toEqual([false, true]);
  const given = engine().told.find((m) => m.kind === "call" && m.name === "givePasskey");
  expect(given).toMatchObject({ asked: { passkeyId: "p7" } });
});

test("ten wrong passcodes leave what a passkey opens, and the screen says so", async () => {
  await setUpByPasskey();
  await session.lock();
  for (let i = 0; i < 3; i++) await session.unlock("000000");
  expect(session.state.value.at).toBe("locked");
  expect(session.door.value).toMatchObject({ passkey: true, passcodeGone: true });
  expect(await session.unlockByPasskey()).toBeNull();
  server.wiped = true;
  await session.lock();
  await session.unlockByPasskey();
  expect(session.state.value).toEqual({ at: "set_up_again", why: "wiped" });
  expect(phone.shelf.values.size).toBe(0);
});

test("with no network the passkey opens until its time, and is then deleted by itself", async () => {
  await setUpByPasskey();
  await session.lock();
  server.offline = true;
  expect(await session.unlockByPasskey()).toBeNull();
  await session.lock();
  expect(phone.shelf.values.has("offline")).toBe(true);
  phone.pass(12 * 3_600_000);
  await vi.waitFor(() => expect(phone.shelf.values.has("offline")).toBe(false));
  expect((await session.unlockByPasskey())?.code).toBe("offline");
});

// @Rule("G22")
test("a person may only shorten the time until the lock, and it stays theirs", async () => {
  await setUp();
  session.lockAfter(600);
  phone.pass(119_000);
  expect(session.state.value.at).toBe("open");
  session.stayOpen();
  session.lockAfter(30);
  phone.pass(31_000);
  expect(session.state.value.at).toBe("locked");
  await session.unlock("493817");
  phone.pass(31_000);
  expect(session.state.value.at).toBe("locked");
});

test("the lock screen knows how many messages wait, and nothing else of them", async () => {
  await setUp();
  engine().say({ kind: "outbox", waiting: 1, failed: 1 });
  await session.lock();
  expect(session.door.value.unsent).toBe(2);
  await vi.waitFor(() => expect(phone.shelf.values.get("unsent")).toBe(2));
  const again = await started();
  expect(again.door.value.unsent).toBe(2);
});

// @Rule("G19")
test("on a shared device nothing is written down, and the next person finds nothing", async () => {
  await session.entrance.password("amara", "right");
  await session.entrance.secondStep("111222");
  expect(await session.shareDevice("Ward 7 computer")).toBeNull();
  expect([session.state.value.at, session.shared.value]).toEqual(["open", true]);
  expect(engine().told[0]).toMatchObject({ keepNothing: true });
  engine().say({ kind: "rooms", rooms: [room] });
  session.drafts.write("!a", "please review");
  phone.pass(5_000);
  expect([...phone.shelf.values.keys()]).toEqual([]);
  phone.pass(56_000);
  expect(session.state.value.at).not.toBe("open");
  expect(session.live.rooms.value).toEqual([]);
  await vi.waitFor(() => expect(phone.startedOver).toBe(1));
  expect([server.removed, engine().alive, phone.shelf.values.size]).toEqual([["h1"], false, 0]);
});

test("the organisation's own sign-in is offered where there is one", async () => {
  expect(session.entrance.organisation.value).toBeNull();
  server.organisation = { name: "Ward Trust", start: "/_lanyard/v1/sign-in/organisation" };
  session = await started();
  await vi.waitFor(() => expect(session.entrance.organisation.value?.name).toBe("Ward Trust"));
});

test("a sign-in that ended at the organisation's own page goes on here", async () => {
  phone.loginToken = "lt9";
  session = await started();
  await vi.waitFor(() => expect(session.state.value.at).toBe("choose_passcode"));
});

function answers(name: string, answer: unknown) {
  const call = engine().told.find((m) => m.kind === "call" && m.name === name);
  if (call?.kind !== "call") throw new Error(`${name} was not asked`);
  engine().say({ kind: "answered", id: call.id, answer });
}
