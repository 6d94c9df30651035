// The whole Hydrogen app, as hydrogen-view-sdk brings it. Which server it is to suggest stands in the address.
import olmWasm from "@matrix-org/olm/olm.wasm?url";
import olmScript from "@matrix-org/olm/olm.js?url";
import olmLegacy from "@matrix-org/olm/olm_legacy.js?url";
import "hydrogen-view-sdk/assets/theme-element-light.css";
import downloadSandbox from "hydrogen-view-sdk/download-sandbox.html?url";
import worker from "hydrogen-view-sdk/main.js?url";
import {
  createNavigation,
  createRouter,
  FeatureSet,
  Platform,
  RootViewModel,
} from "hydrogen-view-sdk";

const platform = new Platform({
  container: document.body,
  assetPaths: {
    downloadSandbox,
    worker,
    olm: { wasm: olmWasm, legacyBundle: olmLegacy, wasmBundle: olmScript },
    serviceWorker: "sw.js",
  },
  config: {
    defaultHomeServer: new URLSearchParams(location.search).get("server"),
    themeManifests: [],
  },
});
const navigation = createNavigation();
platform.setNavigation(navigation);
await platform.init();
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const root = new RootViewModel({ platform, urlRouter, navigation, features });
await root.load();
platform.createAndMountRootView(root);
