/** A trust whose health record has no interface: somebody copies, and until they have the app says so. */
import { expect, test } from "@playwright/test";
import { OtherApp } from "./otherApp";
import { call, converse, loginToken } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PURPOSE = "Warfarin on Maple Ward";
const SAID = "Hold the warfarin tonight";
const WRONG = "Give vitamin K";
const AMARA = "@amara.okafor:lanyard.localhost";

let server: Server;
let rhian: Phone;
let amara: OtherApp;

test.beforeAll(async ({ browser }) => {
  server = await startServer({ LANYARD_RECORD_BY_HAND: "true" });
  amara = await OtherApp.signedIn(server.url, await loginToken(server, "amara.okafor"));
  rhian = await Phone.of("rhian.lloyd", server, browser);
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await rhian?.picture("failed-A19");
});

test.afterAll(async () => {
  amara?.stop();
  await rhian?.close();
  await server?.stop();
});

// @Rule("G15")
// @Hazard("H05")
test("a decision is not in the record until somebody has copied it there and says where", async () => {
  const { page } = rhian;
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp("493817");
  const begun = { kind: "clinical", purpose: PURPOSE, members: [AMARA] };
  const room = await converse(server, rhian.token, begun);
  const find = { nhs_number: "9990000107" };
  const { body } = await call(server, "POST", "/_lanyard/v1/patients/find", find, rhian.token);
  const link = { patient_id: body["patient_id"] };
  await call(server, "PUT", `/_lanyard/v1/rooms/${room}/patient`, link, rhian.token);
  await rhian.open(PURPOSE);
  await rhian.send(SAID);
  await rhian.actionsOf(SAID);
  await expect(page.getByText("somebody must copy it into the record")).toBeVisible();
  await rhian.button(/^Mark as decision/).click();
  const where = page.getByText("It is not in the record until somebody copies it there.");
  await expect(where).toBeInViewport({ ratio: 1 });
  await rhian.shoot("20-decision-by-hand");
  await rhian.button("Sign, then copy into the record").click();
  await expect(rhian.receiptSays).toHaveText("To be copied into the record");
  await expect(page.getByText("Kept until somebody says that it is in the record")).toBeVisible();
  await rhian.screen("20-receipt-by-hand");
  await expect(rhian.decided(SAID)).toContainText("Decision: Not in the record yet");

  await rhian.button("Copy it into the record").click();
  await expect(page.locator(".receipt__paste")).toContainText(SAID);
  await rhian.field("reference").fill("EPR 4711");
  await rhian.shoot("20-copied-by-hand");
  await rhian.button("It is in the record").click();
  await expect(rhian.receiptSays).toHaveText("Entered in the record");
  await expect(page.locator(".receipt__reference")).toHaveText("EPR 4711");
  await expect(page.getByText(/^Will be deleted/)).toBeVisible();
  await rhian.button("Done").click();
  await expect(rhian.decided(SAID)).toContainText("Decision: In the record");
  expect(rhian.faults).toEqual([]);
});

// @Rule("G15")
// @Hazard("H05")
test("a decision that nobody has copied is withdrawn, and leaves nothing to copy", async () => {
  const { page } = rhian;
  await rhian.send(WRONG);
  await rhian.actionsOf(WRONG);
  await rhian.button(/^Mark as decision/).click();
  await rhian.button("Sign, then copy into the record").click();
  await expect(rhian.receiptSays).toHaveText("To be copied into the record");
  await rhian.button("Entered in error").click();
  await expect(page.getByText("If nobody can have it yet, it is withdrawn")).toBeVisible();
  await page.getByText("It is about the wrong patient").click();
  await rhian.button("Stop it, or mark it").click();
  await expect(rhian.receiptSays).toHaveText("Withdrawn before it reached the record");
  await expect(page.getByText("Kept: the decision was entered in error")).toBeVisible();
  await expect(rhian.button("Copy it into the record")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Entered in error", exact: true })).toHaveCount(0);
  await rhian.button("Done").click();
  await expect(rhian.decided(WRONG)).toContainText("Decision: Withdrawn, entered in error");
  expect(rhian.faults).toEqual([]);
});
