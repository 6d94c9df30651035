import type { CardAvailability } from "../../engine/protocol";
import { findingWords } from "../../i18n/finding";
import { moment } from "../../i18n/format";

export function availabilityText({ state, untilTs, coveredBy, onCall }: CardAvailability): string {
  const text = findingWords().person;
  const word = text.states[state];
  const until = untilTs === null ? word : text.until(word, moment(untilTs, Date.now()));
  const more = [coveredBy && text.covered(coveredBy), ...onCall.map(text.onCallAs)];
  return [until, ...more].filter(Boolean).join(". ");
}
