/** WebKit as Debian has it (webkit2gtk-driver, xvfb), driven by WebDriver: iPhones have no other engine. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect } from "@playwright/test";

const DRIVER = "/usr/bin/WebKitWebDriver";
const SCREEN = "/usr/bin/Xvfb";
const BROWSERS = [
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
];
const DISPLAY = ":77";
/** Where that screen is asked: in the file system, or, for who may make no directory there, only by name. */
const SCREEN_SOCKET = "/tmp/.X11-unix/X77";
const SOCKETS = "/proc/net/unix";
const LONGEST_MS = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export function findBrowser(): string | undefined {
  return [DRIVER, SCREEN].every(existsSync) ? BROWSERS.find(existsSync) : undefined;
}

/** <https://www.w3.org/TR/webdriver2/>, the few commands that a story needs. */
export class WebKit {
  readonly #children: ChildProcess[];
  readonly #base: string;
  #session = "";

  private constructor(port: number, children: ChildProcess[]) {
    this.#base = `http://127.0.0.1:${port}`;
    this.#children = children;
  }

  static async open(binary: string, port: number): Promise<WebKit> {
    const environment = {
      ...process.env,
      DISPLAY,
      GDK_BACKEND: "x11",
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      // It cannot make name spaces within a container; the only page it opens is ours.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    };
    const children = [
      spawn(SCREEN, [DISPLAY, "-screen", "0", "1200x900x24"], { stdio: "ignore" }),
      spawn(DRIVER, [`--port=${port}`], { env: environment, stdio: "ignore" }),
    ];
    const webkit = new WebKit(port, children);
    // Both: the driver is up before the screen is.
    const screens = (): string => readFileSync(SOCKETS, "utf8");
    await expect.poll(screens, { timeout: LONGEST_MS }).toContain(SCREEN_SOCKET);
    await expect.poll(() => webkit.#isReady(), { timeout: LONGEST_MS }).toBe(true);
    const options = { binary, args: ["--automation"] };
    const alwaysMatch = { browserName: "MiniBrowser", "webkitgtk:browserOptions": options };
    const session = (await webkit.#ask("POST", "/session", { capabilities: { alwaysMatch } })) as {
      sessionId: string;
    };
    webkit.#session = `/session/${session.sessionId}`;
    return webkit;
  }

  async close(): Promise<void> {
    if (this.#session) await this.#ask("DELETE", this.#session).catch(() => {});
    for (const child of this.#children.toReversed()) child.kill();
  }

  async go(url: string): Promise<void> {
    await this.#ask("POST", `${this.#session}/url`, { url });
  }

  async type(selector: string, text: string): Promise<void> {
    const id = await this.#find(selector);
    await this.#ask("POST", `${this.#session}/element/${id}/value`, { text });
  }

  /** The first one with these words; WebDriver's own click, at its place on the screen. */
  async press(words: string): Promise<void> {
    await this.sees("button", words);
    const id = await this.run(
      "return [...document.querySelectorAll('button, a')].find((one) => one.textContent.trim() === arguments[0]" +
        " || (one.getAttribute('aria-label') ?? '').startsWith(arguments[0]))",
      words,
    );
    await this.#click((id as Record<string, string>)[ELEMENT] ?? "");
  }

  async pressAt(selector: string): Promise<void> {
    await this.#click(await this.#find(selector));
  }

  /** Waits until something that the selector finds has the words in it, or as its label. */
  async sees(selector: string, words: string): Promise<void> {
    const look =
      "return [...document.querySelectorAll(arguments[0])].some((one) =>" +
      " `${one.textContent} ${one.getAttribute('aria-label') ?? ''}`.includes(arguments[1]))";
    await expect
      .poll(() => this.run(look, selector, words), { timeout: LONGEST_MS, message: words })
      .toBe(true);
  }

  async run(script: string, ...args: string[]): Promise<unknown> {
    return this.#ask("POST", `${this.#session}/execute/sync`, { script, args });
  }

  /** Once it stands still: WebDriver clicks at the place where it was. */
  async #click(id: string): Promise<void> {
    let before = "";
    const stands = async (): Promise<boolean> => {
      const now = JSON.stringify(await this.#ask("GET", `${this.#session}/element/${id}/rect`));
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(stands, { timeout: LONGEST_MS, message: "moves on and on" }).toBe(true);
    await this.#ask("POST", `${this.#session}/element/${id}/click`, {});
  }

  async #find(selector: string): Promise<string> {
    let id = "";
    const look = async (): Promise<boolean> => {
      const body = { using: "css selector", value: selector };
      const found = await this.#ask("POST", `${this.#session}/elements`, body);
      id = (found as Record<string, string>[])[0]?.[ELEMENT] ?? "";
      return id !== "";
    };
    await expect.poll(look, { timeout: LONGEST_MS, message: selector }).toBe(true);
    return id;
  }

  async #isReady(): Promise<boolean> {
    return this.#ask("GET", "/status").then(
      (value) => (value as { ready: boolean }).ready,
      () => false,
    );
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.#base + path, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}
