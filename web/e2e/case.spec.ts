/**
 * A request from the letter to the pack, in the browsers of the people who work on it, and what somebody sees on their
 * phone whose messages were opened for it.
 */
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { atDesk, looked } from "./office";
import { OtherApp } from "./otherApp";
import { call, converse, loginToken } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";
import { unzip } from "./unzip";

const PASSCODE = "493817";
const PURPOSE = "Rota for December";
const AMARA = "@amara.okafor:lanyard.localhost";
const RECORDS = "@records:lanyard.localhost";
const WITHHELD = "Kestrelwood";

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: OtherApp;
let roomId = "";
let helen: Page;
const faults: string[] = [];

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  amara = await OtherApp.signedIn(server.url, await loginToken(server, "amara.okafor"));
  rhian = await Phone.of("rhian.lloyd", server, browser);
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await rhian?.picture("failed-case");
});

test.afterAll(async () => {
  amara?.stop();
  await helen?.context().close();
  await rhian?.close();
  await server?.stop();
});

/** As the office's calendar has it, wherever the test runs: in summer its day begins an hour before. */
const CALENDAR = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "numeric",
  year: "numeric",
});

async function fillDate(page: Page, name: string, date: Date): Promise<void> {
  for (const { type, value } of CALENDAR.formatToParts(date))
    if (type !== "literal") await page.locator(`#${name}-${type}`).fill(value);
}

/** A page of the case on which one thing is done. */
async function step(
  page: Page,
  of: string,
  word: string,
  fill: () => Promise<void>,
): Promise<void> {
  await page.goto(`${of}/${word}`);
  await looked(page, `case-${word}`);
  await fill();
  await page.locator("main form button[type=submit]").click();
  await expect(page).toHaveURL(of);
}

