import { languageNow } from "./language";

/** What can be done with a message: fetched with its sheet. */
const english = {
  title: "Message",
  decide: "Mark as decision",
  query: "Query this decision",
  queryHint: "Keeps the messages until it is sorted out",
  receipt: "Open the receipt",
  undo: "Undo: take it back",
  retry: "Send again",
  remove: "Remove, do not send",
  who: "Who has read it",
  noCopy: "Messages cannot be copied out of Lanyard.",
  readBy: "Read",
  deliveredTo: "Delivered, not read",
  notYet: "Not yet delivered",
};

const welsh: typeof english = {
  title: "Neges",
  decide: "Nodi fel penderfyniad",
  query: "Cwestiynu’r penderfyniad hwn",
  queryHint: "Yn cadw’r negeseuon nes iddo gael ei ddatrys",
  receipt: "Agor y derbynneb",
  undo: "Dadwneud: ei thynnu yn ôl",
  retry: "Anfon eto",
  remove: "Tynnu, peidio ag anfon",
  who: "Pwy sydd wedi’i darllen",
  noCopy: "Ni ellir copïo negeseuon allan o Lanyard.",
  readBy: "Darllenwyd",
  deliveredTo: "Cyrhaeddodd, heb ei darllen",
  notYet: "Heb gyrraedd eto",
};

export const actionWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
