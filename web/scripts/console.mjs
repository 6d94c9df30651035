// The console's style sheet: made by itself, as the pages that name it are the server's and not the app's.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const { css } = compile(path("src/console/console.scss"), {
  style: "compressed",
  loadPaths: [path("node_modules")],
  quietDeps: true,
  silenceDeprecations: ["if-function"],
});
const hash = createHash("sha256").update(css).digest("base64url").slice(0, 8).replaceAll("-", "0");
mkdirSync(path("dist/assets"), { recursive: true });
writeFileSync(path(`dist/assets/console-${hash}.css`), css);
