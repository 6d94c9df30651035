// The walls between the app's parts, seen failing on scripts/fixtures before they are trusted.
// screens → model → engine → vault; platform implements what model and vault declare; only the
// places that join everything (main, the engine's entry) may name platform. Nobody imports upward.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const MAY_IMPORT = {
  screens: ["screens", "components", "model", "nudge", "i18n"],
  components: ["components", "i18n"],
  model: ["model", "engine", "vault", "nudge", "i18n"],
  engine: ["engine", "vault"],
  vault: ["vault"],
  nudge: ["nudge"],
  i18n: ["i18n"],
  console: [],
  platform: ["platform", "model", "engine", "vault"],
};
/** Screens know the engine's words and nothing else of it. */
const WORDS = ["engine/protocol", "engine/words"];
/** Where the parts are joined. */
const ROOTS = ["main", "engine/engine"];
/** Packages that only one part may name. */
const PACKAGES = {
  "matrix-js-sdk": ["engine"],
  "@matrix-org/matrix-sdk-crypto-wasm": ["engine"],
  "hash-wasm": ["platform", "console"],
  "@hpke/core": ["console"],
  "pdfjs-dist": ["platform"],
  preact: ["screens", "components", "model", "i18n", "main"],
};
/** Only platform speaks to the browser. */
const BROWSER =
  /\b(indexedDB|navigator|localStorage|caches|fetch\(|new Worker|document\.(add|query|get))/;
/** Ways to a file, the photo library or the phone's own camera app: the console alone has a use for one. */
const FILES =
  /type=["']file|\bcapture=|show(Open|Save)FilePicker|showDirectoryPicker|webkitdirectory|\bdownload=|\.download =/;
const MAY_OPEN_FILES = ["console"];
/** Opens a PDF and nothing else, where the policy lets documents go with a message. */
const OPENS_DOCUMENTS = "screens/media/FileSheet.tsx";
/** What else on the phone is its owner's: contacts, other apps, and what they have copied. */
const OWNERS = /navigator\.(contacts|share|canShare)\b|clipboard\.read|execCommand/;
/** At its person's word: an authenticator's secret, the draft of a note, words for a record without an interface. */
const MAY_COPY = [
  "screens/carerecord/DeedSheets.tsx",
  "screens/handset/LostScreen.tsx",
  "screens/identity/FirstFactorScreen.tsx",
];
/** Password managers and authenticator apps fill fields in by pasting. */
const STOPS_PASTING = /onPaste|onBeforeInput|addEventListener\("paste"/;
const MAY_TOUCH_BROWSER = ["platform", "main", "screens", "components", "engine", "console"];

export function violations(root) {
  return sources(root).flatMap((file) => check(root, file));
}

function check(root, file) {
  const name = relative(root, file).split(sep).join("/");
  const part = name.includes("/") ? name.slice(0, name.indexOf("/")) : "main";
  const isRoot = ROOTS.includes(name.replace(/\.tsx?$/, ""));
  const text = readFileSync(file, "utf8");
  const found = [];
  for (const target of imports(text)) {
    if (target.startsWith(".")) {
      const to = normalize(join(dirname(name), target))
        .split(sep)
        .join("/");
      const toPart = to.includes("/") ? to.slice(0, to.indexOf("/")) : "main";
      const allowed =
        isRoot ||
        part === "main" ||
        part === toPart ||
        (MAY_IMPORT[part] ?? []).includes(toPart) ||
        WORDS.includes(to) ||
        // Tests of the view models share the fakes of the gallery, which is not in the bundle.
        (/\.test\.tsx?$/.test(name) && to.startsWith("../dev/")) ||
        to.endsWith(".scss") ||
        to.endsWith(".css");
      if (!allowed) found.push(`${name} imports ${to}: ${part} may not look at ${toPart}`);
    } else {
      const owner = Object.keys(PACKAGES).find((p) => target === p || target.startsWith(`${p}/`));
      if (owner && !PACKAGES[owner].includes(part))
        found.push(`${name} imports ${target}: only ${PACKAGES[owner].join(", ")} may`);
    }
  }
  if (!MAY_TOUCH_BROWSER.includes(part) && !/\.test\.tsx?$/.test(name)) {
    const line = text
      .split("\n")
      .findIndex((l) => BROWSER.test(l) && !/^\s*(\*|\/\/|\/\*)/.test(l));
    if (line >= 0) found.push(`${name}:${line + 1} speaks to the browser: only platform may`);
  }
  const files = name === OPENS_DOCUMENTS ? text.replace('type="file"', "") : text;
  if (!MAY_OPEN_FILES.includes(part) && FILES.test(files))
    found.push(`${name} opens or saves files: only the console may`);
  return [...found, ...ofTheOwners(name, text)];
}

function ofTheOwners(name, text) {
  const found = [];
  if (OWNERS.test(text)) found.push(`${name} reaches for what is the phone's owner's`);
  if (text.includes("clipboard.write") && !MAY_COPY.includes(name))
    found.push(`${name} copies: what is copied leaves the app`);
  if (STOPS_PASTING.test(text)) found.push(`${name} meddles with pasting`);
  return found;
}

function imports(text) {
  const out = [];
  for (const m of text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g))
    out.push(m[1].replace(/\?.*$/, ""));
  return out;
}

function sources(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = violations(fileURLToPath(new URL("../src", import.meta.url)));
  for (const line of found) console.error(line);
  process.exitCode = found.length ? 1 : 0;
}
