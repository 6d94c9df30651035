/** One person's phone in the story: a browser of its own, 390 by 844, and what they do with it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import {
  expect,
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  type Locator,
  type Page,
  type Request,
} from "@playwright/test";
import { oneTimeCode, type Server } from "./server";
import { wordsAtRest } from "./wordsAtRest";

const PICTURES = fileURLToPath(new URL("../test-results/screenshots", import.meta.url));
const SCREENS = fileURLToPath(new URL("../../docs/screens", import.meta.url));
/** Well within the two minutes after which the app locks. */
const TOUCHED_EVERY_MS = 20_000;
const GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export class Phone {
  readonly user: string;
  readonly page: Page;
  readonly faults: string[] = [];
  /** Everything that left this phone: addresses and bodies. */
  readonly left: string[] = [];
  /** What it last showed to the server. */
  token = "";
  readonly #context: BrowserContext;
  readonly #server: Server;
  readonly #held: NodeJS.Timeout;

  private constructor(user: string, server: Server, context: BrowserContext, page: Page) {
    this.user = user;
    this.#server = server;
    this.#context = context;
    this.page = page;
    // Nothing of ours is ever put beside the owner's own photos and files (G25).
    page.on("download", () => this.faults.push(`${user}: something was saved on the phone`));
    page.on("pageerror", (error) => this.faults.push(`${user}: ${error.message}`));
    page.on("console", (line) => {
      const told = line.type() === "error" || line.type() === "warning";
      if (told && !isWanted(line, server)) this.faults.push(`${user}: ${line.text()}`);
    });
    context.on("request", (request) => {
      this.left.push(wholeOf(request));
      this.token = request.headers()["authorization"]?.replace("Bearer ", "") ?? this.token;
    });
    this.#held = setInterval(() => void this.#touch(), TOUCHED_EVERY_MS);
  }

  static async of(user: string, server: Server, browser: Browser): Promise<Phone> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      reducedMotion: "reduce",
      locale: "en-GB",
      timezoneId: "Europe/London",
    });
    return Phone.on(context, user, server);
  }

  static async on(context: BrowserContext, user: string, server: Server): Promise<Phone> {
    context.setDefaultTimeout(60_000);
    return new Phone(user, server, context, context.pages()[0] ?? (await context.newPage()));
  }

  /** The same device in somebody else's hands. */
  static next(device: Phone, user: string): Phone {
    return new Phone(user, device.#server, device.#context, device.page);
  }

  /** A phone that can hold passkeys and looks who uses them, as Chromium pretends it. */
  async withPasskeys(): Promise<this> {
    const devtools = await this.#context.newCDPSession(this.page);
    // What Chromium pretends takes a passkey that is only offered in a field, with nobody asked.
    await this.page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
    await devtools.send("WebAuthn.enable");
    await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return this;
  }

  /** A browser that asks its person about notifications, who says yes, and a push service that is not there. */
  async mayBeNotified(endpoint: string): Promise<void> {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const key = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
    const p256dh = Buffer.from(await crypto.subtle.exportKey("raw", key.publicKey));
    const auth = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
    const keys = { p256dh: p256dh.toString("base64url"), auth: auth.toString("base64url") };
    await this.page.addInitScript(
      (held) => {
        let allowed = "default";
        let given: object | null = null;
        Object.defineProperty(Notification, "permission", { get: () => allowed });
        Notification.requestPermission = () => Promise.resolve((allowed = "granted") as "granted");
        const subscription = { toJSON: () => held, unsubscribe: () => Promise.resolve(true) };
        Object.assign(PushManager.prototype, {
          getSubscription: () => Promise.resolve(given),
          subscribe: () => Promise.resolve((given = subscription)),
        });
      },
      { endpoint, keys },
    );
  }

  /** The page's time is ours from now on: `wait` passes it. Nobody touches the phone meanwhile. */
  async leaveAlone(): Promise<void> {
    clearInterval(this.#held);
  }

  async wait(seconds: number): Promise<void> {
    await this.page.clock.fastForward(seconds * 1_000);
  }

  /** The person looks at something else. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  }

  /** How often something was tapped in the app since `countTaps`. */
  async countTaps(): Promise<() => number> {
    let taps = 0;
    await this.page.exposeFunction("tapped", () => void taps++);
    await this.page.addInitScript(() => {
      addEventListener(
        "click",
        (event) => {
          const on = (event.target as Element | null)?.closest("button, a, label");
          if (event.isTrusted && on) (globalThis as unknown as { tapped(): void }).tapped();
        },
        { capture: true },
      );
    });
    return () => taps;
  }

  async close(): Promise<void> {
    clearInterval(this.#held);
    await this.#context.close();
  }

  // ── Where things are ─────────────────────────────────────────────────────────────────────────

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { name });
  }

  field(id: string): Locator {
    return this.page.locator(`#${id}`);
  }

  message(text: string): Locator {
    return this.page.locator("article.message", { hasText: text });
  }

  get patient(): Locator {
    return this.page.locator(".conversation .patient");
  }

  // ── What the person does ─────────────────────────────────────────────────────────────────────

  /** At the app, or at the sign-in that another app sent this person to. */
  async arrive(page = this.#server.url): Promise<void> {
    await this.page.goto(page);
    await expect(this.heading("Sign in")).toBeVisible();
  }

  async typePassword(
    password = this.#server.signIn(this.user).password,
    next = "Enter your code",
  ): Promise<void> {
    await this.field("user").fill(this.user);
    await this.field("password").fill(password);
    await this.button("Continue").click();
    await expect(this.heading(next)).toBeVisible();
  }

  codeNow(aheadMs = 0): string {
    return oneTimeCode(this.#server.signIn(this.user).key, Date.now() + aheadMs);
  }

  /** `aheadMs`: where the code of now may have been used already. */
  async typeCode(aheadMs = 0): Promise<void> {
    await this.field("code").fill(this.codeNow(aheadMs));
    await this.button("Sign in").click();
  }

  /** `afresh`: somebody's who has no longer the phone with their keys. */
  async setUp(passcode: string, keys: "first" | "afresh" = "first"): Promise<void> {
    await expect(this.heading("Set up this phone")).toBeVisible();
    await this.field("passcode").fill(passcode);
    await this.field("again").fill(passcode);
    // Only then can colleagues reach its person.
    const signed = this.#context.waitForEvent("response", {
      predicate: (answer) => answer.url().includes("/keys/signatures/upload") && answer.ok(),
      timeout: 120_000,
    });
    await this.button("Set up this phone").click();
    await this.button("Not now").click({ timeout: 120_000 });
    await expect(this.heading("Clinical")).toBeVisible({ timeout: 120_000 });
    await expect(this.page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
    if (keys === "afresh") await this.startAfresh();
    await signed;
    // A passkey may have been offered for a moment, and what it stood before comes after it.
    if (await this.button("Not now").isVisible()) await this.button("Not now").click();
  }

  /** Their keys are on a phone that they do not have. */
  async startAfresh(): Promise<void> {
    await this.button("It is gone, or opens no more").click();
    await this.button("Start afresh here").click();
  }

  async search(term: string): Promise<void> {
    await this.field("term").fill(term);
    await expect(this.page.locator(".search__found")).toBeVisible();
  }

  async open(purpose: string): Promise<void> {
    await this.page.locator(".list-row", { hasText: purpose }).click();
    await expect(this.page.locator(".not-record")).toBeVisible();
  }

  /** Whether `on` has the focus as soon as `comes` is there: with it, not after it, when somebody may be typing. */
  async focusComesWith(comes: string, on: string): Promise<boolean> {
    return this.page.evaluate(
      ([what, where]) =>
        new Promise<boolean>((resolve) => {
          new MutationObserver((_changes, watching) => {
            if (document.querySelector(what) === null) return;
            watching.disconnect();
            resolve(document.activeElement?.matches(where) === true);
          }).observe(document.body, { childList: true, subtree: true });
        }),
      [comes, on] as const,
    );
  }

  /** The first of the taps that make a decision. */
  async actionsOf(text: string): Promise<void> {
    const name = /^Actions for the message from/;
    await this.message(text).getByRole("button", { name }).click();
  }

  /** The message that a decision was taken in, or the decision itself: what stands lower. */
  decided(text: string): Locator {
    return this.message(text).filter({ hasText: "Decision:" }).last();
  }

  async receiptOf(text: string): Promise<void> {
    await this.decided(text)
      .getByRole("button", { name: /Open receipt/ })
      .click();
  }

  /** As the browser's push service would: what the person is shown then. */
  async isPushed(payload: string): Promise<{ title: string; body: string }[]> {
    await this.#context.grantPermissions(["notifications"]);
    const devtools = await this.#context.newCDPSession(this.page);
    const versions: { registrationId: string }[] = [];
    devtools.on("ServiceWorker.workerRegistrationUpdated", (event) =>
      versions.push(...event.registrations),
    );
    await devtools.send("ServiceWorker.enable");
    await expect.poll(() => versions.length).toBeGreaterThan(0);
    const registrationId = versions[0]?.registrationId ?? "";
    const origin = new URL(this.page.url()).origin;
    await devtools.send("ServiceWorker.deliverPushMessage", {
      origin,
      registrationId,
      data: payload,
    });
    const shown = (): Promise<{ title: string; body: string }[]> =>
      this.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const all = (await registration?.getNotifications()) ?? [];
        all.forEach((one) => one.close());
        return all.map(({ title, body }) => ({ title, body }));
      });
    const seen: { title: string; body: string }[] = [];
    await expect.poll(async () => seen.push(...(await shown()))).toBeGreaterThan(0);
    return seen;
  }

  get receiptSays(): Locator {
    return this.page.locator(".receipt__word");
  }

  async send(text: string): Promise<void> {
    await expect(this.page.locator("dialog")).toHaveCount(0);
    await this.field("message").fill(text);
    await this.button(/^Send to \d+ pe/).click();
    await expect(this.field("message")).toHaveValue("");
  }

  async offline(offline: boolean): Promise<void> {
    await this.#context.setOffline(offline);
  }

  /** Which of the words can be read in what the browser has written down, whatever the key. */
  async holds(words: readonly string[]): Promise<string[]> {
    return this.page.evaluate(wordsAtRest, words).catch(async (problem: unknown) => {
      // A page that was just starting over is asked again once it has.
      if (!/context was destroyed|garbage collected/.test(String(problem))) throw problem;
      await this.page.waitForLoadState();
      return this.page.evaluate(wordsAtRest, words);
    });
  }

  /** Whether the service worker holds a file of this name for when there is no network. */
  async keeps(name: RegExp): Promise<boolean> {
    const kept = await this.page.evaluate(async () => {
      const held = (await caches.keys()).map(async (cache) => (await caches.open(cache)).keys());
      return (await Promise.all(held)).flat().map((request) => request.url);
    });
    return kept.some((url) => name.test(url));
  }

  /** Somebody is there, so the app stays open. By no key: a Shift between two of them makes "$" of "4". */
  async #touch(): Promise<void> {
    await this.page.evaluate(() => dispatchEvent(new Event("wheel"))).catch(() => {});
  }

  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  // ── What is checked of every screen ──────────────────────────────────────────────────────────

  /** Keeps a picture and finds nothing against WCAG 2.2 AA. */
  async screen(name: string): Promise<void> {
    await this.picture(name);
    const { violations } = await new AxeBuilder({ page: this.page })
      // Besides the guidelines: whatever is on a screen is in a part of it that a screen reader can go to.
      .options({ runOnly: GUIDELINES, rules: { region: { enabled: true } } })
      // One page only: a second one would put this one out of sight, and the app covers itself then.
      .setLegacyMode(true)
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.html).join(" ")}`,
    );
    expect.soft(found).toEqual([]);
  }

  /** A screen whose picture is in docs/screens; taken anew with SCREENS=1. */
  async shoot(name: string): Promise<void> {
    await this.screen(name);
    if (process.env["SCREENS"] !== "1") return;
    mkdirSync(SCREENS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENS, `${name}.png`) });
  }

  /** Whether any request so far carried the words, as they are or with other gaps. */
  sent(words: string): boolean {
    const bare = (text: string): string => text.replaceAll(/[\s%+]|%20/g, "").toLowerCase();
    return this.left.some((request) => bare(request).includes(bare(words)));
  }
}

/** What a browser says by itself where the story has no network or loses an answer, or a passcode or password is refused. */
function isWanted(line: ConsoleMessage, { url }: Server): boolean {
  const text = line.text();
  if (!text.startsWith("Failed to load resource")) return false;
  return (
    text.includes("net::ERR_INTERNET_DISCONNECTED") ||
    // Of A18's network. On a connection that was used before the browser asks again itself, and is silent.
    (/net::ERR_(EMPTY_RESPONSE|CONNECTION_RESET)/.test(text) &&
      !line.location().url.startsWith(url)) ||
    (text.includes("403") && line.location().url.endsWith("/share")) ||
    (text.includes("400") && line.location().url.endsWith("/enrol/totp/confirm"))
  );
}

function wholeOf(request: Request): string {
  return `${request.method()} ${request.url()}\n${request.postData() ?? ""}`;
}
