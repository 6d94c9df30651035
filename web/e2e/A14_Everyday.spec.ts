/** What a ward does with messages all day, with somebody else's app on the other side. */
import { expect, test, type Page } from "@playwright/test";
import { OtherApp } from "./otherApp";
import { converse, loginToken } from "./overHttp";
import { Phone } from "./phone";
import { startServer, type Server } from "./server";

const PASSCODE = "493817";
const SIAN = "@sian.evans:lanyard.localhost";
const WARD = "Ward round";
const BEDS = "Bed meeting";
const NIGHT = "Night out";

test.describe.configure({ mode: "serial" });

let server: Server;
let rhian: Phone;
let sian: OtherApp;
const rooms = { clinical: "", operational: "", social: "" };
/** Her question. */
let asked = "";

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  sian = await OtherApp.signedIn(server.url, await loginToken(server, "sian.evans"));
  rhian = await Phone.of("rhian.lloyd", server, browser);
  await rhian.arrive();
  await rhian.typePassword();
  await rhian.typeCode();
  await rhian.setUp(PASSCODE);
  rooms.clinical = await converse(server, rhian.token, {
    kind: "clinical",
    purpose: WARD,
    members: [SIAN],
  });
  rooms.operational = await converse(server, rhian.token, {
    kind: "operational",
    purpose: BEDS,
    members: [SIAN],
  });
  rooms.social = await converse(server, rhian.token, {
    kind: "social",
    purpose: NIGHT,
    members: [SIAN],
  });
});

test.afterEach(async () => {
  if (test.info().status !== test.info().expectedStatus) await rhian?.picture("failed-A14");
});

test.afterAll(async () => {
  sian?.stop();
  await rhian?.close();
  await server?.stop();
});

test("a question is answered, signed, named and changed, and no other app changes it", async () => {
  const { page } = rhian;
  await rhian.open(WARD);
  asked = await sian.sends(rooms.clinical, "m.room.message", said("Which bed?"));
  await expect(rhian.message("Which bed?")).toBeVisible();
  await rhian.actionsOf("Which bed?");
  await rhian.shoot("08-message-actions");
  await rhian.button("React: Agreed").click();
  await sian.sees(rooms.clinical, (event) => event.getRelation()?.key === "👍");

  await rhian.actionsOf("Which bed?");
  await rhian.button("Reply").click();
  await expect(page.getByText("Answering Siân Evans")).toBeVisible();
  await rhian.field("message").pressSequentially("Bed 4 @sia");
  await page.locator(".names__one", { hasText: "Siân Evans" }).click();
  await expect(rhian.field("message")).toHaveValue("Bed 4 @Siân Evans ");
  await rhian.shoot("07-answering");
  await rhian.button(/^Send to \d+ pe/).click();
  const answer = await sian.sees(rooms.clinical, (event) => event.replyEventId === asked);
  expect(answer.getContent()["m.mentions"]).toEqual({ user_ids: [SIAN] });
  expect(answer.getWireType()).toBe("m.room.encrypted");

  const id = answer.getId() ?? "";
  const tick = { rel_type: "m.annotation", event_id: id, key: "✅" };
  await sian.sends(rooms.clinical, "m.reaction", { "m.relates_to": tick });
  const mine = rhian.message("Bed 4 @Siân Evans");
  await expect(mine.getByRole("button", { name: /^Done ?: Siân Evans/ })).toBeVisible();

  await rhian.actionsOf("Bed 4 @Siân Evans");
  const focused = rhian.focusComesWith(".about-bar", "#message");
  await rhian.button(/^Change/).click();
  await expect(rhian.field("message")).toHaveValue("Bed 4 @Siân Evans");
  expect(await focused).toBe(true);
  await rhian.field("message").fill("Bed 14 @Siân Evans");
  await rhian.button(/^Send to \d+ pe/).click();
  await expect(rhian.message("Bed 14")).toContainText("Changed");
  await expect.poll(() => answer.getContent()["body"]).toBe("Bed 14 @Siân Evans");
  const theirs = sian.sends(rooms.clinical, "m.room.message", {
    ...said("* Bed 1"),
    "m.new_content": said("Bed 1"),
    "m.relates_to": { rel_type: "m.replace", event_id: id },
  });
  await expect(theirs).rejects.toThrow(/Only the author/);

  await rhian
    .message("Bed 14")
    .getByRole("button", { name: /^In answer to/ })
    .click();
  await expect(rhian.message("Which bed?").first()).toBeFocused();
  await rhian.shoot("07-answered-and-signed");
});

