import { expect, test } from "vitest";
import { Receipts } from "./receipts";

const me = "@amara:ward";
const timeline = [
  { eventId: "$1", sender: me },
  { eventId: "$2", sender: me },
  { eventId: "$3", sender: me },
];
const receipt = (eventId: string, type: string, userId: string, ts = 5) => ({
  [eventId]: { [type]: { [userId]: { ts } } },
});

function states(receipts: Receipts, events = timeline) {
  const reach = receipts.reach("!a", events, me);
  return events.map((e) => reach.delivery(e.eventId, 2).state);
}

test("a message nobody has yet is sent", () => {
  expect(states(new Receipts())).toEqual(["sent", "sent", "sent"]);
});

test("a receipt stands for everything before it", () => {
  const receipts = new Receipts();
  receipts.note("!a", receipt("$2", "org.lanyard.delivered", "@jo:ward"));
  receipts.note("!a", receipt("$1", "m.read", "@jo:ward"));
  expect(states(receipts)).toEqual(["read", "delivered", "sent"]);
});

test("the custodian and the service user never count", () => {
  const receipts = new Receipts();
  receipts.note("!a", receipt("$3", "m.read", "@records:ward"));
  receipts.note("!a", receipt("$3", "org.lanyard.delivered", "@records:ward"));
  receipts.note("!a", receipt("$3", "m.read", "@lanyard:ward"));
  expect(states(receipts)).toEqual(["sent", "sent", "sent"]);
});

test("my own receipt says nothing of others", () => {
  const receipts = new Receipts();
  receipts.note("!a", receipt("$3", "m.read", me));
  expect(states(receipts)).toEqual(["sent", "sent", "sent"]);
});

test("who answers has read", () => {
  const events = [...timeline.slice(0, 2), { eventId: "$4", sender: "@jo:ward" }];
  const reach = new Receipts().reach("!a", events, me);
  expect(reach.readers("$1")).toEqual([{ userId: "@jo:ward", ts: 0 }]);
});

test("a receipt for an event that is not loaded claims nothing", () => {
  const receipts = new Receipts();
  receipts.note("!a", receipt("$old", "m.read", "@jo:ward"));
  expect(states(receipts)).toEqual(["sent", "sent", "sent"]);
});
