import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSession, fakeApp, never, NOW, refusal } from "../../dev/fakeSession";
import { hannah, me } from "../../dev/people";
import { message, room } from "../../dev/rooms";
import type { Member, Task } from "../engine/protocol";
import type { App } from "./app";
import { ConversationModel } from "./conversation";
import { JobsModel, nextTime } from "./jobs";
import { startAtTheList } from "./navigation";
import { RoomListModel } from "./roomList";
import { SearchModel } from "./searching";

let session: FakeSession;
let app: App;

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const asks = (name: string): unknown[] =>
  session.asked.filter((call) => call.name === name).map((call) => call.asked);
const member = (name: string, more: Partial<Member> = {}): Member => ({
  userId: `@${name.split(" ")[0]?.toLowerCase()}:ward`,
  name,
  role: "",
  ward: "",
  standing: "person",
  owner: false,
  own: false,
  ...more,
});

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  const policy = session.live.policy.value;
  if (policy) session.live.policy.value = { ...policy, editSeconds: 900 };
  session.live.rooms.value = [
    room("r1", "Ward 7"),
    room("r2", "Night out", { kind: "social", patientLinked: false }),
    room("r3", "Rota", { kind: "operational", patientLinked: false, muted: true }),
  ];
  session.script = {
    patient: () => null,
    send: () => undefined,
    edit: () => undefined,
    react: () => undefined,
    unreact: () => undefined,
    members: () => [member("Siân Evans"), member("Ben Carter"), member("Me", { own: true })],
  };
});

const opened = (id = "r1") => {
  const model = new ConversationModel(app, id);
  return { model, leave: model.open() };
};

const mine = message(me, 1, "K is 6.1");
const theirs = message(hannah, 1, "Which bed?");

describe("writing about a message", () => {
  it("answers it, once", async () => {
    const { model } = opened();
    model.reply(theirs);
    model.composer.type("Bed 4");
    await model.send();
    expect(asks("send")).toEqual([
      { roomId: "r1", txnId: "id-1", text: "Bed 4", replyTo: theirs.eventId },
    ]);
    expect(model.writing.about.value).toBeNull();
  });

  it("changes it, and gives back what was being written before", async () => {
    const { model } = opened();
    model.composer.type("half a sent");
    model.edit(mine);
    expect(model.composer.text.value).toBe("K is 6.1");
    model.composer.type("K is 5.1");
    await model.send();
    expect(asks("edit")).toEqual([
      { roomId: "r1", txnId: "id-1", eventId: mine.eventId, text: "K is 5.1" },
    ]);
    expect(asks("send")).toEqual([]);
    expect(model.composer.text.value).toBe("half a sent");
  });

  it("leaves the draft alone while an old message is in the box", async () => {
    const { model } = opened();
    model.composer.type("half a sent");
    model.edit(mine);
    model.composer.type("K is 5.1");
    expect(session.drafts.read("r1")).toBe("half a sent");
    const again = new ConversationModel(app, "r1");
    expect(again.composer.text.value).toBe("half a sent");
    await model.send();
    model.composer.type("half a sentence");
    expect(session.drafts.read("r1")).toBe("half a sentence");
  });

  it("gives the draft back when a change is left for an answer", () => {
    const { model } = opened();
    model.composer.type("half a sent");
    model.edit(mine);
    model.reply(theirs);
    expect(model.composer.text.value).toBe("half a sent");
    expect(model.writing.about.value?.is).toBe("reply");
  });

  it("is emptied by an alert only of the words that went with it", () => {
    const { model } = opened();
    model.composer.type("Bed 4 ");
    model.sentUrgent("Alerting now", "Bed 5");
    expect(model.composer.text.value).toBe("Bed 4 ");
    model.sentUrgent("Alerting now", "Bed 4");
    expect(model.composer.text.value).toBe("");
  });

  it("stops changing without a trace", () => {
    const { model } = opened();
    model.edit(mine);
    model.stopWriting();
    expect(model.composer.text.value).toBe("");
    expect(model.writing.about.value).toBeNull();
  });

  it("offers a change to the author for a quarter of an hour", () => {
    const { model } = opened();
    expect(model.canEdit(mine)).toBe(true);
    expect(model.canEdit(theirs)).toBe(false);
    expect(model.canEdit({ ...mine, ts: NOW - 900_000 })).toBe(false);
    expect(model.canEdit({ ...mine, eventId: null })).toBe(false);
  });

  it("offers the people of the conversation after an @, however they are spelt", async () => {
    const { model } = opened();
    const { writing, composer } = model;
    writing.offered("@s");
    await settle();
    expect(writing.offered("Can @sian").map((one) => one.name)).toEqual(["Siân Evans"]);
    expect(writing.offered("Can @ev").map((one) => one.name)).toEqual(["Siân Evans"]);
    expect(writing.offered("mail me@be")).toEqual([]);
    expect(writing.offered("@me")).toEqual([]);
    const [sian] = writing.offered("Can @sian");
    if (sian) composer.type(`${writing.named("Can @sian", sian)}look?`);
    expect(composer.text.value).toBe("Can @Siân Evans look?");
    await model.send();
    expect(asks("send")).toMatchObject([
      { mentions: [{ userId: "@siân:ward", name: "Siân Evans" }] },
    ]);
  });

  it("puts a sign on it and takes it off again", async () => {
    const { model } = opened();
    await model.react(theirs, "👍");
    expect(asks("react")).toMatchObject([{ eventId: theirs.eventId, key: "👍" }]);
    const signed = { ...theirs, reactions: [{ key: "👍", people: ["Me"], mine: "$sign" }] };
    await model.react(signed, "👍");
    expect(asks("unreact")).toEqual([{ roomId: "r1", eventId: "$sign" }]);
    const onItsWay = { ...theirs, reactions: [{ key: "👍", people: ["Me"], mine: "" }] };
    await model.react(onItsWay, "👍");
    expect(session.asked.filter((call) => /react/.test(call.name))).toHaveLength(2);
  });
});

