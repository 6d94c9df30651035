// Photographs every state at 390 × 844 and runs axe on each: `node dev/shots.mjs [folder] [only]`, `only` being what
// the names begin with. SHOTS_LANGUAGE=cy, SHOTS_LOOK=large (text at 200 %) or forced (the system's colours).
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { recordShots } from "./recordShots.mjs";

const folder = process.argv[2] ?? "shots";
const only = process.argv[3] ?? "";
const look = process.env.SHOTS_LOOK ?? "";
const language = process.env.SHOTS_LANGUAGE ?? "en";

const type = (selector, text) => (page) => page.fill(selector, text);
const tap = (name) => (page) => page.getByRole("button", { name }).first().click();
const steps =
  (...all) =>
  async (page) => {
    for (const step of all) await step(page);
  };
const search = (term) => steps(type("#term", term), (page) => page.waitForTimeout(400));
const settle = (ms) => (page) => page.waitForTimeout(ms);
const pick = steps(search("hann"), tap(/Hannah Whitfield/));
const choose = steps(pick, tap(/^Choose Hannah/));
const tick = (name) => (page) => page.getByLabel(name).first().check({ force: true });
const urgentTap = (page) => page.locator(".composer__urgent").click();
const message = (text) => type("#message", text);
const decide = steps(
  tap(/Actions for the message from Hannah Whitfield at 13:56/),
  tap(/Mark as decision/),
);
const receipt = tap(/Open receipt/);
const scroll = (selector) => (page) => page.locator(selector).last().scrollIntoViewIfNeeded();

