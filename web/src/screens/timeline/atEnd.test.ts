import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ifItFits, type Measured } from "./atEnd";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often a conversation of this height, opened at its first new message, counted as read. */
function readsOf(list: Measured | null, leave = false): number {
  let reads = 0;
  const stop = ifItFits(
    () => list,
    () => reads++,
  );
  if (leave) stop();
  vi.advanceTimersByTime(5_000);
  return reads;
}

const tall = { scrollSize: 2_000, viewportSize: 500, scrollOffset: 0 };

test("a short conversation is read once it is shown, though nobody can scroll it", () => {
  expect(readsOf({ scrollSize: 300, viewportSize: 500, scrollOffset: 0 })).toBe(1);
});

test("a long one is not read before somebody comes to its end", () => {
  expect(readsOf(tall)).toBe(0);
  expect(readsOf({ ...tall, scrollOffset: 1_500 })).toBe(1);
});

test("one that was left at once, or was never drawn, is not read", () => {
  expect(readsOf({ scrollSize: 300, viewportSize: 500, scrollOffset: 0 }, true)).toBe(0);
  expect(readsOf(null)).toBe(0);
});
