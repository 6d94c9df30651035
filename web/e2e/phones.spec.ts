/** First days, and what a phone may and may not do: invitations, notifications, the policy, an end. */
import { expect, test } from "@playwright/test";
import { call, invited, signedIn } from "./overHttp";
import { Phone } from "./phone";
import { oneTimeCode, startServer, type Server } from "./server";

const PASSCODE = "493817";
const PASSWORD = "copper lantern sings";

test.describe.configure({ mode: "serial" });

let server: Server;
let administrator = "";

test.beforeAll(async () => {
  server = await startServer({ LANYARD_WEB_PUSH_HOSTS: "push.invalid" });
  administrator = await signedIn(server, "helen.ashworth");
});

test.afterAll(async () => server?.stop());

test("somebody invited chooses how they sign in, by an authenticator app or by passkey, and is in", async ({
  browser,
}) => {
  const nia = await invited(server, administrator, "nia.rees@trust.example", "Nia Rees");
  const phone = await Phone.of(nia.user, server, browser);
  await agreesToAnOlderPolicy(phone);
  await phone.arrive();
  await phone.typePassword(nia.code, "Choose how you sign in");
  await phone.screen("80-first-factor");
  await phone.button("Use an authenticator app").click();
  await expect(phone.heading("Add Lanyard to your authenticator app")).toBeVisible();
  const link = phone.page.getByRole("link", { name: "Open my authenticator app" });
  const address = new URL((await link.getAttribute("href")) ?? "");
  expect(address.protocol).toBe("otpauth:");
  await phone.screen("81-first-code");
  const code = oneTimeCode(address.searchParams.get("secret") ?? "");
  await phone.field("code").fill(code);
  await phone.field("new-password").fill("Password1234");
  await phone.field("new-password-again").fill("Password1234");
  await phone.button("Continue").click();
  await expect(phone.page.locator("#new-password-error")).toContainText("easy to guess");
  await phone.screen("82-first-code-weak-password");
  await phone.field("new-password").fill(PASSWORD);
  await phone.field("new-password-again").fill(PASSWORD);
  await phone.button("Continue").click();
  await expect(phone.page.locator(".codes code")).toHaveCount(10);
  await phone.screen("83-recovery-codes");
  await phone.button("I have written them down").click();
  await phone.setUp(PASSCODE);
  await readsAndAcceptsThePolicy(phone);
  expect(phone.faults).toEqual([]);
  await phone.close();

  // The invitation is used up: neither it nor the password alone gets anybody in.
  const again = { user: nia.user, password: nia.code };
  expect((await call(server, "POST", "/_lanyard/v1/sign-in/password", again)).status).toBe(403);

  const ffion = await invited(server, administrator, "ffion.parry@trust.example", "Ffion Parry");
  const second = await (await Phone.of(ffion.user, server, browser)).withPasskeys();
  await second.arrive();
  await second.typePassword(ffion.code, "Choose how you sign in");
  await second.button("Cymraeg").click();
  await expect(second.heading("Dewiswch sut i fewngofnodi")).toBeVisible();
  await second.screen("84-first-factor-welsh");
  await second.button("English").click();
  await second.button("Make a passkey").click();
  await expect(second.page.locator(".codes code")).toHaveCount(10);
  const paper = await second.page.locator(".codes code").allTextContents();
  await second.button("I have written them down").click();
  await second.setUp(PASSCODE);
  await second.page.getByRole("button", { name: "Me", exact: true }).click();
  await second.button("Lock now").click();
  await second.button("Unlock with your passkey").click();
  await expect(second.heading("Clinical")).toBeVisible();
  expect(second.faults).toEqual([]);
  await second.close();

  // The phone with the passkey is gone: one of the codes is the way in on the next.
  const third = await Phone.of(ffion.user, server, browser);
  await third.arrive();
  await third.button("I have lost my passkey").click();
  await third.field("user").fill(ffion.user);
  await third.field("code").fill("AAAA-AAAA-AAAA");
  await third.button("Continue").click();
  await expect(third.page.locator("#code-error")).toBeVisible();
  await third.screen("88-recovery-code-instead-of-a-passkey");
  await third.field("code").fill(paper[0] ?? "");
  await third.button("Continue").click();
  await third.setUp(PASSCODE);
  await third.close();
});

/** What was in force when this phone is set up: the server's own is a version on. */
async function agreesToAnOlderPolicy(phone: Phone): Promise<void> {
  await phone.page.route("**/_lanyard/v1/policy", async (route) => {
    const response = await route.fetch();
    const policy = (await response.json()) as object;
    await route.fulfill({ response, json: { ...policy, version: 0, lock_seconds: 300 } });
    await phone.page.unroute("**/_lanyard/v1/policy");
  });
}

async function readsAndAcceptsThePolicy(phone: Phone): Promise<void> {
  const { page } = phone;
  // Neither reading nor in a clinical conversation.
  const deed = () => call(server, "DELETE", "/_lanyard/v1/push", undefined, phone.token);
  expect((await deed()).body["errcode"]).toBe("ORG_LANYARD_POLICY_NOT_ACCEPTED");
  await expect(page.getByText("Clinical conversations stay open")).toBeVisible();
  await phone.screen("85-policy-changed");
  await phone.button("Read what changed").click();
  await expect(page.getByText("Before: 5 minutes")).toBeVisible();
  await phone.screen("86-policy-read");
  await phone.button("I have read it and accept it").click();
  await expect(phone.button("Read what changed")).toHaveCount(0);
  expect((await deed()).status).toBe(200);
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await phone.button("Check this phone").click();
  await page.locator("#fact-screen_lock").check({ force: true });
  await phone.button("Keep my answers").click();
  await expect(page.getByText("Your answers are kept.")).toBeVisible();
  await phone.button("Details of My phone").click();
  await expect(page.getByText("Version 1", { exact: true })).toBeVisible();
  await expect(page.locator("dialog")).toContainText("Self-reported: you or the app said so");
  await expect(page.locator("dialog")).not.toContainText(/Attested|Asserted/);
  await phone.screen("87-what-is-known-of-a-phone");
  await phone.button("Close").last().click();
}