/** name, scene, what a person does first */
const SHOTS = [
  ["sign-in"],
  ["consent"],
  ["link-code"],
  ["account"],
  ["sign-in-empty-error", "sign-in", tap("Continue")],
  [
    "sign-in-slow",
    "sign-in-slow",
    steps(type("#user", "amara"), type("#password", "x"), tap("Continue"), settle(5300)),
  ],
  [
    "sign-in-wrong",
    "sign-in-wrong",
    steps(type("#user", "amara"), type("#password", "x"), tap("Continue")),
  ],
  ["sign-in-for-app"],
  ["sign-in-refused"],
  ["handed-over"],
  ["second-step"],
  ["second-step-recovery", "second-step", tap(/cannot use/)],
  ["second-step-error", "second-step", steps(type("#code", "12"), tap("Sign in"))],
  ["set-up"],
  ["sign-in-organisation"],
  ["lock-passkey"],
  ["lock-passkey-given-up", "lock-passkey", tap("Unlock with your passkey")],
  ["lock-passkey-typed", "lock-passkey", tap("Use the passcode instead")],
  ["lock-passcode-gone"],
  ["lock-unsent"],
  ["offer-passkey"],
  ["keys-elsewhere"],
  ["first-factor"],
  ["first-factor-code", "first-factor", tap("Use an authenticator app")],
  ["first-factor-errors", "first-factor", steps(tap("Use an authenticator app"), tap("Continue"))],
  ["first-factor-late", "first-factor-late", tap("Use an authenticator app")],
  ["recovery-codes"],
  ["second-step-passkey"],
  ["policy-changed"],
  ["policy-changed-read", "policy-changed", tap("Read what changed")],
  ["phone-lacks"],
  ["new-device"],
  ["allow-notifications"],
  ["verify-asked"],
  ["verify-compare"],
  ["verify-failed"],
  ["set-up-shared", "set-up", (page) => page.getByText("Several people use it").click()],
  ["set-up-obvious", "set-up", steps(type("#passcode", "123456"), tap("Set up this phone"))],
  ["lock"],
  ["lock-wrong", "lock-wrong", steps(type("#passcode", "493817"), tap("Unlock"))],
  ["lock-wait"],
  ["lock-offline", "lock-offline", steps(type("#passcode", "493817"), tap("Unlock"))],
  ["unlocking"],
  ["share-destroyed"],
  ["wiped"],
  ["open-elsewhere"],
  ["covered"],
  ["list"],
  ["list-empty"],
  ["list-loading"],
  ["list-slow", "list-loading", settle(3300)],
  ["list-offline"],
  ["list-auto-lock"],
  ["list-engine-stopped"],
  ["directory"],
  ["directory-found", "directory", search("ward 7")],
  ["directory-near", "directory", search("hann")],
  ["directory-unreachable", "directory", steps(search("haem"), tap(/Priya Raman/))],
  ["directory-none", "directory", search("zzzz")],
  ["directory-failed", "directory-failed", search("hann")],
  ["directory-slow", "directory-slow", steps(search("hann"), settle(3200))],
  ["near-names", "directory", pick],
  ["near-failed", "near-failed", pick],
  ["new-conversation", "directory", choose],
  [
    "new-conversation-errors",
    "directory",
    steps(choose, tap(/Remove Hannah/), tap("Start the conversation")),
  ],
  [
    "new-conversation-other",
    "directory",
    steps(
      choose,
      (page) => page.getByText("Something else").click(),
      type("#other", "Warfarin 999 390 9963"),
      tap("Start the conversation"),
    ),
  ],
  ["conversation"],
  ["conversation-kinds"],
  [
    "conversation-kinds-top",
    "conversation-kinds",
    (page) => page.evaluate(() => document.querySelector("[role=feed]").scrollTo(0, 0)),
  ],
  ["conversation-empty"],
  ["conversation-loading"],
  ["conversation-failed"],
  ["conversation-offline"],
  ["conversation-no-patient"],
  ["conversation-left"],
  ["conversation-long"],
  ["nudge-number", "conversation", message("Please check 999 390 9963 before the list")],
  [
    "nudge-name",
    "conversation",
    message(
      "Mrs Llewellyn, born 3/7/41, is back from endoscopy. She is stable and asking for tea; BP 118/76, HR 84.",
    ),
  ],
  ["nudge-date", "conversation", message("The lady in bed 4 (DOB 03/07/1941) is ready")],
  [
    "nudge-kept",
    "conversation",
    steps(message("Please check 999 390 9963 before the list"), tap("Keep, it is needed")),
  ],
  [
    "nudge-replaced",
    "conversation",
    steps(message("Please check 999 390 9963 before the list"), tap(/Use ‘the patient’/)),
  ],
  ["actions", "conversation", tap(/Actions for the message from Hannah Whitfield at 13:56/)],
  ["actions-own", "conversation-kinds", tap(/Actions for the message from You at 14:07/)],
  [
    "who-has-read",
    "conversation",
    steps(tap(/Actions for the message from You/), tap("Who has read it")),
  ],
  ["undone", "conversation-kinds", steps(tap(/Undo/), settle(100))],
  ["decision", "conversation", decide],
  ["decision-lower", "conversation", steps(decide, scroll(".preview .note"))],
  ["decision-more", "conversation", steps(decide, tap("Add another message"))],
  ["decision-others", "conversation", steps(decide, tap(/Someone else/))],
  ["decision-error", "conversation", steps(decide, type("#summary", ""), tap(/Send to record/))],
  ["decision-no-patient", "decision-no-patient", decide],
  ["decision-failed", "decision-failed", steps(decide, tap(/Send to record/))],
  ["decision-sent", "decision-sent", steps(decide, tap(/Send to record/))],
  ["receipt-in-record", "receipt-in-record", receipt],
  ["receipt-folder", "receipt-folder", receipt],
  ["receipt-refused", "receipt-refused", receipt],
  ["receipt-query", "receipt-query", receipt],
  ["receipt-hold", "receipt-hold", receipt],
  ...recordShots({ receipt, scroll, settle, steps, tap, tick, type }),
  ["group-due", "review-due"],
  ["group-urgent-only", "review-urgent-only"],
  ["group-archived", "review-archived"],
  ["group-review", "review", settle(800)],
  ["group-team", "team"],
  ["group-rota", "rota", tick(/^Medical registrar/)],
  ["group-reviews-strip", "reviews-strip", settle(400)],
  ["group-apps", "apps"],
  ["group-reviews", "reviews"],
  ["group-reviews-empty", "reviews-empty"],
  ["group-outsider", "add-outsider", steps(search("tomos"), tap(/Tomos/))],
  ["group-details", "details", steps(settle(800), scroll(".member-deeds"))],
  ["group-hand-over", "details", tap("Name a deputy or another owner")],
  ["details"],
  ["details-lower", "details", scroll(".section:last-child")],
  ["details-failed"],
  ["add-colleague", "add-colleague", search("ward 7")],
  ["add-colleague-reason", "add-colleague", steps(search("physio"), tap(/Tomos/))],
  ["link-patient", "details", tap("Link another patient")],
  [
    "link-check",
    "details",
    steps(tap("Link another patient"), type("#nhs", "999 390 9964"), tap("Find the patient")),
  ],
  [
    "link-unknown",
    "link-unknown",
    steps(tap("Link another patient"), type("#nhs", "999 390 9963"), tap("Find the patient")),
  ],
  [
    "link-confirm",
    "details",
    steps(tap("Link another patient"), type("#nhs", "999 390 9963"), tap("Find the patient")),
  ],
  ["me"],
  ["me-lower", "me", scroll(".section:last-child")],
  ["me-failed"],
  ["me-phone", "me", tap("Details of My iPhone")],
  ["me-remove", "me", steps(tap("Details of Ward tablet"), tap("Remove this phone"))],
  ["me-passcode", "me", tap("Change passcode")],
  [
    "me-codes",
    "me",
    steps(tap("Make new recovery codes"), type("#code", "123456"), tap("Show 10 new codes")),
  ],
  ["me-passkey", "me", tap(/^Change My iPhone/)],
  ["me-add-passkey", "me", tap("Add a passkey")],
  [
    "me-step-up",
    "me",
    steps(
      tap("Change password"),
      type("#new-password", "correct horse battery"),
      type("#new-password-again", "correct horse battery"),
      (page) => page.locator("dialog").getByRole("button", { name: "Change password" }).click(),
    ),
  ],
  ["me-password", "me", tap("Change password")],
  ["me-recovery-key", "me", steps(tap("Show the recovery key"), tap("Use a passkey"))],
  ["me-checklist", "me", tap("Check this phone")],
  ["me-safety", "me", scroll(".me__list")],
  ["me-sign-out", "me", tap("Sign out")],
  ["urgent-board"],
  ["urgent-board-lower", "urgent-board", scroll(".board li")],
  ["urgent-empty"],
  ["urgent-loading"],
  ["urgent-offline"],
  ["urgent-as-it-stood"],
  ["urgent-unanswered"],
  ["urgent-answer-failed", "urgent-answer-failed", tap("Acknowledge")],
  ["urgent-pass", "urgent-board", tap("Cannot")],
  ["urgent-list"],
  ["urgent-room"],
  ["urgent-alarm-over", "urgent-alarm-over", steps(urgentTap, settle(2_800))],
  ["urgent-new", "urgent-board", tap("New urgent message")],
  ["urgent-new-empty", "urgent-board", steps(tap("New urgent message"), tap("Send urgent"))],
  ["urgent-new-people", "urgent-room", steps(urgentTap, tick("People in this conversation"))],
  [
    "urgent-new-role",
    "urgent-room",
    steps(
      urgentTap,
      tick("An on-call role"),
      tick(/^Surgical SHO/),
      type("#urgent-text", "Bed 4 bleeding"),
    ),
  ],
  [
    "urgent-new-offline",
    "urgent-room-offline",
    steps(
      urgentTap,
      tick("An on-call role"),
      tick(/^Medical registrar/),
      type("#urgent-text", "Bed 4"),
      tap(/^Send urgent/),
      scroll("dialog .note"),
    ),
  ],
  [
    "urgent-new-uncertain",
    "urgent-room-uncertain",
    steps(
      urgentTap,
      tick("An on-call role"),
      tick(/^Medical registrar/),
      type("#urgent-text", "Bed 4"),
      tap(/^Send urgent/),
      scroll("dialog .note"),
    ),
  ],
  ["on-call"],
  ["on-call-take", "on-call", tap(/^Take this role/)],
  ["on-call-failed"],
  ["on-call-empty"],
  ["availability"],
  ["availability-lower", "availability", scroll(".button")],
  ["availability-slow"],
];

