import { expect, test } from "vitest";
import { boxOf, editOf, fitted, within } from "./pictureEdits";

test("a box is the same from any corner, in whole pixels and inside", () => {
  const box = { x: 20, y: 10, width: 40, height: 20 };
  expect(boxOf({ x: 0.2, y: 0.2 }, { x: 0.6, y: 0.6 }, 100, 50)).toEqual(box);
  expect(boxOf({ x: 0.6, y: 0.2 }, { x: 0.2, y: 0.6 }, 100, 50)).toEqual(box);
  expect(boxOf({ x: 1, y: 1 }, { x: 1, y: 1 }, 100, 50)).toMatchObject({ width: 1, height: 1 });
});

test("what is hidden is never less than what was marked", () => {
  const { x, width } = boxOf({ x: 0.101, y: 0 }, { x: 0.899, y: 1 }, 100, 100);
  expect([x, x + width]).toEqual([10, 90]);
});

test("a thin line is an arrow and not a cut", () => {
  const [from, to] = [
    { x: 0.1, y: 0.5 },
    { x: 0.9, y: 0.5 },
  ];
  expect(editOf("crop", from, to)).toBeNull();
  expect(editOf("arrow", from, to)).not.toBeNull();
});

test("no picture is larger than it may be, and none is made larger", () => {
  expect(fitted(4000, 3000, 2048)).toEqual({ width: 2048, height: 1536 });
  expect(fitted(300, 4000, 2048)).toEqual({ width: 154, height: 2048 });
  expect(fitted(400, 200, 2048)).toEqual({ width: 400, height: 200 });
});

test("a finger beside the picture means its edge", () => {
  expect(within(-0.2, 1.4)).toEqual({ x: 0, y: 1 });
});
