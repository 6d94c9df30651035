/** The console in a browser: how its pages are looked at, and how somebody there gets a passkey. */
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Browser, type Page } from "@playwright/test";
import { oneTimeCode, type Server } from "./server";

const PICTURES = fileURLToPath(new URL("../test-results/screenshots", import.meta.url));
const GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Keeps a picture of a page, finds nothing against the guidelines, and nothing that scrolls sideways. */
export async function looked(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}/console-${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page })
    .withTags(GUIDELINES)
    .setLegacyMode(true)
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.html).join(" ")}`,
  );
  expect.soft(found).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect.soft(wide, `${name} scrolls sideways`).toBe(false);
}

/** What the app does when somebody adds a passkey: here by its interface, in the page that is open. */
export async function addPasskey(server: Server, page: Page, user: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasPrf: true,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const { password, key } = server.signIn(user);
  const known = { user, password, code: oneTimeCode(key) };
  await page.evaluate(async ({ user: name, password: word, code }) => {
    const post = async (path: string, body: object, token = ""): Promise<Record<string, never>> => {
      const answer = await fetch(path, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Record<string, never>;
    };
    const v1 = "/_lanyard/v1";
    const { session } = await post(`${v1}/sign-in/password`, { user: name, password: word });
    const passed = await post(`${v1}/sign-in/second-step`, { session, code });
    const login = { type: "m.login.token", token: passed["login_token"] };
    const { access_token: token } = await post("/_matrix/client/v3/login", login);
    const { publicKey } = await post(`${v1}/me/passkeys/options`, {}, token);
    const made = (await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey as never),
    })) as PublicKeyCredential;
    await post(`${v1}/me/passkeys`, { name: "Desk", credential: made.toJSON() }, token);
  }, known);
}

/** Somebody of the office at their own computer, signed in by passkey; what went wrong there is put with `faults`. */
export async function atDesk(
  server: Server,
  browser: Browser,
  { user, at, faults }: { user: string; at: string; faults: string[] },
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${user}: ${error.message}`));
  await page.goto(`${server.url}${at}`);
  await addPasskey(server, page, user);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toHaveCount(0);
  return page;
}