const built = join(tmpdir(), `lanyard-gallery-${process.pid}`);
await build({
  logLevel: "error",
  build: { outDir: built, emptyOutDir: true, rolldownOptions: { input: "dev/gallery.html" } },
});
const server = await preview({ logLevel: "error", build: { outDir: built }, preview: { port: 0 } });
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const context = await browser.newContext({
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  locale: "en-GB",
  timezoneId: "Europe/London",
  reducedMotion: "reduce",
  forcedColors: look === "forced" ? "active" : "none",
});
mkdirSync(folder, { recursive: true });

let bad = 0;
const queue = SHOTS.filter(([name]) => new RegExp(`^(${only})`).test(name));
const results = new Map();
await Promise.all([1, 2].map(work));
for (const [name] of SHOTS) {
  const errors = results.get(name);
  if (!errors) continue;
  bad += errors.length;
  console.log(`${errors.length === 0 ? "ok  " : "BAD "} ${name}`);
  for (const error of errors) console.log(`       ${error}`);
}
await browser.close();
await new Promise((done) => server.httpServer.close(done));
rmSync(built, { recursive: true });
console.log(bad === 0 ? "all well" : `${bad} to put right`);
process.exit(bad === 0 ? 0 : 1);

async function work() {
  for (let shot = queue.shift(); shot; shot = queue.shift()) results.set(shot[0], await take(shot));
}

async function take([name, scene = name, act]) {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on(
    "console",
    (line) => line.type() === "error" && !line.text().includes("404") && errors.push(line.text()),
  );
  try {
    await page.goto(`${base}dev/gallery.html?scene=${scene}&lang=${language}`);
    await page.waitForSelector("#main:visible, .cover");
    if (look === "large") await page.addStyleTag({ content: "html { font-size: 200% }" });
    page.setDefaultTimeout(4000);
    if (act && language === "en") await act(page);
    await page.waitForTimeout(150);
  } catch (error) {
    errors.push(String(error).split("\n")[0]);
  }
  await page.screenshot({ path: `${folder}/${name}.png` });
  const axe = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const small = await page.evaluate(smallTargets);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  for (const violation of axe.violations)
    errors.push(
      `axe ${violation.id}: ${violation.nodes
        .map((node) => node.target.join(" "))
        .slice(0, 3)
        .join(" | ")}`,
    );
  for (const target of small) errors.push(`small target ${target}`);
  if (wide) errors.push("scrolls sideways");
  await page.close();
  return errors;
}
/** Whatever can be tapped is 44 px each way (a link in the error summary: high). */
function smallTargets() {
  const found = [];
  for (const element of document.querySelectorAll(
    "button, a[href], input:not([type=radio]):not([type=checkbox]), select, textarea, label.choice",
  )) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.width < 2) continue;
    const narrow = box.width < 43.5 && element.tagName !== "A";
    if (box.height < 43.5 || narrow)
      found.push(
        `${element.className || element.tagName} ${Math.round(box.width)}×${Math.round(box.height)}`,
      );
  }
  return found;
}
