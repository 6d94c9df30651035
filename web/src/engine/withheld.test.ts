import { expect, test } from "vitest";
import { MatrixEvent, Room, type MatrixClient } from "matrix-js-sdk";
import type { Reading } from "./items";
import { summaryOf } from "./roomSummary";

const me = "@jo:ward";
const reading = {
  me,
  owner: null,
  sender: (userId: string) => ({ userId, name: userId.slice(1, 6), role: "", own: userId === me }),
  delivery: () => ({ state: "sent" }),
  mark: () => null,
} as Reading;

const state = (type: string, key: string, content: object) =>
  new MatrixEvent({
    event_id: `$${type}${key}${JSON.stringify(content)}`,
    room_id: "!a",
    sender: "@lanyard:ward",
    type,
    state_key: key,
    content: { ...content },
    origin_server_ts: 1,
  });

const flag = (key: string, userId: string) =>
  state("org.lanyard.withheld", key, { user_id: userId, device_id: key, code: "no_mail" });

function room(...more: MatrixEvent[]) {
  const made = new Room("!a", {} as MatrixClient, me, { lazyLoadMembers: false });
  const people = ["@amara:ward", "@rhian:ward", me];
  const members = people.map((who) => state("m.room.member", who, { membership: "join" }));
  made.currentState.setStateEvents([...members, ...more]);
  return made;
}

const shown = (made: Room) => summaryOf(made, reading, 0).withholding;

test("the list knows whose app keeps keys from the custodian: each once, me too, and nobody who left", () => {
  expect(shown(room())).toBeUndefined();
  const made = room(flag("D1", "@amara:ward"), flag("D2", "@amara:ward"), flag("D3", me));
  expect(shown(made)).toEqual([
    { name: "amara", own: false },
    { name: "jo:wa", own: true },
  ]);
  const left = state("m.room.member", "@amara:ward", { membership: "leave" });
  made.currentState.setStateEvents([left]);
  expect(shown(made)).toEqual([{ name: "jo:wa", own: true }]);
});

test("once it shares its keys nothing is said any more", () => {
  const made = room(flag("D1", "@amara:ward"));
  made.currentState.setStateEvents([state("org.lanyard.withheld", "D1", {})]);
  expect(shown(made)).toBeUndefined();
});
