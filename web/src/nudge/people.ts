/**
 * Finds names as such, of whom we know nothing: a name from the lexicon, a word with a capital after
 * "Mrs", "daughter" or "bed 4". People who work here are named all day long, so what reads like a
 * colleague is left alone: after "Dr", "ask" or "thanks", before "(physio)" or "bleep".
 */
import lexicon from "./lexicon.json";
import { adjoins, belongsToColleague, wordsOf, type Word } from "./names";
import { names } from "./rules.json";
import type { Finding, NudgeContext } from "./words";

const given = new Set(lexicon.given.split(" "));
const surnames = new Set(lexicon.surnames.split(" "));
const commonWords = new Set(names.common_words);
const noNames = new Set(lexicon.no_names.split(" "));
const titles = new Set(["mr", "mrs", "miss", "ms", "mx", "master", "baby"]);

const isName = (word: Word): boolean => given.has(word.folded) || surnames.has(word.folded);

/** Text before and after a run, as far as cues reach. */
const REACH = 28;

const STAFF =
  "dr|doctor|prof|professor|sister|sr|nurse|matron|midwife|consultant|cons|registrar|reg|spr|sho|fy1|fy2|f1|f2|house officer|surgeon|anaesthetist|pharmacist|physio|dietitian|hca|porter|ot|salt|micro|secretary|manager|radiographer|sonographer|student|ward clerk|bank|locum|team|med reg";
