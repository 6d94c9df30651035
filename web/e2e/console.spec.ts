/** The console as those see it who have a duty: without JavaScript, and with a passkey. Every page is looked at by axe. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import { addPasskey, looked } from "./office";
import { oneTimeCode, startServer, type Server } from "./server";

test.describe.configure({ mode: "serial" });

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});

test.afterAll(async () => {
  await server?.stop();
});

/**
 * A page to which no script comes, and the policy allows none within it. Scripts are not switched off altogether, as
 * axe is one.
 */
async function withoutScripts(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.route("**/*.js", (route) => route.abort());
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) throw new Error(`third party: ${request.url()}`);
  });
  return page;
}

async function signIn(page: Page, user: string): Promise<void> {
  const { password, key } = server.signIn(user);
  await page.goto(`${server.url}/console`);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Code from your authenticator app").fill(oneTimeCode(key));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "What you can do here" })).toBeVisible();
}

const known = new Set<string>();

/** Every page that somebody's menu leads to, once; `consolePages.spec.ts` has those that the menu does not lead to. */
async function everyPage(page: Page, who: string): Promise<void> {
  const menu = page.getByRole("navigation", { name: "Menu" }).getByRole("link");
  const paths = await menu.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of paths) {
    if (path === null || known.has(path)) continue;
    known.add(path);
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await looked(page, `${who}${path.replaceAll("/", "-")}`);
  }
}

test("the governance office works without JavaScript, in Welsh too, and each page is sound", async ({
  browser,
}) => {
  const page = await withoutScripts(browser);
  await page.goto(`${server.url}/console`);
  await looked(page, "sign-in");
  await page.getByRole("link", { name: "Cymraeg" }).click();
  await expect(page.getByRole("heading", { name: "Mewngofnodi" })).toBeVisible();
  await looked(page, "sign-in-cy");
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await looked(page, "sign-in-refused");

  await signIn(page, "helen.ashworth");
  await looked(page, "front");
  await everyPage(page, "helen");
  await page.goto(`${server.url}/console/duties`);
  await page
    .getByLabel("Who")
    .selectOption({ label: "Owen Rowlands, Head of information governance" });
  await page.getByLabel("Which duty").selectOption("records");
  await page.getByRole("button", { name: "Give the duty" }).click();
  const removal = page.getByRole("button", {
    name: "Take away from Owen Rowlands: records manager",
  });
  await expect(removal).toBeVisible();

  await page.goto(`${server.url}/console/apps/new`);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("alert")).toContainText("Fill this in.");
  await looked(page, "app-refused");

  await page.goto(`${server.url}/console/audit`);
  await page.getByLabel("Action").fill("duty.");
  await page.getByRole("button", { name: "Search" }).click();
  await looked(page, "audit-found");
  await page.getByRole("link", { name: "duty.given" }).first().click();
  await looked(page, "audit-entry");
  await page.goto(`${server.url}/console/help-desk`);
  await expect(page.getByText("Only these may do that: help desk.")).toBeVisible();
  await looked(page, "forbidden");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  for (const user of ["jack.turner", "elin.parry", "martin.doyle", "owen.rowlands"]) {
    await signIn(page, user);
    await everyPage(page, user.replace(/\..*/, ""));
    if (user === "jack.turner") {
      await page.goto(`${server.url}/console/help-desk`);
      await page.getByLabel("Whose phone").fill("amara.okafor");
      await page.getByLabel("Why").fill("Called back on the ward");
      await page.getByRole("button", { name: "Show the phones" }).click();
      await expect(page.getByRole("heading", { name: /Amara Okafor/ })).toBeVisible();
      await looked(page, "help-desk-found");
    }
    await page.getByRole("button", { name: "Sign out" }).click();
  }
  await page.context().close();
});

test("a passkey signs in, by the one script there is", async ({ browser }) => {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${server.url}/console/audit`);
  await addPasskey(server, page, "farah.siddiqui");
  await looked(page, "sign-in-passkey");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  await expect(page.getByText("Farah Siddiqui")).toBeVisible();
  expect(faults).toEqual([]);
  await page.close();
});

test("an officer takes a share into the browser under a passkey and tries it", async ({
  browser,
}) => {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${server.url}/console/custodian`);
  // Not an officer who has just signed in: a code is good once.
  await addPasskey(server, page, "ngozi.eze");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Test your share without opening anything" }).click();
  await looked(page, "custodian-share");
  const { file, passphrase } = server.share("Ngozi Eze");
  await page.getByLabel("Share file").setInputFiles(file);
  await page.getByLabel("Passphrase").fill("not the passphrase");
  await page.getByRole("button", { name: "Take the share" }).click();
  await expect(page.getByRole("alert")).toContainText("The passphrase is wrong");
  await page.getByLabel("Passphrase").fill(passphrase);
  await page.getByRole("button", { name: "Take the share" }).click();
  await page.getByRole("button", { name: "Present your share" }).click();
  await expect(page.getByText("Your share is right.")).toBeVisible();
  await page.goto(`${server.url}/console/custodian`);
  await page.getByRole("button", { name: "Prepare your passkey" }).click();
  await expect(page.getByText("Your passkey is prepared to guard a share.")).toBeVisible();
  await looked(page, "custodian-officer");
  await page.goto(`${server.url}/console/custodian/replacements`);
  await looked(page, "custodian-replacements");
  await page.goto(`${server.url}/console/custodian/ceremonies`);
  await looked(page, "custodian-ceremony");
  expect(faults).toEqual([]);
  await page.close();
});
