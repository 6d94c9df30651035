import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

/** Where the machine has no Chromium of its own, Playwright takes the one it fetched. */
function chromium(): string | undefined {
  const named = process.env["LANYARD_CHROMIUM"] ?? process.env["CHROMIUM"];
  if (named) return named;
  try {
    return execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results/failures",
  // Each file has a server of its own, and one of them mostly waits.
  workers: 2,
  // The work shares two cores with the servers, their databases and six phones.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: chromium(),
      args: [
        "--no-sandbox",
        // A camera that shows a moving picture, and a person who allows it.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
