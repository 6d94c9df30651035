import { languageNow } from "./language";

/** Of adding who is on call: fetched with its screen, and so with both languages. */
const english = {
  title: "Add who is on call",
  why: "Choose the role, then untick whoever is not needed.",
  role: "On-call role",
  chooseRole: "Choose the on-call role",
  nobodyOn: "Nobody is on duty",
  none: "Your organisation keeps no on-call roles here. Add people one at a time, or a ward’s team.",
  empty: (role: string) => `Nobody is on duty as ${role} now.`,
  on: (role: string) => `On duty as ${role}`,
  till: (role: string, time: string) => [role, `until ${time}`].filter(Boolean).join(" · "),
  inside: "In it already, or of another employer",
  until: "Until when?",
  ends: {
    shift: "Until the end of their shift",
    day: "For 24 hours",
    open: "Until somebody takes them out",
  },
};

const welsh: typeof english = {
  title: "Ychwanegu pwy sydd ar alwad",
  why: "Dewiswch y rôl, yna dad-diciwch bwy bynnag nad oes ei angen.",
  role: "Rôl ar alwad",
  chooseRole: "Dewiswch y rôl ar alwad",
  nobodyOn: "Nid oes neb ar ddyletswydd",
  none: "Nid yw eich sefydliad yn cadw rolau ar alwad yma. Ychwanegwch bobl fesul un, neu dîm ward.",
  empty: (role) => `Nid oes neb ar ddyletswydd fel ${role} nawr.`,
  on: (role) => `Ar ddyletswydd fel ${role}`,
  till: (role, time) => [role, `tan ${time}`].filter(Boolean).join(" · "),
  inside: "Ynddi’n barod, neu gyda chyflogwr arall",
  until: "Tan pryd?",
  ends: {
    shift: "Tan ddiwedd eu sifft",
    day: "Am 24 awr",
    open: "Nes i rywun eu tynnu allan",
  },
};

export const rotaWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
