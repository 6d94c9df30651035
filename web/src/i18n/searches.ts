import type { SearchNotice } from "../engine/protocol";
import { languageNow } from "./language";

type Kinds = Record<SearchNotice["kind"], string>;

/** Of searches that covered somebody's conversations: both languages in one. */
const english = {
  title: "Searches of your conversations",
  why: "Nobody reads along. Conversations are looked into only for a request that was logged. What was said is opened only after two people have agreed to it and two officers have opened it together. What covered you is listed here for three years. Who asked is not said.",
  later:
    "A search can be listed later: where telling you at once would put somebody at risk, or for at most 28 days where serious wrongdoing is suspected.",
  ask: "Questions are for your information governance team.",
  loading: "Loading the searches",
  failed: "The searches could not be loaded.",
  none: "No search has covered a conversation of yours.",
  metadata: "It showed who wrote when. Nothing that was said was opened.",
  content: "What was said was opened and searched.",
  kinds: {
    subject_access: "For somebody’s request to see what is held about them",
    freedom_of_information: "For a freedom of information request",
    data_protection_complaint: "For a complaint about data protection",
    nhs_complaint: "For an NHS complaint",
    coroner: "For a coroner",
    safeguarding: "For safeguarding",
    other: "For another request",
  } satisfies Kinds as Kinds,
};

const welsh: typeof english = {
  title: "Chwiliadau o’ch sgyrsiau",
  why: "Nid oes neb yn darllen dros eich ysgwydd. Dim ond ar gyfer cais sydd wedi’i gofnodi yr edrychir ar sgyrsiau. Dim ond ar ôl i ddau berson gytuno, ac i ddau swyddog ei agor gyda’i gilydd, yr agorir yr hyn a ddywedwyd. Rhestrir yma am dair blynedd yr hyn a oedd yn eich cynnwys chi. Ni ddywedir pwy ofynnodd.",
  later:
    "Gall chwiliad gael ei restru’n ddiweddarach: lle byddai dweud wrthych ar unwaith yn peryglu rhywun, neu am 28 diwrnod ar y mwyaf lle amheuir camwedd difrifol.",
  ask: "Gofynnwch eich cwestiynau i’ch tîm llywodraethu gwybodaeth.",
  loading: "Yn llwytho’r chwiliadau",
  failed: "Nid oedd modd llwytho’r chwiliadau.",
  none: "Nid oes chwiliad wedi cynnwys sgwrs o’ch eiddo chi.",
  metadata: "Dangosodd pwy ysgrifennodd a phryd. Ni agorwyd dim a ddywedwyd.",
  content: "Agorwyd a chwiliwyd yr hyn a ddywedwyd.",
  kinds: {
    subject_access: "Ar gyfer cais gan rywun i weld yr hyn a gedwir amdanynt",
    freedom_of_information: "Ar gyfer cais rhyddid gwybodaeth",
    data_protection_complaint: "Ar gyfer cwyn am ddiogelu data",
    nhs_complaint: "Ar gyfer cwyn am y GIG",
    coroner: "Ar gyfer crwner",
    safeguarding: "Ar gyfer diogelu",
    other: "Ar gyfer cais arall",
  },
};

export const searchesWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
