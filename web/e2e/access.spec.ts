/**
 * A03_EveryoneCanUseIt: twice the text, the system's own colours, the keyboard alone, and what a screen reader reads in
 * which order. The order is kept as text in `order/`; `ORDER=write` writes it anew, to be read before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { converse } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const ORDER = fileURLToPath(new URL("order", import.meta.url));
const PASSCODE = "493817";
const PURPOSE = "Bed 9";

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let amara: Phone;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  rhian = await Phone.of("rhian.lloyd", server, browser);
  amara = await Phone.of("amara.okafor", server, browser);
  for (const phone of [rhian, amara]) {
    await phone.arrive();
    await phone.typePassword();
    await phone.typeCode();
    await phone.setUp(PASSCODE);
  }
  await converse(server, amara.token, {
    kind: "clinical",
    purpose: PURPOSE,
    members: ["@rhian.lloyd:lanyard.localhost"],
  });
  await converse(server, amara.token, {
    kind: "social",
    purpose: "Friday quiz",
    members: ["@rhian.lloyd:lanyard.localhost"],
  });
  await amara.open(PURPOSE);
  await amara.send("Potassium is 5.9");
  await expect(rhian.page.locator(".list-row", { hasText: PURPOSE })).toContainText("1 new");
});

test.afterAll(async () => {
  await Promise.all([rhian?.close(), amara?.close()]);
  await server?.stop();
});

async function tab(name: string): Promise<void> {
  await rhian.page.getByRole("navigation").getByRole("button", { name }).click();
}

/** What each main screen is, and how somebody gets there from the one before. */
const SCREENS: readonly [name: string, go: () => Promise<void>, there: () => Promise<void>][] = [
  ["list", () => tab("Clinical"), () => row(PURPOSE)],
  ["urgent", () => tab("Urgent"), () => heading("Urgent")],
  ["directory", search, () => found()],
  ["social", () => tab("Social"), () => row("Friday quiz")],
  ["me", () => tab("Me"), () => heading("Phones")],
  ["conversation", openRoom, () => expect(rhian.message("Potassium is 5.9")).toBeVisible()],
  ["details", details, () => heading("Details")],
];

const row = (purpose: string): Promise<void> =>
  expect(rhian.page.locator(".list-row", { hasText: purpose })).toBeVisible();
const heading = (name: string): Promise<void> => expect(rhian.heading(name).first()).toBeVisible();
const found = (): Promise<void> => expect(rhian.page.locator(".search__found")).toBeVisible();

async function search(): Promise<void> {
  await tab("Directory");
  await rhian.search("okafor");
}

async function openRoom(): Promise<void> {
  await tab("Clinical");
  await rhian.open(PURPOSE);
}

async function details(): Promise<void> {
  await rhian.page.locator(".room-bar__details").click();
}

test("a screen reader reads each main screen in an order that somebody has read", async () => {
  mkdirSync(ORDER, { recursive: true });
  for (const [name, go, there] of SCREENS) {
    await go();
    await there();
    await rhian.screen(`access-${name}`);
    const read = async (): Promise<string> =>
      masked(await rhian.page.locator("body").ariaSnapshot());
    const file = join(ORDER, `${name}.txt`);
    if (process.env["ORDER"] === "write" || !existsSync(file)) writeFileSync(file, await read());
    // What is fetched for the screen may come a moment after it.
    await softly.poll(read, { message: name }).toBe(readFileSync(file, "utf8"));
  }
  await backToTheList();
});

const softly = expect.configure({ soft: true });

/** What is another time each run. */
function masked(read: string): string {
  const days = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
  const months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
  const text = read
    .replace(/\b\d{1,2}:\d{2}\b/g, "hh:mm")
    .replace(new RegExp(`\\b(${days})[a-z]*,? (?=\\d)`, "g"), "")
    .replace(new RegExp(`\\b\\d{1,2} (${months})[a-z]*( \\d{4})?\\b`, "g"), "a date")
    .replace(/localhost:\d+/g, "localhost")
    // It was midnight meanwhile.
    .replace(/^(\s*- paragraph: )Yesterday$/gm, "$1Today")
    .replace(/\bYesterday\b/g, "hh:mm");
  return `${text}\n`;
}

/** From the details, which are the last of the screens. */
async function backToTheList(): Promise<void> {
  await rhian.button(/^Back/).click();
  await expect(rhian.message("Potassium is 5.9")).toBeVisible();
  await rhian.button("Back to the list").click();
  await row(PURPOSE);
}

