import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { violations } from "./walls.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// @Rule("G31"): no photo library, no camera app of the phone's, no download.
// @Rule("G25"): nothing is written to, or read from, what else is on the phone.
test("the app's own source respects the walls", () => {
  expect(violations(at("../src"))).toEqual([]);
});

test("each planted violation is found", () => {
  const found = violations(at("./fixtures/walls")).sort();
  expect(found).toEqual([
    "engine/upward.ts imports screens/row: engine may not look at screens",
    "screens/file.ts opens or saves files: only the console may",
    "screens/owners.ts copies: what is copied leaves the app",
    "screens/owners.ts meddles with pasting",
    "screens/owners.ts reaches for what is the phone's owner's",
    "screens/row.ts imports matrix-js-sdk: only engine may",
    "vault/browser.ts:1 speaks to the browser: only platform may",
  ]);
});
