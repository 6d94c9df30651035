/**
 * Something urgent between two phones: to a person, to a role on call, and with no network. A registrar
 * asks, a pharmacist answers; a rota coordinator has made the role.
 */
import { expect, test } from "@playwright/test";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Patient review";
const NEED = "Bed 4: sats 84 on 4 litres, please come now";
const ROLE = "Line nurse on call";
const NEWS = "Fire alarm test on Maple at ten: nobody needs to leave";
const ARREST = "ring 2222";

const choose = (phone: Phone, what: string | RegExp): Promise<void> =>
  phone.page.locator("dialog label.choice", { hasText: what }).click();

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: Phone;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  rhian = await Phone.of("rhian.lloyd", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  // What can be felt, where it cannot be heard.
  await amara.page.addInitScript(() => {
    const told = globalThis as unknown as { shakes: number };
    told.shakes = 0;
    navigator.vibrate = () => ++told.shakes > 0;
  });
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of [rhian, amara]) await phone?.picture(`failed-a10-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all([rhian, amara].map((phone) => phone?.close()));
  await server?.stop();
});

test("the rota coordinator has made a role, and nobody holds it yet", async ({ browser }) => {
  const carys = await Phone.of("carys.bevan", server, browser);
  await carys.arrive();
  await carys.typePassword();
  await carys.typeCode();
  await carys.setUp(PASSCODE);
  const made = await fetch(`${server.url}/_lanyard/v1/on-call/roles`, {
    method: "POST",
    headers: { Authorization: `Bearer ${carys.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: ROLE, ward: "Maple Ward" }),
  });
  expect([made.status, await made.text()]).toEqual([201, expect.stringContaining("role_id")]);
  await carys.close();
});

