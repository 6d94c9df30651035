import { expect, test } from "vitest";
import { roomCalls, type RoomWorld } from "./roomCalls";

const [ME, AMARA, SIAN, BEN] = ["@rhian:h", "@amara:h", "@sian:h", "@ben:h"];

test("who has read a message and when, who has it, and who has not: people only, and not oneself", async () => {
  const member = (userId: string) => ({ userId, rawDisplayName: userId });
  const joined = [ME, AMARA, SIAN, BEN, "@records:h", "@lanyard:h"].map((id) => member(id ?? ""));
  const room = {
    loadMembersIfNeeded: () => Promise.resolve(true),
    getJoinedMembers: () => joined,
  };
  const asked: string[] = [];
  const reach = {
    readers: (eventId: string) => {
      asked.push(eventId);
      return [{ userId: AMARA, ts: 5 }];
    },
    receivers: () => [AMARA, SIAN],
  };
  const world = {
    client: { getRoom: () => room, getSafeUserId: () => ME },
    rooms: { reach: () => reach },
    people: { sender: (userId: string) => ({ name: userId.slice(1, -2) }) },
  } as unknown as RoomWorld;
  const answer = await roomCalls(world).reach({ roomId: "!a", eventId: "$1" });
  expect(asked).toEqual(["$1"]);
  expect(answer).toEqual({
    readBy: [{ userId: AMARA, name: "amara", ts: 5 }],
    deliveredTo: [{ userId: SIAN, name: "sian" }],
    notYet: [{ userId: BEN, name: "ben" }],
  });
});
