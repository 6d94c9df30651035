/** What the patterns of rules.json cannot say of a hit. */
import { readDate } from "./dates";
import { passesModulus11 } from "./nhsNumber";

/** A CHI number begins with a date of birth and ends with the check of the NHS number. */
export function passesChi(hit: string, today: string): boolean {
  const digits = hit.replace(/[^0-9]/g, "");
  return passesModulus11(digits) && readDate(digits.slice(0, 6), today) !== undefined;
}

/** How many digits follow the 0: of landlines, of London and the like, of offices, of mobiles. */
const PHONE = /^0(?:1[0-9]{8,9}|2[0-9]{9}|3[0-9]{9}|7[0-9]{9})$/;

export function passesPhone(hit: string): boolean {
  const digits = hit.replace(/\(0\)/, "").replace(/[^0-9]/g, "");
  return PHONE.test(digits.replace(/^(?:0044|44)/, "0"));
}

/** Ends like a postcode and is a dose, an ordinal or a time: "L5 2hr", "S1 1st". */
const NO_POSTCODE = /[0-9](?:hr|st|nd|rd|th|bd|od|po|sc|iu|ug|dl)$/;

/** In small letters throughout or in capitals throughout; a mixture is something else. */
export function passesPostcode(hit: string): boolean {
  if (NO_POSTCODE.test(hit)) return false;
  return hit === hit.toUpperCase() || hit === hit.toLowerCase();
}
