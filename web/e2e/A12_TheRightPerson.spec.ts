/**
 * The right person: found by bleep, told apart from somebody with a near name, looked at; and a message
 * that went to the wrong one after all.
 */
import { expect, test } from "@playwright/test";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Medicines advice";
const WRONG = "Amarah, can you swap Thursday?";

test.describe.configure({ mode: "serial" });

let server: Server;
let helen: Phone;
let amara: Phone;
let amarah: Phone;
const phones = (): Phone[] => [helen, amara, amarah];

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  helen = await Phone.of("helen.ashworth", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  amarah = await Phone.of("amarah.okafor", server, browser);
});

test.afterEach(async () => {
  if (test.info().status === test.info().expectedStatus) return;
  for (const phone of phones()) await phone?.picture(`failed-a12-${phone.user}`);
});

test.afterAll(async () => {
  await Promise.all(phones().map((phone) => phone?.close()));
  await server?.stop();
});

test("a colleague is found by bleep and looked at: employer, register, until when", async () => {
  for (const phone of phones()) {
    await phone.arrive();
    await phone.typePassword();
    await phone.typeCode();
    await phone.setUp(PASSCODE);
  }
  const { page } = helen;
  await setPhoto(helen, "@amara.okafor:lanyard.localhost");
  await helen.button("Directory").click();
  await helen.search("bleep 2145");
  await expect(page.locator(".found__one")).toHaveCount(1);
  await helen.search("tom fletcher");
  await helen.button("About Tom Fletcher").click();
  await expect(page.locator(".whole-person")).toContainText("Hillside Community NHS Trust");
  await expect(page.locator(".whole-person")).toContainText("Works for another organisation");
  await expect(page.locator(".whole-person")).toContainText("has the right form proves nothing");
  await helen.shoot("16-person-elsewhere");
  await helen.button("Back").click();
  await expect(page.locator(".found__one", { hasText: "Tom Fletcher" })).toBeVisible();
});

test("near names are told apart by their cards, once", async () => {
  const { page } = helen;
  await helen.search("okafor");
  await expect(page.locator(".found__one")).toHaveCount(2);
  await expect(page.locator(".found__one img")).toHaveCount(1);
  await helen.shoot("15-directory");
  await page.locator(".found__button", { hasText: "Amara Okafor" }).click();
  await expect(page.locator(".near__one")).toHaveCount(2);
  await expect(page.locator(".near")).toContainText("Lanyard Demonstration NHS Trust");
  await expect(page.locator(".near button:focus, .near :checked")).toHaveCount(0);
  await helen.shoot("17-near-names");
  await helen.button("Choose Amara Okafor, Pharmacist, Maple Ward").click();
  await page.getByText(PURPOSE).click();
  await helen.button("Start the conversation").click();
  await expect(helen.field("message")).toBeVisible();
  await helen.button("Back to the list").click();
  await expect(page.locator(".list-row__face img")).toHaveCount(1);
  await helen.shoot("06-list-photo");
  await helen.button("Directory").click();
  await helen.search("okafor");
  await helen.button("About Amara Okafor").click();
  await expect(helen.button(PURPOSE)).toBeVisible();
  await helen.shoot("16-person");
  await helen.button("Message").click();
  // The two were told apart a minute ago.
  await expect(helen.heading("New clinical conversation")).toBeVisible();
  await helen.button("Back").click();
  await helen.button(PURPOSE).click();
});

test("a message to the wrong person is taken back, and says who had read it", async () => {
  await helen.send(WRONG);
  await amara.open(PURPOSE);
  await expect(amara.message(WRONG)).toBeVisible();
  await expect(helen.message(WRONG).locator(".delivery")).toHaveText("Read");
  await helen.actionsOf(WRONG);
  await helen.button(/I sent this to the wrong person/).click();
  await helen.shoot("08-wrong-person");
  await helen.field("why").fill("Meant for Amarah");
  await helen.button("Take it back and report it").click();
  await expect(helen.heading("1 person had read it")).toBeVisible();
  await expect(helen.page.locator(".who")).toContainText("Amara Okafor");
  await helen.shoot("08-taken-back");
  await helen.page.locator("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(amara.message(WRONG)).toHaveCount(0);
  expect(phones().flatMap((phone) => phone.faults)).toEqual([]);
});

/** As an administrator's tool would, with the smallest of pictures made larger. */
async function setPhoto(by: Phone, userId: string): Promise<void> {
  const status = await by.page.evaluate(
    async ({ path, token }) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 256;
      const pen = canvas.getContext("2d");
      if (pen === null) return 0;
      pen.fillStyle = "#7a5";
      pen.fillRect(0, 0, 256, 256);
      pen.fillStyle = "#fdb";
      pen.arc(128, 140, 80, 0, 7);
      pen.fill();
      const body = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
      const headers = { Authorization: `Bearer ${token}` };
      return (await fetch(path, { method: "PUT", headers, body })).status;
    },
    { path: `/_lanyard/v1/people/${encodeURIComponent(userId)}/photo`, token: by.token },
  );
  expect(status).toBe(200);
}
