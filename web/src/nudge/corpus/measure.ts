/** How much of the labelled messages is found, and how often a clean one is asked about. */
import { findIdentifiers, type Finding, type IdentifierKind } from "../nudge";
import type { Label, Message, Span } from "./corpus";

const KINDS: Readonly<Record<IdentifierKind, Label>> = {
  "nhs-number": "number",
  "person-number": "number",
  "birth-date": "dob",
  "patient-name": "name",
  name: "name",
  postcode: "postcode",
  phone: "phone",
  "hospital-number": "hospital",
  address: "address",
};

export interface Rate {
  readonly of: number;
  readonly hits: number;
}

export interface Measured {
  readonly messages: number;
  readonly recall: ReadonlyMap<Label, Rate>;
  /** Messages without a mark, and those of them that were asked about. */
  readonly falseAlarms: Rate;
  readonly missed: readonly string[];
  readonly alarms: readonly string[];
}

/** Found as what it is, for at least half of its length. */
function finds(findings: readonly Finding[], span: Span): boolean {
  return findings.some((found) => {
    const shared = Math.min(found.end, span.end) - Math.max(found.start, span.start);
    return KINDS[found.kind] === span.label && shared * 2 >= span.end - span.start;
  });
}

export function measure(messages: readonly Message[]): Measured {
  const recall = new Map<Label, Rate>();
  const [missed, alarms]: [string[], string[]] = [[], []];
  const clean = messages.filter((message) => message.spans.length === 0);
  for (const message of messages) {
    const findings = findIdentifiers(message.text, message.context);
    for (const span of message.spans) {
      const { of, hits } = recall.get(span.label) ?? { of: 0, hits: 0 };
      const hit = finds(findings, span);
      recall.set(span.label, { of: of + 1, hits: hits + (hit ? 1 : 0) });
      if (!hit) missed.push(`${span.label}: ${message.text}`);
    }
    if (message.spans.length > 0) continue;
    for (const found of findings)
      alarms.push(`${found.kind} “${message.text.slice(found.start, found.end)}”: ${message.text}`);
  }
  const asked = clean.filter((one) => findIdentifiers(one.text, one.context).length > 0).length;
  return {
    messages: messages.length,
    recall,
    falseAlarms: { of: clean.length, hits: asked },
    missed,
    alarms,
  };
}
