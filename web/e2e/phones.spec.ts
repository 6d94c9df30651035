/** First days, and what a phone may and may not do: invitations, notifications, the policy, an end. */
import { expect, test } from "@playwright/test";
import { Organisation } from "./organisation";
import { call, converse, invited, signedIn } from "./overHttp";
import { Phone } from "./phone";
import { oneTimeCode, startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Bed 7";
/** The policy's twelve hours without a network, and a minute. */
const ALLOWANCE_SECONDS = 12 * 3600 + 60;
const PASSWORD = "copper lantern sings";

test.describe.configure({ mode: "serial" });

let server: Server;
let organisation: Organisation;
let administrator = "";
let ffion: Phone;
let onPaper: string[] = [];
let guessing: { phone: Phone; over: Promise<void> } | null = null;

test.beforeAll(async () => {
  organisation = await Organisation.listening();
  server = await startServer({ LANYARD_WEB_PUSH_HOSTS: "push.invalid", ...organisation.settings });
  organisation.know(server.url);
  administrator = await signedIn(server, "helen.ashworth");
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await ffion?.picture("failed-phones");
});

test.afterAll(async () => {
  await guessing?.phone.close();
  await server?.stop();
  await organisation?.stop();
});

test("somebody invited chooses how they sign in, by an authenticator app or by passkey, and is in", async ({
  browser,
}) => {
  const nia = await invited(server, administrator, "nia.rees@trust.example", "Nia Rees");
  const phone = await Phone.of(nia.user, server, browser);
  await agreesToAnOlderPolicy(phone);
  await phone.arrive();
  await phone.typePassword(nia.code, "Choose how you sign in");
  await phone.shoot("02-first-factor");
  await phone.button("Use an authenticator app").click();
  await expect(phone.heading("Add Lanyard to your authenticator app")).toBeVisible();
  const link = phone.page.getByRole("link", { name: "Open my authenticator app" });
  const address = new URL((await link.getAttribute("href")) ?? "");
  expect(address.protocol).toBe("otpauth:");
  await phone.screen("81-first-code");
  const code = (): string => oneTimeCode(address.searchParams.get("secret") ?? "");
  await phone.field("code").fill(code());
  await phone.field("new-password").fill("Password1234");
  await phone.field("new-password-again").fill("Password1234");
  await phone.button("Continue").click();
  await expect(phone.page.locator("#new-password-error")).toContainText("easy to guess");
  await phone.screen("82-first-code-weak-password");
  // The one before may be over.
  await phone.field("code").fill(code());
  await phone.field("new-password").fill(PASSWORD);
  await phone.field("new-password-again").fill(PASSWORD);
  await phone.button("Continue").click();
  await expect(phone.page.locator(".codes code")).toHaveCount(10);
  await phone.shoot("02-recovery-codes");
  await phone.button("I have written them down").click();
  await phone.setUp(PASSCODE);
  await readsAndAcceptsThePolicy(phone);
  expect(phone.faults).toEqual([]);
  const over = guessesTheTenth(phone);
  // Told in the last step; it may end before.
  over.catch(() => {});
  guessing = { phone, over };

  // The invitation is used up: neither it nor the password alone gets anybody in.
  const again = { user: nia.user, password: nia.code };
  expect((await call(server, "POST", "/_lanyard/v1/sign-in/password", again)).status).toBe(403);

  ffion = await (await Phone.of("ffion.parry", server, browser)).withPasskeys();
  await ffion.page.clock.install();
  const { code: invitation } = await invited(
    server,
    administrator,
    "ffion.parry@trust.example",
    "Ffion Parry",
  );
  await ffion.arrive();
  await ffion.typePassword(invitation, "Choose how you sign in");
  await ffion.button("Cymraeg").click();
  await expect(ffion.heading("Dewiswch sut i fewngofnodi")).toBeVisible();
  await ffion.screen("84-first-factor-welsh");
  await ffion.button("English").click();
  await ffion.button("Make a passkey").click();
  await expect(ffion.page.locator(".codes code")).toHaveCount(10);
  onPaper = await ffion.page.locator(".codes code").allInnerTexts();
  await ffion.button("I have written them down").click();
  await ffion.setUp(PASSCODE);
});

// @Rule("G24")
// @Rule("G33")
test("a lost phone with no network opens until its allowance is over, and then nothing; what was readable is listed", async ({
  browser,
}) => {
  const { page } = ffion;
  const row = page.locator(".list-row", { hasText: PURPOSE });
  await converseWith("@nia.rees:lanyard.localhost");
  await expect(row).toBeVisible();
  await lockNow();
  await ffion.offline(true);
  await ffion.button("Unlock with your passkey").click();
  await expect(row).toBeVisible();

  // From a borrowed browser; the passkey is on the phone that is gone.
  const borrowed = await Phone.of(ffion.user, server, browser);
  await borrowed.page.goto(`${server.url}/lost`);
  await borrowed.button("I have lost my passkey").click();
  await borrowed.screen("88-lost-passkey");
  await borrowed.field("user").fill(ffion.user);
  await borrowed.field("code").fill("AAAA-AAAA-AAAA");
  const focused = borrowed.focusComesWith(".summary", ".summary");
  await borrowed.button("Continue").click();
  await expect(borrowed.page.locator("#code-error")).toContainText("the code is not right");
  expect(await focused).toBe(true);
  await borrowed.field("code").fill(onPaper[0] ?? "");
  await borrowed.button("Continue").click();
  await borrowed.button("Lock My phone now").click();
  await expect(borrowed.page.getByText(/^It may open without a network until/)).toBeVisible();
  await borrowed.button("What could be read on it").click();
  await expect(borrowed.page.locator(".lost__rooms li")).toContainText(PURPOSE);
  await expect(borrowed.page.locator("textarea")).toHaveValue(/offline allowance/);
  await borrowed.screen("89-what-was-readable");
  await borrowed.button("Wipe My phone").click();
  await borrowed.page.getByRole("dialog").getByRole("button", { name: "Wipe My phone" }).click();
  await expect(borrowed.page.getByText("Wipe asked for.")).toBeVisible();

  // Assumed to be readable, and it is; then not.
  await lockNow();
  await ffion.button("Unlock with your passkey").click();
  await expect(row).toBeVisible();
  await lockNow();
  await ffion.leaveAlone();
  await ffion.wait(ALLOWANCE_SECONDS);
  await ffion.button("Unlock with your passkey").click();
  await expect(page.locator(".lock [role=alert] .note")).toBeVisible();
  await ffion.screen("90-nothing-opens-any-more");
  expect(await page.content()).not.toContain(PURPOSE);
  expect(await ffion.holds([PURPOSE, ffion.user, ffion.token])).toEqual([]);
  // Back in touch, it learns that it has ended, and clears itself.
  await ffion.offline(false);
  await ffion.button("Unlock with your passkey").click();
  await expect(ffion.button("Sign in and set up again")).toBeVisible();
  expect(await ffion.holds(["vault", "credential", "session"])).toEqual([]);
  await Promise.all([ffion.close(), borrowed.close()]);
});

test("the organisation's own sign-in leads to a phone that is set up, and leaves nothing in the address", async ({
  browser,
}) => {
  const gwen = await Phone.of("gwen.hughes", server, browser);
  await gwen.arrive();
  const own = gwen.page.getByRole("link", { name: "Continue with Meadowbank" });
  await expect(own).toBeVisible();
  await gwen.screen("91-organisation-first");
  await own.click();
  await gwen.button(`Continue as ${Organisation.PERSON}`).click();
  await gwen.setUp(PASSCODE);
  expect(gwen.page.url()).not.toContain("login_token");
  expect(gwen.left.filter((request) => request.split("\n")[0]?.includes("login_token"))).toEqual(
    [],
  );
  await gwen.page.getByRole("button", { name: "Me", exact: true }).click();
  await expect(gwen.page.getByText(Organisation.PERSON)).toBeVisible();
  expect(gwen.faults).toEqual([]);
  await gwen.close();
});

test("ten wrong passcodes, with a wait between them, and what the phone held can never be opened again", async () => {
  if (guessing === null) throw new Error("Nobody began to guess.");
  const { phone, over } = guessing;
  await over;
  await expect(phone.heading("This phone’s messages cannot be opened any more")).toBeVisible();
  expect(await phone.holds(["vault"])).toEqual([]);
  await phone.shoot("05-ten-wrong-passcodes");
  await phone.button("Sign in and set up again").click();
  await expect(phone.heading("Sign in")).toBeVisible();
});

/** The server makes whoever guesses wait, two minutes in all: beside the other steps. */
async function guessesTheTenth(phone: Phone): Promise<void> {
  await phone.button("Lock now").click();
  await expect(phone.heading("Lanyard is locked")).toBeVisible();
  for (let left = 9; left >= 0; left--) {
    await expect(phone.page.getByText(/^You can try again in/)).toHaveCount(0, {
      timeout: 120_000,
    });
    await phone.field("passcode").fill("000111");
    await phone.page.getByRole("button", { name: "Unlock", exact: true }).click();
    if (left > 0) {
      const said = phone.page.getByText(left === 1 ? "1 try left." : `${left} tries left.`);
      await expect(said.first()).toBeVisible();
    }
  }
}

async function converseWith(other: string): Promise<void> {
  const read = await call(server, "PUT", "/_lanyard/v1/me/induction", { version: 1 }, ffion.token);
  expect(read.status).toBe(200);
  await converse(server, ffion.token, { kind: "clinical", purpose: PURPOSE, members: [other] });
}

async function lockNow(): Promise<void> {
  await ffion.page.getByRole("button", { name: "Me", exact: true }).click();
  await ffion.button("Lock now").click();
  await expect(ffion.heading("Lanyard is locked")).toBeVisible();
}

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
  await phone.shoot("04-policy-changed");
  await phone.button("Read what changed").click();
  await expect(page.getByText("Before: 5 minutes")).toBeVisible();
  await phone.shoot("04-policy-read");
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
  await phone.shoot("24-what-is-known-of-a-phone");
  await phone.button("Close").last().click();
}
