import { count as inWelsh } from "./cy/count";
import { count } from "./en/count";
import { languageNow } from "./language";

/** For a message that went to the wrong person. */
const english = {
  action: "I sent this to the wrong person",
  actionHint: "It is taken back, and who had read it is written down.",
  title: "Sent to the wrong person?",
  what: "The message goes from every phone that still asks for it. Your data protection officer gets a list of who had read it, not what it said.",
  why: "What happened? (if you want to say)",
  whyHint: "Without a patient’s details. Whom did you mean?",
  identifier: "That looks like a patient’s details. Leave them out.",
  send: "Take it back and report it",
  sending: "Taking it back",
  failed: "It was not taken back.",
  done: "It was taken back",
  reported:
    "Your data protection officer has a case about it. You have done the right thing; talk to your line manager if you are worried.",
  readBy: (n: number) =>
    count(n, { one: "{n} person had read it", other: "{n} people had read it" }),
  notReadBy: (n: number) =>
    count(n, { one: "{n} person had not read it", other: "{n} people had not read it" }),
  onPhone: (n: number) =>
    count(n, {
      one: "{n} person has it on their phone: take it as read, and ring them",
      other: "{n} people have it on their phones: take it as read, and ring them",
    }),
  fetched: "It may show until that phone is next online",
  nobodyRead: "Nobody shows as having read it.",
  close: "Close",
};

const welsh: typeof english = {
  action: "Anfonais hwn at y person anghywir",
  actionHint: "Caiff ei dynnu’n ôl, a nodir pwy oedd wedi’i ddarllen.",
  title: "Wedi’i anfon at y person anghywir?",
  what: "Mae’r neges yn mynd oddi ar bob ffôn sy’n dal i ofyn amdani. Mae eich swyddog diogelu data yn cael rhestr o bwy oedd wedi’i darllen, nid yr hyn a ddywedodd.",
  why: "Beth ddigwyddodd? (os ydych am ddweud)",
  whyHint: "Heb fanylion claf. Pwy oedd gennych mewn golwg?",
  identifier: "Mae hynny’n edrych fel manylion claf. Gadewch nhw allan.",
  send: "Ei thynnu’n ôl a’i riportio",
  sending: "Yn ei thynnu’n ôl",
  failed: "Ni thynnwyd hi’n ôl.",
  done: "Fe’i tynnwyd yn ôl",
  reported:
    "Mae gan eich swyddog diogelu data achos amdani. Rydych wedi gwneud y peth iawn; siaradwch â’ch rheolwr llinell os ydych yn poeni.",
  readBy: (n) =>
    inWelsh(n, {
      one: "Roedd {n} person wedi’i darllen",
      other: "Roedd {n} o bobl wedi’i darllen",
    }),
  notReadBy: (n) =>
    inWelsh(n, {
      one: "Nid oedd {n} person wedi’i darllen",
      other: "Nid oedd {n} o bobl wedi’i darllen",
    }),
  onPhone: (n) =>
    inWelsh(n, {
      one: "Mae hi ar ffôn {n} person: cymerwch ei bod wedi’i darllen, a’u ffonio",
      other: "Mae hi ar ffonau {n} o bobl: cymerwch ei bod wedi’i darllen, a’u ffonio",
    }),
  fetched: "Gall ddangos nes bydd y ffôn hwnnw ar-lein nesaf",
  nobodyRead: "Nid oes neb yn ymddangos fel pe bai wedi’i darllen.",
  close: "Cau",
};

export const misdirectedIn = { en: english, cy: welsh };
export const misdirectedWords = (): typeof english => misdirectedIn[languageNow()];
