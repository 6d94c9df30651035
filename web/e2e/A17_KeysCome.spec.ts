/**
 * Keys that come later: a message written while a colleague's new phone was being set up, and what was
 * said before somebody on call came. Three people, four phones.
 */
import { expect, test } from "@playwright/test";
import { call, signedIn } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Maple Ward tonight";
const BETWEEN = "Potassium is 5.9, written meanwhile";
const EARLIER = "Bed 4 went to theatre at six";
const PRIYA = "@priya.nair:lanyard.localhost";
const NOTE = "Beds 2 and 4 need bloods at eight. The insulin chart for bed 6 is with pharmacy.";

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: Phone;
let room: string;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  rhian = await Phone.of("rhian.lloyd", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of [rhian, amara]) await phone?.picture(`failed-a17-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all([rhian, amara].map((phone) => phone?.close()));
  await server?.stop();
});

/** Of a code that was used the server takes the next one. */
const NEXT_CODE_MS = 30_000;

async function signIn(phone: Phone, aheadMs = 0): Promise<void> {
  await phone.arrive();
  await phone.typePassword();
  await phone.typeCode(aheadMs);
}

test("a message written before a new phone was signed opens on it by itself", async ({
  browser,
}) => {
  for (const phone of [rhian, amara]) {
    await signIn(phone);
    await phone.setUp(PASSCODE);
  }
  const body = {
    kind: "clinical",
    purpose: PURPOSE,
    member_user_ids: ["@amara.okafor:lanyard.localhost"],
    request_id: "A17",
  };
  const made = await call(server, "POST", "/_lanyard/v1/conversations", body, rhian.token);
  expect(made.status).toBe(200);
  room = String(made.body["room_id"]);
  await rhian.open(PURPOSE);
  await rhian.send("Before");
  await expect(rhian.message("Before").locator(".delivery")).toHaveText("Delivered");

  await amara.close();
  amara = await Phone.of("amara.okafor", server, browser);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = new Promise<void>((resolve) => {
    void amara.page.context().route("**/keys/signatures/upload", async (route) => {
      resolve();
      await held;
      await route.continue();
    });
  });
  await signIn(amara, NEXT_CODE_MS);
  const ready = amara.setUp(PASSCODE, "afresh");
  ready.catch(() => {});
  await asked;
  await rhian.send(BETWEEN);
  await expect(rhian.message(BETWEEN).locator(".delivery")).toHaveText(/Sent|Delivered/);
  let give = (): void => {};
  const kept = new Promise<void>((resolve) => (give = resolve));
  await rhian.page.context().route("**/sendToDevice/**", async (route) => {
    await kept;
    await route.continue();
  });
  release();
  await ready;
  await amara.open(PURPOSE);
  await expect(amara.page.getByText("It opens by itself when one of them has")).toBeVisible();
  await amara.shoot("07-key-waiting");
  give();
  await expect(amara.message(BETWEEN)).toBeVisible({ timeout: 45_000 });
});

test("who comes by the rota finds the note, what was said for a day, and from when they read", async ({
  browser,
}) => {
  await rhian.send(EARLIER);
  await rhian.button("Jobs, mute and search").click();
  await rhian.button("Jobs and handover").click();
  await rhian.button("Hand over to the next shift").click();
  await rhian.field("note").fill(NOTE);
  await rhian.button("Send and pin").click();
  await expect(rhian.page.locator(".pinned")).toContainText("Beds 2 and 4 need bloods");

  const priya = await Phone.of("priya.nair", server, browser);
  await signIn(priya);
  await priya.setUp(PASSCODE);
  const rota = await signedIn(server, "carys.bevan");
  const roles = "/_lanyard/v1/on-call/roles";
  const made = await call(server, "POST", roles, { name: "Night doctor", ward: "Maple" }, rota);
  const shift = { from_ts: Date.now() - 60_000, until_ts: Date.now() + 8 * 3_600_000 };
  const shifts = { ...shift, shifts: [{ user_id: PRIYA, ...shift }] };
  const role = `${roles}/${String(made.body["role_id"])}/shifts`;
  expect((await call(server, "PUT", role, shifts, rota)).status).toBe(200);
  const wish = { user_id: PRIYA, by: "rota", reason: "Night shift" };
  const members = `/_lanyard/v1/rooms/${encodeURIComponent(room)}/members`;
  expect((await call(server, "POST", members, wish, rhian.token)).status).toBe(200);

  await priya.open(PURPOSE);
  await expect(priya.page.locator(".pinned")).toContainText("Beds 2 and 4 need bloods");
  await expect(priya.page.getByText("You are on call and can read back to")).toBeVisible();
  await expect(priya.message(EARLIER)).toBeVisible({ timeout: 45_000 });
  await priya.shoot("07-on-call-reads-back");
  await expect(rhian.page.getByText("Priya Nair is on call and can read back to")).toBeVisible();
  expect([...rhian.faults, ...priya.faults]).toEqual([]);
  await priya.close();
});
