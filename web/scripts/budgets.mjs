// What a phone on poor wifi has to fetch. The build fails over a budget; see docs of the same name.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const KB = 1024;
const assets = readdirSync(join(dist, "assets"), { recursive: true }).filter((n) =>
  /\.(js|css|wasm)$/.test(n),
);
const size = (path) => statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
const total = (test) =>
  assets.filter(test).reduce((sum, n) => sum + size(join(dist, "assets", n)), 0);

// vite.config.ts puts what runs in a Worker into a folder of its own.
const inHash = (n) => n.startsWith("worker/argon2") && n.endsWith(".js");
const inPdf = (n) => n.startsWith("worker/pdf") && n.endsWith(".js");
const inWorker = (n) => n.startsWith("worker/") && n.endsWith(".js") && !inHash(n) && !inPdf(n);
const isDecoder = (n) => /^(jbig2|openjpeg)-.*\.wasm$/.test(n);
// Pieces of the shell that are fetched when they are wanted or once the app is open, each with its own budget.
const PIECES = [
  ["Welsh", "cy", 10],
  ["signing in", "Entering", 6],
  ["onto the home screen", "Install", 2],
  ["set-up", "SetUpScreen", 5],
  ["choosing a passcode", "setUp", 1],
  ["words for a new phone", "settingUp", 2],
  ["first day", "FirstFactorScreen", 5],
  ["messages, decisions", "Decisions", 12],
  ["where decisions go", "sink", 3],
  ["what goes, its owner's answer", "Keeping", 4],
  ["finding people", "Finding", 12],
  ["urgent and on call", "Urgent", 14],
  ["one conversation's facts", "Details", 12],
  ["answers, jobs, search", "Everyday", 12],
  ["the minute before the first", "InductionSheet", 2],
  ["linking a patient", "LinkPatientSheet", 3],
  ["who is in it, by whose word", "MemberSection", 3],
  ["reviewing members, adding a team", "Groups", 8],
  ["words for who is in it", "groups", 4],
  ["reviews that wait", "Waits", 3],
  ["what reads like a decision", "decision", 2],
  ["what identifies a patient", "nudge", 14],
  ["the nudge", "nudging", 4],
  ["words for saying little", "minimise", 2],
  ["the nudge's strip", "NudgeStrip", 3],
  ["fresh proof", "StepUpSheet", 2],
  ["changed policy", "PolicyChange", 5],
  ["notifications", "Notifications", 5],
  ["Me, passkeys and keys", "Me", 20],
  ["taking a picture", "Camera", 12],
  ["the camera itself", "camera", 3],
  ["looking at a picture", "Viewer", 5],
  ["words for pictures", "Media", 6],
  ["voice notes, documents", "Enclosed", 11],
  ["the microphone itself", "voice", 2],
  ["drawing a PDF", "pdf", 140],
  ["where on a picture", "pictureEdits", 1],
  ["pages for other apps", "OtherPages", 5],
  ["lost phone", "LostScreen", 8],
];
const isPiece = (name) => (n) => n.startsWith(`${name}-`) && n.endsWith(".js");
const inConsole = (n) => n.startsWith("console-");
const apart = [inConsole, inWorker, inHash, inPdf, ...PIECES.map(([, name]) => isPiece(name))];
const shellJs = total((n) => n.endsWith(".js") && !apart.some((test) => test(n)));
const css = total((n) => n.endsWith(".css") && !inConsole(n));
const html = size(join(dist, "index.html"));
// What the page names is fetched before the lock screen; the rest follows while somebody types.
const page = readFileSync(join(dist, "index.html"), "utf8");
const named = total((n) => page.includes(`/assets/${n}"`));

const rows = [
  ["lock screen transfer", html + named, 60 * KB],
  ["shell JS", shellJs, 60 * KB],
  ["CSS", css, 15 * KB],
  ["engine JS", total(inWorker), 245 * KB],
  ["opening a PDF", total(inPdf), 330 * KB],
  ["what scans are packed in", total(isDecoder), 140 * KB],
  ["wasm", total((n) => n.endsWith(".wasm") && !isDecoder(n)), 1.45 * KB * KB],
  ...PIECES.map(([what, name, kb]) => [what, total(isPiece(name)), kb * KB]),
  ["console", total(inConsole), 30 * KB],
  ["passcode hash", total(inHash), 15 * KB],
];
let over = 0;
for (const [what, bytes, budget] of rows) {
  const bad = bytes > budget;
  over += bad ? 1 : 0;
  console.log(
    `${bad ? "OVER " : "ok   "} ${what.padEnd(22)} ${(bytes / KB).toFixed(1).padStart(8)} KB of ${(budget / KB).toFixed(0)} KB`,
  );
}
if (!assets.some(isPiece("cy"))) {
  over++;
  console.log("OVER  Welsh is not a file of its own");
}
const outside = assets.filter(
  (n) => n.endsWith(".css") && /https?:\/\//.test(readFileSync(join(dist, "assets", n), "utf8")),
);
if (outside.length) {
  over++;
  console.log(`OVER  third-party addresses in ${outside.join(", ")}`);
}
process.exitCode = over ? 1 : 0;