test("with twice the text nothing runs off the screen, and what is pressed is still there", async () => {
  const { page } = rhian;
  for (const [name, go, there] of SCREENS) {
    await go();
    await there();
    await textSize("200%");
    await rhian.picture(`access-${name}-200`);
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, textarea, h1, h2, p, li")]
        .filter((one) => {
          const { left, right, width } = one.getBoundingClientRect();
          return width > 0 && (left < -1 || right > window.innerWidth + 1);
        })
        .filter((one) => one.closest(".hidden, .skip, .chips") === null)
        .map((one) => `${one.tagName} ${one.className}: ${one.textContent?.slice(0, 30) ?? ""}`),
    );
    expect.soft(beyond, name).toEqual([]);
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth), name)
      .toBeLessThanOrEqual(390);
    await textSize("");
  }
  await backToTheList();
});

async function textSize(size: string): Promise<void> {
  await rhian.page.evaluate((value) => {
    document.documentElement.style.fontSize = value;
  }, size);
}

test("in the system's own colours every button has an edge or words, and the focus shows", async () => {
  const { page } = rhian;
  await page.emulateMedia({ forcedColors: "active" });
  for (const [name, go, there] of SCREENS) {
    await go();
    await there();
    await rhian.screen(`access-${name}-forced`);
  }
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => {
    const focused = document.activeElement;
    return focused === null ? "" : getComputedStyle(focused).outlineStyle;
  });
  expect(outline).not.toBe("none");
  await page.emulateMedia({ forcedColors: "none" });
  await backToTheList();
});

test("with the keyboard alone: unlock, open, write, send, back", async () => {
  const { page } = rhian;
  await tab("Me");
  const focused = focusAtFirst("Lanyard is locked");
  await rhian.button("Lock now").click();
  await expect(rhian.heading("Lanyard is locked")).toBeVisible();
  // With the screen, not after it: nobody is taken from the field they are typing in.
  expect(await focused).toBe("Lanyard is locked");
  await tabTo("#passcode");
  await page.keyboard.type(PASSCODE);
  await page.keyboard.press("Enter");
  await row(PURPOSE);
  await tabTo(PURPOSE);
  await page.keyboard.press("Enter");
  await expect(rhian.message("Potassium is 5.9")).toBeVisible();
  await tabTo("#message");
  await page.keyboard.type("Repeat sent");
  await page.keyboard.press("Control+Enter");
  await expect(amara.message("Repeat sent")).toBeVisible();
  await tabTo("Back to the list");
  await page.keyboard.press("Enter");
  await row(PURPOSE);
  expect([...rhian.faults, ...amara.faults]).toEqual([]);
});

/** What has the focus at the moment when this heading comes. */
async function focusAtFirst(heading: string): Promise<string> {
  return rhian.page.evaluate(
    (words) =>
      new Promise((resolve) => {
        new MutationObserver((_changes, watching) => {
          if (document.querySelector("h1")?.textContent !== words) return;
          watching.disconnect();
          resolve(document.activeElement?.textContent ?? "");
        }).observe(document.body, { childList: true, subtree: true });
      }),
    heading,
  );
}

/** Presses Tab until what has the focus has this `#id`, or these words in it or as its label. */
async function tabTo(wanted: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const there = await rhian.page.evaluate((words) => {
      const one = document.activeElement;
      if (one === null || one === document.body) return false;
      const said = `${one.textContent ?? ""} ${one.getAttribute("aria-label") ?? ""}`;
      return words.startsWith("#")
        ? one.id === words.slice(1)
        : one.tagName !== "H1" && said.includes(words);
    }, wanted);
    if (there) return;
    await rhian.page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${wanted}.`);
}

test("whoever is faster than the browser's history is still in the app, and back is still one back", async () => {
  const { page } = rhian;
  const title = rhian.heading(PURPOSE);
  await rhian.open(PURPOSE);
  // Back, and in again before the browser has gone back.
  await page.evaluate(
    (purpose) =>
      new Promise<void>((resolve) => {
        const row = (): HTMLElement | undefined =>
          [...document.querySelectorAll<HTMLElement>(".list-row")].find((one) =>
            one.textContent?.includes(purpose),
          );
        new MutationObserver((_changes, watching) => {
          if (row() === undefined) return;
          watching.disconnect();
          row()?.click();
          resolve();
        }).observe(document.body, { childList: true, subtree: true });
        document.querySelector<HTMLElement>('[aria-label^="Back"]')?.click();
      }),
    PURPOSE,
  );
  await expect(title).toBeVisible();
  await page.goBack();
  await row(PURPOSE);
  await rhian.open(PURPOSE);
  await rhian.button("Back to the list").click();
  await row(PURPOSE);
  await rhian.open(PURPOSE);
  await rhian.button(/^Details of/).click();
  await heading("Details");
  await page.goBack();
  await expect(title).toBeVisible();
  await tabTo("Skip to the message box");
  await page.keyboard.press("Enter");
  await expect(rhian.field("message")).toBeFocused();
  await page.goBack();
  await row(PURPOSE);
});
