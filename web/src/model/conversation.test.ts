import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import { ben, hannah, me, patient } from "../../dev/people";
import { ago, message, room } from "../../dev/rooms";
import type { App } from "./app";
import { ConversationModel } from "./conversation";
import { firstUnreadKey, timelineRows, undoSecondsLeft } from "./timelineRows";

let session: FakeSession;
let app: App;

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const asks = (name: string): unknown[] =>
  session.asked.filter((call) => call.name === name).map((call) => call.asked);

function opened(): ConversationModel {
  const model = new ConversationModel(app, "r1");
  model.open();
  return model;
}

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  session.live.rooms.value = [room("r1", "Medicines advice")];
  session.script = { patient: () => patient, send: () => undefined };
});

describe("the message box", () => {
  it("keeps a draft sealed as it is typed, and starts from it", async () => {
    session.drafts.write("r1", "Half a sent");
    const model = opened();
    expect(model.composer.text.value).toBe("Half a sent");
    model.composer.type("Half a sentence");
    expect(session.drafts.read("r1")).toBe("Half a sentence");
  });

  it("sends once under its own id and is empty again", async () => {
    const model = opened();
    model.composer.type("  K 6.1, please repeat ");
    await model.send();
    expect(asks("send")).toEqual([{ roomId: "r1", txnId: "id-1", text: "K 6.1, please repeat" }]);
    expect(model.composer.text.value).toBe("");
    expect(session.drafts.read("r1")).toBe("");
    expect(model.announcer.spoken.value).toBe("Sent to Medicines advice");
  });

  it("sends nothing when there is nothing but space, or too much", async () => {
    const model = opened();
    model.composer.type("   ");
    await model.send();
    model.composer.type("x".repeat(4001));
    await model.send();
    expect(asks("send")).toEqual([]);
    expect(model.composer.charactersLeft()).toBe(-1);
  });

  it("gives back what was typed when it could not be kept", async () => {
    session.script.send = () => refusal("unexpected", "The phone is full.");
    const model = opened();
    model.composer.type("Bed 4 is ready");
    await model.send();
    expect(model.composer.text.value).toBe("Bed 4 is ready");
    expect(model.composer.error.value).toContain("The phone is full.");
  });
});

describe("the nudge", () => {
  it("asks nobody: no call is made while somebody types", async () => {
    const model = opened();
    await model.composer.checked;
    await settle();
    const before = session.asked.length;
    for (const text of ["999", "999 390", "999 390 9963"]) model.composer.type(text);
    expect(model.composer.nudge.value?.shown.value?.kinds).toEqual(["nhs-number"]);
    await settle();
    expect(session.asked.length).toBe(before);
  });

  it("knows the linked patient's name once the banner is there", async () => {
    const model = opened();
    await model.composer.checked;
    model.composer.type("Mrs Llewellyn is back");
    await settle();
    expect(model.composer.nudge.value?.shown.value?.sentence).toBe(
      "This looks like the patient’s name. Do you need it?",
    );
  });

  it("replaces with one tap", async () => {
    const model = opened();
    await model.composer.checked;
    await settle();
    model.composer.type("Mrs Llewellyn, NHS 999 390 9963, is back");
    model.composer.nudge.value?.replace();
    expect(model.composer.text.value).toBe("The patient, is back");
    expect(model.composer.nudge.value?.shown.value).toBeNull();
  });

  it("keeps with one tap, and asks again about something else", async () => {
    const model = opened();
    await model.composer.checked;
    model.composer.type("Check 999 390 9963");
    model.composer.nudge.value?.keep();
    expect(model.composer.nudge.value?.shown.value).toBeNull();
    model.composer.type("Check 999-390-9963 today");
    expect(model.composer.nudge.value?.shown.value).toBeNull();
    model.composer.type("Check 999-390-9963 today, born 3/7/41");
    expect(model.composer.nudge.value?.shown.value?.kinds).toEqual(["birth-date"]);
  });

  it("forgets what was kept when the message has gone", async () => {
    const model = opened();
    await model.composer.checked;
    model.composer.type("Check 999 390 9963");
    model.composer.nudge.value?.keep();
    await model.send();
    model.composer.type("Check 999 390 9963");
    expect(model.composer.nudge.value?.shown.value).not.toBeNull();
  });
});

