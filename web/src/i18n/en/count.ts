import { plurals } from "../plural";

export const count = plurals("en-GB");
export const people = (n: number): string => count(n, { one: "{n} person", other: "{n} people" });
export const messages = (n: number): string =>
  count(n, { one: "{n} message", other: "{n} messages" });
