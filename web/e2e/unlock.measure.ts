/**
 * From the tap on Unlock to the list, the page's thread at a quarter of its speed (a cheap phone), with a ward's worth
 * of conversations. By passcode it is stretched on the way; by passkey the gesture is made at once; both ways the
 * server is asked for its share.
 */
import { expect, test } from "@playwright/test";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const CONVERSATIONS = 100;
const ROUNDS = 3;
const SLOWER = 4;
const PASSCODE = "493817";

test("unlock to list", async ({ browser }) => {
  const server = await startServer();
  try {
    const amara = await signedIn(await Phone.of("amara.okafor", server, browser));
    await amara.setUp(PASSCODE);
    await amara.close();
    const rhian = await (await Phone.of("rhian.lloyd", server, browser)).withPasskeys();
    await signedIn(rhian);
    await withPasskey(rhian);
    for (let n = 0; n < CONVERSATIONS; n++) await converse(server, rhian, n);
    await expect(
      rhian.page.locator(".list-row", { hasText: `Bed ${CONVERSATIONS}` }),
    ).toBeVisible();
    const devtools = await rhian.page.context().newCDPSession(rhian.page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    // Read by conformance/bench/app.mjs.
    console.log(`unlock to list ${await median(() => unlock(rhian, "Unlock"))} ms`);
    const byPasskey = await median(() => unlock(rhian, "Unlock with your passkey"));
    console.log(`unlock by passkey to list ${byPasskey} ms`);
    const { letter, nudge } = await keystrokes(rhian);
    console.log(`a letter typed ${letter} ms, of which the nudge ${nudge} ms`);
    await rhian.close();
    // Her phone before is gone: the new one starts afresh without a question.
    const headers = { Authorization: `Bearer ${amara.token}` };
    await fetch(`${server.url}/_matrix/client/v3/logout`, { method: "POST", headers });
    const first = await signInToFirstMessage(await Phone.of("amara.okafor", server, browser));
    console.log(`sign-in to first message ${first} ms`);
  } finally {
    await server.stop();
  }
});

/** Of a new phone at full speed, in milliseconds: what the app takes, without what the person types. */
async function signInToFirstMessage(phone: Phone): Promise<number> {
  const { page } = phone;
  let spent = 0;
  const taking = async (name: string | RegExp, until: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    await phone.button(name).click();
    await until();
    spent += performance.now() - began;
  };
  await phone.arrive();
  await phone.typePassword();
  // The code of these thirty seconds may have been used by the phone before.
  await page.waitForTimeout(30_000 - (Date.now() % 30_000));
  await phone.field("code").fill(phone.codeNow());
  await taking("Sign in", () => phone.heading("Set up this phone").waitFor());
  await phone.field("passcode").fill(PASSCODE);
  await phone.field("again").fill(PASSCODE);
  await taking("Set up this phone", () => phone.button("Not now").waitFor());
  const row = page.locator(".list-row").first();
  await taking("Not now", () => row.waitFor());
  await row.click();
  await phone.field("message").fill("First words");
  const sent = phone.message("First words").filter({ hasText: /Sent|Delivered|Read/ });
  await taking(/^Send to \d+ pe/, () => sent.waitFor());
  await phone.close();
  return Math.round(spent);
}

/** As staff type, with a name and a number that the nudge finds on the way. */
const TYPED =
  "Can somebody look at Mrs Barlow in bed 4, NHS 999 390 9963, dob 3/7/41? Sats 88 on 2 l, BP 92/54, given 250 ml stat. ";

/**
 * What typing one letter takes the page's thread, 95 of 100 times: the message box, the nudge, what is drawn anew. And
 * what the nudge alone takes, asked in the page for each beginning of the same text.
 */
async function keystrokes(phone: Phone): Promise<{ letter: number; nudge: number }> {
  await phone.page.locator(".list-row", { hasText: "Bed 7" }).first().click();
  await phone.field("message").fill("Mrs Barlow");
  await expect(phone.page.locator(".nudge").first()).toBeVisible();
  return phone.page.evaluate(typing, TYPED.repeat(2));
}

/** Runs in the page. */
async function typing(text: string): Promise<{ letter: number; nudge: number }> {
  const p95 = (taken: number[]): number =>
    Math.round((taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0) * 10) / 10;
  const box = document.getElementById("message") as HTMLTextAreaElement;
  const { port1, port2 } = new MessageChannel();
  port1.start();
  const turn = (): Promise<void> =>
    new Promise((done) => {
      port1.addEventListener("message", () => done(), { once: true });
      port2.postMessage(null);
    });
  const letters: number[] = [];
  for (let length = 1; length <= text.length; length++) {
    await new Promise((next) => requestAnimationFrame(next));
    const began = performance.now();
    box.value = text.slice(0, length);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    // What it changes is drawn before anything else has its turn.
    await turn();
    letters.push(performance.now() - began);
  }
  type Find = (text: string, context: object) => readonly { kind?: unknown }[];
  const file = performance
    .getEntriesByType("resource")
    .find(({ name }) => /\/assets\/nudge-[^/]*$/.test(name));
  const piece = (await import(file?.name ?? "")) as Record<string, unknown>;
  const context = { today: "2026-11-23", colleagues: ["Amara Okafor"] };
  // The bundler gives its own names: it is the one that finds something.
  const find = Object.values(piece).find((one): one is Find => {
    try {
      return (one as Find)("Mrs Barlow in bed 4", context)[0]?.kind !== undefined;
    } catch {
      return false;
    }
  });
  if (!find) throw new Error("The nudge was not found in its piece.");
  const nudges: number[] = [];
  for (let length = 1; length <= text.length; length++) {
    await new Promise((next) => requestAnimationFrame(next));
    const began = performance.now();
    find(text.slice(0, length), context);
    nudges.push(performance.now() - began);
  }
  return { letter: p95(letters), nudge: p95(nudges) };
}

async function signedIn(phone: Phone): Promise<Phone> {
  await phone.arrive();
  await phone.typePassword();
  await phone.typeCode();
  return phone;
}

async function withPasskey(phone: Phone): Promise<void> {
  await phone.field("passcode").fill(PASSCODE);
  await phone.field("again").fill(PASSCODE);
  await phone.button("Set up this phone").click();
  await phone.button("Make a passkey").click();
  await expect(phone.heading("Shall this phone tell you of new messages?")).toBeVisible();
  await phone.button("Not now").click();
  await expect(phone.page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
}

async function median(work: () => Promise<number>): Promise<number | undefined> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round++) taken.push(await work());
  return taken.sort((a, b) => a - b)[(ROUNDS - 1) / 2];
}

async function converse(server: Server, phone: Phone, n: number): Promise<void> {
  const answer = await fetch(`${server.url}/_lanyard/v1/conversations`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${phone.token}` },
    body: JSON.stringify({
      kind: "clinical",
      purpose: `Bed ${n + 1}`,
      member_user_ids: ["@amara.okafor:lanyard.localhost"],
      request_id: `measure-${n}`,
    }),
  });
  expect(answer.status).toBe(200);
}

/** In milliseconds. */
async function unlock(phone: Phone, by: string): Promise<number> {
  await phone.page.getByRole("button", { name: "Me", exact: true }).click();
  await phone.button("Lock now").click();
  await expect(phone.heading("Lanyard is locked")).toBeVisible();
  if (by === "Unlock") {
    await phone.button("Use the passcode instead").click();
    await phone.field("passcode").fill(PASSCODE);
  }
  return phone.page.evaluate(async (name) => {
    const tap = [...document.querySelectorAll("button")].find(
      (one) => one.textContent?.trim() === name,
    );
    const began = performance.now();
    tap?.click();
    while (document.querySelector(".list-row") === null)
      await new Promise((next) => requestAnimationFrame(next));
    return Math.round(performance.now() - began);
  }, by);
}
