import { expect, test } from "vitest";
import { MatrixEvent, Room, type MatrixClient } from "matrix-js-sdk";
import type { Reading } from "./items";
import { summaryOf } from "./roomSummary";

const me = "@jo:ward";
const reading = {
  me,
  owner: null,
  sender: (userId: string) => ({ userId, name: userId, role: "", own: userId === me }),
  delivery: () => ({ state: "sent" }),
  mark: () => null,
} as Reading;

const decided = (key: string, status: string) =>
  new MatrixEvent({
    event_id: `$${key}`,
    room_id: "!a",
    sender: "@lanyard:ward",
    type: "org.lanyard.decision",
    state_key: key,
    content: { status, sink: "folder" },
    origin_server_ts: 1,
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
