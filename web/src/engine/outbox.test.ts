import { beforeEach, expect, test } from "vitest";
import type { Enclosures } from "./enclosures";
import { mediaCalls } from "./mediaCalls";
import { Outbox, type Letter, type OutboxWorld } from "./outbox";
import type { Asked } from "./protocol";
import { Refusal, type ProblemCode } from "./words";

/** A server that keeps one event per transaction id, behind a network that can fail. */
class Ward implements OutboxWorld {
  kept: Letter[] = [];
  readonly arrivedTxns: string[] = [];
  readonly events = new Map<string, string>();
  failWith: ProblemCode | null = null;
  loseAnswer = false;
  tries = 0;
  #later: (() => void)[] = [];

  record = {
    load: () => Promise.resolve(structuredClone(this.kept)),
    keep: (letters: Letter[]) => Promise.resolve(void (this.kept = structuredClone(letters))),
  };

  send = (letter: Letter) => {
    this.tries++;
    if (this.failWith) return Promise.reject(refusal(this.failWith));
    const known = this.events.get(letter.txnId);
    if (!known) {
      this.events.set(letter.txnId, `$${this.events.size}`);
      this.arrivedTxns.push(letter.txnId);
    }
    if (this.loseAnswer) return Promise.reject(refusal("offline"));
    return Promise.resolve({ eventId: this.events.get(letter.txnId) ?? "" });
  };

  changed = () => {};
  later = (_: number, work: () => void) => void this.#later.push(work);
  now = () => 1;

  async time() {
    const due = this.#later;
    this.#later = [];
    for (const work of due) work();
    await settled();
  }
}

const refusal = (code: ProblemCode) => new Refusal({ code, sentence: code });
const settled = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};
const text = (txnId: string, roomId = "!a") => ({
  txnId,
  roomId,
  type: "m.room.message",
  content: { body: txnId },
});

let ward: Ward;
let outbox: Outbox;

beforeEach(() => {
  ward = new Ward();
  outbox = new Outbox(ward);
});

test("a message is sealed before it is sent", async () => {
  await outbox.put(text("t1"));
  expect(ward.kept.map((l) => l.txnId)).toEqual(["t1"]);
  expect(ward.tries).toBe(0);
});

// @Hazard("H03")
test("what was typed with no network goes once and in order when it is back", async () => {
  for (const id of ["t1", "t2", "t3"]) await outbox.put(text(id));
  outbox.open();
  await settled();
  expect(ward.arrivedTxns).toEqual(["t1", "t2", "t3"]);
  expect(ward.kept).toEqual([]);
  expect(outbox.of("!a").map((l) => l.state)).toEqual(["sent", "sent", "sent"]);
});

test("a lost answer does not make two messages", async () => {
  outbox.open();
  ward.loseAnswer = true;
  await outbox.put(text("t1"));
  await settled();
  expect(outbox.of("!a")[0]?.state).toBe("waiting");
  ward.loseAnswer = false;
  await ward.time();
  expect(ward.tries).toBe(2);
  expect(ward.events.size).toBe(1);
  expect(outbox.of("!a")[0]?.state).toBe("sent");
});

test("after a restart the same message goes under the same id", async () => {
  outbox.open();
  ward.loseAnswer = true;
  await outbox.put(text("t1"));
  await settled();
  ward.loseAnswer = false;
  const again = new Outbox(ward);
  await again.restore();
  again.open();
  await settled();
  expect(ward.events.size).toBe(1);
  expect(again.counts()).toEqual({ waiting: 0, failed: 0 });
});

test("a refused message stays, says why, and does not hold up the next", async () => {
  outbox.open();
  ward.failWith = "refused";
  await outbox.put(text("t1"));
  await settled();
  ward.failWith = null;
  await outbox.put(text("t2"));
  await settled();
  expect(outbox.of("!a").map((l) => [l.state, l.problem?.code])).toEqual([
    ["failed", "refused"],
    ["sent", undefined],
  ]);
  await outbox.retry("t1");
  await settled();
  expect(ward.arrivedTxns).toEqual(["t2", "t1"]);
});

