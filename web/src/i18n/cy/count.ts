import { plurals } from "../plural";

export const count = plurals("cy");
// "o" after the number keeps the noun plain: no mutation to get wrong.
export const people = (n: number): string => count(n, { one: "{n} person", other: "{n} o bobl" });
export const messages = (n: number): string =>
  count(n, { one: "{n} neges", two: "{n} neges", other: "{n} o negeseuon" });
