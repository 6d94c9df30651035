import { languageNow } from "./language";

/** Of a picture and the record: with the piece that shows pictures, in both languages. */
const english = {
  title: "The health record",
  receipt: "Open receipt",
  notNeeded: "Not needed in the record",
  why: "Why is it not needed in the record?",
  whyHint: "It is kept in the audit log with your name. No patient details.",
  enterWhy: "Say why it is not needed",
  identifier: "That looks like a patient’s details. Leave them out",
  consequence: "It is deleted when its time is up. That cannot be said twice or taken back.",
  say: "Say that it is not needed",
  saying: "Saying so",
  said: "Noted with your name. It goes when its time is up.",
};

const welsh: typeof english = {
  title: "Y cofnod iechyd",
  receipt: "Agor y dderbynneb",
  notNeeded: "Dim angen hwn yn y cofnod",
  why: "Pam nad oes ei angen yn y cofnod?",
  whyHint: "Fe’i cedwir yn y log archwilio gyda’ch enw. Dim manylion claf.",
  enterWhy: "Dywedwch pam nad oes ei angen",
  identifier: "Mae hynny’n edrych fel manylion claf. Gadewch nhw allan",
  consequence:
    "Caiff ei ddileu pan ddaw ei amser i ben. Ni ellir dweud hynny ddwywaith na’i dynnu’n ôl.",
  say: "Dweud nad oes ei angen",
  saying: "Yn dweud hynny",
  said: "Nodwyd gyda’ch enw. Mae’n mynd pan ddaw ei amser i ben.",
};

export const pictureRecordWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
