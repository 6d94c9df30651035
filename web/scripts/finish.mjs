// After the bundle: tell the service worker what it may keep, and compress everything once so that
// the server only has to pick a file.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const files = readdirSync(dist, { withFileTypes: true, recursive: true })
  .filter((e) => e.isFile() && !/\.(br|gz|map)$/.test(e.name))
  .map((e) => join(e.parentPath, e.name));

const urls = files
  .map((f) => `/${relative(dist, f).replaceAll("\\", "/")}`)
  // The console is the server's: no phone keeps it.
  .filter((u) => u !== "/sw.js" && u !== "/custodian.js" && !u.startsWith("/assets/console-"))
  .sort();
// What not everybody chooses or opens: the service worker keeps it from its first use on.
const isLater = (url) =>
  /^\/assets\/((cy|OtherPages|pdf)-[^/]*\.js|worker\/pdf[^/]*\.js|(jbig2|openjpeg)-[^/]*\.wasm)$/.test(
    url,
  );
const version = createHash("sha256");
for (const url of urls) version.update(url).update(readFileSync(join(dist, url)));
const worker = join(dist, "sw.js");
const asText = (list) => JSON.stringify(JSON.stringify(list));
const listed = readFileSync(worker, "utf8")
  .replace(/["'`]__LANYARD_ASSETS__["'`]/, asText(urls.filter((url) => !isLater(url))))
  .replace(/["'`]__LANYARD_LATER__["'`]/, asText(urls.filter(isLater)))
  .replace(/__LANYARD_VERSION__/, version.digest("hex").slice(0, 16));
writeFileSync(worker, listed);

for (const file of files) {
  const bytes = readFileSync(file);
  if (bytes.length < 200 || /\.(png|jpg|woff2)$/.test(file)) continue;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [constants.BROTLI_PARAM_LGWIN]: 24,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}