describe("the timeline", () => {
  it("is loading until the engine answers, then empty or filled, or says what failed", async () => {
    session.script.openRoom = () => refusal("server");
    const model = opened();
    expect(model.timeline.value.is).toBe("loading");
    await settle();
    expect(model.timeline.value.is).toBe("failed");
    session.script.openRoom = () => undefined;
    await model.load();
    session.live.timeline.value = { roomId: "r1", items: [], canPaginate: false, loaded: true };
    expect(model.timeline.value.is).toBe("empty");
    session.live.timeline.value = {
      roomId: "r1",
      items: [message(hannah, 2, "Yes")],
      canPaginate: false,
      loaded: true,
    };
    expect(model.timeline.value.is).toBe("rows");
  });

  it("fetches what this phone has let go of; without a network it says why nothing is there", async () => {
    const { live } = session;
    live.connection.value = "Offline";
    live.timeline.value = { roomId: "r1", items: [], canPaginate: true, loaded: true };
    const model = opened();
    await settle();
    expect(model.timeline.value.is).toBe("letGo");
    expect(asks("paginate")).toEqual([]);
    session.script.paginate = () => {
      const items = [message(hannah, 2, "Yes")];
      live.timeline.value = { roomId: "r1", items, canPaginate: false, loaded: true };
      return { more: false };
    };
    live.connection.value = "Connecting";
    expect(model.timeline.value.is).toBe("loading");
    live.connection.value = "Up to date";
    await settle();
    expect(asks("paginate")).toEqual([{ roomId: "r1" }]);
    expect(model.timeline.value.is).toBe("rows");
  });

  it("says so when they cannot be fetched, and tries again when asked", async () => {
    const few = { roomId: "r1", items: [], canPaginate: true, loaded: true };
    session.live.timeline.value = few;
    session.script.paginate = () => refusal("server");
    const model = opened();
    await settle();
    expect(model.timeline.value.is).toBe("failed");
    session.script.openRoom = () => undefined;
    session.script.paginate = () => {
      session.live.timeline.value = { ...few, canPaginate: false };
      return { more: false };
    };
    await model.load();
    expect(model.timeline.value.is).toBe("empty");
  });

  it("fetches no older ones while there are enough to scroll", async () => {
    const items = Array.from({ length: 8 }, (_, i) => message(hannah, 20 - i, `${i}`));
    session.live.timeline.value = { roomId: "r1", items, canPaginate: true, loaded: true };
    opened();
    await settle();
    expect(asks("paginate")).toEqual([]);
  });

  it("shows nothing of another room", () => {
    const model = opened();
    session.live.timeline.value = {
      roomId: "r2",
      items: [message(hannah, 2, "Yes")],
      canPaginate: false,
      loaded: true,
    };
    expect(model.timeline.value.is).toBe("loading");
    expect(model.items.value).toEqual([]);
  });

  it("names the day once and a person once in a few minutes", () => {
    const items = [
      message(hannah, 60 * 25, "a"),
      message(hannah, 12, "b"),
      message(hannah, 11, "c"),
      message(ben, 10, "d"),
      message(ben, 4, "e"),
    ];
    const rows = timelineRows(items, NOW, null);
    expect(rows.map((row) => row.day)).toEqual(["Yesterday", "Today", null, null, null]);
    expect(rows.map((row) => row.follows)).toEqual([false, false, true, false, false]);
  });

  it("marks where the new messages start, not counting my own", () => {
    const items = [
      message(hannah, 9, "a"),
      message(ben, 8, "b"),
      message(me, 7, "c"),
      message(ben, 6, "d"),
    ];
    expect(firstUnreadKey(items, 2)).toBe(items[1]?.key);
    expect(firstUnreadKey(items, 0)).toBeNull();
  });

  it("tells the server once what has been seen, and never while it is covered", () => {
    const model = opened();
    const items = [message(hannah, 2, "Yes")];
    session.live.timeline.value = { roomId: "r1", items, canPaginate: false, loaded: true };
    session.covered.value = true;
    model.sawLatest();
    expect(asks("markRead")).toEqual([]);
    session.covered.value = false;
    model.sawLatest();
    model.sawLatest();
    expect(asks("markRead")).toEqual([{ roomId: "r1", eventId: items[0]?.eventId }]);
  });

  it("speaks a new message of somebody else, counts many, and is silent about the first paint", () => {
    const model = opened();
    const show = (items: ReturnType<typeof message>[]): void =>
      void (session.live.timeline.value = {
        roomId: "r1",
        items,
        canPaginate: false,
        loaded: true,
      });
    const first = [message(hannah, 9, "Old")];
    show(first);
    expect(model.announcer.spoken.value).toBe("");
    const second = [...first, message(me, 8, "Mine"), message(hannah, 7, "New")];
    show(second);
    expect(model.announcer.spoken.value).toBe("Hannah Whitfield, Pharmacist: New");
    show([...second, ...[1, 2, 3, 4].map((n) => message(ben, 6, `${n}`))]);
    expect(model.announcer.spoken.value).toBe("4 new messages");
  });

  it("asks for older messages once at a time and only while there are any", async () => {
    const model = opened();
    session.script.paginate = () => ({ more: true });
    session.live.timeline.value = {
      roomId: "r1",
      items: [message(hannah, 9, "a")],
      canPaginate: true,
      loaded: true,
    };
    await Promise.all([model.older(), model.older()]);
    expect(asks("paginate").length).toBe(1);
    session.live.timeline.value = { roomId: "r1", items: [], canPaginate: false, loaded: true };
    await model.older();
    expect(asks("paginate").length).toBe(1);
  });
});

