import { beforeEach, expect, test } from "vitest";
import { LockClock } from "./lockClock";

let now: number;
let timers: { at: number; work: () => void }[];
let locked: number;
let clock: LockClock;

function pass(seconds: number) {
  const until = now + seconds * 1_000;
  for (let next = due(until); next; next = due(until)) {
    timers = timers.filter((t) => t !== next);
    now = next.at;
    next.work();
  }
  now = until;
}

function sleep(seconds: number) {
  now += seconds * 1_000;
}

const due = (until: number) => timers.toSorted((a, b) => a.at - b.at).find((t) => t.at <= until);

beforeEach(() => {
  now = 1_000_000;
  timers = [];
  locked = 0;
  const later = (ms: number, work: () => void) => {
    const timer = { at: now + ms, work };
    timers.push(timer);
    return () => void (timers = timers.filter((t) => t !== timer));
  };
  clock = new LockClock({ now: () => now, later }, () => void locked++);
  clock.start({ lockSeconds: 120, hiddenLockSeconds: 30 });
});

// @Rule("G22")
test("locks after the idle time, with a warning 20 seconds before", () => {
  pass(99);
  expect(clock.locksAt.value).toBeNull();
  pass(2);
  expect(clock.locksAt.value).toBe(1_120_000);
  pass(19);
  expect(locked).toBe(1);
  expect(clock.locksAt.value).toBeNull();
});

test("use puts the lock off and takes the warning away", () => {
  pass(110);
  clock.used();
  expect(clock.locksAt.value).toBeNull();
  pass(110);
  expect(locked).toBe(0);
});

test("locks sooner when the app is not in front", () => {
  clock.hidden(true);
  pass(29);
  expect(locked).toBe(0);
  pass(2);
  expect(locked).toBe(1);
});

test("coming back in time goes on", () => {
  clock.hidden(true);
  pass(20);
  clock.hidden(false);
  pass(50);
  expect(locked).toBe(0);
});

test("a phone that slept past the deadline locks before a touch counts", () => {
  sleep(500);
  clock.used();
  expect(locked).toBe(1);
});

test("a phone that slept while hidden locks when it is shown", () => {
  clock.hidden(true);
  sleep(40);
  clock.hidden(false);
  expect(locked).toBe(1);
});

test("a stricter policy applies at once", () => {
  pass(50);
  clock.change({ lockSeconds: 40, hiddenLockSeconds: 30 });
  expect(locked).toBe(1);
});

test("a stopped clock does not lock", () => {
  clock.stop();
  pass(1_000);
  expect(locked).toBe(0);
});
