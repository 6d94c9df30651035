/**
 * The main job, end to end, on three phones: a registrar finds a pharmacist, they talk with a nurse
 * about a patient, and what they decide goes to the record.
 */
import { expect, test } from "@playwright/test";
import { HealthRecord, REFUSAL } from "./healthRecord";
import { ComingBack, OtherApp, signInPage } from "./otherApp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PURPOSE = "Medicines advice";
const NHS_NUMBER = "9990000107";
const PASSCODE = "493817";
const QUESTION = "Could you look at the gentamicin dose before tonight?";
const ANSWER = "Level is high. Give 240 mg and take a level at six.";
const NURSE = "I will take the level at six.";
const SUMMARY = "The nurse takes a level at six.";
const NO_NETWORK = ["First from the lift", "Second from the lift"] as const;

test.describe.configure({ mode: "serial" });

let record: HealthRecord;
let back: ComingBack;
let server: Server;
let rhian: Phone;
let amara: Phone;
let sian: Phone;
const phones = (): Phone[] => [rhian, amara, sian];

test.beforeAll(async ({ browser }) => {
  record = await HealthRecord.start();
  back = await ComingBack.listening();
  server = await startServer({ LANYARD_FHIR_URL: record.url, LANYARD_SSO_REDIRECTS: back.url });
  rhian = await Phone.of("rhian.lloyd", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  sian = await Phone.of("sian.evans", server, browser);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of phones()) await phone?.picture(`failed-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all(phones().map((phone) => phone?.close()));
  await server?.stop();
  back?.stop();
  await record?.stop();
});

test("each signs in with two steps and sets up the phone with a passcode", async () => {
  for (const phone of phones()) {
    await phone.arrive();
    if (phone === rhian) await phone.shoot("02-sign-in");
    await phone.typePassword();
    if (phone === rhian) await phone.shoot("02-sign-in-code");
    await phone.typeCode();
    await expect(phone.heading("Set up this phone")).toBeVisible();
    if (phone === rhian) await phone.shoot("03-set-up");
    await phone.setUp(PASSCODE);
  }
  await rhian.shoot("06-list-empty");
  await expect(rhian.page.getByText("Demonstration.", { exact: false })).toBeVisible();
});

test("a colleague is found; a near name that cannot be reached is told, and nobody is asked", async () => {
  const { page } = rhian;
  await rhian.button("Directory").click();
  await rhian.screen("05-directory");
  await rhian.search("pharmacist");
  await expect(page.locator(".found__one", { hasText: "Amara Okafor" })).toBeVisible();
  await rhian.search("amara");
  const amarah = page.locator(".found__one", { hasText: "Amarah Okafor" });
  await expect(amarah).toContainText("Not yet reachable in the app");
  await expect(page.locator(".found__one", { hasText: "Amara Okafor" })).toContainText(
    "1 person has a name like this",
  );
  await rhian.screen("06-found");
  await page.locator(".found__button", { hasText: "Amara Okafor" }).click();
  await expect(rhian.heading("New clinical conversation")).toBeVisible();
});

test("a clinical conversation starts, a third person comes in, a patient is linked", async () => {
  const { page } = rhian;
  await page.getByText(PURPOSE).click();
  await rhian.screen("08-new-conversation");
  await expect(page.getByText("This is not the record. It can be disclosed")).toBeVisible();
  await rhian.button("Start the conversation").click();
  await expect(page.getByText("Not the record. Can be disclosed.")).toBeVisible();
  await expect(amara.page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();

  await rhian.button(`Details of ${PURPOSE}`).click();
  await rhian.button("Add a colleague").click();
  await rhian.search("staff nurse");
  await page.locator(".found__button", { hasText: "Siân Evans" }).click();
  await rhian.field("reason").fill("Gives the medicine tonight");
  await rhian.shoot("19-add-colleague");
  await rhian.button("Add to the conversation").click();
  await expect(page.locator(".member", { hasText: "Siân Evans" })).toBeVisible();
  await expect(page.getByText("Records custodian")).toBeVisible();
  await rhian.screen("10-details");
  await rhian.button("Back").click();
  await expect(sian.page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();

  await rhian.button("Link a patient").click();
  await rhian.field("nhs").fill("999 000 0108");
  await rhian.button("Find the patient").click();
  await expect(page.locator("#nhs-error")).toContainText("at least one digit is wrong");
  await rhian.shoot("18-wrong-number");
  expect(rhian.sent("9990000108")).toBe(false);
  await rhian.field("nhs").fill("999 000 0107");
  await rhian.button("Find the patient").click();
  await expect(rhian.heading("Is this the patient?")).toBeVisible();
  await rhian.shoot("18-is-this-the-patient");
  await rhian.button("Yes, link this patient").click();
  await expect(page.getByText("Rhian Lloyd started the conversation")).toBeVisible();
  await expect(page.getByText("Rhian Lloyd linked a patient")).toBeVisible();
  await expect(rhian.patient).toContainText("Edith Barlow");
  await expect(rhian.patient).toContainText("17 Apr 1938");
  await expect(rhian.patient).toContainText("999 000 0107");
  await expect(rhian.page.locator(".room-bar")).not.toContainText("Barlow");
  // It went out once, to be looked up: so what follows would see it in a request.
  expect(rhian.sent(NHS_NUMBER)).toBe(true);
});

test("messages go in all directions, live, with delivered and read", async () => {
  await rhian.send(QUESTION);
  await expect(rhian.message(QUESTION).locator(".delivery")).toHaveText("Delivered");
  await amara.shoot("06-list");
  await amara.open(PURPOSE);
  await expect(amara.message(QUESTION)).toContainText("Rhian Lloyd, Registrar");
  await expect(amara.patient).toContainText("999 000 0107");
  await expect(rhian.message(QUESTION).locator(".delivery")).toHaveText("Read by 1 of 2");
  await sian.open(PURPOSE);
  await expect(sian.message(QUESTION)).toBeVisible();
  await expect(sian.patient).toContainText("Edith Barlow");
  await expect(rhian.message(QUESTION).locator(".delivery")).toHaveText("Read by 2 of 2");

  await amara.send(ANSWER);
  await expect(rhian.message(ANSWER)).toContainText("Amara Okafor, Pharmacist");
  await expect(sian.message(ANSWER)).toBeVisible();
  await sian.send(NURSE);
  await expect(rhian.message(NURSE)).toContainText("Siân Evans, Staff nurse");
  await expect(amara.message(NURSE)).toBeVisible();
  await expect(sian.message(NURSE).locator(".delivery")).toHaveText("Read by 2 of 2");
  await expect(sian.page.getByText("Rhian Lloyd linked a patient")).toBeVisible();
  await rhian.shoot("07-conversation");
});

test("a number, a birth date and the name of the patient are noticed on the phone and go nowhere", async () => {
  const before = rhian.left.length;
  const strip = rhian.page.locator(".nudge");
  await rhian.field("message").pressSequentially("The one born 17/04/1938");
  await expect(strip).toContainText("This looks like a date of birth. Do you need it?");
  await strip.getByRole("button", { name: "Keep, it is needed" }).click();
  await expect(strip).toHaveCount(0);
  await expect(rhian.field("message")).toHaveValue("The one born 17/04/1938");

  await rhian.field("message").fill("");
  await rhian.field("message").pressSequentially("Has Mrs Barlow eaten?");
  await expect(strip).toContainText("This looks like the patient’s name. Do you need it?");
  await strip.getByRole("button", { name: "Use ‘the patient’" }).click();
  await expect(rhian.field("message")).toHaveValue("Has the patient eaten?");

  await rhian.field("message").fill("");
  await rhian.field("message").pressSequentially("Is 999 000 0107 on Maple?");
  await expect(strip).toContainText("This looks like an NHS number. Do you need it?");
  await rhian.shoot("09-nudge");
  await strip.getByRole("button", { name: "Use ‘the patient’" }).click();
  await expect(rhian.field("message")).toHaveValue("Is the patient on Maple?");
  await rhian.button(/^Send to \d+ pe/).click();
  await expect(amara.message("Is the patient on Maple?")).toBeVisible();
  const since = rhian.left.slice(before).map((request) => request.replaceAll(/\D/g, ""));
  expect(since.length).toBeGreaterThan(0);
  expect(since.filter((digits) => /9990000107|17041938/.test(digits))).toEqual([]);
  expect(rhian.sent("Mrs Barlow")).toBe(false);
});

test("what is written with no network goes once, in order, when it is back", async () => {
  await rhian.offline(true);
  await expect(rhian.page.getByText("Offline.", { exact: false }).first()).toBeVisible();
  for (const text of NO_NETWORK) {
    await rhian.send(text);
    await expect(rhian.message(text).locator(".delivery")).toHaveText("Waiting to send");
  }
  await expect(rhian.page.getByText("2 messages will go when you are back")).toBeVisible();
  await rhian.shoot("26-offline");
  await rhian.offline(false);
  for (const phone of [amara, sian]) {
    await expect(phone.message(NO_NETWORK[1])).toBeVisible({ timeout: 120_000 });
    const texts = await phone.page.locator(".message__text").allInnerTexts();
    expect(texts.filter((text) => text.endsWith("from the lift"))).toEqual([...NO_NETWORK]);
  }
  await expect(rhian.message(NO_NETWORK[1]).locator(".delivery")).toHaveText("Read by 2 of 2");

  // Nothing of what was said left a phone in the clear.
  for (const phone of phones()) {
    for (const text of [QUESTION, ANSWER, NURSE, ...NO_NETWORK])
      expect(phone.sent(text)).toBe(false);
  }
});

test("a decision takes four taps and 15 seconds at most, waits, and then is in the record", async () => {
  const { page } = amara;
  record.become("slow");
  const began = Date.now();
  let taps = 1;
  await amara.actionsOf(ANSWER);
  for (const name of [/^Mark as decision/, "Send to record and delete here"]) {
    await amara.button(name).click();
    taps += 1;
  }
  await expect(amara.receiptSays).toHaveText("Waiting for the record");
  expect(taps).toBeLessThanOrEqual(4);
  expect(Date.now() - began).toBeLessThan(15_000);
  await expect(page.locator(".receipt__reference")).toHaveCount(0);
  await amara.shoot("20-receipt-waiting");
  await expect(rhian.decided(ANSWER)).toContainText("Decision: Waiting");

  record.become("good");
  await expect(amara.receiptSays).toHaveText("In the record");
  await expect(page.locator(".receipt__reference")).toHaveText("Bundle/1");
  await amara.shoot("20-receipt");
  const [written = "", ...more] = [...record.documents.values()];
  expect(more).toEqual([]);
  expect(JSON.parse(written)).toMatchObject({ resourceType: "Bundle", type: "document" });
  expect(written).toContain(NHS_NUMBER);
  expect(written).toContain(ANSWER);

  await amara.button("Query this decision").click();
  await expect(page.getByText("Queried. The messages stay until")).toBeVisible();
  await expect(page.getByText("Kept: the decision is queried")).toBeVisible();
  await amara.button("Withdraw my query").click();
  await expect(page.getByText("Your query is withdrawn.")).toBeVisible();
  await expect(page.getByText(/^Will be deleted/)).toBeVisible();
  await amara.button("Done").click();

  // Who wrote none of the messages sees where it is, and has nothing to query.
  await expect(rhian.decided(ANSWER)).toContainText("Decision: In the record");
  await rhian.receiptOf(ANSWER);
  await expect(rhian.page.locator(".receipt__reference")).toHaveText("Bundle/1");
  await expect(rhian.button("Query this decision")).toHaveCount(0);
  await rhian.button("Done").click();
  await rhian.shoot("20-decision-in-conversation");
});

test("what the record refuses comes back with its reason, and can be sent again", async () => {
  const { page } = amara;
  record.become("refuses");
  await amara.actionsOf(NURSE);
  await expect(page.getByText("Messages cannot be copied out of Lanyard.")).toBeVisible();
  await amara.screen("20-actions");
  await amara.button(/^Mark as decision/).click();
  await expect(amara.field("summary")).toHaveValue(NURSE);
  await expect(page.locator("dialog .patient")).toContainText("999 000 0107");
  await amara.shoot("20-decision");
  await amara.field("summary").fill(SUMMARY);
  await amara.button("Send to record and delete here").click();
  await expect(amara.receiptSays).toHaveText("The record refused it");
  await expect(page.locator(".receipt")).toContainText(`The health record says: ${REFUSAL}`);
  await amara.shoot("20-receipt-refused");

  // The author of the message reads the summary, and may query it.
  await expect(sian.decided(SUMMARY)).toContainText("Decision: Refused");
  await sian.receiptOf(SUMMARY);
  await expect(sian.button("Query this decision")).toBeVisible();

  record.become("good");
  await amara.button("Send again").click();
  await expect(amara.receiptSays).toHaveText("In the record");
  await expect(sian.receiptSays).toHaveText("In the record");
  // She is named as having decided, by Amara's word alone.
  await expect(sian.page.getByText("You, not confirmed yet")).toBeVisible();
  await sian.button("Yes, I decided this").click();
  await expect(sian.page.getByText("Confirmed. The record is told.")).toBeVisible();
  await sian.button("Done").click();
  await expect(sian.decided(SUMMARY)).not.toContainText("not confirmed");
  await amara.button("Done").click();
  await expect.poll(() => record.documents.size).toBe(3);
});

test("a colleague with an app of somebody else's signs in, is chosen among near names, and talks", async ({
  browser,
}) => {
  const amarah = await Phone.of("amarah.okafor", server, browser);
  await amarah.arrive(signInPage(server.url, back));
  await amarah.typePassword();
  await amarah.typeCode();
  await expect(amarah.page.getByText("You can close this page.")).toBeVisible();
  const app = await OtherApp.signedIn(server.url, await back.token);
  await amarah.close();

  const { page } = rhian;
  await rhian.button("Back to the list").click();
  await rhian.button("Directory").click();
  await rhian.search("amara");
  await page.locator(".found__button", { hasText: "Amarah Okafor" }).click();
  const cards = page.locator(".near__one");
  await expect(cards).toHaveCount(2);
  await expect(cards.filter({ hasText: "Pharmacist" })).toContainText("Maple Ward");
  await expect(cards.filter({ hasText: "Amarah Okafor" })).toContainText("Oak Ward");
  // Both at one moment: what is above them may still come.
  const [left, right] = await cards.evaluateAll((both) =>
    both.map((one) => one.getBoundingClientRect().toJSON() as { x: number; y: number }),
  );
  expect(left?.y).toBe(right?.y);
  expect(left?.x).not.toBe(right?.x);
  await expect(page.locator(".near button:focus, .near :checked")).toHaveCount(0);
  await rhian.screen("07-near-names");
  await rhian.button("None of these").click();
  await expect(rhian.heading("New clinical conversation")).toHaveCount(0);
  await page.locator(".found__button", { hasText: "Amarah Okafor" }).click();
  await expect(rhian.button("Choose Amara Okafor, Pharmacist, Maple Ward")).toBeVisible();
  await rhian.button("Choose Amarah Okafor, Healthcare assistant, Oak Ward").click();
  await page.getByText("Handover", { exact: true }).click();
  await rhian.button("Start the conversation").click();

  const room = await app.room();
  await rhian.send("Bed 4 is ready.");
  expect(await app.read(room, "Bed 4 is ready.")).toBe("m.room.encrypted");
  await expect(rhian.message("Bed 4 is ready.").locator(".delivery")).toHaveText("Read");
  await app.send(room, "On my way.");
  await expect(rhian.message("On my way.")).toContainText("Amarah Okafor, Healthcare assistant");
  await rhian.screen("24-another-app");
  app.stop();
});

test("locked, it tells the tries that are left, and the passcode brings the list back", async () => {
  const { page } = rhian;
  await rhian.button("Back to the list").click();
  await rhian.open(PURPOSE);
  await rhian.field("message").fill("Not finished yet");
  await rhian.button("Back to the list").click();
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await expect(page.getByText("This phone", { exact: true })).toBeVisible();
  await rhian.shoot("24-me");
  await rhian.button("Searches of your conversations").click();
  await expect(page.getByText("No search has covered a conversation of yours.")).toBeVisible();
  await rhian.shoot("24-searches");
  await rhian.button("Back").click();
  await rhian.button("Lock now").click();
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  await expect(page.getByText(PURPOSE)).toHaveCount(0);
  await rhian.screen("26-locked");

  await rhian.field("passcode").fill("493818");
  await rhian.button("Unlock").click();
  await expect(page.locator("#passcode-error")).toContainText("That passcode is not right.");
  await expect(page.getByText("9 tries left.")).toBeVisible();
  await rhian.shoot("05-wrong-passcode");

  await rhian.field("passcode").fill(PASSCODE);
  await rhian.button("Unlock").click();
  await expect(page.locator(".list-row", { hasText: PURPOSE })).toBeVisible();
  await rhian.screen("28-unlocked");
  await rhian.open(PURPOSE);
  await expect(rhian.field("message")).toHaveValue("Not finished yet");
  await expect(rhian.message(SUMMARY)).toBeVisible();
});

test("nothing that lies on the phone can be read, while the app is open and after", async () => {
  const words = [QUESTION, ANSWER, SUMMARY, PURPOSE, ...NO_NETWORK, "Not finished yet", PASSCODE];
  // Names with their gaps: in what is sealed and written as letters, five of them come about by chance.
  const named = ["Edith Barlow", "Amara Okafor", "amara.okafor", "Maple Ward"];
  const people = [...named, NHS_NUMBER, "999 000 0107"];
  const secret = [...words, ...people, rhian.user, rhian.token];
  expect(rhian.token.length).toBeGreaterThan(20);
  // What is no secret is found: so the search sees what lies there.
  expect(await rhian.holds(["Lanyard Demonstration NHS Trust"])).toHaveLength(1);
  expect(await rhian.holds(secret)).toEqual([]);
  await rhian.page.reload();
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  expect(await rhian.holds(secret)).toEqual([]);
});

test("the app starts with no network, in the language that was chosen", async () => {
  const { page } = sian;
  const locked = sian.heading("Mae Lanyard ar glo");
  const english = [{ title: "Lanyard", body: "You have a new message" }];
  expect(await sian.isPushed("Mrs Barlow is worse")).toEqual(english);
  await sian.button("Back to the list").click();
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await sian.button("Cymraeg").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "cy");
  await page.reload();
  await expect(locked).toBeVisible();
  await expect.poll(() => sian.keeps(/\/assets\/cy-/)).toBe(true);
  await sian.offline(true);
  await page.reload();
  await expect(locked).toBeVisible();
  await sian.shoot("05-locked-welsh");
  await sian.offline(false);
  const urgent = JSON.stringify({ notification: { tag: "lanyard-urgent", body: "Bed 4" } });
  const welsh = [{ title: "Lanyard", body: "Mae gennych neges frys" }];
  expect(await sian.isPushed(urgent)).toEqual(welsh);
});

test("nothing went wrong unseen on any phone", () => {
  expect(phones().flatMap((phone) => phone.faults)).toEqual([]);
});
