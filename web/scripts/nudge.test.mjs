// What the nudge finds of the labelled messages, held to budgets, and docs/nudge.md, which says so.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readCorpus } from "../src/nudge/corpus/corpus";
import { measure } from "../src/nudge/corpus/measure";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const DOC = at("../../docs/nudge.md");
const messages = readCorpus(readFileSync(at("../src/nudge/corpus/messages.txt"), "utf8"));
const tuning = measure(messages.filter((message) => !message.heldOut));
const heldOut = measure(messages.filter((message) => message.heldOut));

const share = ({ hits, of }) => hits / of;
const LABELS = [
  ["number", "NHS, CHI and H&C numbers", 0.97],
  ["name", "names", 0.9],
  ["dob", "dates of birth", 0.9],
  ["hospital", "hospital numbers", 0.9],
  ["postcode", "postcodes", 0.9],
  ["phone", "phone numbers", 0.9],
  ["address", "addresses", 0.8],
];
const ALARMS = 0.03;

// @Rule("G13")
describe("the labelled messages", () => {
  it("are at least 400, about half of them kept out of tuning", () => {
    expect(messages.length).toBeGreaterThanOrEqual(400);
    expect(heldOut.messages / messages.length).toBeGreaterThan(0.4);
    expect(new Set(messages.map((message) => message.text)).size).toBe(messages.length);
  });

  // Only the tuning half says what it missed: who tunes does not look at the other.
  for (const [half, measured] of [
    ["tuning", tuning],
    ["held-out", heldOut],
  ]) {
    for (const [label, words, floor] of LABELS) {
      it(`of the ${half} half give up ${words} with a recall of at least ${floor}`, () => {
        const rate = measured.recall.get(label);
        const hint = half === "tuning" ? measured.missed.join("\n") : "";
        expect(share(rate), hint).toBeGreaterThanOrEqual(floor);
      });
    }
    it(`of the ${half} half that are clean raise at most 3 alarms in 100`, () => {
      const hint = half === "tuning" ? measured.alarms.join("\n") : "";
      expect(share(measured.falseAlarms), hint).toBeLessThanOrEqual(ALARMS);
    });
  }

  it("are reported in docs/nudge.md (LANYARD_REGENERATE=1 writes it anew)", () => {
    const before = readFileSync(DOC, "utf8");
    const [head, tail] = [before.split("<!-- measured -->")[0], before.split("<!-- end -->")[1]];
    const after = `${head}<!-- measured -->\n${table()}\n<!-- end -->${tail}`;
    if (process.env.LANYARD_REGENERATE === "1") writeFileSync(DOC, after);
    expect(readFileSync(DOC, "utf8")).toBe(after);
  });
});

function table() {
  const cell = ({ hits, of }) => `${(share({ hits, of }) * 100).toFixed(1)} % (${hits} of ${of})`;
  const rows = LABELS.map(
    ([label, words, floor]) =>
      `| ${words} found | ${floor * 100} % | ${cell(tuning.recall.get(label))} | ${cell(heldOut.recall.get(label))} |`,
  );
  return [
    `| | Budget | Tuning half (${tuning.messages} messages) | Held-out half (${heldOut.messages} messages) |`,
    "|---|---|---|---|",
    ...rows,
    `| clean messages asked about | at most ${ALARMS * 100} % | ${cell(tuning.falseAlarms)} | ${cell(heldOut.falseAlarms)} |`,
  ].join("\n");
}
