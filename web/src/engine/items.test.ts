import { MatrixEvent } from "matrix-js-sdk";
import { expect, test } from "vitest";
import { itemOf, itemOfLetter, type Reading } from "./items";
import { pruneRedacted } from "./sealedStore";

const me = "@amara:ward";
const reading: Reading = {
  me,
  owner: "@owner:ward",
  sender: (userId) => ({ userId, name: userId.slice(1, 4), role: "", own: userId === me }),
  delivery: () => ({ state: "delivered", people: 1, of: 2 }),
  mark: (id) =>
    id === "$decided" ? { decisionId: "d1", status: "in_record", reference: "ref" } : null,
};

function event(given: Record<string, unknown>) {
  return new MatrixEvent({
    event_id: "$1",
    room_id: "!a",
    sender: "@jo:ward",
    type: "m.room.message",
    origin_server_ts: 7,
    content: { msgtype: "m.text", body: "hello" },
    ...given,
  });
}

const item = (given: Record<string, unknown>) => itemOf(event(given), reading);
const notice = (given: Record<string, unknown>) => {
  const found = item(given);
  return found?.kind === "notice" ? found.notice : found;
};
const member = (userId: string, membership: string, by = userId, before?: string) => ({
  type: "m.room.member",
  state_key: userId,
  sender: by,
  content: { membership },
  unsigned: before ? { prev_content: { membership: before } } : {},
});

test("a colleague's message", () => {
  expect(item({})).toMatchObject({
    kind: "message",
    text: "hello",
    ts: 7,
    delivery: { state: "received" },
    sender: { own: false },
  });
});

test("my own message keeps the key it had in the outbox and says how far it got", () => {
  const own = item({ sender: me, unsigned: { transaction_id: "t1" } });
  expect(own).toMatchObject({ key: "t1", eventId: "$1", delivery: { state: "delivered" } });
});

test("a body that is not text is an empty message, not a crash", () => {
  expect(item({ content: { msgtype: "m.text", body: { evil: true } } })).toMatchObject({
    text: "",
  });
});

test("a message that is a decision's source carries its mark", () => {
  expect(item({ event_id: "$decided" })).toMatchObject({
    decision: { decisionId: "d1", status: "in_record" },
  });
});

test("a decision's summary names the decider", () => {
  const summary = {
    decider_user_id: "@jo:ward",
    decided_ts: 5,
    source_event_ids: ["$0"],
    request_id: "r",
  };
  const content = { msgtype: "m.text", body: "Stop it", "org.lanyard.decision_summary": summary };
  expect(item({ content })).toMatchObject({
    kind: "decision",
    text: "Stop it",
    deciderName: "jo:",
    decidedTs: 5,
    sourceEventIds: ["$0"],
  });
});

test("an edit is applied, not shown by itself", () => {
  const relation = { rel_type: "m.replace", event_id: "$0" };
  expect(item({ content: { body: "* x", "m.relates_to": relation } })).toBeNull();
});

test("a person's redaction hides, the organisation's disposes", () => {
  const gone = (sender: string, id = "$1") =>
    item({
      event_id: id,
      content: {},
      unsigned: { redacted_because: { sender, content: { reason: "in the record" } } },
    });
  expect(gone("@jo:ward")).toMatchObject({ kind: "hidden", by: "jo:", own: false });
  expect(gone("@lanyard:ward", "$decided")).toMatchObject({
    kind: "disposed",
    reason: "in_record",
    sentence: "in the record",
  });
});

test("what went to the wrong person says so in words of the app", () => {
  const content = { reason: "Sent to the wrong person" };
  const unsigned = { redacted_because: { sender: "@lanyard:ward", content } };
  expect(item({ content: {}, unsigned })).toMatchObject({
    kind: "disposed",
    reason: "misdirected",
  });
});

test("who comes and goes", () => {
  expect(notice(member("@jo:ward", "join", "@lanyard:ward"))).toEqual({
    what: "joined",
    who: "jo:",
    by: null,
  });
  expect(notice(member("@jo:ward", "leave", "@jo:ward", "join"))).toEqual({
    what: "left",
    who: "jo:",
  });
  expect(notice(member("@jo:ward", "leave", me, "join"))).toEqual({
    what: "removed",
    who: "jo:",
    by: "ama",
  });
});

test("the custodian is told of apart, the service user and a changed photo not at all", () => {
  expect(notice(member("@records:ward", "join"))).toEqual({ what: "records_joined" });
  expect(item(member("@lanyard:ward", "join"))).toBeNull();
  expect(item(member("@jo:ward", "join", "@jo:ward", "join"))).toBeNull();
});

test("a linked patient is told of, never named", () => {
  const linked = notice({
    type: "org.lanyard.patient",
    state_key: "",
    sender: "@lanyard:ward",
    content: { linked: true, version: 1, by: "@jo:ward" },
  });
  expect(linked).toEqual({ what: "patient_linked", by: "jo:" });
});

test("a decision's way is told of; a status of a later version is not", () => {
  const state = (status: string) => ({
    type: "org.lanyard.decision",
    state_key: "d1",
    content: { status, reference: "R9" },
  });
  expect(notice(state("in_record"))).toEqual({
    what: "decision",
    decisionId: "d1",
    status: "in_record",
    reference: "R9",
  });
  expect(item(state("teleported"))).toBeNull();
});

test("a letter in the outbox looks like the message it will be", () => {
  const letter = {
    txnId: "t1",
    roomId: "!a",
    type: "m.room.message",
    content: { body: "soon" },
    writtenTs: 3,
    state: "waiting" as const,
    eventId: null,
    problem: null,
  };
  expect(itemOfLetter(letter, reading)).toMatchObject({
    key: "t1",
    text: "soon",
    delivery: { state: "waiting" },
    sender: { own: true },
  });
});

test("what was redacted does not stay in the sealed snapshot", () => {
  const message = event({ content: { ciphertext: "AwgA" } }).event;
  const redaction = event({
    event_id: "$2",
    type: "m.room.redaction",
    content: { redacts: "$1" },
  }).event;
  const events = [message, redaction] as Parameters<typeof pruneRedacted>[0];
  pruneRedacted(events);
  expect(events[0]?.content).toEqual({});
  expect(events[0]?.unsigned?.redacted_because).toBe(redaction);
});

test("a conversation is started by its owner, not by the service user that made it", () => {
  const create = { type: "m.room.create", state_key: "", content: {} };
  expect(notice({ ...create, sender: "@lanyard:ward" })).toEqual({ what: "created", by: "own" });
  expect(notice({ ...create, sender: "@jo:ward" })).toEqual({ what: "created", by: "jo:" });
});

test("a query changes a decision without a word in the conversation", () => {
  const queried = {
    type: "org.lanyard.decision",
    state_key: "d1",
    content: { status: "in_record" },
    unsigned: { prev_content: { status: "in_record" } },
  };
  expect(item(queried)).toBeNull();
});

test("everybody sees who reads back and from when", () => {
  const back = (who: string) => ({
    type: "org.lanyard.reads_back",
    state_key: who.slice(1),
    sender: "@lanyard:ward",
    content: { from_ts: 5, from_seq: 2 },
  });
  expect(notice(back(me))).toMatchObject({ what: "reads_back", own: true, fromTs: 5 });
  expect(notice(back("@jo:ward"))).toMatchObject({ what: "reads_back", own: false, fromTs: 5 });
});