describe("the question whether this is the right place", () => {
  it("is asked once when somebody comes from clinical to social within seconds", async () => {
    opened("r1").leave();
    const { model } = opened("r2");
    model.composer.type("See you at 8");
    await model.send();
    expect(model.wrongPlace.value).toMatchObject({ to: "Night out", from: "Ward 7" });
    expect(asks("send")).toEqual([]);
    expect(model.composer.text.value).toBe("See you at 8");
    await model.answerPlace(true);
    expect(asks("send")).toHaveLength(1);
    model.composer.type("And again");
    await model.send();
    expect(asks("send")).toHaveLength(2);
  });

  it("is asked the other way round only when something was half written there", async () => {
    opened("r2").leave();
    const plain = opened("r1").model;
    plain.composer.type("Bed 4 is ready");
    await plain.send();
    expect(plain.wrongPlace.value).toBeNull();
    session.drafts.write("r2", "See y");
    opened("r2").leave();
    const { model } = opened("r1");
    model.composer.type("ou at 8");
    await model.send();
    expect(model.wrongPlace.value).not.toBeNull();
    await model.answerPlace(false);
    expect(model.composer.text.value).toBe("ou at 8");
  });

  it("is forgotten by the lock, which closes the conversation too", async () => {
    startAtTheList(app.navigation, session);
    opened("r1").leave();
    expect(app.navigation.left?.purpose).toBe("Ward 7");
    const { leave } = opened("r1");
    await session.lock();
    leave();
    expect(app.navigation.left).toBeNull();
  });

  it("is not asked between conversations of one kind", async () => {
    session.live.rooms.value = [room("r1", "Ward 7"), room("r4", "Ward 8")];
    opened("r1").leave();
    const { model } = opened("r4");
    model.composer.type("Bed 4");
    await model.send();
    expect(asks("send")).toHaveLength(1);
  });
});

describe("the list's filters", () => {
  it("shows what is new, muted or of a kind, and says how many", () => {
    session.live.rooms.value = [
      room("r1", "Ward 7", { unread: 2 }),
      room("r2", "Night out", { kind: "social" }),
      room("r3", "Rota", { kind: "operational", muted: true }),
    ];
    const model = new RoomListModel(app, "clinical");
    expect(model.filters.value).toEqual([
      { filter: "all", count: 2 },
      { filter: "unread", count: 1 },
      { filter: "muted", count: 1 },
      { filter: "clinical", count: 1 },
      { filter: "operational", count: 1 },
    ]);
    const shown = () => {
      const state = model.state.value;
      return state.is === "rows" ? state.rows.map((row) => row.roomId) : state.is;
    };
    model.filter.value = "unread";
    expect(shown()).toEqual(["r1"]);
    model.filter.value = "operational";
    expect(shown()).toEqual(["r3"]);
    session.live.rooms.value = [room("r1", "Ward 7")];
    model.filter.value = "muted";
    expect(shown()).toBe("none");
  });
});

