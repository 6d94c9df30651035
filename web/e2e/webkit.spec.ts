/** A02_OnAnotherEngine: the path of every day in WebKit, which iPhones have and Chromium's stories never see. */
import { expect, test } from "@playwright/test";
import { call } from "./overHttp";
import { Phone } from "./phone";
import { freePort, oneTimeCode, startServer, type Server } from "./server";
import { findBrowser, WebKit } from "./webkit";

const PASSCODE = "493817";
const PURPOSE = "Bed 3";
const binary = findBrowser();

test.skip(binary === undefined, "no WebKit here (Debian: webkit2gtk-driver, xvfb)");

let server: Server;
let webkit: WebKit;

test.beforeAll(async () => {
  server = await startServer();
  webkit = await WebKit.open(binary ?? "", await freePort());
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  console.log(await webkit.run("return document.body.innerText"));
});

test.afterAll(async () => {
  await webkit?.close();
  await server?.stop();
});

test("start, set up, lock, unlock, send and read in WebKit", async ({ browser }) => {
  const amara = await Phone.of("amara.okafor", server, browser);
  await amara.arrive();
  await amara.typePassword();
  await amara.typeCode();
  await amara.setUp(PASSCODE);

  const { password, key } = server.signIn("rhian.lloyd");
  await webkit.go(server.url);
  await webkit.type("#user", "rhian.lloyd");
  await webkit.type("#password", password);
  await webkit.press("Continue");
  await webkit.type("#code", oneTimeCode(key));
  await webkit.press("Sign in");
  await webkit.type("#passcode", PASSCODE);
  await webkit.type("#again", PASSCODE);
  await webkit.press("I agree: set up this phone");
  await webkit.sees(".status", "Up to date");

  const body = {
    kind: "clinical",
    purpose: PURPOSE,
    member_user_ids: ["@rhian.lloyd:lanyard.localhost"],
    request_id: "webkit",
  };
  const path = "/_lanyard/v1/conversations";
  // As in the directory: whoever is still setting up can be reached in a moment.
  await expect
    .poll(async () => (await call(server, "POST", path, body, amara.token)).status)
    .toBe(200);
  await webkit.sees(".list-row", PURPOSE);
  await amara.open(PURPOSE);
  // What comes from her phone is signed by it: from then on others encrypt to it.
  await webkit.pressAt(".list-row");
  await webkit.type("#message", "Who has the bloods?");
  await webkit.press("Send to 1 person");
  await expect(amara.message("Who has the bloods?")).toBeVisible();
  await amara.send("Potassium is 5.9");
  await webkit.sees("article.message", "Potassium is 5.9");
  await webkit.press("Back to the list");

  await webkit.press("Me");
  await webkit.press("Lock now");
  await webkit.sees("h1", "Lanyard is locked");
  await webkit.type("#passcode", PASSCODE);
  await webkit.press("Unlock");
  await webkit.sees(".list-row", PURPOSE);
  await webkit.pressAt(".list-row");
  await webkit.sees("article.message", "Potassium is 5.9");
  await webkit.type("#message", "Repeat sent");
  await webkit.press("Send to 1 person");
  await expect(amara.message("Repeat sent")).toBeVisible();
  expect(amara.faults).toEqual([]);
  await amara.close();
});
