/**
 * A pharmacist on slow 3G (400 kbit/s, 400 ms): signs in, opens, sends and reads; an answer is lost; the
 * app is updated with a draft in it; a second window waits its turn. A registrar's phone is the other side.
 */
import { expect, test } from "@playwright/test";
import { BadNetwork } from "./badNetwork";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Slow ward";
const SEND = /\/rooms\/[^/]+\/send\/m\.room\.encrypted\//;

test.describe.configure({ mode: "serial" });

let server: Server;
let network: BadNetwork;
let rhian: Phone;
let amara: Phone;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  network = await BadNetwork.before(server.url);
  rhian = await Phone.of("rhian.lloyd", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp(PASSCODE);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  await amara?.picture("failed-a18-amara");
});

test.afterAll(async () => {
  await Promise.all([rhian, amara].map((phone) => phone?.close()));
  network?.stop();
  await server?.stop();
});

/** In milliseconds, of slow 3G. */
async function taking(work: () => Promise<void>): Promise<number> {
  network.slow = true;
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test("signs in on slow 3G, in seconds and not in minutes", async () => {
  const seen = await taking(() => amara.arrive(network.url));
  // The page, one file and its style sheet, then the sign-in: some 60 KB.
  expect(seen).toBeLessThan(8_000);
  await amara.typePassword();
  await amara.typeCode();
  await expect(amara.heading("Set up this phone")).toBeVisible();
  // The engine is 1.5 MB, once for each phone: half a minute that this story need not wait.
  network.slow = false;
  await amara.setUp(PASSCODE);
  await expect.poll(() => amara.keeps(/\/assets\/OpenApp-/)).toBe(true);
  await begun();
});

/** Rhian begins a conversation with Amara. */
async function begun(): Promise<void> {
  const made = await fetch(`${server.url}/_lanyard/v1/conversations`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${rhian.token}` },
    body: JSON.stringify({
      kind: "clinical",
      purpose: PURPOSE,
      member_user_ids: ["@amara.okafor:lanyard.localhost"],
      request_id: "a18",
    }),
  });
  expect(made.status).toBe(200);
  await rhian.open(PURPOSE);
  await rhian.send("Are you there?");
}

async function unlock(phone: Phone): Promise<void> {
  await phone.field("passcode").fill(PASSCODE);
  await phone.button("Unlock").click();
}

test("on slow 3G it opens from what the phone has, sends and reads", async () => {
  const { page } = amara;
  await amara.open(PURPOSE);
  await expect(amara.message("Are you there?")).toBeVisible();
  const before = network.asked.length;
  const painted = await taking(async () => {
    await page.reload();
    await unlock(amara);
    await expect(page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();
  });
  expect(painted).toBeLessThan(8_000);
  // The app itself comes from the phone: not one of its files is asked for.
  const files = network.asked.slice(before).filter((one) => one.includes("/assets/"));
  expect(files).toEqual([]);
  await amara.open(PURPOSE);
  await amara.send("Yes, on the bus");
  await expect(rhian.message("Yes, on the bus")).toBeVisible();
  await expect(amara.message("Yes, on the bus").locator(".delivery")).toHaveText(/Read/);
  await rhian.send("Ring me later");
  await expect(amara.message("Ring me later")).toBeVisible();
});

test("when an answer is lost the message goes again, and is there once", async () => {
  network.loseTheNext(SEND);
  await amara.send("Only once, please");
  await expect(amara.message("Only once, please").locator(".delivery")).toHaveText(/Sent|Read/);
  expect(network.lost).toHaveLength(1);
  const tries = network.asked.filter((one) => one.endsWith(network.lost[0] ?? "?"));
  expect(tries.length).toBeGreaterThan(1);
  await rhian.send("Got it");
  await expect(amara.message("Got it")).toBeVisible();
  for (const phone of [rhian, amara])
    await expect(phone.message("Only once, please")).toHaveCount(1);
});

test("an update waits for its person, and keeps what was being written", async () => {
  const { page } = amara;
  network.slow = false;
  network.newer = true;
  await amara.field("message").fill("Half a sent");
  await amara.button("Back to the list").click();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByText("A newer version is ready.")).toBeVisible();
  await amara.shoot("27-update-ready");
  // It locks, and then starts over: what is typed in between goes with the page.
  const restarted = page.waitForEvent("load");
  await amara.button("Restart to update").click();
  await restarted;
  await expect(amara.heading("Lanyard is locked")).toBeVisible();
  await unlock(amara);
  await amara.open(PURPOSE);
  await expect(amara.field("message")).toHaveValue("Half a sent");
  await amara.send("Half a sentence, finished");
  await expect(rhian.message("Half a sentence, finished")).toBeVisible();
});

test("a second window waits until the first is closed, and then takes over", async () => {
  const second = await amara.page.context().newPage();
  await second.goto(network.url);
  const waits = second.getByRole("heading", { name: "Lanyard is open in another window" });
  await expect(waits).toBeVisible();
  await amara.page.close();
  await expect(second.getByRole("heading", { name: "Lanyard is locked" })).toBeVisible();
  await second.locator("#passcode").fill(PASSCODE);
  await second.getByRole("button", { name: "Unlock" }).click();
  await expect(second.locator(".list-row", { hasText: PURPOSE })).toBeVisible();
});

test("nothing went wrong unseen on either phone", () => {
  expect([...rhian.faults, ...amara.faults]).toEqual([]);
});