test("a network that is away holds the order, another room is not held", async () => {
  outbox.open();
  ward.failWith = "offline";
  await outbox.put(text("t1"));
  await outbox.put(text("t2"));
  await outbox.put(text("u1", "!b"));
  await settled();
  ward.failWith = null;
  await ward.time();
  expect(ward.arrivedTxns.filter((t) => t.startsWith("t"))).toEqual(["t1", "t2"]);
  expect(ward.arrivedTxns).toContain("u1");
});

test("a message that waits can be taken out, one that is gone cannot", async () => {
  await outbox.put(text("t1"));
  expect(await outbox.cancel("t1")).toBe(true);
  expect(ward.kept).toEqual([]);
  outbox.open();
  await outbox.put(text("t2"));
  await settled();
  expect(await outbox.cancel("t2")).toBe(false);
});

test("a second tap on send with the same id is one message", async () => {
  await outbox.put(text("t1"));
  await outbox.put(text("t1"));
  expect(outbox.of("!a")).toHaveLength(1);
});

test("half a way that is done is not done again, and what went with a message goes when it has gone", async () => {
  const left: string[] = [];
  const uploads: string[] = [];
  const send = ward.send;
  Object.assign(ward, {
    left: (letter: Letter) => Promise.resolve(void left.push(letter.txnId)),
    send: async (letter: Letter, note: (content: Letter["content"]) => Promise<void>) => {
      if (!letter.content["url"]) {
        uploads.push(letter.txnId);
        await note({ ...letter.content, url: "there" });
      }
      return send(letter);
    },
  });
  outbox.open();
  ward.loseAnswer = true;
  await outbox.put({ ...text("t1"), enclosed: { slot: 0 } });
  await settled();
  expect(ward.kept[0]?.content["url"]).toBe("there");
  expect(left).toEqual([]);
  ward.loseAnswer = false;
  const again = new Outbox(ward);
  await again.restore();
  again.open();
  await settled();
  expect(uploads).toEqual(["t1"]);
  expect(ward.events.size).toBe(1);
  expect(left).toEqual(["t1"]);

  again.close();
  await again.put({ ...text("t2"), enclosed: { slot: 1 } });
  expect(await again.cancel("t2")).toBe(true);
  expect(left).toEqual(["t1", "t2"]);
});

test("when the room's copy has come the letter is gone, whichever comes first", async () => {
  outbox.open();
  await outbox.put(text("t1"));
  await settled();
  outbox.arrived("t1", "$0");
  expect(outbox.of("!a")).toEqual([]);
  const send = ward.send;
  ward.send = async (letter) => {
    const answer = await send(letter);
    outbox.arrived(letter.txnId, answer.eventId);
    return answer;
  };
  await outbox.put(text("t2"));
  await settled();
  expect(outbox.of("!a")).toEqual([]);
});

const rewritten = (content: Record<string, unknown>) => ({ ...content, body: "better" });

test("what has never been tried can be rewritten, also after the phone was locked", async () => {
  await outbox.put(text("t1"));
  const again = new Outbox(ward);
  await again.restore();
  expect(await again.rewrite("t1", rewritten)).toBe(true);
  expect(ward.kept[0]?.content).toEqual({ body: "better" });
  again.open();
  await settled();
  expect(ward.arrivedTxns).toEqual(["t1"]);
});

test("what may have arrived cannot be rewritten: the server would answer with the old words", async () => {
  outbox.open();
  ward.loseAnswer = true;
  await outbox.put(text("t1"));
  await settled();
  expect(await outbox.rewrite("t1", rewritten)).toBe(false);
  const again = new Outbox(ward);
  await again.restore();
  expect(await again.rewrite("t1", rewritten)).toBe(false);
  expect(await again.rewrite("unknown", rewritten)).toBe(false);
});

test("what was refused can be rewritten, and goes", async () => {
  outbox.open();
  ward.failWith = "bad_input";
  await outbox.put(text("t1"));
  await settled();
  ward.failWith = null;
  expect(await outbox.rewrite("t1", rewritten)).toBe(true);
  await settled();
  expect(ward.arrivedTxns).toEqual(["t1"]);
});

