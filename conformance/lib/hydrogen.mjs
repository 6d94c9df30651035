// An unmodified hydrogen-view-sdk in Chromium: the whole Hydrogen app, used through its own screens.
import { cpSync, createReadStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { until } from "./client.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/// The SDK's files from a port of their own, as somebody else's web server would serve them.
async function serve() {
  const files = mkdtempSync(join(tmpdir(), "hydrogen-"));
  await build({
    root: join(here, "hydrogen"),
    configFile: false,
    logLevel: "error",
    build: { outDir: files, target: "es2022", assetsInlineLimit: 0 },
  });
  // The app registers its service worker by this name, and does not start without one.
  cpSync(join(here, "node_modules/hydrogen-view-sdk/lib-build/sw.js"), join(files, "sw.js"));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(files, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
    rmSync(files, { recursive: true, force: true });
  };
  return { url: `http://localhost:${server.address().port}`, stop };
}

export class Hydrogen {
  /// The one that the app used last.
  accessToken;

  static async start() {
    const hydrogen = new Hydrogen();
    hydrogen.files = await serve();
    hydrogen.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      chromiumSandbox: process.getuid() !== 0,
      args: ["--disable-background-networking", "--disable-component-update", "--disable-quic"],
    });
    hydrogen.page = await hydrogen.browser.newPage();
    hydrogen.page.setDefaultTimeout(20_000);
    hydrogen.page.on("request", (request) => {
      const { authorization } = request.headers();
      hydrogen.accessToken = authorization?.replace("Bearer ", "") ?? hydrogen.accessToken;
    });
    return hydrogen;
  }

  async stop() {
    await this.browser?.close();
    this.files?.stop();
  }

  /// Fills in the first screen. Whether that signs in shows on the next one.
  async signIn(homeserver, user, password) {
    const { page } = this;
    await page.goto(`${this.files.url}/?server=${encodeURIComponent(homeserver)}`);
    await page.locator("#username").fill(user);
    await page.locator("#password").fill(password);
    await page.getByRole("button", { name: "Log In", exact: true }).click();
  }

  async open(name) {
    await this.page.locator(".RoomList").getByText(name, { exact: true }).click();
  }

  /// Away from whatever room is open.
  async openSettings() {
    await this.page.locator(".LeftPanel a.settings").click();
    await this.page.locator(".Settings").waitFor();
  }

  /// The number beside the room in the list of rooms.
  unread(name) {
    return this.page.locator(".RoomList li", { hasText: name }).locator(".badge");
  }

  async accept(name) {
    await this.open(name);
    await this.page.getByRole("button", { name: "Accept" }).click();
    await this.#composer.waitFor();
  }

  async send(text) {
    await this.#composer.fill(text);
    await this.#composer.press("Enter");
  }

  /// What stands in the open room's timeline for an event.
  event(id) {
    return this.page.locator(`.Timeline [data-event-id="${id}"]`);
  }

  async choose(id, option) {
    await this.event(id).hover();
    await this.event(id).locator(".Timeline_messageOptions").click();
    await this.page.locator(".menu").getByRole("button", { name: option }).click();
  }

  /// Scrolls up until the event is there, and answers the messages that are shown by then.
  async scrollBackTo(id) {
    await until(async () => {
      await this.page.locator(".Timeline_scroller").evaluate((timeline) => timeline.scrollTo(0, 0));
      return (await this.event(id).count()) > 0;
    });
    return this.page
      .locator(".Timeline_message")
      .evaluateAll((messages) => messages.map((one) => one.dataset.eventId));
  }

  async signOut() {
    await this.openSettings();
    await this.page.getByText("Log out", { exact: true }).click();
    await this.page.locator(".LogoutScreen").getByRole("button", { name: "Log out" }).click();
    await this.page.locator(".SessionPickerView").waitFor();
  }

  get #composer() {
    return this.page.locator(".MessageComposer_input textarea");
  }
}
