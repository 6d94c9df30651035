/** Reads the labelled messages. For tests and for measuring; never part of the app. */
import type { NudgeContext } from "../words";
import shared from "../vectors.json";

export type Label = "number" | "name" | "dob" | "postcode" | "phone" | "hospital" | "address";

export interface Span {
  readonly label: Label;
  readonly start: number;
  readonly end: number;
}

export interface Message {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly context: NudgeContext;
  /** Kept out of tuning: what is missed here was never looked at. */
  readonly heldOut: boolean;
}

const MARK = /\[([a-z]+):([^\]]+)\]/g;

/** `lines`: what is in messages.txt. */
export function readCorpus(lines: string): Message[] {
  return lines
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(messageOf);
}

function messageOf(line: string): Message {
  const patient = /^@([a-z]+) /.exec(line);
  const marked = patient === null ? line : line.slice(patient[0].length);
  const spans: Span[] = [];
  let text = "";
  let at = 0;
  for (const mark of marked.matchAll(MARK)) {
    text += marked.slice(at, mark.index);
    const words = mark[2] ?? "";
    spans.push({ label: mark[1] as Label, start: text.length, end: text.length + words.length });
    text += words;
    at = mark.index + mark[0].length;
  }
  text += marked.slice(at);
  return { text, spans, context: contextOf(patient?.[1]), heldOut: isHeldOut(text) };
}

function contextOf(patient: string | undefined): NudgeContext {
  const base = { today: shared.today, colleagues: shared.colleagues };
  const known = Object.entries(shared.patients).find(([name]) => name === patient)?.[1];
  return known === undefined
    ? base
    : { ...base, patient: { name: known.name, birthDate: known.birth_date } };
}

/** FNV-1a of the text, odd: nobody chose which half a message is in. */
function isHeldOut(text: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash & 1) === 1;
}