describe("jobs", () => {
  const task: Task = {
    taskId: "$t",
    bed: "4",
    job: "Repeat bloods",
    who: "Ben",
    byTs: null,
    done: false,
    by: "Amara",
    ts: NOW,
  };

  it("are added with words that any app can show, and handed over as one note", async () => {
    session.script.tasks = () => ({
      tasks: [task, { ...task, taskId: "$d", job: "Scan", done: true }],
      backTo: NOW,
    });
    session.script.addTask = () => undefined;
    session.script.handOver = () => undefined;
    const model = new JobsModel(app, "r1");
    await model.load();
    await model.add({ bed: "2", job: "ECG", who: "", byTs: null });
    expect(asks("addTask")).toMatchObject([{ words: "Job: Bed 2, ECG" }]);
    expect(model.draftNote()).toBe("Handover. Open:\n• Bed 4, Repeat bloods, for Ben");
    await model.handOver("Handover");
    expect(asks("handOver")).toMatchObject([{ roomId: "r1", note: "Handover" }]);
  });

  it("lead back to the message they were made of, and copy nothing of it", async () => {
    session.script.addTask = () => undefined;
    session.script.tasks = () => ({ tasks: [], backTo: null });
    const task = { bed: "", job: "Repeat bloods", who: "", byTs: null, fromEventId: "$1" };
    await new JobsModel(app, "r1").add(task);
    expect(asks("addTask")).toMatchObject([{ task, words: "Job: Repeat bloods" }]);
  });

  it("are added once they are sealed, however long the list takes", async () => {
    session.script.tasks = () => never();
    session.script.addTask = () => undefined;
    const adding = new JobsModel(app, "r1").add({ bed: "", job: "ECG", who: "", byTs: null });
    expect(await Promise.race([adding, settle()])).toBe(true);
  });

  it("send a note once, and a changed one as another", async () => {
    session.script.handOver = () => refusal("offline");
    const model = new JobsModel(app, "r1");
    await model.handOver("Bed 4 is well");
    await model.handOver("Bed 4 is well");
    session.script.handOver = () => undefined;
    await model.handOver("Bed 4 is unwell");
    await model.handOver("Bed 4 is unwell");
    const ids = (asks("handOver") as { txnId: string }[]).map((one) => one.txnId);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it("have a time that is the next one of that name", () => {
    const at = new Date(2026, 10, 22, 14, 8).getTime();
    expect(nextTime("", at)).toBeNull();
    expect(nextTime("later", at)).toBeUndefined();
    expect(nextTime("14:30", at)).toBe(new Date(2026, 10, 22, 14, 30).getTime());
    expect(nextTime("830", at)).toBe(new Date(2026, 10, 23, 8, 30).getTime());
  });

  it("is by the clock on the wall the next morning too, when clocks change in the night", () => {
    vi.stubEnv("TZ", "Europe/London");
    try {
      const evening = new Date(2026, 9, 24, 22, 0).getTime();
      expect(evening).toBe(Date.UTC(2026, 9, 24, 21, 0));
      expect(nextTime("06:30", evening)).toBe(Date.UTC(2026, 9, 25, 6, 30));
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("search on this phone", () => {
  it("looks a moment after the last letter, and shows nothing of an older question", async () => {
    session.script.findMessages = ({ term }) => ({ found: [], more: false, backTo: term.length });
    const model = new SearchModel(app);
    model.type("p");
    expect(model.state.value.is).toBe("nothing");
    model.type("po");
    model.type("pot");
    await new Promise((done) => setTimeout(done, 300));
    expect(asks("findMessages")).toEqual([{ term: "pot" }]);
    expect(model.state.value).toMatchObject({ is: "found", backTo: 3 });
  });
});
