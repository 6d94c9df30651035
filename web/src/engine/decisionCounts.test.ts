import { expect, test } from "vitest";
import { MatrixEvent, Room, type MatrixClient } from "matrix-js-sdk";
import type { Reading } from "./items";
import { marksOf, summaryOf } from "./roomSummary";

const me = "@jo:ward";
const reading = {
  me,
  owner: null,
  sender: (userId: string) => ({ userId, name: userId, role: "", own: userId === me }),
  delivery: () => ({ state: "sent" }),
  mark: () => null,
} as Reading;

const decided = (key: string, status: string, more: object = {}, ts = 1) =>
  new MatrixEvent({
    event_id: `$${key}`,
    room_id: "!a",
    sender: "@lanyard:ward",
    type: "org.lanyard.decision",
    state_key: key,
    content: { status, sink: "folder", ...more },
    origin_server_ts: ts,
  });

// @Rule("G15")
test("in the list a decision that lies in a folder waits, like one that nobody has copied", () => {
  const room = new Room("!a", {} as MatrixClient, me, { lazyLoadMembers: false });
  const all = [
    "waiting",
    "to_paste",
    "saved_to_folder",
    "pasted",
    "in_record",
    "refused",
    "withdrawn",
  ];
  room.currentState.setStateEvents(all.map((status, index) => decided(`d${index}`, status)));
  expect(summaryOf(room, reading, 0).decisions).toEqual({ waiting: 3, inRecord: 2, refused: 1 });
});

// @Hazard("H05")
test("a message shows the decision that stands, in whatever order they come", () => {
  const sources = { source_event_ids: ["$advice"] };
  const wrong = { ...sources, corrected_by: { kind: "error" } };
  const old = { ...sources, corrected_by: { kind: "replacement" } };
  const all = [
    decided("error", "in_record", wrong, 9),
    decided("right", "waiting", sources, 5),
    decided("withdrawn", "withdrawn", sources, 8),
    decided("replaced", "in_record", old, 7),
  ];
  for (const order of [all, all.toReversed()]) {
    const room = new Room("!a", {} as MatrixClient, me, { lazyLoadMembers: false });
    room.currentState.setStateEvents(order);
    expect(marksOf(room).get("$advice")?.decisionId).toBe("right");
    room.currentState.setStateEvents([decided("newer", "refused", sources, 10)]);
    expect(marksOf(room).get("$advice")?.decisionId).toBe("right");
  }
});
