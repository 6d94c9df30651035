// docs/performance.md: prose that people write, and between two marks the table of the last run.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));
const FROM = "<!-- the table of make bench begins -->";
const TO = "<!-- the table of make bench ends -->";

export function write(lines, { runs, long, processors }) {
  const text = readFileSync(path, "utf8");
  const how =
    `Measured on ${new Date().toISOString().slice(0, 10)}, ${processors} processors shared with the generator, ` +
    `${long ? "long" : "quick"} mode, ${runs === 1 ? "one run" : `median of ${runs} runs`}, node ${process.version}.`;
  const before = text.slice(0, text.indexOf(FROM) + FROM.length);
  const after = text.slice(text.indexOf(TO));
  writeFileSync(path, `${before}\n${how}\n\n${lines.join("\n")}\n${after}`);
}
