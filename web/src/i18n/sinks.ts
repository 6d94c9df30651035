import { count as countInWelsh } from "./cy/count";
import { count } from "./en/count";
import { languageNow } from "./language";

/**
 * What is said of a decision by where it goes: a health record that answers, a folder of files that somebody must
 * enter in one, or a person who copies. Only the first may be called the record before somebody says so (ADR 45).
 */
const english = {
  fhir: {
    title: "Send a decision to the record",
    decideHint: "Sends a summary to the patient’s record",
    where: "It goes to the patient’s health record, which confirms it.",
    preview: "What goes to the record",
    stays: (n: number, hours: string) =>
      count(n, {
        one: `The message is deleted here ${hours} after the record has it.`,
        other: `The {n} messages are deleted here ${hours} after the record has them.`,
      }),
    send: "Send to record and delete here",
    sentText: "Your decision is on its way to the record.",
    waiting: "Waiting for the record",
    refused: "The record refused it",
    inRecord: "The record has confirmed patient, author and text.",
    originalsAfter: (hours: string) => `Will be deleted ${hours} after the record confirms it`,
    confirmed: "Confirmed. The record is told.",
    errorWhy:
      "The record is told not to rely on it. The messages stay until another decision has them.",
    errorDo: "Tell the record",
    marked: "The mark is on its way to the record.",
    picture: "Move to record",
    pictureHint: "With a decision. It is deleted here only once the record has it.",
    pictureGoes: (n: number): string =>
      n === 1
        ? "A copy of the picture goes to the record. It is deleted here only once the record has it."
        : "Copies of the pictures go to the record. They are deleted here only once the record has them.",
  },
  folder: {
    title: "Save a decision for the record",
    decideHint: "Saves a summary; somebody must enter it in the record",
    where: "It goes to a folder. It is not in the record until somebody enters it there.",
    preview: "What is saved for the record",
    stays: (n: number, hours: string) =>
      count(n, {
        one: `The message stays here until somebody says that this is in the record; ${hours} later it is deleted.`,
        other: `The {n} messages stay here until somebody says that this is in the record; ${hours} later they are deleted.`,
      }),
    send: "Save for the record",
    sentText: "Your decision is being saved to the folder. It is not in the record yet.",
    waiting: "Waiting to be saved, not in the record",
    refused: "It could not be saved",
    inRecord: "Whoever empties the folder says that it is there.",
    originalsAfter: (hours: string) =>
      `Will be deleted ${hours} after somebody says that it is in the record`,
    confirmed: "Confirmed. That is saved to the folder too, for the record.",
    errorWhy:
      "A note not to rely on it is saved to the folder. The record does not say so until somebody enters it: tell them. The messages stay until another decision has them.",
    errorDo: "Save the note",
    marked:
      "The note is being saved to the folder. It is not in the record yet: tell who enters it.",
    picture: "Save picture for the record",
    pictureHint:
      "With a decision. It is deleted here only once somebody says that the record has it.",
    pictureGoes: (n: number): string =>
      n === 1
        ? "A copy of the picture is saved to the folder. It is deleted here only once somebody says that the record has it."
        : "Copies of the pictures are saved to the folder. They are deleted here only once somebody says that the record has them.",
  },
  paste: {
    title: "Sign a decision for the record",
    decideHint: "Signs a summary; somebody must copy it into the record",
    where: "It goes nowhere by itself. It is not in the record until somebody copies it there.",
    preview: "What is to be copied into the record",
    stays: (n: number, hours: string) =>
      count(n, {
        one: `The message stays here until somebody says where this is in the record; ${hours} later it is deleted.`,
        other: `The {n} messages stay here until somebody says where this is in the record; ${hours} later they are deleted.`,
      }),
    send: "Sign, then copy into the record",
    sentText: "Your decision is signed. It is not in the record until somebody copies it there.",
    waiting: "Signed, not in the record",
    refused: "It was not accepted",
    inRecord: "Somebody copied it there and vouches for it.",
    originalsAfter: (hours: string) =>
      `Will be deleted ${hours} after somebody says where it is in the record`,
    confirmed: "Confirmed. Now copy that into the record too.",
    errorWhy:
      "You sign a note not to rely on it. The record does not say so until somebody copies it there. The messages stay until another decision has them.",
    errorDo: "Sign the note",
    marked: "The note is signed. Now copy it into the record.",
    picture: "Pictures stay here",
    pictureHint: "Put the picture in the record yourself: here only words are copied.",
    pictureGoes: (n: number): string =>
      n === 1
        ? "Leave the picture out and put it in the record yourself: here only words are copied."
        : "Leave the pictures out and put them in the record yourself: here only words are copied.",
  },
};

