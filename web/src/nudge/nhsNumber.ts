/**
 * Modulus 11 of the NHS number, as the NHS Data Dictionary defines it:
 * https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 */
export function passesModulus11(digits: string): boolean {
  if (!/^[0-9]{10}$/.test(digits) || /^(.)\1{9}$/.test(digits)) return false;
  let total = 0;
  for (let i = 0; i < 9; i++) total += Number(digits[i]) * (10 - i);
  const check = 11 - (total % 11);
  if (check === 10) return false;
  return (check === 11 ? 0 : check) === Number(digits[9]);
}

/** 943 476 5919, as staff read it aloud. */
export function formatNhsNumber(digits: string): string {
  const plain = digits.replace(/[^0-9]/g, "");
  return plain.length === 10
    ? `${plain.slice(0, 3)} ${plain.slice(3, 6)} ${plain.slice(6)}`
    : digits;
}
