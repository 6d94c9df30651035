import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { FakeVoice } from "../../dev/fakeVoice";
import type { Policy, RoomSummary } from "../engine/protocol";
import type { App } from "./app";
import { Listening } from "./listening";
import { enclosable, minutes, VoiceNoteModel } from "./voiceNote";

let session: FakeSession;
let microphone: FakeVoice;
let app: App;
let model: VoiceNoteModel;
let stayed: number;

beforeEach(() => {
  session = new FakeSession();
  microphone = new FakeVoice();
  stayed = 0;
  session.stayOpen = () => void stayed++;
  const use = { nudge: "warn", approvedFor: {}, notFor: {} } as const;
  session.live.policy.value = {
    ...(session.live.policy.peek() as Policy),
    voiceSeconds: 120,
    fileBytes: 9,
    rooms: { clinical: { ...use, voice: true, files: false }, social: { ...use, voice: false } },
  };
  const made = fakeApp(session);
  const voice = () => Promise.resolve(microphone);
  app = { ...made, surroundings: { ...made.surroundings, voice } };
  model = new VoiceNoteModel(app, "!ward");
});

const sent = () => session.asked.filter((one) => one.name === "sendVoice");

async function spoken(ms = 12_000) {
  await model.press();
  microphone.heard(0.5, ms);
  await model.press();
}

describe("a voice note", () => {
  it("is recorded by two taps, and goes only when its speaker says so", async () => {
    await spoken();
    expect(model.step.value).toBe("check");
    expect([microphone.open, sent().length]).toEqual([0, 0]);
    session.script.sendVoice = () => undefined;
    expect(await model.send()).toBe(true);
    expect(sent()[0]?.asked).toMatchObject({
      roomId: "!ward",
      mime: "audio/webm",
      ms: 12_000,
      text: "Voice note, 0:12",
      levels: [0, 1],
    });
  });

  it("is recorded while the button is held; a tap is not taken for that", async () => {
    await model.press();
    microphone.heard(0.5, 1_900);
    await model.letGo(120);
    expect(model.step.value).toBe("recording");
    await model.letGo(900);
    expect(model.step.value).toBe("check");
  });

  it("ends at the policy's longest, after a warning, and with the page", async () => {
    await model.press();
    microphone.heard(0.5, 109_000);
    expect(model.nearEnd.value).toBe(false);
    microphone.heard(0.5, 111_000);
    expect(model.nearEnd.value).toBe(true);
    microphone.heard(0.5, 120_000);
    await Promise.resolve();
    await Promise.resolve();
    expect([model.step.value, microphone.open]).toEqual(["check", 0]);
    await model.again();
    microphone.heard(0.5, 5_000);
    microphone.ended();
    await Promise.resolve();
    await Promise.resolve();
    expect(model.taken.value?.ms).toBe(5_000);
  });

  it("says when nothing is heard, and that a slip of the finger recorded nothing", async () => {
    await model.press();
    microphone.heard(0, 3_500);
    expect(model.silent.value).toBe(true);
    microphone.heard(0.4, 3_600);
    expect(model.silent.value).toBe(false);
    await model.press();
    await model.again();
    microphone.heard(0.4, 200);
    await model.press();
    expect([model.step.value, model.taken.value]).toEqual(["ready", null]);
    expect(model.error.value).toContain("Nothing was recorded");
  });

  it("counts as use of the phone while somebody speaks, so that the lock does not end it", async () => {
    await model.press();
    for (let ms = 0; ms <= 60_000; ms += 100) microphone.heard(0.5, ms);
    expect(stayed).toBe(12);
  });

  // @Rule("G31")
  it("leaves nothing when it is closed, and no microphone on, however late that one comes", async () => {
    const opening = model.press();
    model.close();
    await opening;
    expect(microphone.open).toBe(0);
    model = new VoiceNoteModel(app, "!ward");
    await spoken();
    model.close();
    expect([model.taken.value, microphone.open, sent().length]).toEqual([null, 0, 0]);
  });

  it("says why the microphone did not open, and is tried again", async () => {
    for (const trouble of ["refused", "none", "in_use", "not_here", "failed"] as const) {
      microphone.trouble = trouble;
      await model.press();
      expect(model.trouble.value).toBe(trouble);
    }
    microphone.trouble = null;
    await model.press();
    expect([model.trouble.value, model.step.value]).toEqual([null, "recording"]);
  });

  it("stays to be sent again when the engine refuses it", async () => {
    session.script.sendVoice = () => refusal("refused", "Voice notes are not sent here.");
    await spoken();
    expect(await model.send()).toBe(false);
    expect([model.error.value, model.step.value]).toEqual([
      "Voice notes are not sent here.",
      "check",
    ]);
  });
});

