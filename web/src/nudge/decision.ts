/**
 * Whether a message reads like a decision that belongs in the health record.
 *
 * Pure, and on this phone only: text in, yes or no out. A quiet suggestion on one's screen; it is never
 * sent, kept or counted, and it never blocks anything. What it misses can be marked all the same.
 */

/** Orders: to start, stop, change or withhold something. */
const ORDER =
  /\b(?:start|restart|stop|hold|withhold|omit|continue|switch|change|increase|decrease|reduce|double|halve|give|prescribe|discontinue|wean|titrate)(?:ing|ped|ted|d)?\b/i;
/** What orders are about. */
const MATTER =
  /\b(?:\d+(?:[.,]\d+)?\s*(?:mg|mcg|microgram\w*|g|ml|units?|iu|mmol|litres?|l\/min|%)|(?:dose|doses|dosage|antibiotics?|fluids?|oxygen|insulin|warfarin|heparin|morphine|paracetamol|steroids?|transfusion|infusion|catheter|feeds?|medication|meds|tablets?|treatment|obs|iv|po|im|sc|od|bd|tds|qds|prn|stat)|\w+(?:cillin|mycin|micin|oxacin|statin|prazole|olol|pril|sartan|azole|parin|aban|ide|ine|one|ate))\b/i;
/** Short words that are a decision by themselves. */
const ALONE =
  /\b(?:nbm|nil by mouth|dnacpr|not for (?:resus\w*|cpr|escalation|itu|icu)|for (?:palliation|theatre|surgery|discharge)|fit for discharge|(?:dose|plan) is|(?:we|I|to) (?:will )?discharge|cancel (?:the )?(?:theatre|surgery|operation|transfusion|scan))\b/i;
/** A question is no decision yet, and what was not done is none. */
const QUESTION =
  /\?\s*$|^\s*(?:should|shall|can|could|may|do|does|did|is|are|was|what|when|which|who|why|how|any)\b/i;
const LONGEST = 1_000;

export function readsLikeDecision(text: string): boolean {
  if (text.length > LONGEST) return false;
  return text
    .split(/(?<=[.!?])\s+|\n/)
    .some(
      (sentence) =>
        !QUESTION.test(sentence) &&
        (ALONE.test(sentence) || (ORDER.test(sentence) && MATTER.test(sentence))),
    );
}
