import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { ben, hanna, hannah, priya } from "../../dev/people";
import type { Person } from "../engine/protocol";
import { DirectoryModel, NearChoice } from "./directory";
import { NewConversationModel } from "./newConversation";

let session: FakeSession;
let chosen: Person[];
let model: DirectoryModel;

beforeEach(() => {
  vi.useFakeTimers();
  session = new FakeSession();
  chosen = [];
  model = new DirectoryModel(fakeApp(session), (person) => void chosen.push(person));
  session.script.searchPeople = () => ({ people: [hannah, hanna], limited: true });
  session.script.person = () => ({
    ...hannah,
    nearPeople: [hanna],
    askBecause: "first_contact",
    sharedRoomIds: [],
  });
  return () => vi.useRealTimers();
});

describe("searching", () => {
  it("asks once when typing pauses", async () => {
    for (const term of ["ha", "han", "hann"]) model.type(term);
    await vi.advanceTimersByTimeAsync(300);
    expect(session.asked).toEqual([{ name: "searchPeople", asked: { term: "hann" } }]);
    expect(model.state.value).toMatchObject({ is: "found", limited: true });
  });

  it("asks nothing about one letter", async () => {
    model.type("h");
    await vi.advanceTimersByTimeAsync(300);
    expect(session.asked).toEqual([]);
    expect(model.state.value.is).toBe("idle");
  });

  it("lets a slow answer to an old question go", async () => {
    let answerOld: (value: { people: Person[]; limited: boolean }) => void = () => {};
    session.script.searchPeople = () => new Promise((done) => (answerOld = done));
    model.type("ben");
    await vi.advanceTimersByTimeAsync(300);
    session.script.searchPeople = () => ({ people: [hannah], limited: false });
    model.type("hannah");
    await vi.advanceTimersByTimeAsync(300);
    answerOld({ people: [ben], limited: false });
    await vi.advanceTimersByTimeAsync(1);
    expect(model.state.value).toMatchObject({ is: "found", people: [hannah] });
  });

  it("looks again for a minute while somebody found is not reachable yet", async () => {
    session.script.searchPeople = () => ({ people: [priya], limited: false });
    model.type("hanna");
    await vi.advanceTimersByTimeAsync(5_000);
    session.script.searchPeople = () => refusal("offline");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(model.state.value).toMatchObject({ is: "found", people: [{ reachable: false }] });
    session.script.searchPeople = () => ({
      people: [{ ...priya, reachable: true }],
      limited: false,
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(model.state.value).toMatchObject({ is: "found", people: [{ reachable: true }] });
    const asked = session.asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.asked.length).toBe(asked);
  });

  it("does not ask for ever, nor after it was left", async () => {
    session.script.searchPeople = () => ({ people: [priya], limited: false });
    model.type("hanna");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(session.asked.length).toBe(13);
    model.type("hann");
    await vi.advanceTimersByTimeAsync(300);
    model.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.asked.length).toBe(14);
  });

  it("says nobody, and says what failed", async () => {
    session.script.searchPeople = () => ({ people: [], limited: false });
    model.type("zzz");
    await vi.advanceTimersByTimeAsync(300);
    expect(model.state.value).toEqual({ is: "none", term: "zzz" });
    session.script.searchPeople = () => refusal("offline");
    await model.search();
    expect(model.state.value).toMatchObject({ is: "failed", offline: true });
  });
});

it("shows what was looked for again after somebody's card", async () => {
  const kept = { term: "" };
  const first = new DirectoryModel(fakeApp(session), () => {}, kept);
  first.type("hann");
  first.stop();
  const second = new DirectoryModel(fakeApp(session), () => {}, kept);
  second.begin();
  await vi.advanceTimersByTimeAsync(1);
  expect(second.state.value).toMatchObject({ is: "found", people: [hannah, hanna] });
});

