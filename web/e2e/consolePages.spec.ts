/**
 * Every page of the console, as the server's tests have seen it with cases, shares and messages in it, held against the
 * accessibility rules. A page that is a template and that no test has shown fails here: the list keeps itself.
 * `make test` runs the server's tests first; they leave the pages in `server/target/console-pages`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = join(ROOT, "server/target/console-pages");
const TEMPLATES = join(ROOT, "server/src/main/resources/lanyard");
const ASSETS = join(ROOT, "web/dist/assets");
const GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ADDRESS = "http://console.test/";

/** Whatever has the console's layout around it. */
function templates(): string[] {
  return readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".peb"))
    .filter((name) => readFileSync(join(TEMPLATES, name), "utf8").includes('"console/layout"'))
    .map((name) => name.replace(/\.peb$/, "").replaceAll("\\", "/"))
    .sort();
}

const templateOf = (file: string): string => file.split(".")[0]?.replace("_", "/") ?? "";

function pages(): string[] {
  if (!existsSync(PAGES)) return [];
  const known = new Set(templates());
  const all = readdirSync(PAGES).filter((file) => known.has(templateOf(file)));
  // A refused form is looked at where it is the only one of its kind, and in `console.spec.ts`: what it adds is shared.
  const whole = new Set(all.filter((file) => file.split(".")[1] === "200").map(templateOf));
  return all.filter((file) => file.split(".")[1] !== "422" || !whole.has(templateOf(file))).sort();
}

/** What is laid out otherwise than on the console's other pages. Runs in the page. */
function unlikeTheOthers(): string[] {
  const found: string[] = [];
  const back = document.querySelector("main > .nhsuk-back-link")?.getBoundingClientRect();
  const heading = document.querySelector("main h1")?.getBoundingClientRect();
  if (back !== undefined && heading !== undefined && heading.top - back.bottom < 16) {
    found.push("the back link touches what is under it");
  }
  for (const code of document.querySelectorAll("main code")) {
    const around = code.parentElement;
    if (around !== null && getComputedStyle(code).color !== getComputedStyle(around).color) {
      found.push(`as if it were wrong: ${code.textContent}`);
    }
  }
  // The borders of a table stand out a little on either side.
  const room = document.documentElement.clientWidth;
  for (const table of document.querySelectorAll("main table:not(.console-wide table)")) {
    const frame = table.parentElement?.getBoundingClientRect().right ?? room;
    const right = table.getBoundingClientRect().right;
    if (right > room || right > frame + 8) found.push("a table is cut off");
  }
  return found;
}

test("every page of the console was shown by a test", () => {
  const seen = new Set(pages().map(templateOf));
  const missing = templates().filter((name) => !seen.has(name));
  expect(missing, "run the server's tests first; what they do not show is here").toEqual([]);
});

test("every page of the console is sound for everybody", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const style = readdirSync(ASSETS).find((name) => /^console-.*\.css$/.test(name)) ?? "";
  const css = readFileSync(join(ASSETS, style), "utf8");
  let html = "";
  await context.route("**/*", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/") return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    if (path.endsWith(".css")) return route.fulfill({ contentType: "text/css", body: css });
    return route.abort();
  });
  for (const file of pages()) {
    html = readFileSync(join(PAGES, file), "utf8");
    await page.goto(ADDRESS);
    const { violations } = await new AxeBuilder({ page })
      .withTags(GUIDELINES)
      .setLegacyMode(true)
      .analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.html)
          .join(" ")
          .slice(0, 600)}`,
    );
    expect.soft(found, file).toEqual([]);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect.soft(wide, `${file} scrolls sideways at ${width}`).toBe(false);
      expect.soft(await page.evaluate(unlikeTheOthers), `${file} at ${width}`).toEqual([]);
    }
  }
  await context.close();
});