test("jobs are added, done and handed over as one note on top", async () => {
  const { page } = rhian;
  await rhian.button("Jobs, mute and search").click();
  await rhian.shoot("07-more");
  await rhian.button("Jobs and handover").click();
  await expect(page.getByText("No open jobs")).toBeVisible();
  for (const [job, bed, by] of [
    ["Repeat bloods", "4", "23:59"],
    ["ECG", "14", ""],
  ] as const) {
    await rhian.button("Add a job").click();
    await rhian.field("job").fill(job);
    await rhian.field("bed").fill(bed);
    await rhian.field("by").fill(by);
    await page.locator("dialog").getByRole("button", { name: "Add a job" }).click();
    await expect(page.locator("dialog")).toHaveCount(0);
  }
  // Not `check`: the box goes to what is done, and another stands there.
  await page.getByRole("checkbox", { name: /ECG/ }).click();
  await expect(page.getByText("Done (1)")).toBeVisible();
  await rhian.shoot("21-jobs");
  await rhian.button("Hand over to the next shift").click();
  await expect(rhian.field("note")).toHaveValue(/Repeat bloods/);
  await rhian.shoot("21-handover-note");
  await rhian.button("Send and pin").click();
  const pinned = page.getByRole("button", { name: /^Open the pinned note/ });
  await expect(pinned).toContainText("Handover");
  await rhian.shoot("07-pinned-note");
  const state = await sian.sees(
    rooms.clinical,
    (event) => event.getType() === "m.room.pinned_events",
  );
  const [note] = state.getContent()["pinned"] as string[];
  await sian.sees(rooms.clinical, (event) => event.getId() === note);

  const answer = await sian.sees(rooms.clinical, (event) => event.replyEventId === asked);
  const answerId = answer.getId() ?? "";
  await rhian.actionsOf("Bed 14 @Siân Evans");
  await rhian.button(/^Make a job of it/).click();
  await rhian.field("job").fill("Find a bed");
  await rhian.shoot("21-job-of-a-message");
  await page.locator("dialog").getByRole("button", { name: "Add a job" }).click();
  await expect(page.getByText("Added to the jobs of this conversation.").last()).toBeVisible();
  const job = await sian.sees(
    rooms.clinical,
    (event) => event.getContent()["body"] === "Job: Find a bed",
  );
  expect(job.getContent()["org.lanyard.task"]).toMatchObject({ from_event_id: answerId });
  expect(JSON.stringify(job.getWireContent())).not.toContain(answerId);
  await rhian.button("Jobs, mute and search").click();
  await rhian.button("Jobs and handover").click();
  await rhian.button("Open the message of Find a bed").click();
  await expect(rhian.message("Bed 14 @Siân Evans").first()).toBeFocused();
});

test("before the first messages go their owner answers what of them belongs in the record", async () => {
  const { page } = rhian;
  await serverAsks(page, rooms.clinical);
  await rhian.button("Go to the latest message").click();
  // The first ends the question that the phone has asked already.
  for (const text of ["Still bed 14?", "Or bed 2?"]) {
    await sian.sends(rooms.clinical, "m.room.message", said(text));
    await expect(rhian.message(text)).toBeVisible();
  }
  await expect(page.getByText(/^Messages here go from/)).toBeVisible();
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(page.getByText("If nobody answers, nothing is deleted.")).toBeVisible();
  await rhian.button("Save the answer").click();
  await expect(page.locator("#keep-error")).toHaveText(/Choose an answer/);
  await page.getByText("Record these messages").click();
  await page.getByRole("checkbox", { name: /Which bed/ }).check();
  await expect(page.getByText("1 message chosen")).toBeVisible();
  await rhian.shoot("17-before-messages-go");
  await rhian.offline(true);
  await rhian.button("Save the answer").click();
  await expect(page.getByText(/^Your answer is not saved/)).toBeVisible();
  await rhian.offline(false);
  await rhian.button("Save the answer").click();
  await expect(rhian.heading("Answer saved")).toBeVisible();
  await rhian.shoot("17-answer-saved");
  await page.locator("dialog").getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByText(/^Messages here go from/)).toHaveCount(0);
  const type = "org.lanyard.retention";
  const answer = await sian.sees(rooms.clinical, (event) => event.getType() === type);
  expect(answer.getContent()).toMatchObject({ asks: false, choice: "record_these" });
});

