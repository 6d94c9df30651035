/** The server counts wrong tries, so a passcode need not be long; it must not be among the first ten. */
export function isWeak(passcode: string, minLength: number): boolean {
  if (passcode.length < minLength || !/^\d+$/.test(passcode)) return true;
  const steps = new Set(
    [...passcode].slice(1).map((digit, i) => (Number(digit) - Number(passcode[i]) + 10) % 10),
  );
  // One step all the way: 000000, 123456, 987654, 246802.
  if (steps.size === 1) return true;
  const half = passcode.slice(0, passcode.length / 2);
  return half.length > 1 && passcode === half + half;
}
