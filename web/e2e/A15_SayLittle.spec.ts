/**
 * A new nurse begins: the induction comes first and stops no reply, the message box says what a conversation is for, what
 * identifies somebody is pointed out, and in a social conversation it goes only with a reason.
 */
import { expect, test } from "@playwright/test";
import { OtherApp } from "./otherApp";
import { call, converse, loginToken } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Patient review";
const ADDED = "Bed 9";
const NUMBER = "999 390 9963";

test.describe.configure({ mode: "serial" });

let server: Server;
let beatriz: Phone;
let amara: Phone;
let rhian: OtherApp;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  beatriz = await Phone.of("beatriz.almeida", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  rhian = await OtherApp.signedIn(server.url, await loginToken(server, "rhian.lloyd"));
  for (const phone of [beatriz, amara]) {
    await phone.arrive();
    await phone.typePassword();
    await phone.typeCode();
    await phone.setUp(PASSCODE);
  }
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  await beatriz?.picture("failed-a15-beatriz");
});

test.afterAll(async () => {
  rhian?.stop();
  await Promise.all([beatriz, amara].map((phone) => phone?.close()));
  await server?.stop();
});

async function begin(social: boolean): Promise<void> {
  const { page } = beatriz;
  await beatriz.button("Directory").click();
  await beatriz.search("amara");
  await page.locator(".found__button", { hasText: "Amara Okafor" }).click();
  await expect(beatriz.heading("New clinical conversation")).toBeVisible();
  if (social) {
    await page.locator(".kind-choice.kind-social").click();
    await page.locator("label.choice", { hasText: "Something else" }).click();
    await beatriz.field("other").fill("Lunch");
  } else {
    await page.getByText(PURPOSE).click();
  }
  await beatriz.button("Start the conversation").click();
}

// @Rule("G07")
test("who is added to a clinical conversation has a minute of reading there, unless they have to reply", async () => {
  const { token } = amara;
  const members = ["@rhian.lloyd:lanyard.localhost"];
  const room = await converse(server, token, { kind: "clinical", purpose: ADDED, members });
  const path = `/_lanyard/v1/rooms/${encodeURIComponent(room)}/members`;
  // She is of an agency.
  const added = {
    user_id: `@${beatriz.user}:lanyard.localhost`,
    reason: "Joining the ward",
    sponsor_user_id: `@${amara.user}:lanyard.localhost`,
    until_ts: Date.now() + 86_400_000,
  };
  expect((await call(server, "POST", path, added, token)).status).toBe(200);
  await beatriz.open(ADDED);
  const title = beatriz.heading("Before your first clinical conversation");
  await expect(title).toBeFocused();
  await beatriz.screen("27-induction-added");
  const textSize = (value: string): Promise<string> =>
    beatriz.page.evaluate((size) => (document.documentElement.style.fontSize = size), value);
  await textSize("200%");
  await beatriz.screen("27-induction-added-200");
  await textSize("");
  await beatriz.button("Not now, I have to reply").click();
  await expect(title).toHaveCount(0);
  await expect(beatriz.field("message")).toBeFocused();
  await beatriz.send("On my way");
  await beatriz.button("Back to the list").click();
  await beatriz.open(ADDED);
  await expect(beatriz.message("On my way")).toBeVisible();
  await expect(title).toHaveCount(0);
  await beatriz.button("Back to the list").click();
});

// @Rule("G07")
test("the first clinical conversation begins with a minute of reading", async () => {
  await begin(false);
  await expect(beatriz.heading("Before your first clinical conversation")).toBeVisible();
  await expect(beatriz.page.getByText("Purely social chat need not move here.")).toBeVisible();
  await beatriz.shoot("27-induction");
  await beatriz.button("I have read it").click();
  await expect(beatriz.field("message")).toBeVisible();
});

// @Rule("G10") @Rule("G13")
test("the message box says what this is for, offline too, and points out a number", async () => {
  const { page } = beatriz;
  const line = page.locator(".approved__line");
  await expect(line).toContainText("For the direct care of patients");
  await beatriz.offline(true);
  await expect(line).toContainText("Not for: the record of care, social chat.");
  await line.click();
  await expect(page.locator(".approved__more")).toContainText("can be disclosed");
  await beatriz.offline(false);
  await beatriz.field("message").fill(`Can you check ${NUMBER}?`);
  await expect(page.locator(".nudge")).toContainText("an NHS number");
  await beatriz.shoot("28-nudge");
  await beatriz.button("Use ‘the patient’").click();
  await expect(beatriz.field("message")).toHaveValue("Can you check the patient?");
  expect(beatriz.sent(NUMBER)).toBe(false);
});

// @Rule("G12") @Rule("G29")
test("in a social conversation a patient's name goes only with a reason", async () => {
  const { page } = beatriz;
  await page.getByRole("button", { name: "Back to the list" }).click();
  await begin(true);
  const text = "Mrs Llewellyn in bed 4 fell";
  await beatriz.field("message").fill(text);
  const strip = page.locator(".nudge");
  await expect(strip).toContainText("Nothing about a patient belongs here");
  await beatriz.shoot("29-nudge-social");
  await page.locator(".composer__send").click();
  // The first message somewhere else is asked about first.
  await beatriz.button("Send here").click();
  await expect(strip).toContainText("The Caldicott guardian is told");
  const told = page.waitForResponse((answer) => answer.url().endsWith("/break-glass"));
  await beatriz.button("It is an emergency").click();
  expect((await told).status()).toBe(200);
  await expect(page.locator(".message", { hasText: text })).toBeVisible();
  expect(beatriz.sent(text)).toBe(false);

  await beatriz.field("message").fill("and Mr Hopkins in bed 5");
  await strip.getByRole("button", { name: /^Open a clinical/ }).click();
  await expect(page.locator(".chosen__one", { hasText: "Amara Okafor" })).toBeVisible();
});
