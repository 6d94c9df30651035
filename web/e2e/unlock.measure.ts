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
    await rhian.close();
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
