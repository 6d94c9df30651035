import { expect, test } from "vitest";
import { isWeak, passcodeFault } from "./weakPasscode";

test.each(["000000", "123456", "987654", "246802", "890123", "123123", "111222", "121212"])(
  "%j is too easy",
  (passcode) => {
    expect(passcodeFault(passcode, 6)).toBe("obvious");
    expect(isWeak(passcode, 6)).toBe(true);
  },
);

test.each(["140358", "14031958", "19580314", "100200"])("%j is a date", (passcode) => {
  expect(passcodeFault(passcode, 6)).toBe("obvious");
});

test.each([
  ["", "empty"],
  ["12a456", "not_digits"],
  ["49381", "too_short"],
] as const)("%j is %s", (passcode, fault) => {
  expect(passcodeFault(passcode, 6)).toBe(fault);
});

test.each(["493817", "112358", "271828", "904127", "49381765"])("%j will do", (passcode) => {
  expect(isWeak(passcode, 6)).toBe(false);
});