describe("undo", () => {
  it("is offered for ten seconds, for my own sent message only", () => {
    const sent = message(me, 0, "x");
    expect(undoSecondsLeft(sent, sent.ts)).toBe(10);
    expect(undoSecondsLeft(sent, sent.ts + 9_500)).toBe(1);
    expect(undoSecondsLeft(sent, sent.ts + 10_000)).toBe(0);
    expect(undoSecondsLeft({ ...sent, eventId: null }, sent.ts)).toBe(0);
    expect(undoSecondsLeft(message(hannah, 0, "x"), ago(0))).toBe(0);
  });

  it("says whether it had been read", async () => {
    const model = opened();
    session.script.undo = () => ({ readBy: 1 });
    await model.undo(message(me, 0, "x"));
    expect(model.note.value).toBe("Taken back, but 1 person had read it.");
    session.script.undo = () => refusal("offline");
    await model.undo(message(me, 0, "x"));
    expect(model.note.value).toContain("could not be taken back");
  });

  it("takes an unsent message out of the outbox, or says that it has gone", async () => {
    const model = opened();
    const waiting = message(me, 0, "x", { eventId: null, delivery: { state: "waiting" } });
    session.script.cancel = () => ({ cancelled: true });
    await model.undo(waiting);
    expect(asks("cancel")).toEqual([{ txnId: waiting.key }]);
    session.script.cancel = () => ({ cancelled: false });
    await model.cancel(waiting);
    expect(model.note.value).toContain("gone already");
  });
});

describe("the patient", () => {
  it("is asked for when linked, again when another is linked, and again after being offline", async () => {
    const model = opened();
    await settle();
    expect(model.patient.state.value.is).toBe("shown");
    session.live.rooms.value = [room("r1", "Medicines advice", { patientVersion: 2 })];
    await settle();
    expect(asks("patient").length).toBe(2);
    session.script.patient = () => refusal("offline");
    session.live.connection.value = "Offline";
    session.live.rooms.value = [room("r1", "Medicines advice", { patientVersion: 3 })];
    await settle();
    expect(model.patient.state.value.is).toBe("failed");
    session.script.patient = () => patient;
    session.live.connection.value = "Up to date";
    await vi.waitFor(() => expect(model.patient.state.value.is).toBe("shown"));
  });

  it("is none in a room without a link, and nobody is asked", () => {
    session.live.rooms.value = [room("r1", "Medicines advice", { patientLinked: false })];
    expect(opened().patient.state.value.is).toBe("none");
    expect(asks("patient")).toEqual([]);
  });
});