test("kinds stay apart: what may be forwarded, and a question before the wrong place", async () => {
  const { page } = rhian;
  await rhian.button("Back to the list").click();
  await rhian.open(BEDS);
  await rhian.send("Two beds on Maple Ward");
  await rhian.actionsOf("Two beds on Maple Ward");
  await rhian.button("Forward").click();
  await expect(page.locator(".action--not", { hasText: NIGHT })).toContainText(
    "does not go to social",
  );
  await rhian.shoot("08-forward");
  await rhian.button(new RegExp(WARD)).click();
  await expect(page.getByText(`Forwarded to ${WARD}`)).toBeVisible();
  const copy = await sian.sees(
    rooms.clinical,
    (event) => event.getContent()["body"] === "Two beds on Maple Ward",
  );
  expect(copy.getContent()["org.lanyard.forwarded"]).toBe(true);

  await rhian.button("Back to the list").click();
  await rhian.button("Social").click();
  await rhian.open(NIGHT);
  await rhian.field("message").fill("See you at eight");
  await rhian.button(/^Send to \d+ pe/).click();
  await expect(rhian.heading("Is this the right place?")).toBeVisible();
  await expect(page.getByText(`You were in Operational: ${BEDS}.`)).toBeVisible();
  await rhian.shoot("10-wrong-place");
  const useful = page.waitForResponse((answer) => /\/feedback/.test(answer.url()));
  await rhian.button("It helped").click();
  await expect(page.getByText("It is counted for the organisation, never for you.")).toBeVisible();
  expect((await useful).status()).toBe(200);
  await rhian.shoot("10-was-it-any-use");
  await rhian.button("Send here").click();
  await sian.sees(rooms.social, (event) => event.getContent()["body"] === "See you at eight");
});

test("without a network what waits can be read, changed and called off", async () => {
  const { page } = rhian;
  await rhian.offline(true);
  await expect(page.getByText("Offline").first()).toBeVisible();
  await rhian.send("Not this one");
  await rhian.send("Bring the cake");
  await rhian.button("See them").click();
  const one = page.locator(".unsent", { hasText: "Not this one" });
  await one.getByRole("button", { name: "Do not send" }).click();
  await expect(one).toHaveCount(0);
  await rhian.button("Edit").click();
  await page.getByRole("textbox", { name: "Edit" }).fill("Bring two cakes");
  await rhian.button("Save").click();
  await expect(page.locator(".unsent")).toContainText("Bring two cakes");
  await rhian.shoot("26-waiting-to-send");
  await rhian.offline(false);
  await sian.sees(rooms.social, (event) => event.getContent()["body"] === "Bring two cakes");
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
});

test("muted, filtered, and searched on this phone only", async () => {
  const { page } = rhian;
  await rhian.button("Back").click();
  await rhian.button("Jobs, mute and search").click();
  await rhian.button(/^Mute/).click();
  await rhian.button("Back to the list").click();
  await expect(page.locator(".list-row", { hasText: NIGHT })).toContainText("Muted");
  await sian.sends(rooms.social, "m.room.message", said("Which cake?"));
  await expect(page.locator(".list-row", { hasText: NIGHT })).toContainText("1 new");
  await rhian.button("Clinical").click();
  await page.locator(".chip", { hasText: "Operational" }).click();
  await expect(page.locator(".list-row")).toHaveCount(1);
  await rhian.shoot("06-list-filters");
  await page.locator(".chip", { hasText: "All" }).click();

  const before = rhian.left.length;
  await rhian.button("Search this phone").click();
  await rhian.field("words").fill("bed");
  await expect(page.locator(".list-row", { hasText: "Bed 14 @" })).toBeVisible();
  await expect(page.getByText(/^This phone can see back/)).toBeVisible();
  await rhian.shoot("23-search");
  // A word of its own: random names have these three letters in them now and then.
  const asks = rhian.left.slice(before).map((one) => one.replaceAll(/%[\da-f]{2}/gi, " "));
  expect(asks.filter((request) => /\bbed\b/i.test(request))).toEqual([]);
  await page.locator(".list-row", { hasText: "Which bed?" }).click();
  await expect(rhian.message("Which bed?").first()).toBeFocused();
  expect(rhian.faults).toEqual([]);
});

/** As the server does a year later: its next answer to the phone asks the owner. */
async function serverAsks(page: Page, roomId: string): Promise<void> {
  const address = /\/_matrix\/client\/v3\/sync/;
  const content = { asks: true, goes_ts: Date.now() + 28 * 86_400_000 };
  let asked = false;
  await page.context().route(address, async (route) => {
    if (asked) return route.continue();
    const response = await route.fetch({ timeout: 0 });
    const answer = (await response.json()) as Answered;
    const room = answer.rooms?.join?.[roomId];
    if (room) {
      asked = true;
      const about = { event_id: "$asked", origin_server_ts: Date.now(), state_key: "" };
      const sender = "@lanyard:lanyard.localhost";
      const asks = { ...about, type: "org.lanyard.retention", sender, content };
      room.state = { events: [...(room.state?.events ?? []), asks] };
    }
    await route.fulfill({ response, json: answer });
  });
}

interface Answered {
  rooms?: { join?: Record<string, { state?: { events?: object[] } }> };
}

const said = (body: string) => ({ msgtype: "m.text", body });
