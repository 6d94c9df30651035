/** What is known of a phone, in words. */
import type { PhoneFact } from "../engine/words";
import { meWords } from "../i18n/me";
import { safetyWords } from "../i18n/safety";

/** A state that this app has no words for is not made to look harmless. */
export function phoneState(state: string): string {
  const { states } = meWords();
  return state in states ? states[state as keyof typeof states] : state.replaceAll("_", " ");
}

export function factName(fact: string): string {
  const { names } = meWords();
  if (fact in names) return names[fact as keyof typeof names];
  const { facts } = safetyWords();
  const asked = facts[fact as keyof typeof facts] as readonly string[] | undefined;
  return asked?.[0] ?? fact.replaceAll("_", " ");
}

export function factValue({ fact, value }: PhoneFact): string {
  const text = meWords();
  if (value === "true" || value === "yes") return safetyWords().yes;
  if (value === "false" || value === "no") return safetyWords().no;
  if (fact === "owner") return value === "trust" ? text.trusts : text.own;
  return value;
}
