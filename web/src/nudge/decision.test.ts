import { describe, expect, it } from "vitest";
import { readsLikeDecision } from "./decision";

/** Labelled by hand; invented, as every message in these tests. */
const DECISIONS = [
  "Start gentamicin 5 mg/kg once a day.",
  "Stop the warfarin tonight",
  "Hold tonight’s apixaban.",
  "NBM from midnight please",
  "Nil by mouth from 6",
  "Increase furosemide to 40 mg bd",
  "Reduce the dose by half",
  "Thanks for coming. Give 2 units of blood.",
  "Withhold ramipril until bloods are back",
  "Continue antibiotics for 5 days",
  "Not for escalation, agreed with family",
  "DNACPR signed today",
  "Fit for discharge this afternoon",
  "Switch to oral co-amoxiclav tablets tomorrow",
  "Omit the morning insulin",
  "Restart bisoprolol at 2.5 mg",
  "Discontinue IV fluids",
  "Prescribe paracetamol prn",
  "For theatre at 2",
  "Cancel the transfusion, Hb is 92",
];

const OTHERS = [
  "Can you come to bed 4?",
  "Should we start gentamicin 5 mg/kg?",
  "Thanks, on my way",
  "What dose is she on?",
  "The family are here",
  "Bloods are back, potassium 4.1 mmol",
  "I start at 8 tomorrow",
  "Please stop by the office",
  "Handover starts in ten minutes",
  "Who is on call for surgery?",
  "Did you give the insulin?",
  "Bed 7 has moved to side room 2",
  "Hold the lift!",
  "Ward round at nine",
  "I will give you a ring",
  "The continue button does not work",
  "Lunch?",
  "Stop it, that is too funny",
  "Is she NBM?",
  "Change of rota: I am on nights",
];

describe("a message that reads like a decision", () => {
  it.each(DECISIONS)("is seen: %s", (text) => expect(readsLikeDecision(text)).toBe(true));
  it.each(OTHERS)("is left alone otherwise: %s", (text) =>
    expect(readsLikeDecision(text)).toBe(false),
  );

  it("is never looked for in what is too long", () => {
    expect(readsLikeDecision(`Stop the warfarin. ${"x".repeat(1_000)}`)).toBe(false);
  });

  it("takes no time, whatever it reads", () => {
    const begun = performance.now();
    for (const text of ["start ".repeat(160), "1".repeat(999), "a".repeat(999)])
      readsLikeDecision(text);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
