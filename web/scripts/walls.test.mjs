import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { violations } from "./walls.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// @Rule("G31"): no photo library, no camera app of the phone's, no download.
test("the app's own source respects the walls", () => {
  expect(violations(at("../src"))).toEqual([]);
});

test("each planted violation is found", () => {
  const found = violations(at("./fixtures/walls")).sort();
  expect(found).toEqual([
    "engine/upward.ts imports screens/row: engine may not look at screens",
    "screens/file.ts opens or saves files: only the console may",
    "screens/row.ts imports matrix-js-sdk: only engine may",
    "vault/browser.ts:1 speaks to the browser: only platform may",
  ]);
});
