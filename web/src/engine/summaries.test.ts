import { beforeEach, expect, test } from "vitest";
import { Summaries } from "./summaries";
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

let sent: string[];
let takenBack: string[];
let summaries: Summaries;

beforeEach(() => {
  sent = [];
  takenBack = [];
  summaries = new Summaries({
    send: ({ txnId }) => {
      sent.push(txnId);
      return Promise.resolve(`$summary${sent.length}`);
    },
    takeBack: (_roomId, eventId) => Promise.resolve(takenBack.push(eventId)),
  });
});

const refusal = (code: "bad_input" | "offline" | "step_up") =>
  new Refusal({ code, sentence: "No." });

test("the same words are sent once, however often signing is tried", async () => {
  expect(await summaries.send(draft)).toBe("$summary1");
  await summaries.refused(draft, refusal("offline"));
  await summaries.refused(draft, refusal("step_up"));
  expect(await summaries.send(draft)).toBe("$summary1");
  await summaries.signed(draft);
  expect(sent).toEqual(["decision-r"]);
  expect(takenBack).toEqual([]);
});

// @Rule("G15")
test("a summary that was refused does not go on standing as decided, and changed words are their own", async () => {
  await summaries.send(draft);
  await summaries.refused(draft, refusal("bad_input"));
  expect(takenBack).toEqual(["$summary1"]);
  expect(await summaries.send(changed)).toBe("$summary2");
  await summaries.signed(changed);
  expect(sent).toEqual(["decision-r", "decision-r-1"]);
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
