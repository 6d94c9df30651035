import { languageNow } from "./language";

/** Under a check that interrupts: both languages in one. */
const english = {
  ask: "Was this check any use?",
  helped: "It helped",
  inTheWay: "It got in the way",
  thanks: "Thank you. It is counted for the organisation, never for you.",
};

const welsh: typeof english = {
  ask: "A oedd y gwiriad hwn o unrhyw werth?",
  helped: "Bu o gymorth",
  inTheWay: "Bu’n rhwystr",
  thanks: "Diolch. Caiff ei gyfrif dros y sefydliad, byth amdanoch chi.",
};

export const feedbackWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
