import { languageNow } from "./language";

/** Linking a patient: fetched with its sheet. */
const english = {
  title: "Link a patient",
  why: "Type the NHS number once. After that nobody needs to write who the patient is.",
  number: "NHS number",
  hint: "10 digits, such as 999 123 4567",
  enter: "Enter the NHS number",
  shape: "An NHS number has 10 digits",
  check: "Check the number: at least one digit is wrong",
  find: "Find the patient",
  finding: "Looking for the patient",
  unknown: "No patient with this NHS number was found. Check the number.",
  confirmTitle: "Is this the patient?",
  confirmWhy: "Compare the name and the date of birth with the wristband or the notes.",
  yes: "Yes, link this patient",
  linking: "Linking",
  no: "No, type another number",
  replaces: "This replaces the patient linked now. Everyone in the conversation is told.",
};

const welsh: typeof english = {
  title: "Cysylltu claf",
  why: "Teipiwch y rhif GIG unwaith. Wedyn nid oes angen i neb ysgrifennu pwy yw’r claf.",
  number: "Rhif GIG",
  hint: "10 digid, fel 999 123 4567",
  enter: "Rhowch y rhif GIG",
  shape: "Mae gan rif GIG 10 digid",
  check: "Gwiriwch y rhif: mae o leiaf un digid yn anghywir",
  find: "Dod o hyd i’r claf",
  finding: "Yn chwilio am y claf",
  unknown: "Ni chafwyd claf â’r rhif GIG hwn. Gwiriwch y rhif.",
  confirmTitle: "Ai hwn yw’r claf?",
  confirmWhy: "Cymharwch yr enw a’r dyddiad geni â’r strap arddwrn neu’r nodiadau.",
  yes: "Ie, cysylltu’r claf hwn",
  linking: "Yn cysylltu",
  no: "Na, teipio rhif arall",
  replaces: "Mae hyn yn disodli’r claf sydd wedi’i gysylltu nawr. Dywedir wrth bawb yn y sgwrs.",
};

export const linkingWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
