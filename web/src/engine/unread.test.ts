import { expect, test } from "vitest";
import { unreadOf, type Countable } from "./unread";

const me = "@me:ward";
const said = (eventId: string, sender = "@jo:ward"): Countable => ({ eventId, sender, said: true });
const timeline = [said("$1"), said("$2"), { ...said("$3"), said: false }, said("$4")];
const server = { count: 9, muted: false };

test("what others said after the place I have read to", () => {
  expect(unreadOf(timeline, me, new Set(["$1"]), server)).toBe(2);
  expect(unreadOf(timeline, me, new Set(["$4"]), server)).toBe(0);
});

test("reading on another device counts: the furthest of all receipts is the place", () => {
  expect(unreadOf(timeline, me, new Set(["$1", "$4"]), server)).toBe(0);
});

test("whoever writes has read what stood above", () => {
  expect(unreadOf([...timeline, said("$5", me), said("$6")], me, new Set(["$1"]), server)).toBe(1);
});

test("where the place is further back than this phone goes, the server knows", () => {
  expect(unreadOf(timeline, me, new Set(["$0"]), server)).toBe(9);
});

test("in a muted conversation the server counts nothing, this phone does", () => {
  expect(unreadOf(timeline, me, new Set(), { count: 0, muted: true })).toBe(3);
});

test("edits, reactions and what was taken back are no news", () => {
  const quiet = [said("$1"), { ...said("$2"), said: false }, { ...said("$3"), said: false }];
  expect(unreadOf(quiet, me, new Set(["$1"]), server)).toBe(0);
});
