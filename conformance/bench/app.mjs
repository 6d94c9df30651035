// What the staff app makes a phone fetch: web/scripts/budgets.mjs measures it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../web", import.meta.url));
const NAMES = {
  "lock screen transfer": "lockScreen",
  "shell JS": "shellJs",
  CSS: "css",
  "engine JS": "engineJs",
  wasm: "wasm",
};

export function transferSizes() {
  if (!existsSync(`${web}/dist/index.html`)) {
    return {};
  }
  const { stdout } = spawnSync(process.execPath, ["scripts/budgets.mjs"], {
    cwd: web,
    encoding: "utf8",
  });
  const facts = {};
  for (const line of stdout.split("\n")) {
    const found = /^(?:ok|OVER) +(.+?) +([\d.]+) KB of/.exec(line);
    if (found && NAMES[found[1]]) {
      facts[`web.${NAMES[found[1]]}`] = Number(found[2]);
    }
  }
  return { ...facts, ...unlocking() };
}

/// How long a phone takes from its passcode, or its passkey, to its list: web/e2e/unlock.measure.ts, in a browser.
/// Nothing where there is none, or where the staff app's own tools are not installed.
function unlocking() {
  if (!existsSync(`${web}/node_modules/.bin/playwright`)) {
    return {};
  }
  const { stdout } = spawnSync("npm", ["run", "measure"], { cwd: web, encoding: "utf8" });
  const facts = {};
  for (const [name, words] of [
    ["web.unlock", /unlock to list (\d+) ms/],
    ["web.unlockByPasskey", /unlock by passkey to list (\d+) ms/],
    ["web.firstMessage", /sign-in to first message (\d+) ms/],
  ]) {
    const found = words.exec(stdout);
    if (found) {
      facts[name] = Number(found[1]) / 1000;
    }
  }
  const typed = /a letter typed ([\d.]+) ms, of which the nudge ([\d.]+) ms/.exec(stdout);
  if (typed) {
    facts["web.letter"] = Number(typed[1]);
    facts["web.nudge"] = Number(typed[2]);
  }
  return facts;
}
