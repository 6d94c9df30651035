/** A picture of a patient: asked for, taken in the page, sent from the lift, seen in somebody else's app. */
import { expect, test } from "@playwright/test";
import { call, converse, loginToken } from "./overHttp";
import { OtherApp } from "./otherApp";
import { Phone } from "./phone";
import { PHONE_SAYS, phonePicture } from "./phonePicture";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Wound on Maple Ward";
const CLINIC = "Wound clinic";
const SOCIAL = "Night out";
const DECIDED = "Dress the wound daily.";
const AMARA = "@amara.okafor:lanyard.localhost";
/** As base64 would carry it. Four letters alone come by chance in what is encrypted. */
const JPEG_HEAD = btoa("\xff\xd8\xff\xe0\0\x10JFIF\0");
/** What a picture, what is said of it and what a phone adds to it would look like. */
const READABLE = ["JFIF\0\x01", JPEG_HEAD, "photo.jpg", "forearm", "direct_care", PHONE_SAYS];
const FILES = "input[type=file], [capture], a[download]";

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: OtherApp;
let roomId = "";
let clinic = "";

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  amara = await OtherApp.signedIn(server.url, await loginToken(server, "amara.okafor"));
  rhian = await Phone.of("rhian.lloyd", server, browser);
  // As phones do it: a still picture that says where and by what it was taken, and lies on its side.
  await rhian.page.addInitScript(phonePicture);
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp(PASSCODE);
  roomId = await converse(server, rhian.token, {
    kind: "clinical",
    purpose: PURPOSE,
    members: [AMARA],
  });
  clinic = await converse(server, rhian.token, {
    kind: "clinical",
    purpose: CLINIC,
    members: [AMARA],
  });
  await converse(server, rhian.token, { kind: "social", purpose: SOCIAL, members: [AMARA] });
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await rhian?.picture("failed-A11");
});

test.afterAll(async () => {
  amara?.stop();
  await rhian?.close();
  await server?.stop();
});

test("who refuses is not photographed; a camera that is not there is explained", async () => {
  const { page } = rhian;
  await rhian.open(PURPOSE);
  await rhian.button("Picture of a patient").click();
  await rhian.button("Open the camera").click();
  await expect(page.locator("#consent-error")).toContainText("Choose whether they agree");
  await page.getByText("They refuse").click();
  await expect(page.getByText("Their care is the same.")).toBeVisible();
  await expect(rhian.button("Open the camera")).toHaveCount(0);
  await page.getByText("They lack capacity").click();
  await expect(rhian.field("decided-by")).toHaveValue("Rhian Lloyd");
  await page.getByText("Somebody under 18").click();
  await rhian.button("Open the camera").click();
  await expect(page.locator("#sure-error")).toBeVisible();
  await noWayToAFile();
  await rhian.shoot("13-camera-consent");
  await page.getByText("Somebody under 18").click();
  await page.getByText("They agree").click();

  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = () => {
      devices.getUserMedia = real;
      return Promise.reject(new DOMException("no", "NotAllowedError"));
    };
  });
  await rhian.button("Open the camera").click();
  await expect(rhian.heading("Lanyard may not use the camera")).toBeVisible();
  await rhian.shoot("13-camera-refused");
  await rhian.button("Try again").click();
});

test("it is cut, hidden and pointed at by taps and by keys, in the page and nowhere else", async () => {
  const { page } = rhian;
  await expect(page.getByText("Stays in this app.")).toBeVisible();
  await expect(page.locator("video")).toBeVisible();
  await page.waitForFunction(() => (document.querySelector("video")?.videoWidth ?? 0) > 0);
  await noWayToAFile();
  await rhian.shoot("13-camera-live");
  await rhian.button("Take the picture").click();
  await expect(rhian.heading("Check the picture")).toBeVisible();
  const canvas = page.locator("canvas");
  await rhian.button("Hide").click();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("no picture");
  await canvas.click({ position: { x: box.width * 0.1, y: box.height * 0.6 }, force: true });
  await canvas.click({ position: { x: box.width * 0.5, y: box.height * 0.8 }, force: true });
  await expect(page.getByRole("img", { name: "1 change" })).toBeVisible();
  await rhian.button("Arrow").click();
  await expect(rhian.button("Mark here")).toBeFocused();
  await page.keyboard.press("Enter");
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowDown");
  await rhian.shoot("13-camera-pointing");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "2 changes" })).toBeVisible();
  await expect(rhian.button("Turn")).toBeFocused();
  await rhian.button("Turn").click();
  await rhian.button("Undo").click();
  await page.locator("#site").selectOption("Forearm");
  await page.locator("#side").selectOption("left");
  await noWayToAFile();
  await rhian.shoot("13-camera-check");
});

