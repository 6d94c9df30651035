import { languageNow } from "./language";

/** Of the apps the organisation has approved: both languages in one. */
const english = {
  title: "Approved apps",
  why: "Besides Lanyard only these apps may be used. Nothing else is approved for messages about patients.",
  loading: "Loading the approved apps",
  failed: "The approved apps could not be loaded.",
  none: "Your organisation has approved no other app. Use Lanyard itself.",
  asOf: (time: string) => `As this phone last had it, ${time}.`,
  approvedFor: "Approved for",
  notFor: "Not approved for",
  clinical: "May be used in clinical conversations",
  notClinical: "Not for clinical conversations",
  unmet: "What of the guidance it does not do",
  review: "To be reviewed by",
};

const welsh: typeof english = {
  title: "Apiau cymeradwy",
  why: "Heblaw Lanyard dim ond yr apiau hyn y ceir eu defnyddio. Nid oes dim arall wedi’i gymeradwyo ar gyfer negeseuon am gleifion.",
  loading: "Yn llwytho’r apiau cymeradwy",
  failed: "Nid oedd modd llwytho’r apiau cymeradwy.",
  none: "Nid yw eich sefydliad wedi cymeradwyo ap arall. Defnyddiwch Lanyard ei hun.",
  asOf: (time) => `Fel yr oedd gan y ffôn hwn ddiwethaf, ${time}.`,
  approvedFor: "Wedi’i gymeradwyo ar gyfer",
  notFor: "Heb ei gymeradwyo ar gyfer",
  clinical: "Ceir ei ddefnyddio mewn sgyrsiau clinigol",
  notClinical: "Nid ar gyfer sgyrsiau clinigol",
  unmet: "Yr hyn o’r canllaw nad yw’n ei wneud",
  review: "I’w adolygu erbyn",
};

export const appsWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