const welsh: typeof english = {
  fhir: {
    title: "Anfon penderfyniad i’r cofnod",
    decideHint: "Yn anfon crynodeb i gofnod y claf",
    where: "Mae’n mynd i gofnod iechyd y claf, sy’n ei gadarnhau.",
    preview: "Beth sy’n mynd i’r cofnod",
    stays: (n, hours) =>
      countInWelsh(n, {
        one: `Dileir y neges yma ${hours} ar ôl i’r cofnod ei chael.`,
        other: `Dileir y {n} neges yma ${hours} ar ôl i’r cofnod eu cael.`,
      }),
    send: "Anfon i’r cofnod a dileu yma",
    sentText: "Mae eich penderfyniad ar ei ffordd i’r cofnod.",
    waiting: "Yn aros am y cofnod",
    refused: "Gwrthododd y cofnod",
    inRecord: "Mae’r cofnod wedi cadarnhau’r claf, yr awdur a’r testun.",
    originalsAfter: (hours) => `Dileir ${hours} ar ôl i’r cofnod gadarnhau`,
    confirmed: "Cadarnhawyd. Dywedir wrth y cofnod.",
    errorWhy:
      "Dywedir wrth y cofnod i beidio â dibynnu arno. Mae’r negeseuon yn aros nes bod penderfyniad arall yn eu cynnwys.",
    errorDo: "Dweud wrth y cofnod",
    marked: "Mae’r nodyn ar ei ffordd i’r cofnod.",
    picture: "Symud i’r cofnod",
    pictureHint: "Gyda phenderfyniad. Dim ond wedi i’r cofnod ei gael y caiff ei ddileu yma.",
    pictureGoes: (n) =>
      n === 1
        ? "Mae copi o’r llun yn mynd i’r cofnod. Dim ond wedi i’r cofnod ei gael y caiff ei ddileu yma."
        : "Mae copïau o’r lluniau’n mynd i’r cofnod. Dim ond wedi i’r cofnod eu cael y cânt eu dileu yma.",
  },
  folder: {
    title: "Cadw penderfyniad ar gyfer y cofnod",
    decideHint: "Yn cadw crynodeb; rhaid i rywun ei roi yn y cofnod",
    where: "Mae’n mynd i ffolder. Nid yw yn y cofnod nes i rywun ei roi yno.",
    preview: "Beth sy’n cael ei gadw ar gyfer y cofnod",
    stays: (n, hours) =>
      countInWelsh(n, {
        one: `Mae’r neges yn aros yma nes i rywun ddweud bod hwn yn y cofnod; ${hours} wedyn fe’i dileir.`,
        other: `Mae’r {n} neges yn aros yma nes i rywun ddweud bod hwn yn y cofnod; ${hours} wedyn fe’u dileir.`,
      }),
    send: "Cadw ar gyfer y cofnod",
    sentText: "Mae eich penderfyniad yn cael ei gadw yn y ffolder. Nid yw yn y cofnod eto.",
    waiting: "Yn aros i’w gadw, nid yn y cofnod",
    refused: "Nid oedd modd ei gadw",
    inRecord: "Mae pwy bynnag sy’n gwagio’r ffolder yn dweud ei fod yno.",
    originalsAfter: (hours) => `Dileir ${hours} ar ôl i rywun ddweud ei fod yn y cofnod`,
    confirmed: "Cadarnhawyd. Cedwir hynny yn y ffolder hefyd, ar gyfer y cofnod.",
    errorWhy:
      "Cedwir nodyn i beidio â dibynnu arno yn y ffolder. Nid yw’r cofnod yn dweud hynny nes i rywun ei roi yno: dywedwch wrthynt. Mae’r negeseuon yn aros nes bod penderfyniad arall yn eu cynnwys.",
    errorDo: "Cadw’r nodyn",
    marked:
      "Mae’r nodyn yn cael ei gadw yn y ffolder. Nid yw yn y cofnod eto: dywedwch wrth bwy sy’n ei roi yno.",
    picture: "Cadw’r llun ar gyfer y cofnod",
    pictureHint:
      "Gyda phenderfyniad. Dim ond wedi i rywun ddweud ei fod gan y cofnod y caiff ei ddileu yma.",
    pictureGoes: (n) =>
      n === 1
        ? "Cedwir copi o’r llun yn y ffolder. Dim ond wedi i rywun ddweud ei fod gan y cofnod y caiff ei ddileu yma."
        : "Cedwir copïau o’r lluniau yn y ffolder. Dim ond wedi i rywun ddweud eu bod gan y cofnod y cânt eu dileu yma.",
  },
  paste: {
    title: "Llofnodi penderfyniad ar gyfer y cofnod",
    decideHint: "Yn llofnodi crynodeb; rhaid i rywun ei gopïo i’r cofnod",
    where: "Nid yw’n mynd i unman ohono’i hun. Nid yw yn y cofnod nes i rywun ei gopïo yno.",
    preview: "Beth sydd i’w gopïo i’r cofnod",
    stays: (n, hours) =>
      countInWelsh(n, {
        one: `Mae’r neges yn aros yma nes i rywun ddweud ble mae hwn yn y cofnod; ${hours} wedyn fe’i dileir.`,
        other: `Mae’r {n} neges yn aros yma nes i rywun ddweud ble mae hwn yn y cofnod; ${hours} wedyn fe’u dileir.`,
      }),
    send: "Llofnodi, yna copïo i’r cofnod",
    sentText: "Mae eich penderfyniad wedi’i lofnodi. Nid yw yn y cofnod nes i rywun ei gopïo yno.",
    waiting: "Llofnodwyd, nid yn y cofnod",
    refused: "Ni chafodd ei dderbyn",
    inRecord: "Copïodd rhywun ef yno ac mae’n tystio i hynny.",
    originalsAfter: (hours) => `Dileir ${hours} ar ôl i rywun ddweud ble mae yn y cofnod`,
    confirmed: "Cadarnhawyd. Nawr copïwch hynny i’r cofnod hefyd.",
    errorWhy:
      "Rydych yn llofnodi nodyn i beidio â dibynnu arno. Nid yw’r cofnod yn dweud hynny nes i rywun ei gopïo yno. Mae’r negeseuon yn aros nes bod penderfyniad arall yn eu cynnwys.",
    errorDo: "Llofnodi’r nodyn",
    marked: "Llofnodwyd y nodyn. Nawr copïwch ef i’r cofnod.",
    picture: "Mae lluniau’n aros yma",
    pictureHint: "Rhowch y llun yn y cofnod eich hun: geiriau’n unig a gopïir yma.",
    pictureGoes: (n) =>
      n === 1
        ? "Gadewch y llun allan a rhowch ef yn y cofnod eich hun: geiriau’n unig a gopïir yma."
        : "Gadewch y lluniau allan a rhowch nhw yn y cofnod eich hun: geiriau’n unig a gopïir yma.",
  },
};

export const sinkWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
