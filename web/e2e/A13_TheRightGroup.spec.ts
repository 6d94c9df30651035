/**
 * A ward manager adds people by rule and by name, everybody sees by whose word, a deputy is named and
 * the membership is reviewed; a social conversation is another kind from birth.
 */
import { expect, test } from "@playwright/test";
import { call, signedIn } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PURPOSE = "Staffing";

const APP = {
  software: "Example Chat",
  client_host: "example.org",
  redirect_hosts: ["localhost"],
  purpose: "Rotas and social rooms",
  approved_for: "Operational and social conversations",
  not_approved_for: "Anything about a patient",
  unmet_tips: ["It does not lock itself"],
  dpia_reference: "DPIA-2026-17",
  review_date: "2999-01-01",
};

test.describe.configure({ mode: "serial" });

let server: Server;
let grace: Phone;
let sian: Phone;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  grace = await Phone.of("grace.mensah", server, browser);
  sian = await Phone.of("sian.evans", server, browser);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of [grace, sian]) await phone?.picture(`failed-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all([grace, sian].map((phone) => phone?.close()));
  await server?.stop();
});

test("a conversation of a chosen kind, and a ward's team in one tap", async () => {
  for (const phone of [sian, grace]) {
    await phone.arrive();
    await phone.typePassword();
    await phone.typeCode();
    await phone.setUp("493817");
  }
  const { page } = grace;
  await grace.button("Directory").click();
  await grace.search("staff nurse");
  await page.locator(".found__button", { hasText: "Siân Evans" }).click();
  await expect(grace.heading("New clinical conversation")).toBeVisible();
  await page.locator(".kind-choice.kind-social").click();
  await expect(grace.heading("New social conversation")).toBeVisible();
  await expect(page.getByText("Just to talk")).toBeVisible();
  await page.locator(".kind-choice.kind-operational").click();
  await page.getByText(PURPOSE, { exact: true }).click();
  await expect(page.getByText("It can be disclosed under a freedom of information")).toBeVisible();
  await grace.shoot("19-new-conversation");
  await grace.button("Start the conversation").click();
  await grace.button(`Details of ${PURPOSE}`).click();
  await grace.button("Add a ward’s team").click();
  await grace.field("ward").selectOption("Maple Ward");
  await expect(page.locator(".team-one", { hasText: "Dawn Whitaker" })).toContainText(
    "Has not signed in yet",
  );
  await grace.shoot("19-add-team");
  await grace.button("Back").click();
  await grace.button("Add who is on call").click();
  await page.locator("label.choice", { hasText: "Pharmacist on call" }).click();
  await expect(page.getByText("On duty as Pharmacist on call")).toBeVisible();
  await expect(page.locator(".team-one")).toContainText("Has not signed in yet");
  await grace.shoot("19-add-on-call");
});

test("a deputy is named, and the members are reviewed one by one", async () => {
  const { page } = grace;
  await grace.button("Back").click();
  await expect(page.locator(".member", { hasText: "Siân Evans" })).toContainText(
    "Added by Grace Mensah",
  );
  await grace.shoot("18-details");
  await grace.button("Name a deputy or another owner").click();
  await page.locator("dialog").getByText("Siân Evans").first().click();
  await grace.shoot("18-deputy");
  await grace.button("Save").click();
  await expect(page.locator(".member", { hasText: "Siân Evans" })).toContainText("Deputy");
  await grace.button("Review who is in it").click();
  await grace.button("Finish the review").click();
  await expect(page.locator(".summary")).toContainText("One person is left to decide about");
  await grace.shoot("18-review");
  await page.getByText("Take out", { exact: true }).click();
  await grace.button("Finish the review").click();
  await expect(page.getByText(/1 taken out/)).toBeVisible();
  await expect(page.locator(".member", { hasText: "Siân Evans" })).toHaveCount(0);
  await expect(sian.page.locator(".list-row", { hasText: PURPOSE })).toHaveCount(0);
});

test("a review that is late stands over the list; the approved apps are under Me, offline too", async () => {
  const { page } = grace;
  await late();
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(page.getByText("One conversation waits for you to review")).toBeVisible();
  await grace.shoot("18-review-waits");
  await grace.button("Look").click();
  await expect(page.getByText("Without a review only urgent messages go")).toBeVisible();
  await expect(page.locator(".list-row", { hasText: PURPOSE })).toContainText("You own it");
  await grace.shoot("18-reviews-that-wait");
  await page.locator(".list-row", { hasText: PURPOSE }).click();
  await expect(grace.heading("Review members")).toBeVisible();
  await grace.button("Finish the review").click();
  await expect(grace.heading("No review waits for you")).toBeVisible();
  await grace.button("Back").click();

  const helen = await signedIn(server, "helen.ashworth");
  expect((await call(server, "POST", "/_lanyard/v1/apps", APP, helen)).status).toBe(200);
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await grace.button("Approved apps").click();
  await expect(page.getByText("Not for clinical conversations")).toBeVisible();
  await expect(page.getByText(APP.not_approved_for)).toBeVisible();
  await grace.shoot("24-approved-apps");
  await grace.offline(true);
  await grace.button("Back").click();
  await grace.button("Approved apps").click();
  await expect(page.getByText("As this phone last had it")).toBeVisible();
  await expect(grace.heading(APP.software)).toBeVisible();
  await grace.offline(false);
  expect([...grace.faults, ...sian.faults]).toEqual([]);
});

/** No review is due for three months yet, so the answer that says so is another until she has reviewed. */
async function late(): Promise<void> {
  const { body } = await call(server, "GET", "/_lanyard/v1/rooms", undefined, grace.token);
  const rooms = body["rooms"] as { room_id: string; purpose: string }[];
  const room = rooms.find(({ purpose }) => purpose === PURPOSE);
  const due = { due_ts: Date.now() - 2 * 86_400_000, every_days: 90, standing: "due" };
  const review = { ...room, ...due, owner_user_id: "", posting: "open", as: "owner" };
  let waits = true;
  const context = grace.page.context();
  await context.route("**/_lanyard/v1/reviews", (route) =>
    route.fulfill({ json: { reviews: waits ? [review] : [] } }),
  );
  await context.route("**/_lanyard/v1/rooms/*/review", (route) => {
    waits = waits && route.request().method() !== "POST";
    return route.continue();
  });
}
