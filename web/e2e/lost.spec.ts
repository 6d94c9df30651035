/** A phone is gone: locked from a borrowed browser in under five taps, found, lost again, wiped. */
import { expect, test } from "@playwright/test";
import { Phone } from "./phone";
import { oneTimeCode, startServer, type Server } from "./server";

const USER = "rhian.lloyd";
const NAME = "Rhian’s phone";

let server: Server;
let borrowed: Phone;
let token = "";

async function call(
  method: string,
  path: string,
  body?: object,
  as = "",
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${as}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** The phone that will be lost, as its app set it up. */
async function setUpPhone(): Promise<void> {
  const { password, key } = server.signIn(USER);
  const first = await call("POST", "/_lanyard/v1/sign-in/password", { user: USER, password });
  const passed = await call("POST", "/_lanyard/v1/sign-in/second-step", {
    session: first.body["session"],
    code: oneTimeCode(key),
  });
  const login = { type: "m.login.token", token: passed.body["login_token"] };
  token = String((await call("POST", "/_matrix/client/v3/login", login)).body["access_token"]);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const made = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const enrolled = await call(
    "POST",
    "/_lanyard/v1/handsets",
    {
      name: NAME,
      platform: "Android",
      owner: "own",
      policy_version: "1",
      public_key_jwk: await crypto.subtle.exportKey("jwk", made.publicKey),
    },
    token,
  );
  expect(enrolled.status).toBe(200);
}

const whoami = async (): Promise<unknown> =>
  (await call("GET", "/_matrix/client/v3/account/whoami", undefined, token)).body["errcode"];

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  await setUpPhone();
  borrowed = await Phone.of(USER, server, browser);
});

test.afterAll(async () => {
  await borrowed?.close();
  await server?.stop();
});

// @Rule("G24")
// @Rule("G33")
// @Rule("G25")
test("a lost phone is stopped from any browser, and no more is said of it than can be proved", async () => {
  const { page } = borrowed;
  let taps = 0;
  const tap = async (name: string | RegExp): Promise<void> => {
    taps++;
    await borrowed.button(name).click();
  };
  await borrowed.arrive();
  const way = page.getByRole("link", { name: "Lost your phone?" });
  await expect(way).toHaveCSS("color", "rgb(0, 94, 184)");
  expect((await way.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await borrowed.screen("70-lost-way");
  await way.click();
  await expect(page.getByText("To lock a lost phone, sign in here first")).toBeVisible();
  await borrowed.screen("70-lost-sign-in");
  await borrowed.field("user").fill(USER);
  await borrowed.field("password").fill(server.signIn(USER).password);
  await tap("Continue");
  // The code of the sign-in on the phone was used, and of such a code the server takes the next one.
  await borrowed.field("code").fill(borrowed.codeNow(30_000));
  await tap("Sign in");
  await expect(borrowed.heading("Which phone have you lost?")).toBeVisible();
  await borrowed.shoot("25-lost-phones");
  await tap(`Lock ${NAME} now`);
  await expect(page.getByText(/^Access stopped/)).toBeVisible();
  expect(taps).toBeLessThan(5);
  expect(await whoami()).toBe("M_USER_LOCKED");
  await borrowed.shoot("25-lost-locked");

  await borrowed.button("What could be read on it").click();
  await expect(page.getByText(/^The 72 hours counted from your report end/)).toBeVisible();
  await expect(page.locator("textarea")).toHaveValue(/Access stopped \(locked\)/);
  await borrowed.shoot("25-lost-report");
  await page.locator("textarea").scrollIntoViewIfNeeded();
  await borrowed.picture("73-lost-report-note");

  await borrowed.button(`I have it: unlock ${NAME}`).click();
  await expect(page.getByText("In use")).toBeVisible();
  expect(await whoami()).toBeUndefined();

  await borrowed.button(`Lock ${NAME} now`).click();
  await borrowed.button(`Wipe ${NAME}`).click();
  await expect(page.getByRole("dialog")).toContainText("cannot be taken back");
  await borrowed.shoot("25-lost-wipe-asks");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Wipe ${NAME}` })
    .click();
  await expect(page.getByText(/^Unreadable since/)).toBeVisible();
  await expect(page.getByText("Nothing else on the phone was touched")).toBeVisible();
  await expect(page.locator("body")).not.toContainText(/\bwiped\b/i);
  expect(await whoami()).toBe("M_UNKNOWN_TOKEN");
  await borrowed.button("Cymraeg").click();
  await expect(page.getByText(/^Annarllenadwy ers/)).toBeVisible();
  await borrowed.screen("75-lost-unreadable-welsh");

  await borrowed.offline(true);
  await borrowed.button("Beth y gellid ei ddarllen arno").click();
  await expect(page.locator(".lost [role=alert]")).toBeVisible();
  await borrowed.screen("76-lost-offline");
  await borrowed.offline(false);
  expect(borrowed.faults).toEqual([]);
});

/** Of iOS 18; Chromium says it is one, which is all that the app can see. */
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)" +
  " Version/18.5 Mobile/15E148 Safari/604.1";

test("in an iPhone's browser nobody signs in before the app is on the home screen, but a lost phone is stopped", async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    userAgent: IPHONE,
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  const phone = await Phone.on(context, USER, server);
  await phone.page.goto(server.url);
  await expect(phone.heading("Put Lanyard on your home screen")).toBeVisible();
  await expect(phone.page.getByText(server.url)).toBeVisible();
  await expect(phone.field("user")).toHaveCount(0);
  await phone.shoot("01-install");
  await phone.page.getByRole("link", { name: "Your phone is lost?" }).click();
  await expect(phone.page.getByText("To lock a lost phone, sign in here first")).toBeVisible();
  await expect(phone.field("user")).toBeVisible();
  expect(phone.faults).toEqual([]);
  await phone.close();
});