describe("a voice note that goes wrong", () => {
  it("has an id of its own: what was recorded anew is not taken for what was lost", async () => {
    session.script.sendVoice = () => refusal("unexpected", "The app was locked.");
    await spoken();
    await model.send();
    await model.send();
    await model.again();
    microphone.heard(0.5, 9_000);
    await model.press();
    await model.send();
    const ids = sent().map(({ asked }) => (asked as { txnId: string }).txnId);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });

  it("turns the microphone off and says so when the recorder fails", async () => {
    microphone.failsToStop = true;
    await spoken();
    expect([microphone.open, model.step.value, model.trouble.value]).toEqual([
      0,
      "ready",
      "failed",
    ]);
  });

  it("hears nothing once it is closed", async () => {
    await model.press();
    model.close();
    for (let ms = 0; ms <= 60_000; ms += 100) microphone.heard(0.5, ms);
    expect([stayed, model.ms.value]).toEqual([0, 0]);
  });
});

describe("listening", () => {
  const from = { roomId: "!ward", key: "k" };
  beforeEach(() => {
    session.script.media = () => ({ url: "blob:1", mime: "audio/webm" });
  });

  it("fetches it once, goes on where it was, and ends at its beginning", async () => {
    const one = new Listening(app, from, 10_000);
    one.seek(4_000);
    await one.toggle();
    await one.toggle();
    await one.toggle();
    expect(microphone.deeds.filter((deed) => !deed.startsWith("speed"))).toEqual([
      "blob:1",
      "seek 4000",
      "play",
      "pause",
      "play",
    ]);
    microphone.told(10_000, true);
    expect([one.state.value, one.at.value]).toEqual(["still", 0]);
    one.close();
    expect(microphone.sounds).toBe(0);
  });

  it("is use of the phone for as long as the policy lets anybody speak, and no longer", async () => {
    let now = 0;
    const one = new Listening(
      { ...app, surroundings: { ...app.surroundings, now: () => now } },
      from,
      0,
    );
    await one.toggle();
    for (; now < 3_600_000; now += 250) microphone.told(now, false);
    expect(stayed).toBe(24);
    await one.toggle();
    await one.toggle();
    now += 5_000;
    microphone.told(now, false);
    expect(stayed).toBe(25);
    one.close();
  });

  it("is of one at a time, as fast as the one before", async () => {
    const [first, second] = [new Listening(app, from, 9_000), new Listening(app, from, 9_000)];
    await first.toggle();
    first.faster();
    await second.toggle();
    expect([first.state.value, second.state.value]).toEqual(["still", "playing"]);
    expect([first.speed.value, microphone.deeds.at(-2)]).toEqual([1.5, "speed 1.5"]);
    second.faster();
    second.faster();
    expect(second.speed.value).toBe(1);
    second.close();
  });

  it("says why it cannot be heard", async () => {
    session.script.media = () => refusal("not_found", "There is no such file here.");
    const one = new Listening(app, from, 9_000);
    await one.toggle();
    expect(one.error.value).toBe("There is no such file here.");
    session.script.media = () => ({ url: "blob:1", mime: "audio/webm" });
    microphone.refusesToPlay = true;
    await one.toggle();
    expect([one.state.value, microphone.sounds]).toEqual(["still", 0]);
    expect(one.error.value).toContain("could not play it");
  });
});

describe("what the policy lets go with a message", () => {
  // @Rule("G13")
  it("is nothing where it says nothing", () => {
    const room = (kind: RoomSummary["kind"]) => enclosable(app, { kind } as RoomSummary);
    expect(room("clinical")).toEqual({ voice: true, files: false });
    for (const kind of ["social", "operational", "other"] as const) {
      expect(room(kind)).toEqual({ voice: false, files: false });
    }
    session.live.policy.value = null;
    expect(room("clinical")).toEqual({ voice: false, files: false });
  });
});

it("writes times as clocks do", () => {
  expect([0, 400, 61_000, 600_000].map(minutes)).toEqual(["0:00", "0:00", "1:01", "10:00"]);
});
