import { count as inEnglish } from "./en/count";
import { languageNow } from "./language";

/** Of the reviews that wait for this person: fetched once the app is open, and so with both languages. */
const english = {
  title: "Reviews that wait for you",
  waiting: (n: number) =>
    inEnglish(n, {
      one: "One conversation waits for you to review who is in it.",
      other: "{n} conversations wait for you to review who is in them.",
    }),
  look: "Look",
  why: "Say for each person whether they still need to be in it. Without a review only urgent messages go, and then the conversation is archived.",
  loading: "Loading the reviews that wait for you",
  failed: "The reviews that wait for you could not be loaded.",
  emptyTitle: "No review waits for you",
  empty: "Three days before one is due it stands here.",
  due: (date: string) => `Due ${date}`,
  late: (date: string) => `Was due ${date}`,
  standings: {
    current: "",
    reminded: "",
    due: "Not reviewed yet",
    urgent_only: "Only urgent messages go",
    archived: "Archived: it can only be read",
  } as Record<string, string>,
  as: {
    owner: "You own it",
    deputy: "You are its deputy",
    ward_lead: "You lead its owner’s ward",
  } as Record<string, string>,
};

const welsh: typeof english = {
  title: "Adolygiadau sy’n aros amdanoch",
  waiting: (n) =>
    n === 1
      ? "Mae un sgwrs yn aros i chi adolygu pwy sydd ynddi."
      : `Mae ${String(n)} o sgyrsiau yn aros i chi adolygu pwy sydd ynddynt.`,
  look: "Edrych",
  why: "Dywedwch am bob person a oes angen iddynt fod ynddi o hyd. Heb adolygiad dim ond negeseuon brys sy’n mynd, ac yna caiff y sgwrs ei harchifo.",
  loading: "Yn llwytho’r adolygiadau sy’n aros amdanoch",
  failed: "Nid oedd modd llwytho’r adolygiadau sy’n aros amdanoch.",
  emptyTitle: "Nid oes adolygiad yn aros amdanoch",
  empty: "Dridiau cyn y dyddiad daw i’r golwg yma.",
  due: (date) => `I’w wneud erbyn ${date}`,
  late: (date) => `Roedd i’w wneud erbyn ${date}`,
  standings: {
    current: "",
    reminded: "",
    due: "Heb ei adolygu eto",
    urgent_only: "Dim ond negeseuon brys sy’n mynd",
    archived: "Wedi’i harchifo: gellir ei darllen yn unig",
  },
  as: {
    owner: "Chi yw’r perchennog",
    deputy: "Chi yw’r dirprwy",
    ward_lead: "Chi sy’n arwain ward y perchennog",
  },
};

export const reviewsWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
