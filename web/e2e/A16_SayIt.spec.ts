/** A voice note and a PDF: allowed here and not there, sent from the lift, heard and opened, saved nowhere. */
import { expect, test } from "@playwright/test";
import { converse, loginToken } from "./overHttp";
import { onePage } from "./onePage";
import { OtherApp } from "./otherApp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const PURPOSE = "Bed 4 on Maple Ward";
const SOCIAL = "Night out";
const ROTA = "Rota for December";
const AMARA = "@amara.okafor:lanyard.localhost";
/** Three seconds or more: each stands there for a second only, which is as often as a test looks. */
const ENOUGH = /(0:0[3-9]|0:[1-5]\d|1:\d\d) of 2:00/;
/** How what was spoken begins in every kind of file a browser makes of it, and what is said of it. */
const READABLE = ["\x1aE\xdf\xa3", "ftypiso", "ftypM4A", "OggS\0", "voice-note", "waveform"];

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: OtherApp;
let roomId = "";
let rotaId = "";

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  amara = await OtherApp.signedIn(server.url, await loginToken(server, "amara.okafor"));
  rhian = await Phone.of("rhian.lloyd", server, browser);
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp(PASSCODE);
  roomId = await converse(server, rhian.token, {
    kind: "clinical",
    purpose: PURPOSE,
    members: [AMARA],
  });
  await converse(server, rhian.token, { kind: "social", purpose: SOCIAL, members: [AMARA] });
  rotaId = await converse(server, rhian.token, {
    kind: "operational",
    purpose: ROTA,
    members: [AMARA],
  });
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await rhian?.picture("failed-A16");
});

test.afterAll(async () => {
  amara?.stop();
  await rhian?.close();
  await server?.stop();
});

test("a microphone that is refused is explained; then it is recorded, heard and thrown away", async () => {
  const { page } = rhian;
  await rhian.open(PURPOSE);
  await rhian.button("Voice note").click();
  await expect(page.getByText("Nobody writes it out")).toBeVisible();
  await rhian.shoot("13-voice-ready");
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = () => {
      devices.getUserMedia = real;
      return Promise.reject(new DOMException("no", "NotAllowedError"));
    };
  });
  await rhian.button(/^Record$/).click();
  await expect(rhian.heading("Lanyard may not use the microphone")).toBeVisible();
  await rhian.shoot("13-voice-refused");
  await rhian.button("Try again").click();
  await expect(page.getByText(ENOUGH)).toBeVisible();
  await rhian.shoot("13-voice-recording");
  await rhian.button("Stop").click();
  await expect(page.getByText(/^Stopped/)).toBeVisible();
  await expect(rhian.button("Listen: Voice note")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rhian.button("Pause: Voice note")).toBeVisible();
  await rhian.shoot("13-voice-check");
  await rhian.button("Close").click();
  await expect(page.getByText("Throw this voice note away?")).toBeVisible();
  await rhian.button("Throw away").click();
  await expect(page.locator("dialog")).toHaveCount(0);
});

