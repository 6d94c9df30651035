/**
 * Which passcodes are too easy. The server counts wrong tries and destroys its share at the tenth, so
 * a passcode need not be long; it must not be among the first ten anybody would try, and a thief who
 * knows whose phone it is tries birthdays.
 */
export type PasscodeFault = "empty" | "not_digits" | "too_short" | "obvious";

const FAVOURITES = new Set([
  "123321",
  "112233",
  "112211",
  "159753",
  "147258",
  "007007",
  "999111",
  "111999",
  "102030",
  "258000",
  "789456",
  "314159",
]);

/** One step all the way: 000000, 123456, 987654, 246802. */
function isRow(passcode: string): boolean {
  const digits = [...passcode];
  const steps = digits.slice(1).map((digit, i) => (Number(digit) - Number(digits[i]) + 10) % 10);
  return new Set(steps).size === 1;
}

/** 121212, 123123, 111222. */
function isRepeat(passcode: string): boolean {
  for (let length = 1; length <= passcode.length / 2; length++) {
    const times = passcode.length / length;
    if (Number.isInteger(times) && passcode === passcode.slice(0, length).repeat(times))
      return true;
  }
  return new Set(passcode).size <= 2;
}

/** A day of somebody's life: 140358, 14031958, 19580314. */
function isDate(passcode: string): boolean {
  const day = (text: string): boolean => Number(text) >= 1 && Number(text) <= 31;
  const month = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;
  const years = (text: string): boolean => /^(19|20)/.test(text);
  const [a, b] = [passcode.slice(0, 2), passcode.slice(2, 4)];
  if (passcode.length === 6) return day(a) && month(b);
  if (passcode.length !== 8) return false;
  const dayFirst = day(a) && month(b) && years(passcode.slice(4));
  return dayFirst || (years(passcode) && month(passcode.slice(4, 6)) && day(passcode.slice(6)));
}

export function passcodeFault(passcode: string, minLength: number): PasscodeFault | null {
  if (passcode === "") return "empty";
  if (!/^[0-9]+$/.test(passcode)) return "not_digits";
  if (passcode.length < minLength) return "too_short";
  const obvious = isRow(passcode) || isRepeat(passcode) || isDate(passcode);
  return obvious || FAVOURITES.has(passcode) ? "obvious" : null;
}

export const isWeak = (passcode: string, minLength: number): boolean =>
  passcodeFault(passcode, minLength) !== null;