test("somebody talks about the rota, and sees that an app of theirs keeps keys from the custodian", async () => {
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp(PASSCODE);
  const begun = { kind: "operational", purpose: PURPOSE, members: [AMARA] };
  roomId = await converse(server, rhian.token, begun);
  await rhian.open(PURPOSE);
  await rhian.send(`Agency nurses on Friday: ${WITHHELD} comes`);
  await rhian.send("The lift is out of order");
  await rhian.send("Agency nurses cost more on Sundays");
  await expect(rhian.message("Sundays").getByText(/^(Sent|Delivered)$/)).toBeVisible();
  await expect(rhian.page.getByText("hides messages")).toHaveCount(0);
  const keys = await call(
    server,
    "POST",
    "/_matrix/client/v3/keys/query",
    { device_keys: { [RECORDS]: [] } },
    rhian.token,
  );
  const devices = (keys.body["device_keys"] as Record<string, object>)[RECORDS] ?? {};
  const code = { room_id: roomId, code: "m.unverified", session_id: "s", sender_key: "k" };
  const content = { algorithm: "m.megolm.v1.aes-sha2", ...code };
  const told = await call(
    server,
    "PUT",
    "/_matrix/client/v3/sendToDevice/m.room_key.withheld/one",
    { messages: { [RECORDS]: { [Object.keys(devices)[0] ?? ""]: content } } },
    rhian.token,
  );
  expect(told.status).toBe(200);
  const strip = rhian.page.locator(".strip", { hasText: "Your other app hides messages" });
  await expect(strip).toBeVisible();
  await expect(rhian.page.getByText("records custodian")).toBeHidden();
  await rhian.screen("61-keys-withheld");
  // Two lines of a phone, whoever reads it: what was said has the rest.
  expect((await strip.boundingBox())?.height).toBeLessThanOrEqual(60);
  const asks = strip.getByText("What does this mean?");
  expect((await strip.locator("summary").boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await asks.click();
  await expect(rhian.page.getByText(/keeps what you write here from the records/)).toBeVisible();
  await rhian.screen("61-keys-withheld-asked");
  await asks.click();
});

test("a request is logged, looked for, approved by another and begun", async ({ browser }) => {
  helen = await atDesk(server, browser, {
    user: "helen.ashworth",
    at: "/console/new-case",
    faults,
  });
  await looked(helen, "case-new");
  await helen.getByLabel("What it is").selectOption("freedom_of_information");
  const today = new Date();
  const before = new Date(today.getTime() - 86_400_000);
  await fillDate(helen, "received", today);
  await helen.getByLabel("Name", { exact: true }).fill("Bryn Newspaper");
  await helen.getByLabel("What is asked for, in their words").fill("What agency nurses cost.");
  await helen.getByLabel("Colleagues").fill("rhian.lloyd");
  await fillDate(helen, "from", before);
  await fillDate(helen, "to", today);
  await helen.getByRole("button", { name: "Log the request" }).click();
  await expect(helen.getByText("Freedom of information request").first()).toBeVisible();
  const path = helen.url();
  await step(helen, path, "search", async () => {
    await helen.getByLabel("Colleagues").fill("rhian.lloyd");
    await fillDate(helen, "from", before);
    await fillDate(helen, "to", today);
    await helen.getByLabel("What is not searched").fill("Nothing is left out");
    await helen.getByLabel("Why that is").fill("She keeps the rota");
  });
  await expect(helen.getByText(PURPOSE)).toBeVisible();
  await looked(helen, "case");
  await step(helen, path, "ask", () =>
    helen.getByLabel("Why it has to be looked into").fill("Who wrote is known, not what"),
  );
  const owen = await atDesk(server, browser, {
    user: "owen.rowlands",
    at: new URL(path).pathname,
    faults,
  });
  await looked(owen, "case-approver");
  await step(owen, path, "approve", () => owen.getByLabel("Reason").fill("Proportionate"));
  await owen.context().close();
  await helen.goto(`${path}/review`);
  await helen.getByRole("button", { name: "Begin the unsealing" }).click();
  await expect(helen.getByRole("heading", { name: /^Unsealing of case/ })).toBeVisible();
  await looked(helen, "case-unsealing");
});

test("two officers open it, each with a share that their passkey guards", async ({ browser }) => {
  const session = new URL(helen.url()).pathname;
  const shares = [
    ["ngozi.eze", "Ngozi Eze"],
    ["martin.doyle", "Martin Doyle"],
  ] as const;
  for (const [user, name] of shares) {
    const officer = await atDesk(server, browser, { user, at: session, faults });
    const { file, passphrase } = server.share(name);
    await officer.getByLabel("Share file").setInputFiles(file);
    await officer.getByLabel("Passphrase").fill(passphrase);
    await officer.getByRole("button", { name: "Take the share" }).click();
    await expect(officer.getByText("Your share is here, locked by your passkey.")).toBeVisible();
    await looked(officer, `case-share-${user}`);
    await officer.getByRole("button", { name: "Present your share" }).click();
    await expect(officer.getByText(user === "ngozi.eze" ? "1 of 2" : "2 of 2")).toBeVisible();
    await officer.context().close();
  }
  await helen.reload();
  await expect(helen.getByText("The case is open.")).toBeVisible();
});

test("what matches is taken, read, withheld from by a span, and made into a pack", async () => {
  const path = (
    await helen
      .getByText(/^Unsealing of case/)
      .first()
      .innerText()
  ).replace(/.* /, "");
  const review = `${server.url}/console/cases/${path}/review`;
  await helen.goto(review);
  await looked(helen, "review-open");
  await helen.getByLabel("Words to search for").fill("agency");
  await helen.getByLabel("Why that is reasonable").fill("It is the word that people use");
  await helen.getByRole("button", { name: "Search" }).click();
  await expect(helen.getByText("2 messages match.")).toBeVisible();
  await expect(helen.getByText("lift")).toHaveCount(0);
  await looked(helen, "review-hits");
  await helen.getByRole("button", { name: "Take them" }).click();
  await helen.getByRole("link", { name: "Message 1" }).click();
  await helen.getByLabel("Words", { exact: true }).fill(WITHHELD);
  await helen.getByLabel("Reason").selectOption("s.40");
  await helen.getByRole("button", { name: "Withhold the words" }).click();
  await expect(helen.getByText("[withheld: s.40] comes").first()).toBeVisible();
  await looked(helen, "review-message");
  for (const number of [1, 2]) {
    await helen.goto(`${review}/${number}`);
    await helen.getByRole("button", { name: "Reviewed, go on" }).click();
  }
  await helen.goto(review);
  await helen.getByRole("button", { name: "Make a pack" }).click();
  const fetching = helen.waitForEvent("download");
  await helen.getByRole("button", { name: "Download pack 1" }).click();
  await looked(helen, "review-packed");
  const files = unzip(readFileSync(await (await fetching).path()));
  const text = files.get("disclosure.html")?.toString() ?? "";
  expect(text).toContain("Agency nurses cost more on Sundays");
  expect(text).toContain("[withheld: s.40]</span> comes");
  expect(text).not.toContain("lift");
  expect([...files.keys()]).toEqual(expect.arrayContaining(["disclosure.pdf", "disclosure.json"]));
  for (const [name, bytes] of files) expect(bytes.includes(WITHHELD), name).toBe(false);
});

// @Rule("G39")
test("whose messages were opened sees when and for what kind of request, not who asked", async () => {
  await rhian.button("Back to the list").click();
  await rhian.page.getByRole("button", { name: "Me", exact: true }).click();
  await rhian.button("Searches of your conversations").click();
  await expect(rhian.page.getByText("For a freedom of information request")).not.toHaveCount(0);
  await expect(rhian.page.getByText("What was said was opened and searched.")).toBeVisible();
  await expect(rhian.page.getByText("It showed who wrote when.")).toBeVisible();
  await expect(rhian.page.getByText("Bryn Newspaper")).toHaveCount(0);
  await rhian.screen("62-searches-of-mine");
  expect([...rhian.faults, ...faults]).toEqual([]);
});