test("held and let go, it is sent from the lift: unreadable on the phone and on its way", async () => {
  const { page } = rhian;
  await rhian.button("Voice note").click();
  await rhian.offline(true);
  await rhian.button(/^Record$/).hover();
  await page.mouse.down();
  await expect(page.getByText(ENOUGH)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText(/^Stopped/)).toBeVisible();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Send to 1 person in ${PURPOSE}` })
    .click();
  const mine = page.locator("article.message", { hasText: "Not written out" });
  await expect(mine.locator(".delivery")).toHaveText("Waiting to send");
  expect(await rhian.holds(READABLE)).toEqual([]);
  await rhian.offline(false);
  await expect(mine.locator(".delivery")).toHaveText(/Sent|Delivered/);
  expect(READABLE.filter((word) => rhian.sent(word))).toEqual([]);

  const { content, bytes } = await amara.enclosed(roomId, "m.audio");
  expect(content).toMatchObject({ "org.matrix.msc3245.voice": {} });
  expect(content["org.matrix.msc1767.audio"].duration).toBeGreaterThan(1_900);
  expect(content["org.matrix.msc1767.audio"].waveform.length).toBeGreaterThan(3);
  expect(bytes.length).toBe(content["info"].size);
});

test("it is played by keys, faster, with no way to a file; searching does not find it; gone for everybody", async () => {
  const { page } = rhian;
  const mine = page.locator("article.message", { hasText: "Not written out" });
  await mine.getByRole("button", { name: /^Speed/ }).click();
  await expect(mine.getByRole("button", { name: "Speed: 1.5 times" })).toBeVisible();
  await mine.getByRole("button", { name: /^Listen: Your voice note, \d:\d\d/ }).focus();
  await page.keyboard.press("Enter");
  await expect(mine.getByRole("button", { name: /^Pause/ })).toBeVisible();
  // It ends at its beginning, having been heard.
  await expect(mine.getByRole("button", { name: /^Listen/ })).toBeVisible();
  await mine.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await expect(mine.getByRole("slider")).toHaveAttribute("aria-valuetext", /^0:01 of/);
  await expect(page.locator("audio[controls], a[download], input[type=file]")).toHaveCount(0);
  await rhian.shoot("14-voice-in-conversation");
  await mine.getByRole("button", { name: /^Actions for/ }).click();
  await rhian.button("Delete for everyone").click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(mine).toHaveCount(0);
  await amara.seesTakenBack(roomId);
  await rhian.button("Back to the list").click();
  await rhian.button("Social").click();
  await page.locator(".list-row", { hasText: SOCIAL }).click();
  await expect(rhian.field("message")).toBeVisible();
  for (const name of ["Voice note", "Send a PDF"]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  await rhian.button("Back to the list").click();
});

test("a PDF is sent where the policy says so, nothing else is, and it is read without being saved", async () => {
  const { page } = rhian;
  await rhian.button("Clinical").click();
  await page.locator(".list-row", { hasText: ROTA }).click();
  await rhian.button("Send a PDF").click();
  const other = {
    name: "Rota.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("PK and so on"),
  };
  await rhian.field("file").setInputFiles(other);
  await expect(page.locator("#file-error")).toContainText("This is not a PDF");
  await rhian.shoot("13-file-refused");
  await rhian.field("file").setInputFiles({ ...other, buffer: onePage("Nights: Rhian and Amara") });
  await expect(rhian.field("file-name")).toHaveValue("Rota.pdf");
  await rhian.offline(true);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Send to 1 person/ })
    .click();
  const mine = page.locator("article.message", { hasText: "Rota.pdf" });
  await expect(mine.locator(".delivery")).toHaveText("Waiting to send");
  expect(await rhian.holds(["%PDF-1.7", "Nights", "Rota.pdf"])).toEqual([]);
  await rhian.offline(false);
  await expect(mine.locator(".delivery")).toHaveText(/Sent|Delivered/);
  const { bytes } = await amara.enclosed(rotaId, "m.file");
  expect(Buffer.from(bytes).toString("latin1")).toContain("Nights: Rhian and Amara");

  await mine.getByRole("button", { name: "Open Rota.pdf" }).click();
  await expect(page.getByText("Page 1 of 1")).toBeVisible();
  await page.getByText("Words on this page").click();
  await expect(page.locator(".document__words p")).toHaveText("Nights: Rhian and Amara");
  const inked = await page.locator(".document canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 0 && value < 100).length;
  });
  expect(inked).toBeGreaterThan(100);
  await expect(page.locator("a[download], iframe, embed, object")).toHaveCount(0);
  await rhian.shoot("14-document");
  await rhian.button(/^Close$/).click();
  await rhian.shoot("14-document-in-conversation");
  await mine.getByRole("button", { name: /^Actions for/ }).click();
  await rhian.button("Forward").click();
  await expect(page.locator(".action--not", { hasText: "Bed 4" })).toContainText(
    "Your organisation takes no files there.",
  );
  await rhian.shoot("14-document-forward");
  await rhian.button(/^Close$/).click();
  expect(await rhian.holds(["%PDF-1.7", "Nights"])).toEqual([]);
  expect(rhian.faults).toEqual([]);
});
