/** Finds the linked patient's own name in a draft: whatever the case, accents, hyphens or apostrophes. */
import { names } from "./rules.json";
import type { Finding, NudgeContext } from "./words";

const ignored = new Set(names.ignored);
const commonWords = new Set(names.common_words);
const patientTitles = new Set(names.patient_titles);
const staffTitles = new Set(names.staff_titles);

/** Letters that carry a stroke or join two, which Unicode does not take apart. */
const STROKES: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ß: "ss",
  ı: "i",
};

/** "Siân" and "SIAN" read the same; so do "O’Connor" and "OConnor". */
export function fold(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\p{M}'’ʼ`´-]/gu, "")
    .toLowerCase()
    .replace(/[øłđðþæœßı]/g, (letter) => STROKES[letter] ?? letter);
}

export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

const WORDS = /[\p{L}\p{M}]+(?:['’ʼ`´][\p{L}\p{M}]+)*/gu;

export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORDS), (match) => ({
    folded: fold(match[0].replace(/['’ʼ`´]s$/i, "")),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The pieces of a name that may stand for it: "Rhys-Jones" is rhysjones, rhys and jones. */
export function partsOf(name: string): Set<string> {
  const parts = new Set<string>();
  for (const word of name.split(/[\s,]+/)) {
    const whole = fold(word.replace(/\./g, ""));
    if (whole.length > 1 && !ignored.has(whole)) parts.add(whole);
    for (const piece of word.split(/[-‐‑–]/)) {
      const folded = fold(piece);
      if (folded.length > 1 && !ignored.has(folded)) parts.add(folded);
      const afterApostrophe = fold(piece.split(/['’ʼ`´]/).at(-1) ?? "");
      if (afterApostrophe.length >= 4) parts.add(afterApostrophe);
    }
  }
  return parts;
}

/** Alone, a short name or one that is also a word ("Ward", "May") is more often the word. */
function isWeak(folded: string, colleagues: ReadonlySet<string>): boolean {
  return folded.length <= 2 || commonWords.has(folded) || colleagues.has(folded);
}

export function adjoins(text: string, left: Word, right: Word): boolean {
  return /^[\s,‐‑–-]{1,3}$/.test(text.slice(left.end, right.start));
}

function standsAlone(
  run: readonly Word[],
  before: Word | undefined,
  text: string,
  colleagues: ReadonlySet<string>,
): boolean {
  if (new Set(run.map((word) => word.folded)).size > 1) return true;
  const first = run[0];
  if (first === undefined) return false;
  const titled = before !== undefined && /^[\s.]{1,3}$/.test(text.slice(before.end, first.start));
  if (titled && staffTitles.has(before.folded)) return false;
  if (titled && patientTitles.has(before.folded)) return true;
  return !isWeak(first.folded, colleagues);
}

/** "Sarah Price" is a colleague although the patient is Sarah too. */
export function belongsToColleague(
  run: readonly Word[],
  all: readonly Word[],
  at: number,
  context: NudgeContext,
): boolean {
  const around = [all[at - 1]?.folded, all[at + run.length]?.folded];
  return (context.colleagues ?? []).some((name) => {
    const theirs = partsOf(name);
    return (
      run.every((word) => theirs.has(word.folded)) &&
      around.some((word) => word !== undefined && theirs.has(word))
    );
  });
}

/** "Mrs Llewellyn" and "the patient Llewellyn" are the name with what leads up to it. */
function startWithTitle(words: readonly Word[], at: number, text: string): number {
  const [before, title, name] = [words[at - 2], words[at - 1], words[at]];
  if (name === undefined) return 0;
  const joins = (left: Word, right: Word): boolean =>
    /^[ .]{1,3}$/.test(text.slice(left.end, right.start));
  if (title === undefined || !patientTitles.has(title.folded) || !joins(title, name))
    return name.start;
  return before?.folded === "the" && joins(before, title) ? before.start : title.start;
}

export function findPatientName(text: string, context: NudgeContext): Finding[] {
  if (context.patient === undefined) return [];
  const parts = partsOf(context.patient.name);
  const colleagues = new Set((context.colleagues ?? []).flatMap((name) => [...partsOf(name)]));
  const words = wordsOf(text);
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at++) {
    const run: Word[] = [];
    for (let next = at; next < words.length; next++) {
      const word = words[next];
      const previous = run.at(-1);
      if (word === undefined || !parts.has(word.folded)) break;
      if (previous !== undefined && !adjoins(text, previous, word)) break;
      run.push(word);
    }
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (
      standsAlone(run, words[at - 1], text, colleagues) &&
      !belongsToColleague(run, words, at, context)
    ) {
      findings.push({
        kind: "patient-name",
        start: startWithTitle(words, at, text),
        end: last.end,
      });
    }
    at += run.length - 1;
  }
  return findings;
}