it("says of whoever cannot be reached why, and looks for somebody else of the ward", async () => {
  model.pick(priya);
  expect(chosen).toEqual([]);
  expect(model.unreachable.value).toBe(priya);
  expect(session.asked).toEqual([]);
  model.searchInstead(priya.ward);
  await vi.advanceTimersByTimeAsync(1);
  expect(model.unreachable.value).toBeNull();
  expect(session.asked).toEqual([{ name: "searchPeople", asked: { term: "Haematology" } }]);
  model.pick(ben);
  expect(chosen).toEqual([ben]);
});

describe("a near name", () => {
  it("is never chosen by tapping the row: the cards come first, sorted by ward", async () => {
    await model.near.pick(hannah);
    expect(chosen).toEqual([]);
    const state = model.near.state.value;
    expect(state.is === "choosing" && state.cards.map((card) => card.displayName)).toEqual([
      hanna.displayName,
      hannah.displayName,
    ]);
    expect(state).toMatchObject({ because: "first_contact" });
    model.near.choose(hanna);
    expect(chosen).toEqual([hanna]);
    expect(session.asked.at(-1)).toEqual({ name: "toldApart", asked: { userId: hanna.userId } });
  });

  it("is not asked about again once the two were told apart", async () => {
    await model.near.pick({ ...hannah, ask: false });
    expect(chosen).toHaveLength(1);
    const { script } = session;
    const told = { ...hannah, ask: false, nearPeople: [hanna], sharedRoomIds: [] };
    script.person = () => ({ ...told, askBecause: "not_this_week" });
    await model.near.pick(hannah);
    expect(chosen).toHaveLength(2);
    expect(model.near.state.value.is).toBe("closed");
  });

  it("chooses nobody when the cards are closed or cannot be had", async () => {
    await model.near.pick(hannah);
    model.near.close();
    session.script.person = () => refusal("server");
    await model.near.pick(hannah);
    expect(model.near.state.value.is).toBe("failed");
    expect(chosen).toEqual([]);
  });

  it("does not choose somebody who cannot be reached", () => {
    model.near.choose(priya);
    expect(chosen).toEqual([]);
  });

  it("is not asked about when there is none", async () => {
    await model.near.pick(ben);
    expect(chosen).toEqual([ben]);
    expect(session.asked).toEqual([]);
  });
});

describe("a new conversation", () => {
  it("opens with its people and purpose, the same room for a second tap", async () => {
    const app = fakeApp(session);
    const fresh = new NewConversationModel(app);
    session.script.createConversation = () => refusal("server");
    fresh.add(hannah);
    fresh.add(hannah);
    fresh.choice.value = "Medicines advice";
    await fresh.start();
    session.script.createConversation = () => ({ roomId: "r9" });
    await fresh.start();
    const [first, second] = session.asked.map((call) => call.asked);
    expect(second).toEqual(first);
    expect(second).toMatchObject({
      kind: "clinical",
      purpose: "Medicines advice",
      memberUserIds: [hannah.userId],
    });
    expect(app.navigation.place.value).toEqual({ at: "conversation", roomId: "r9" });
    expect(fresh.people.value).toEqual([]);
  });

  it("is refused without people, without a purpose, and with a patient in its name", async () => {
    const fresh = new NewConversationModel(fakeApp(session));
    await fresh.start();
    expect(fresh.errors.value.map((error) => error.field)).toEqual(["people", "purpose"]);
    fresh.add(hannah);
    fresh.choice.value = "other";
    for (const wrong of ["", "x".repeat(61), "Warfarin 999 390 9963", "Man born 3/7/41"]) {
      fresh.other.value = wrong;
      expect(fresh.check().map((error) => error.field)).toEqual(["other"]);
    }
    fresh.other.value = "Warfarin on ward 7";
    expect(fresh.check()).toEqual([]);
    expect(session.asked).toEqual([]);
  });
});

// @Rule("G26")
it("asks for the reason of the conversation that somebody is chosen for", async () => {
  const choice = new NearChoice(fakeApp(session), () => {}, "r1");
  await choice.pick({ ...hannah, ask: true });
  expect(session.asked.at(-1)).toEqual({
    name: "person",
    asked: { userId: hannah.userId, roomId: "r1" },
  });
});