test("a picture's place is given back once, though the echo comes later: the next one has it by then", async () => {
  const left: string[] = [];
  Object.assign(ward, {
    left: (letter: Letter) => Promise.resolve(void left.push(letter.txnId)),
  });
  outbox.open();
  await outbox.put({ ...text("t1"), enclosed: { slot: 0 } });
  await settled();
  outbox.arrived("t1", "$0");
  await settled();
  expect(left).toEqual(["t1"]);
});

// @Hazard("H16")
test("an urgent message waits neither for a picture's upload nor for a pause, and goes before others", async () => {
  const send = ward.send;
  ward.send = (letter) => (letter.txnId === "photo" ? new Promise(() => {}) : send(letter));
  const urgent = { urgentId: "u1", people: [] };
  outbox.open();
  await outbox.put({ ...text("photo"), enclosed: { slot: 0 } });
  ward.failWith = "offline";
  await outbox.put(text("b1", "!b"));
  await settled();
  ward.failWith = null;
  await outbox.put({ ...text("urgent-1"), urgent });
  await settled();
  expect(ward.arrivedTxns).toContain("urgent-1");

  const again = new Outbox(ward);
  await again.put(text("c1", "!c"));
  await again.put({ ...text("urgent-2", "!c"), urgent });
  again.open();
  await settled();
  expect(ward.arrivedTxns.slice(-2)).toEqual(["urgent-2", "c1"]);
});

test("what could not be kept is given back and does not go; the next is kept and goes", async () => {
  const { keep } = ward.record;
  const full = () => Promise.reject(new Error("full"));
  outbox.open();
  ward.record.keep = full;
  await expect(outbox.put(text("t1"))).rejects.toThrow("full");
  expect(outbox.of("!a")).toEqual([]);
  ward.record.keep = keep;
  await outbox.put(text("t2"));
  await settled();
  expect(ward.arrivedTxns).toEqual(["t2"]);
  expect(ward.kept).toEqual([]);
});

test("a picture whose message could not be kept gives its place back", async () => {
  const left: unknown[] = [];
  const enclosed = { slot: 0 };
  const enclosures = {
    keep: () => Promise.resolve({ enclosed, file: {} }),
    left: (letter: unknown) => Promise.resolve(void left.push(letter)),
  } as unknown as Enclosures;
  const about = { getContent: () => ({ kind: "clinical" }) };
  const client = { getRoom: () => ({ currentState: { getStateEvents: () => about } }) } as never;
  ward.record.keep = () => Promise.reject(new Error("full"));
  const photo: unknown = { roomId: "!a", txnId: "t1", picture: new Uint8Array(1), facts: {} };
  const api = {} as never;
  const { sendPhoto } = mediaCalls({ client, api, outbox, enclosures, use: () => null });
  await expect(sendPhoto(photo as Asked<"sendPhoto">)).rejects.toThrow("full");
  expect(left).toEqual([{ enclosed }]);
});

// @Rule("G13")
test("what the policy does not let go with a message here is refused before it is kept", async () => {
  const kept: number[] = [];
  const enclosures = {
    keep: (bytes: Uint8Array) => {
      kept.push(bytes.length);
      return Promise.resolve({ enclosed: { slot: 0 }, file: {} });
    },
  } as unknown as Enclosures;
  const about = { getContent: () => ({ kind: "social" }) };
  const client = { getRoom: () => ({ currentState: { getStateEvents: () => about } }) } as never;
  const use = { nudge: "ask", approvedFor: {}, notFor: {}, voice: false, files: false } as const;
  const calls = mediaCalls({ client, api: {} as never, outbox, enclosures, use: () => use });
  const bytes = new Uint8Array(3);
  const asked = { roomId: "!a", txnId: "t1" };
  const voice = { ...asked, sound: bytes, mime: "audio/mp4", text: "", ms: 1, levels: [] };
  await expect(calls.sendVoice(voice)).rejects.toThrow("Voice notes are not sent");
  await expect(calls.sendFile({ ...asked, file: bytes, name: "a" })).rejects.toThrow("Files are");
  expect([kept, outbox.of("!a").length]).toEqual([[], 0]);
  const allowed = mediaCalls({
    client,
    api: {} as never,
    outbox,
    enclosures,
    use: () => ({ ...use, voice: true }),
  });
  await allowed.sendVoice(voice);
  expect([kept, outbox.of("!a").length]).toEqual([[3], 1]);
});
