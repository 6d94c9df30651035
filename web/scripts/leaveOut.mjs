// Leaves out of the engine what the Matrix SDK brings and this app never uses (calls, widgets, older
// key stores): `src/engine/leftOut.ts` stands in for it. A name the SDK newly wants, or a file it no
// longer has, fails the build: then look again at what it does with it.
import { fileURLToPath } from "node:url";

const STAND_IN = fileURLToPath(new URL("../src/engine/leftOut.ts", import.meta.url));
const LEFT_OUT = [
  "matrix-js-sdk/lib/webrtc/call.js",
  "matrix-js-sdk/lib/webrtc/callEventHandler.js",
  "matrix-js-sdk/lib/webrtc/groupCall.js",
  "matrix-js-sdk/lib/webrtc/groupCallEventHandler.js",
  "matrix-js-sdk/lib/webrtc/mediaHandler.js",
  "matrix-js-sdk/lib/matrixrtc/MatrixRTCSessionManager.js",
  "matrix-js-sdk/lib/matrixrtc/types.js",
  "matrix-js-sdk/lib/rtcTransportsCachedValue.js",
  "matrix-js-sdk/lib/models/MSC3089TreeSpace.js",
  "matrix-js-sdk/lib/sliding-sync-sdk.js",
  "matrix-js-sdk/lib/rust-crypto/libolm_migration.js",
  "matrix-events-sdk/lib/index.js",
  "unhomoglyph/index.js",
];

/** The SDK does not say that its files do nothing when loaded, so nothing unused of it would go. */
const NO_EFFECT = /\/node_modules\/(matrix-js-sdk|matrix-widget-api|sdp-transform|loglevel)\//;

/** The SDK's front page passes everything on: what nobody takes from there goes by itself, and with it what that wanted. */
const UNUSED = /\/matrix-js-sdk\/lib\/(matrix\.js|embedded\.js|webrtc\/|matrixrtc\/)/;

export function leaveOut() {
  const met = new Set();
  return {
    name: "leave-out",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (!importer || importer === STAND_IN) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (!found) return null;
      const id = found.id.split("?")[0].replaceAll("\\", "/");
      const left = LEFT_OUT.find((path) => id.endsWith(`/node_modules/${path}`));
      if (left && UNUSED.test(importer)) return { ...found, moduleSideEffects: false };
      if (!left) return NO_EFFECT.test(id) ? { ...found, moduleSideEffects: false } : null;
      met.add(left);
      return STAND_IN;
    },
    // The passcode's Worker is built with the same plugins and has nothing of the SDK.
    buildEnd() {
      const gone = LEFT_OUT.filter((path) => !met.has(path));
      if (met.size > 0 && gone.length > 0) this.error(`no longer in the SDK: ${gone.join(", ")}`);
    },
  };
}
