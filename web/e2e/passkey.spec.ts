/** One person and their phone: set up, locked, opened again, new, shared, copied. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import { ComingBack, OtherApp, signInPage } from "./otherApp";
import { converse } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Bed 12";
const SAID = "Potassium is 5.9, repeat sent";
/** Share, Add to Home Screen, Add: what putting the app on an iPhone takes. */
const INSTALLING = 3;
/** The browser's own question about notifications, which a test cannot tap. */
const BROWSER_ASKS = 1;
const MOST_TAPS = 9;

test.describe.configure({ mode: "serial" });

let back: ComingBack;
let server: Server;
let rhian: Phone;
let amara: Phone;

test.beforeAll(async ({ browser }) => {
  back = await ComingBack.listening();
  server = await startServer({
    LANYARD_SSO_REDIRECTS: back.url,
    LANYARD_WEB_PUSH_HOSTS: "push.invalid",
  });
  rhian = await (await Phone.of("rhian.lloyd", server, browser)).withPasskeys();
  amara = await Phone.of("amara.okafor", server, browser);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of [rhian, amara]) await phone?.picture(`failed-passkey-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all([rhian?.close(), amara?.close()]);
  await server?.stop();
  back?.stop();
});

/** `aheadMs`: where the same person may have used the code of now. */
async function signIn(phone: Phone, aheadMs = 0): Promise<void> {
  await phone.arrive();
  await phone.typePassword();
  await phone.typeCode(aheadMs);
}

test("a phone is set up with nine taps and its passcode at most, and is told what losing it means", async () => {
  const taps = await rhian.countTaps();
  await rhian.mayBeNotified("https://push.invalid/rhian");
  await rhian.page.clock.install();
  await rhian.arrive();
  await rhian.screen("50-passkey-first");
  await rhian.typePassword();
  await rhian.typeCode();
  await expect(rhian.page.getByText("professional as well as personal")).toBeVisible();
  await expect(rhian.page.getByText("never your photos, contacts or other apps")).toBeVisible();
  await rhian.screen("51-set-up");
  await rhian.field("passcode").fill(PASSCODE);
  await rhian.field("again").fill(PASSCODE);
  await rhian.button("Set up this phone").click();
  await expect(rhian.button("Make a passkey")).toBeVisible({ timeout: 120_000 });
  await rhian.shoot("03-passkey-offered");
  await rhian.button("Make a passkey").click();
  await expect(rhian.heading("Shall this phone tell you of new messages?")).toBeVisible();
  await rhian.shoot("03-notifications-offered");
  await rhian.button("Allow notifications").click();
  await expect(rhian.page.locator("dialog")).toHaveCount(0);
  await expect(rhian.page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  expect(await notified(rhian)).toBe(true);
  expect(INSTALLING + taps() + BROWSER_ASKS).toBe(MOST_TAPS);
});

// @Rule("G19")
// @Rule("G22")
test("it locks by itself, with a warning and the draft kept, and opens with one gesture or the passcode", async () => {
  await signIn(amara);
  await amara.setUp(PASSCODE);
  await converse(server, amara.token, {
    kind: "clinical",
    purpose: PURPOSE,
    members: ["@rhian.lloyd:lanyard.localhost"],
  });
  await amara.open(PURPOSE);
  await amara.send(SAID);
  const { page } = rhian;
  await rhian.open(PURPOSE);
  await expect(rhian.message(SAID)).toBeVisible();
  await rhian.field("message").fill("Not finished");
  await rhian.leaveAlone();
  await rhian.wait(101);
  await expect(page.getByText(/^Locks in \d+ seconds/).first()).toBeVisible();
  await rhian.shoot("05-locks-soon");
  await rhian.wait(20);
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  expect(await page.content()).not.toContain(PURPOSE);
  await rhian.shoot("05-locked");
  await rhian.button("Unlock with your passkey").click();
  await rhian.open(PURPOSE);
  await expect(rhian.field("message")).toHaveValue("Not finished");

  await rhian.hide(true);
  await expect(page.getByText(SAID)).not.toBeVisible();
  await rhian.wait(61);
  await rhian.hide(false);
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  await rhian.button("Use the passcode instead").click();
  await rhian.field("passcode").fill("493818");
  await rhian.button("Unlock").last().click();
  await expect(page.locator("#passcode-error")).toContainText("That passcode is not right.");
  await rhian.screen("55-wrong-passcode");
  await rhian.field("passcode").fill(PASSCODE);
  await rhian.button("Unlock").last().click();
  await expect(page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await expect(rhian.heading("Passkeys")).toBeVisible();
  await expect(rhian.button("Check this phone")).toBeVisible();
  await rhian.screen("56-me");
  await rhian.button("Check this phone").click();
  await rhian.shoot("24-this-phone");
  await rhian.button("Close").click();
});

test("on a new phone the same passkey signs in, and opens what was said before", async () => {
  // The SDK takes up to ten seconds before it backs a new key up.
  await expect.poll(() => keysBackedUp(rhian)).toBeGreaterThan(0);
  // Nothing is left of the old one but what the person carries along: the passkey.
  await rhian.button("Sign out").click();
  await rhian.button("Sign out and erase").click();
  await expect(rhian.heading("Sign in")).toBeVisible();
  expect(await rhian.holds(["vault", "credential", "session"])).toEqual([]);
  await rhian.button("Sign in with a passkey").click();
  await rhian.setUp(PASSCODE);
  await rhian.open(PURPOSE);
  await expect(rhian.message(SAID)).toBeVisible();
  await rhian.send("Seen on the new phone");
  await expect(amara.message("Seen on the new phone")).toBeVisible();
  await rhian.screen("58-new-phone");
});

test("on a new phone without a passkey the other phone gives the keys, once both show the same", async ({
  browser,
}) => {
  const second = await Phone.of("amara.okafor", server, browser);
  await signIn(second, 30_000);
  await second.field("passcode").fill(PASSCODE);
  await second.field("again").fill(PASSCODE);
  await second.button("Set up this phone").click();
  await second.button("Not now").click({ timeout: 120_000 });
  await expect(second.heading("Your keys are on another phone")).toBeVisible({ timeout: 120_000 });
  await second.screen("59-keys-elsewhere");
  await second.button("I have my other phone").click();
  await expect(second.page.getByText("Open Lanyard on your other phone")).toBeVisible();
  await amara.button("Compare").click();
  const emoji = (phone: Phone) => phone.page.locator(".emoji [lang=en]");
  await expect(emoji(amara)).toHaveCount(7);
  await expect(emoji(second)).toHaveCount(7);
  expect(await emoji(second).allInnerTexts()).toEqual(await emoji(amara).allInnerTexts());
  await second.screen("59-keys-compared");
  await amara.button("They are the same").click();
  await second.button("They are the same").click();
  await expect(second.page.getByText("Your keys are on this phone now")).toBeVisible();
  await second.screen("59-keys-came");
  await second.button("Done").click();
  await second.open(PURPOSE);
  await expect(second.message(SAID)).toBeVisible();
  await second.send("From my second phone");
  await expect(rhian.message("From my second phone")).toBeVisible();
  await expect(amara.page.getByText("The other app is trusted now.")).toBeVisible();
  await amara.button("Done").click();
  await expect(amara.message("From my second phone")).toBeVisible();
  expect(second.faults).toEqual([]);
  await second.close();
});

test("a shared device keeps nothing, ends by itself, and shows the next person nothing", async ({
  browser,
}) => {
  const device = await Phone.of("sian.evans", server, browser);
  await device.page.clock.install();
  await signIn(device);
  await device.page.getByText("Several people use it").click();
  await device.shoot("03-shared-device");
  await device.button("Use this device").click();
  await expect(device.page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  const secret = ["sian.evans", "Siân Evans", device.token, "session", "vault", "credential"];
  expect(await device.holds(secret)).toEqual([]);
  expect(await device.keeps(/./)).toBe(false);
  await device.leaveAlone();
  await device.wait(61);
  await expect(device.heading("Sign in")).toBeVisible();
  expect(await device.holds(secret)).toEqual([]);
  expect(await device.page.content()).not.toContain("Evans");

  // Whoever comes next: nothing of the person before is on the device, nor in what they see.
  const next = Phone.next(device, "priya.nair");
  await next.typePassword();
  await next.typeCode();
  await next.page.getByText("Several people use it").click();
  await next.button("Use this device").click();
  await expect(next.page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  await next.page.getByRole("button", { name: "Me", exact: true }).click();
  await expect(next.button("Finish here")).toBeVisible();
  expect(await next.page.content()).not.toContain("Evans");
  expect(await next.holds([...secret, next.token])).toEqual([]);
  await next.button("Finish here").click();
  await expect(next.heading("Sign in")).toBeVisible();
  await next.close();
});

test("a copied profile opens nothing: it shows the lock, and after a wipe not even that", async () => {
  const { launchOptions } = test.info().project.use;
  const home = mkdtempSync(join(tmpdir(), "lanyard-profile-"));
  const [own, copy] = [join(home, "own"), join(home, "copy")];
  const options = { ...launchOptions, viewport: { width: 390, height: 844 } };
  const first = await chromium.launchPersistentContext(own, options);
  const helen = await Phone.on(first, "helen.ashworth", server);
  await signIn(helen);
  await helen.setUp(PASSCODE);
  const { token } = helen;
  await helen.close();
  cpSync(own, copy, { recursive: true });

  const thief = await Phone.on(
    await chromium.launchPersistentContext(copy, options),
    "helen.ashworth",
    server,
  );
  await thief.page.goto(server.url);
  await expect(thief.heading("Lanyard is locked")).toBeVisible();
  expect(await thief.holds(["Helen Ashworth", "helen.ashworth", token])).toEqual([]);
  await thief.field("passcode").fill("000111");
  await thief.button("Unlock").click();
  await expect(thief.page.getByText("9 tries left.")).toBeVisible();
  await wipe(token);
  await thief.field("passcode").fill(PASSCODE);
  await thief.button("Unlock").click();
  await expect(thief.button("Sign in and set up again")).toBeVisible();
  expect(await thief.holds(["vault", "credential", "session"])).toEqual([]);
  await thief.close();
  rmSync(home, { recursive: true, force: true });
});

test("another app of the person's is compared by emoji and trusted; the recovery key needs a fresh proof", async ({
  browser,
}) => {
  const elsewhere = await Phone.of("rhian.lloyd", server, browser);
  await elsewhere.arrive(signInPage(server.url, back));
  await elsewhere.typePassword();
  await elsewhere.typeCode();
  const app = await OtherApp.unvouched(server.url, await back.token);
  await elsewhere.close();
  expect(await app.isTrusted()).toBe(false);
  await expect(rhian.page.getByText("Somebody signed in as you")).toBeVisible();
  await rhian.shoot("24-one-more-device");
  await rhian.button("Yes, it was me").click();
  await expect(rhian.page.getByText("Somebody signed in as you")).toHaveCount(0);

  const { shown, done } = await app.askToBeTrusted();
  await expect(rhian.heading("Another app wants to be trusted")).toBeVisible();
  await rhian.screen("60-another-app-asks");
  await rhian.button("Compare").click();
  const emoji = rhian.page.locator(".emoji [lang=en]");
  await expect(emoji).toHaveCount(7);
  expect(await emoji.allInnerTexts()).toEqual(await shown);
  await rhian.shoot("24-emoji");
  await rhian.button("They are the same").click();
  await expect(rhian.page.getByText("The other app is trusted now.")).toBeVisible();
  await done;
  await expect.poll(() => app.isTrusted()).toBe(true);
  app.stop();
  await rhian.button("Done").click();

  await rhian.button("Back to the list").click();
  await rhian.page.getByRole("button", { name: "Me", exact: true }).click();
  await rhian.button("Show the recovery key").click();
  await rhian.shoot("24-fresh-proof");
  await rhian.button("Use a passkey").click();
  await expect(rhian.page.locator("dialog code")).toHaveText(/^(\w{4} ){11}\w{4}$/);
  await rhian.button("Done").click();
});

test("nothing went wrong unseen on these phones", () => {
  expect([...rhian.faults, ...amara.faults]).toEqual([]);
});

/** Whether the server has this phone's subscription. */
async function notified(phone: Phone): Promise<unknown> {
  const headers = { Authorization: `Bearer ${phone.token}` };
  const answer = await fetch(`${server.url}/_lanyard/v1/push`, { headers });
  return ((await answer.json()) as Record<string, unknown>)["subscribed"];
}

async function keysBackedUp(phone: Phone): Promise<number> {
  const headers = { Authorization: `Bearer ${phone.token}` };
  const answer = await fetch(`${server.url}/_matrix/client/v3/room_keys/version`, { headers });
  return ((await answer.json()) as { count: number }).count;
}

/** From another browser of the person's. */
async function wipe(token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const listed = await fetch(`${server.url}/_lanyard/v1/handsets`, { headers });
  const { handsets } = (await listed.json()) as { handsets: { handset_id: string }[] };
  for (const { handset_id } of handsets) {
    const one = `${server.url}/_lanyard/v1/handsets/${handset_id}`;
    const answer = await fetch(one, { method: "DELETE", headers });
    expect(answer.status).toBe(200);
  }
}
