import { expect, test } from "vitest";
import { isWeak } from "./weakPasscode";

test.each(["000000", "123456", "987654", "246802", "890123", "123123", "12345", "12a456", ""])(
  "%j is too easy",
  (passcode) => {
    expect(isWeak(passcode, 6)).toBe(true);
  },
);

test.each(["493817", "112358", "271828", "100200"])("%j will do", (passcode) => {
  expect(isWeak(passcode, 6)).toBe(false);
});