const STAFF_BEFORE = new RegExp(
  `\\b(?:${STAFF}|ask|asked|thanks|thank you|cheers|hi|hello|hey|morning|evening|dear|tell|told|ta|diolch|bore da|bleep|page|call|d/w|discussed with|spoke (?:to|with)|under|per|from|by|via|listed for|happy birthday)(?:\\.|,|:| is| are| both,?| the (?:med )?reg,?)?\\s*$`,
  "i",
);
const STAFF_AFTER = new RegExp(
  `^(?:['’]s (?:list|clinic|team|secretary|ward round|round|theatre|patients?)|\\s*\\((?!\\d|NHS|DOB|bed|bay)[a-z /-]+\\)|,? (?:the )?(?:${STAFF})\\b|,? from (?:\\w+ )?(?:physio|ot|pharmacy|switch|theatres?|micro|haem\\w*|radiology|ward|it|salt|bloods?|psych\\w*|site)\\b| (?:in|at) (?:theatres?|pharmacy|switch|radiology)\\b|,? bleep\\b| is (?:the|your|our|on call|on shift|covering)\\b| (?:aware|agrees|to consent|says (?:fit|ok|yes|no)|wants (?:[A-Z]{2,}|the (?:ct|mri|scan|notes)))\\b)`,
);
/** "Under Mr Khan": a surgeon is a Mister too. */
const PLACE =
  /^['’]?s?[ -](?:ward(?! [0-9])|hospital|infirmary|unit|suite|building|street|road|lane|house|court|wing|clinic|centre|disease|syndrome|score|sign|criteria|catheter|line|palsy|stage|reflex|test|index|scale|fracture|incision|inhaler|drain|cyst|protein)\b/i;

const BED = "(?:bed|bay|b|side room|sr|room|cubicle|trolley|chair|gwely|ystafell)[ ]?[0-9]";
const HIS =
  "wife|husband|daughter|son|mum|mother|dad|father|family|relatives|nok|carers?|gp|bloods?|drug chart|chart|obs|drip|catheter|cannula|wound|drain|scan|discharge|ttos?|ttas?";
const PATIENT_AFTER = new RegExp(
  `^(?:,? (?:in |on |yn )?(?:${BED}|ward [0-9])| in [0-9]{1,2}\\b|['’]s (?:${HIS})\\b)`,
  "i",
);
const PATIENT_BEFORE = new RegExp(
  `(?:\\b${BED}{1,2}[,:]? |\\b[0-9]{1,3} ?(?:yo|yr|yrs|y|f|m|f/|m/)[, ]+|\\b(?:pt|patient|resident|claf)(?: called| named)?:? |\\bname(?: is|:|['’]s)? |\\bcalled |\\bpoor )$`,
  "i",
);
const RELATION_BEFORE =
  /\b(?:daughter|dtr|son|wife|husband|hubby|mum|mother|dad|father|nok|partner|carer|brother|niece|nephew|friend|neighbour|grandson|granddaughter)(?:,| is|:)? ?\(?$/i;

interface Run {
  readonly words: readonly Word[];
  readonly start: number;
  readonly end: number;
  readonly titled: boolean;
}

const hasCapital = (text: string, word: Word): boolean => /^\p{Lu}/u.test(text.slice(word.start));
const length = (word: Word): number => word.end - word.start;

/** Abbreviations stand in capitals: "AF", "NBM". A name so written is in the lexicon. */
function isAbbreviation(text: string, word: Word): boolean {
  const written = text.slice(word.start, word.end);
  return length(word) <= 5 && written === written.toUpperCase() && !isName(word);
}

function couldBeName(text: string, word: Word): boolean {
  if (length(word) < 2 || noNames.has(word.folded) || titles.has(word.folded)) return false;
  return hasCapital(text, word) && !isAbbreviation(text, word);
}

/** In small letters only what is in the lexicon and is not also a word. */
function couldBeSmallName(word: Word): boolean {
  return isName(word) && !commonWords.has(word.folded) && !noNames.has(word.folded);
}

/** The words from `at` on that could be one name. */
function runFrom(text: string, all: readonly Word[], at: number): Word[] {
  const run: Word[] = [];
  for (const word of all.slice(at, at + 4)) {
    const last = run.at(-1);
    if (last !== undefined && !joins(text, last, word)) break;
    const hyphened = last !== undefined && /^[-‐‑–]$/.test(text.slice(last.end, word.start));
    const may = couldBeName(text, word) || couldBeSmallName(word);
    if (!may && !(hyphened && hasCapital(text, word))) break;
    run.push(word);
  }
  return run;
}

/** "EVANS, John" is one name; "Tom, Ella" are two. */
function joins(text: string, left: Word, right: Word): boolean {
  if (!adjoins(text, left, right)) return false;
  if (!text.slice(left.end, right.start).includes(",")) return true;
  return surnames.has(left.folded) && !given.has(left.folded) && given.has(right.folded);
}

function titleBefore(text: string, all: readonly Word[], at: number): Word | undefined {
  const before = all[at - 1];
  const name = all[at];
  if (before === undefined || name === undefined) return undefined;
  const between = text.slice(before.end, name.start);
  if (titles.has(before.folded) && /^[ .]{1,2}$/.test(between)) return before;
  // "Mrs A Fletcher": the initial belongs to the name.
  const initial = length(before) === 1 && /^[ .]{1,2}$/.test(between);
  return initial ? titleBefore(text, all, at - 1) : undefined;
}

function readsLikeFullName(text: string, run: readonly Word[]): boolean {
  const [first, second] = [run[0], run[1]];
  if (first === undefined || second === undefined) return false;
  const last = run.at(-1) ?? second;
  const small = !hasCapital(text, first) || !hasCapital(text, second);
  if (small) return given.has(first.folded) && surnames.has(last.folded);
  if (given.has(first.folded)) return true;
  return surnames.has(last.folded) || (surnames.has(first.folded) && given.has(second.folded));
}

function isPatients(text: string, run: Run): boolean {
  const before = text.slice(Math.max(0, run.start - REACH), run.start);
  const after = text.slice(run.end, run.end + REACH);
  const [first] = run.words;
  if (first === undefined || PLACE.test(after)) return false;
  if (RELATION_BEFORE.test(before)) return hasCapital(text, first);
  if (PATIENT_BEFORE.test(before) || PATIENT_AFTER.test(after))
    return run.titled || run.words.length > 1 || (isName(first) && !commonWords.has(first.folded));
  if (STAFF_BEFORE.test(before) || STAFF_AFTER.test(after)) return false;
  return run.titled || readsLikeFullName(text, run.words);
}

export function findPeople(text: string, context: NudgeContext): Finding[] {
  const all = wordsOf(text);
  const findings: Finding[] = [];
  for (let at = 0; at < all.length; at++) {
    const words = runFrom(text, all, at);
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) continue;
    const title = titleBefore(text, all, at);
    const start = title?.start ?? first.start;
    const end = withoutPossessive(text, last);
    const run = { words, start, end, titled: title !== undefined };
    if (isPatients(text, run) && !belongsToColleague(words, all, at, context))
      findings.push({ kind: "name", start, end });
    at += words.length - 1;
  }
  return findings;
}

function withoutPossessive(text: string, word: Word): number {
  return /['’]s$/i.test(text.slice(word.start, word.end)) ? word.end - 2 : word.end;
}
