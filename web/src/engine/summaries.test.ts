import { beforeEach, expect, test } from "vitest";
import { Summaries, type Unsigned } from "./summaries";
import { Refusal, type DecisionDraft } from "./words";

const draft: DecisionDraft = {
  roomId: "!a",
  requestId: "r",
  sourceEventIds: ["$1"],
  pictureEventIds: [],
  summary: "Hold apixaban.",
  decidedTs: 1,
  deciderUserId: "@amara:h",
  adviserUserId: null,
  replaces: null,
  patientVersion: 1,
};
const changed = { ...draft, summary: "Stop apixaban." };

/** The conversation and this phone's sealed list, which outlive a lock. */
let sent: string[];
let takenBack: string[];
let signedIds: Set<string>;
let kept: Unsigned[];
let offline: boolean;
let summaries: Summaries;

const gone = (): Promise<never> => Promise.reject(refusal("offline"));

/** The app is open again: what was in memory is gone. */
async function opened(): Promise<Summaries> {
  let ids = 0;
  const open = new Summaries({
    room: {
      send: ({ txnId }) => {
        if (offline) return gone();
        if (!sent.includes(txnId)) sent.push(txnId);
        return Promise.resolve(`$summary${sent.indexOf(txnId) + 1}`);
      },
      takeBack: (_roomId, eventId) => (offline ? gone() : Promise.resolve(takenBack.push(eventId))),
      find: (_roomId, txnId) =>
        sent.includes(txnId) ? `$summary${sent.indexOf(txnId) + 1}` : null,
      signed: () => signedIds,
    },
    record: {
      load: () => Promise.resolve(structuredClone(kept)),
      keep: (unsigned) => Promise.resolve(void (kept = unsigned)),
    },
    newId: () => `${sent.length}-${ids++}`,
  });
  await open.restore();
  return open;
}

beforeEach(async () => {
  [sent, takenBack, kept] = [[], [], []];
  signedIds = new Set();
  offline = false;
  summaries = await opened();
});

const refusal = (code: "bad_input" | "offline" | "step_up") =>
  new Refusal({ code, sentence: "No." });

test("the same words are sent once, however often signing is tried", async () => {
  expect(await summaries.send(draft)).toBe("$summary1");
  await summaries.refused(draft, refusal("offline"));
  await summaries.refused(draft, refusal("step_up"));
  expect(await summaries.send(draft)).toBe("$summary1");
  await summaries.signed(draft);
  expect(sent).toHaveLength(1);
  expect(takenBack).toEqual([]);
});

// @Rule("G15")
test("a summary that was refused does not go on standing as decided, and changed words are their own", async () => {
  await summaries.send(draft);
  await summaries.refused(draft, refusal("bad_input"));
  expect(takenBack).toEqual(["$summary1"]);
  expect(await summaries.send(changed)).toBe("$summary2");
  await summaries.signed(changed);
  expect(sent).toHaveLength(2);
  expect(takenBack).toEqual(["$summary1"]);
});

test("words that were changed after an answer was lost take the place of the first when they are signed", async () => {
  await summaries.send(draft);
  await summaries.refused(draft, refusal("offline"));
  await summaries.send(changed);
  expect(takenBack).toEqual([]);
  await summaries.signed(changed);
  expect(takenBack).toEqual(["$summary1"]);
});

test("when the first words turn out to have been signed, they stay and the others go", async () => {
  await summaries.send(draft);
  await summaries.refused(draft, refusal("offline"));
  await summaries.send(changed);
  await summaries.refused(changed, refusal("bad_input"));
  expect(takenBack).toEqual(["$summary2"]);
});

test("a phone that locks before the signature takes back what was not signed, once the server has said so", async () => {
  await summaries.send(draft);
  expect(kept).toMatchObject([{ requestId: "r", roomId: "!a", said: [{ eventId: "$summary1" }] }]);
  summaries = await opened();
  offline = true;
  await summaries.settle();
  expect(kept).toHaveLength(1);
  offline = false;
  await summaries.settle();
  expect(takenBack).toEqual(["$summary1"]);
  expect(kept).toEqual([]);
  // Who goes on with the same decision has words of their own in the conversation.
  expect(await summaries.send(draft)).toBe("$summary2");
});

test("what was signed while the phone locked stays, and is forgotten", async () => {
  await summaries.send(draft);
  signedIds.add("$summary1");
  summaries = await opened();
  await summaries.settle();
  expect(takenBack).toEqual([]);
  expect(kept).toEqual([]);
});

test("it is known of before it is sent, and found where the answer was lost", async () => {
  offline = true;
  await summaries.send(draft).catch(() => {});
  expect(kept).toMatchObject([{ said: [{ eventId: null }] }]);
  offline = false;
  expect(await summaries.send(draft)).toBe("$summary1");
  const [{ said: [one] = [] } = { said: [] }] = kept;
  kept = [{ requestId: "r", roomId: "!a", said: [{ ...one!, eventId: null }] }];
  summaries = await opened();
  await summaries.settle();
  expect(takenBack).toEqual(["$summary1"]);
});

test("what somebody goes on with after the lock is not taken from under their hands", async () => {
  await summaries.send(draft);
  summaries = await opened();
  expect(await summaries.send(draft)).toBe("$summary1");
  await summaries.settle();
  expect(takenBack).toEqual([]);
  await summaries.signed(draft);
  expect(kept).toEqual([]);
});

test("nothing is kept of what was signed, refused or given up", async () => {
  for (const end of [
    () => summaries.signed(draft),
    () => summaries.refused(draft, refusal("bad_input")),
    () => summaries.drop(draft),
  ]) {
    await summaries.send(draft);
    expect(kept).toHaveLength(1);
    await end();
    expect(kept).toEqual([]);
  }
});

test("what could not be taken back goes when the network is back", async () => {
  await summaries.send(draft);
  offline = true;
  await summaries.drop(draft);
  expect(takenBack).toEqual([]);
  offline = false;
  await summaries.settle();
  expect(takenBack).toEqual(["$summary1"]);
  expect(kept).toEqual([]);
});
