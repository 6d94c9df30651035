import { expect, test } from "vitest";
import { spliceBetween } from "./splice";

const rows = (text: string) => text.split("").map((key) => ({ key }));

test.each([
  ["", "abc", 0, 0, "abc"],
  ["abc", "abcd", 3, 0, "d"],
  ["abc", "xyabc", 0, 0, "xy"],
  ["abc", "abXc", 2, 0, "X"],
  ["abc", "aXc", 1, 1, "X"],
  ["aaa", "aa", 2, 1, ""],
  ["abc", "", 0, 3, ""],
])("from %j to %j", (before, after, start, remove, items) => {
  expect(spliceBetween(rows(before), rows(after))).toEqual({ start, remove, items: rows(items) });
});

test("nothing is sent when nothing changed", () => {
  expect(spliceBetween(rows("abc"), rows("abc"))).toBeNull();
});