test("an alert rings, is seen and is answered, and the sender watches it", async () => {
  for (const phone of [rhian, amara]) {
    await phone.arrive();
    await phone.typePassword();
    await phone.typeCode();
    await phone.setUp(PASSCODE);
  }
  const { page } = rhian;
  await rhian.button("Directory").click();
  await rhian.search("amara");
  await expect(page.locator(".found__one")).toHaveCount(2);
  await page.locator("button.found__button", { hasText: "Amara Okafor" }).click();
  await expect(rhian.heading("New clinical conversation")).toBeVisible();
  await page.getByText(PURPOSE).click();
  await rhian.button("Start the conversation").click();
  await expect(rhian.field("message")).toBeVisible();
  await expect(amara.page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();

  await rhian.field("message").fill(NEED);
  await page.locator(".composer__urgent").click();
  await expect(page.locator("dialog")).toContainText(ARREST);
  await expect(rhian.field("urgent-text")).toHaveValue(NEED);
  await choose(rhian, "People in this conversation");
  await choose(rhian, "Amara Okafor");
  await choose(rhian, /^5 minutes/);
  await rhian.shoot("11-urgent-composer");
  await rhian.button("Send urgent to Amara Okafor").click();
  await expect(page.getByText("Alerting now. Follow it under Urgent.").first()).toBeVisible();
  await expect(rhian.field("message")).toHaveValue("");

  const alarm = amara.page.getByRole("alert").filter({ hasText: "Urgent from Rhian Lloyd" });
  await expect(alarm).toContainText(NEED);
  await expect(amara.page.locator(".list-row--urgent", { hasText: PURPOSE })).toBeVisible();
  await expect(amara.button("Urgent 1 not answered")).toBeVisible();
  const shakes = (): Promise<number> =>
    amara.page.evaluate(() => (globalThis as unknown as { shakes: number }).shakes);
  await expect.poll(shakes).toBeGreaterThan(0);
  await amara.shoot("06-list-urgent");

  await rhian.button("Back to the list").click();
  await page.locator(".bottom__tab", { hasText: "Urgent" }).click();
  const card = page.locator(".urgent", { hasText: NEED });
  await expect(page.locator(".board__top").first()).toContainText(ARREST);
  await expect(card.locator(".urgent__person")).toContainText("Seen");
  await amara.button("On my way").click();
  await expect(alarm).toHaveCount(0);
  await expect(card.locator(".urgent__person")).toContainText("On my way");
  await expect(card).toHaveAttribute("data-state", "acknowledged");
  await rhian.shoot("12-urgent-board");
  for (const phone of [rhian, amara]) expect(phone.sent(NEED)).toBe(false);
});

test("a role that nobody holds is warned of; whoever takes it is asked, and who cannot says so", async () => {
  const { page } = rhian;
  await rhian.button("New urgent message").click();
  await choose(rhian, PURPOSE);
  await choose(rhian, "An on-call role");
  await choose(rhian, ROLE);
  await expect(page.getByText(`Nobody is on duty as ${ROLE}`)).toBeVisible();
  await rhian.shoot("11-urgent-empty-role");
  await rhian.button("Close").click();

  await amara.button("Directory").click();
  await amara.button("Who is on call").click();
  const role = amara.page.locator("section", { hasText: ROLE });
  await role.getByRole("button", { name: /^Take this role/ }).click();
  await amara.shoot("12-on-call-take");
  await amara.page.locator("dialog").getByRole("button", { name: "Take this role" }).click();
  await expect(role.getByText("You hold it")).toBeVisible();
  await amara.shoot("12-on-call");
  await amara.button("Back").click();

  await rhian.button("New urgent message").click();
  await choose(rhian, PURPOSE);
  await choose(rhian, "An on-call role");
  const chosen = page.locator("dialog label.choice", { hasText: ROLE });
  await expect(chosen).toContainText("On duty now: Amara Okafor");
  await choose(rhian, ROLE);
  await rhian.field("urgent-text").fill("Vancomycin level 28, next dose is due");
  await rhian.button(`Send urgent to ${ROLE}`).click();
  await expect(page.locator("dialog")).toHaveCount(0);

  await amara.button("Show it").click();
  const card = amara.page.locator(".urgent", { hasText: "Vancomycin level 28" });
  await expect(card).toContainText("Reply by");
  await amara.shoot("12-urgent-to-answer");
  await card.getByRole("button", { name: "Cannot" }).click();
  await choose(amara, "Nobody: just say that I cannot");
  await amara.shoot("12-urgent-pass-on");
  await amara.page.locator("dialog").getByRole("button", { name: "Cannot" }).click();
  const sent = page.locator(".urgent", { hasText: "Vancomycin level 28" });
  await expect(sent.locator(".urgent__person").first()).toContainText("Cannot");
  await expect(sent).toHaveAttribute("data-state", "unanswered");
  await sent.getByRole("button", { name: "No longer needed: end it" }).click();
  await expect(sent).toHaveAttribute("data-state", "ended");
});

test("a broadcast asks to be acknowledged, rings nowhere, and says who has", async () => {
  const { page } = rhian;
  await rhian.button("New urgent message").click();
  await choose(rhian, PURPOSE);
  await choose(rhian, "Everybody in this conversation");
  await rhian.field("urgent-text").fill(NEWS);
  await rhian.shoot("11-broadcast");
  // Hers is so low that it stands below what she sees.
  const whole = amara.page.viewportSize() ?? { width: 390, height: 844 };
  await amara.page.setViewportSize({ ...whole, height: 240 });
  const told: string[] = [];
  amara.page.context().on("request", (sent) => told.push(sent.url()));
  const seen = (): number => told.filter((url) => /\/urgent\/[^/]+\/seen$/.test(url)).length;
  await rhian.button("Ask everybody here to acknowledge").click();
  await expect(page.locator("dialog")).toHaveCount(0);
  // Whoever answers for the rota came in when nobody answered for the role.
  const sent = page.locator(".urgent", { hasText: NEWS });
  const hers = sent.locator(".urgent__person", { hasText: "Amara Okafor" });
  const card = amara.page.locator(".urgent", { hasText: NEWS });
  await expect(card).toContainText("Please acknowledge");
  await expect(hers).toContainText("Delivered");
  await expect(card.locator(".urgent__text")).not.toBeInViewport();
  expect(seen()).toBe(0);
  await card.locator(".urgent__text").scrollIntoViewIfNeeded();
  await expect(hers).toContainText("Seen");
  expect(seen()).toBe(1);
  await amara.page.setViewportSize(whole);
  await expect(amara.page.locator(".alarm")).toHaveCount(0);
  await amara.shoot("12-broadcast-to-acknowledge");
  await card.getByRole("button", { name: "Acknowledge" }).click();
  await expect(hers).toContainText("Acknowledged");
  await rhian.shoot("12-broadcast-acknowledged");
  expect(rhian.sent(NEWS)).toBe(false);
});

test("with no network nothing has gone, it says so, and what was written is kept", async () => {
  const { page } = rhian;
  await rhian.button("New urgent message").click();
  await choose(rhian, PURPOSE);
  await choose(rhian, "An on-call role");
  await choose(rhian, ROLE);
  await rhian.field("urgent-text").fill("Door 3 is stuck");
  await rhian.offline(true);
  await expect(page.getByText("an urgent message cannot go now")).toBeVisible();
  await rhian.button(`Send urgent to ${ROLE}`).click();
  await expect(page.getByText("It has NOT gone. You are offline.")).toBeVisible();
  await rhian.shoot("11-urgent-not-gone");
  await rhian.button("Close").click();
  await expect(page.getByText("this is how it stood at")).toBeVisible();
  await rhian.offline(false);
  await expect(page.getByText("Up to date")).toBeVisible();
  await rhian.button("New urgent message").click();
  await choose(rhian, PURPOSE);
  await expect(rhian.field("urgent-text")).toHaveValue("Door 3 is stuck");
  await rhian.button("Close").click();

  await amara.button("My availability").click();
  await amara.page.locator("label.choice", { hasText: "Busy" }).click();
  await amara.button("Save").click();
  await expect(amara.page.getByText("Saved.")).toBeVisible();
  await amara.shoot("22-availability");
  for (const phone of [rhian, amara]) expect(phone.faults).toEqual([]);
});
