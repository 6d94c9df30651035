/**
 * Finds what identifies a patient in a draft, on this phone only.
 *
 * Pure: text and context in, findings out. No network, no storage, no clock. The patterns are data in
 * `rules.json`, in the subset of regular expressions that the server's Java reads alike, so that both
 * can be held to the same `vectors.json`. A nudge never blocks a message (design decision D14).
 */
import { parts, rules as source } from "./rules.json";
import { isLinkedBirthDate, isPastDate, readDate } from "./dates";
import { passesChi, passesPhone, passesPostcode } from "./formats";
import { findPatientName } from "./names";
import { passesModulus11 } from "./nhsNumber";
import { findPeople } from "./people";
import type { Finding, IdentifierKind, NudgeContext } from "./words";

export type { Finding, IdentifierKind, LinkedPatient, NudgeContext } from "./words";

interface PatternRule {
  readonly id: string;
  readonly kind: IdentifierKind;
  readonly check: string;
  readonly pattern: RegExp | undefined;
  readonly unlessBefore: RegExp | undefined;
  readonly olderThanYears: number;
}

/** A draft longer than this is checked at its end, where the person is typing. */
const LONGEST_CHECKED = 8_000;

/** How far before a hit we read for a word that means something else. */
const LOOK_BACK = 48;

function expand(pattern: string, depth = 0): string {
  if (depth > 5) throw new Error("rules.json: a part refers to itself");
  return pattern.replace(/\{([a-z_]+)\}/g, (_, part: string) => {
    const found = (parts as Record<string, string>)[part];
    if (found === undefined) throw new Error(`rules.json: no part called ${part}`);
    return expand(found, depth + 1);
  });
}

const rules: readonly PatternRule[] = source.map((rule) => ({
  id: rule.id,
  kind: rule.kind as IdentifierKind,
  check: rule.check,
  pattern: rule.pattern === undefined ? undefined : new RegExp(expand(rule.pattern), "gi"),
  unlessBefore: rule.unless_before === undefined ? undefined : new RegExp(rule.unless_before, "i"),
  olderThanYears: rule.older_than_years ?? 0,
}));

function stands(rule: PatternRule, hit: string, context: NudgeContext): boolean {
  switch (rule.check) {
    case "none":
      return true;
    case "nhs-modulus-11":
      return passesModulus11(hit.replace(/[^0-9]/g, ""));
    case "calendar-date":
      return readDate(hit, context.today) !== undefined;
    case "past-date":
      return isPastDate(hit, context.today, rule.olderThanYears);
    case "linked-birth-date":
      return (
        context.patient !== undefined &&
        isLinkedBirthDate(hit, context.patient.birthDate, context.today)
      );
    case "chi":
      return passesChi(hit, context.today);
    case "postcode":
      return passesPostcode(hit);
    case "phone":
      return passesPhone(hit);
    case "capitals":
      return /^[^a-z]*(?:flat |heol |stryd |ffordd |maes )?[^a-z]*\p{Lu}/u.test(hit);
    default:
      throw new Error(`rules.json: no check called ${rule.check}`);
  }
}

function matches(rule: PatternRule, text: string, context: NudgeContext): Finding[] {
  if (rule.pattern === undefined) return [];
  const found: Finding[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    const start = match.index;
    const before = text.slice(Math.max(0, start - LOOK_BACK), start);
    if (rule.unlessBefore?.test(before)) continue;
    if (stands(rule, match[0], context))
      found.push({ kind: rule.kind, start, end: start + match[0].length });
  }
  return found;
}

/** Overlapping findings of one kind become the longest of them; the order is that of the text. */
function tidy(findings: Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const next of findings.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last !== undefined && next.start < last.end) {
      if (next.end > last.end) kept[kept.length - 1] = { ...last, end: next.end };
    } else {
      kept.push(next);
    }
  }
  return kept;
}

export function findIdentifiers(draft: string, context: NudgeContext): Finding[] {
  const offset = Math.max(0, draft.length - LONGEST_CHECKED);
  const text = offset === 0 ? draft : draft.slice(offset);
  if (text.trim().length < 2) return [];
  const findings = rules.flatMap((rule) => {
    if (rule.check === "linked-name") return findPatientName(text, context);
    if (rule.check === "name") return findPeople(text, context);
    return matches(rule, text, context);
  });
  return tidy(findings).map((found) => ({
    ...found,
    start: found.start + offset,
    end: found.end + offset,
  }));
}

/** YYYY-MM-DD on the phone's calendar. */
export function today(now: number): string {
  const date = new Date(now);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface Replacement {
  readonly text: string;
  readonly caret: number;
}

/** What stands between two findings that describe one person: "John Evans, DOB 12/03/1958". */
const JOINERS = /^[\s,;:()/-]*(?:(?:and|a|nhs|no|number|dob)[\s,;:.]*)?$/i;

/**
 * Puts `words` ("the patient") where the findings were. Findings that only punctuation separates are
 * one person, named once. A date of birth on its own says nothing more as "the patient": it is taken out.
 */
export function replaceIdentifiers(
  draft: string,
  findings: readonly Finding[],
  words: string,
): Replacement {
  const spans: { start: number; end: number; names: boolean }[] = [];
  for (const found of findings) {
    const names = found.kind !== "birth-date";
    const last = spans.at(-1);
    if (last !== undefined && JOINERS.test(draft.slice(last.end, found.start))) {
      last.end = found.end;
      last.names ||= names;
    } else {
      spans.push({ start: found.start, end: found.end, names });
    }
  }
  let text = "";
  let at = 0;
  for (const span of spans) {
    text += draft.slice(at, span.start);
    at = span.end;
    if (span.names) {
      const fitting = /(?:^|[.!?\n]\s*)$/.test(text) ? capital(words) : words;
      text += withPossessive(fitting, draft.slice(span.start, span.end));
    } else {
      const closing = /^\s*[),]/.exec(draft.slice(at));
      const opening = /[(,]\s*$/.exec(text);
      if (opening !== null && closing !== null) {
        text = text.slice(0, opening.index).trimEnd();
        at += closing[0].length;
      } else if (/\s$/.test(text) && /^[\s,.;:!?]/.test(draft.slice(at))) {
        text = text.trimEnd();
      }
    }
  }
  const caret = text.length;
  return { text: text + draft.slice(at), caret };
}

const capital = (words: string): string => words.slice(0, 1).toLocaleUpperCase() + words.slice(1);

function withPossessive(words: string, replaced: string): string {
  return /['’]s$/.test(replaced) ? `${words}’s` : words;
}

/** How a finding is remembered once the person has said it is needed. */
export function keepKey(draft: string, finding: Finding): string {
  const plain = draft.slice(finding.start, finding.end).toLowerCase();
  return `${finding.kind} ${plain.replace(/[^\p{L}\p{N}]/gu, "")}`;
}