test("sent from the lift it waits unreadable, outlives a lock, and arrives with nothing but its pixels", async () => {
  const { page } = rhian;
  await rhian.offline(true);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Send to 1 person in ${PURPOSE}` })
    .click();
  const mine = page.locator("article.message", { hasText: "Photo: Forearm, left" });
  await expect(mine.locator(".delivery")).toHaveText("Waiting to send");
  await expect(mine.getByRole("img")).toBeVisible();
  expect(await rhian.holds(READABLE)).toEqual([]);
  await rhian.button("Back to the list").click();
  await page.getByRole("button", { name: "Me", exact: true }).click();
  await rhian.button("Lock now").click();
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  await rhian.offline(false);
  await rhian.field("passcode").fill(PASSCODE);
  await rhian.button("Unlock").click();
  await rhian.open(PURPOSE);
  await expect(mine.locator(".delivery")).toHaveText(/Sent|Delivered/);
  expect(await rhian.holds(READABLE)).toEqual([]);
  expect(READABLE.filter((word) => rhian.sent(word))).toEqual([]);

  const { content, bytes } = await amara.picture(roomId);
  expect(content["org.lanyard.photo"]).toMatchObject({
    consent: "agreed",
    purpose: "direct_care",
    body_site: "forearm",
    side: "left",
  });
  const all = Buffer.from(bytes).toString("latin1");
  expect(["Exif", "GPS", PHONE_SAYS].filter((word) => all.includes(word))).toEqual([]);
  // It lay on its side: 400 by 200, red on the left. Upright it is 200 by 400 and red above.
  const looked = await page.evaluate(
    async (picture) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(picture)]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const [red = 0, , blue = 0] = context?.getImageData(100, 40, 1, 1).data ?? [];
      return { width: bitmap.width, height: bitmap.height, red: red > 200 && blue < 60 };
    },
    [...bytes],
  );
  expect(looked).toEqual({ width: 200, height: 400, red: true });
});

test("it is signed, and taken along to clinical conversations only, with its consent and another key", async () => {
  const { page } = rhian;
  const more = page.getByRole("button", { name: /^Actions for the message/ }).last();
  await more.click();
  await rhian.button("React: Looking at it").click();
  await amara.sees(roomId, (event) => event.getRelation()?.key === "👀");
  await more.click();
  await rhian.button("Forward").click();
  await expect(page.locator(".action--not", { hasText: SOCIAL })).toContainText(
    "clinical conversations only",
  );
  await rhian.shoot("14-picture-forward");
  await rhian.button(new RegExp(CLINIC)).click();
  await expect(page.getByText(`Forwarded to ${CLINIC}`)).toBeVisible();
  const [first, taken] = [await amara.picture(roomId), await amara.picture(clinic)];
  const facts = { consent: "agreed", body_site: "forearm" };
  expect(taken.content["org.lanyard.photo"]).toMatchObject(facts);
  expect(taken.content["org.lanyard.forwarded"]).toBe(true);
  expect(taken.content["file"].key.k).not.toBe(first.content["file"].key.k);
  expect(Buffer.from(taken.bytes).equals(Buffer.from(first.bytes))).toBe(true);
});

test("it goes to the record itself, with a decision that says where it is", async () => {
  const { page } = rhian;
  const find = { nhs_number: "9990000107" };
  const { body } = await call(server, "POST", "/_lanyard/v1/patients/find", find, rhian.token);
  const link = { patient_id: body["patient_id"] };
  await call(server, "PUT", `/_lanyard/v1/rooms/${clinic}/patient`, link, rhian.token);
  await rhian.button("Back to the list").click();
  await rhian.open(CLINIC);
  await expect(rhian.patient).toBeVisible();
  await rhian.button(/^Open Photo/).click();
  await rhian.button("Save picture for the record").click();
  const summary = rhian.field("summary");
  await expect(summary).toHaveValue("Photo: Forearm, left");
  await expect(page.locator("dialog .photo__small")).toBeVisible();
  await summary.fill(DECIDED);
  // Before anybody signs: there is no record at the other end.
  await expect(page.getByText("it is not in the record until somebody enters it")).toBeVisible();
  await expect(page.getByText("stays here until somebody says that this is in")).toBeVisible();
  await expect(page.locator(".decision__where")).toBeInViewport({ ratio: 1 });
  await rhian.shoot("14-picture-to-record");
  await locksBeforeTheProof();
  await rhian.open(CLINIC);
  await expect(rhian.patient).toBeVisible();
  // What nobody signed does not stand there as decided, and is not lost.
  await expect(page.getByText(DECIDED)).toHaveCount(0);
  await rhian.button(/^Open Photo/).click();
  await rhian.button("Save picture for the record").click();
  await expect(summary).toHaveValue(DECIDED);
  await rhian.button("Save for the record").click();
  await expect(rhian.receiptSays).toHaveText("Saved to a folder, not in the record yet");
  await expect(page.getByText("In a folder, not the health record")).toBeVisible();
  await expect(page.getByText("Kept until somebody says that it is in the record")).toBeVisible();
  await rhian.shoot("14-picture-receipt");
  await rhian.button("Done").click();
  const taken = page.locator("article.message", { hasText: "Photo: Forearm, left" });
  await expect(taken).toContainText("Decision: Not in the record yet");
  await rhian.shoot("14-picture-in-folder");
  // Nothing sticks out of the bubble.
  const inside = await taken.locator(".message__bubble").boundingBox();
  const tag = await taken.locator(".tag").first().boundingBox();
  expect((tag?.x ?? 0) + (tag?.width ?? 999)).toBeLessThanOrEqual(
    (inside?.x ?? 0) + (inside?.width ?? 0),
  );
  await rhian.receiptOf(DECIDED);
  await rhian.button("Say that it is in the record").click();
  await rhian.field("reference").fill("EPR 4711");
  await rhian.shoot("14-picture-entered");
  await rhian.button("It is in the record").click();
  await expect(rhian.receiptSays).toHaveText("Entered in the record");
  await expect(page.locator(".receipt__reference")).toHaveText("EPR 4711");
  await expect(page.getByText(/^Will be deleted/)).toBeVisible();
  await rhian.button("Done").click();
  await expect(taken).toContainText("Decision: In the record");
  await rhian.button("Back to the list").click();
  await rhian.open(PURPOSE);
});

test("looked at, it bears the name of whoever looks; deleted, it is gone for everybody", async () => {
  const { page } = rhian;
  const mine = page.locator("article.message", { hasText: "Photo: Forearm, left" });
  await expect(mine.getByRole("img")).toHaveAttribute("alt", /Forearm, left. Consent: agreed/);
  await rhian.shoot("14-picture-in-conversation");
  await mine.getByRole("button", { name: /^Open Photo/ }).click();
  await expect(page.locator(".zoom__stamp")).toContainText("Rhian Lloyd");
  await rhian.button("Closer").click();
  await expect(page.getByText("150 %")).toBeVisible();
  await noWayToAFile();
  await rhian.button("Not needed in the record").click();
  await rhian.field("not-needed").fill("Out of focus");
  await rhian.shoot("14-picture-viewer");
  await rhian.button("Say that it is not needed").click();
  await expect(page.getByText("Noted with your name.")).toBeVisible();
  await rhian.button("Delete for everyone").click();
  await expect(mine).toHaveCount(0);
  await amara.seesTakenBack(roomId);
});

test("a social conversation has no camera, and one tap to where it belongs", async () => {
  const { page } = rhian;
  await rhian.button("Back to the list").click();
  await rhian.button("Social").click();
  await page.locator(".list-row", { hasText: SOCIAL }).click();
  await expect(rhian.field("message")).toBeVisible();
  await expect(page.getByRole("button", { name: "Picture of a patient", exact: true })).toHaveCount(
    0,
  );
  await rhian.shoot("13-social-without-camera");
  await rhian.button(/Open a clinical conversation with these people/).click();
  await expect(rhian.heading("New clinical conversation")).toBeVisible();
  await expect(page.locator(".chosen__one")).toContainText("Amara Okafor");
  expect(rhian.faults).toEqual([]);
});

/** The server wants to know who signs, and the phone goes to sleep on the way to the authenticator. */
async function locksBeforeTheProof(): Promise<void> {
  const { page } = rhian;
  const signing = "**/_lanyard/v1/rooms/*/decisions";
  const wanted = { errcode: "ORG_LANYARD_STEP_UP", error: "Prove that it is you." };
  await page.context().route(signing, (route) => route.fulfill({ status: 403, json: wanted }));
  await rhian.button("Save for the record").click();
  await expect(rhian.heading("Is it you?")).toBeVisible();
  expect(await rhian.holds([DECIDED])).toEqual([]);
  await page.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  expect(await rhian.holds([DECIDED])).toEqual([]);
  await page.context().unroute(signing);
  const takenBack = page.context().waitForEvent("request", {
    predicate: (sent) => sent.url().includes("/redact/"),
  });
  await rhian.field("passcode").fill(PASSCODE);
  await rhian.button("Unlock").click();
  await takenBack;
}

async function noWayToAFile(): Promise<void> {
  await expect(rhian.page.locator(FILES)).toHaveCount(0);
}
