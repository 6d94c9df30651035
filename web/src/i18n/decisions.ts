import { languageNow } from "./language";

/** Of what is done to a decision after, or seldom: both languages are in the piece fetched for it. */
const english = {
  replaceTitle: "Replace a decision",
  adviser: "Did somebody advise?",
  adviserHint: "Their name and registration stand in it.",
  adviserName: "Name in the directory",
  adviserFind: "Find",
  adviserNobody: "Nobody by that name",
  adviserNone: "Nobody",
  decidedBy: "Decided by",
  notConfirmed: (name: string) => `${name}, not confirmed yet`,
  advisedBy: "Advised by",
  pastedBy: "Entered by",
  overdue: "This decision should be in the record by now.",
  unconfirmedHint: "It says that this person has not confirmed it.",
  confirm: "Yes, I decided this",
  replace: "Replace with a corrected one",
  error: "Entered in error",
  errorTitle: "Mark as entered in error",
  errorEarly:
    "If nobody can have it yet, it is withdrawn and not sent. If the record may have it, it is told not to rely on it. The messages stay until another decision has them.",
  errorEarlyDo: "Stop it, or mark it",
  reason: "What is wrong?",
  chooseReason: "Choose what is wrong",
  reasons: {
    wrong_patient: "It is about the wrong patient",
    wrong_words: "It does not say what was decided",
    not_decided: "This was not decided",
    duplicate: "It was sent twice",
    other: "Something else",
  },
  words: "In your words, for the record",
  enterWords: "Say what is wrong",
  followUp: { replacement: "Replaced", error: "Entered in error", confirmation: "Confirmed" },
  paste: "Copy it into the record",
  pasteTitle: "Copy into the health record",
  pasteWhy: "Copy these words into the patient’s record, then say where they are.",
  filed: "Say that it is in the record",
  filedTitle: "It is in the record",
  filedWhy:
    "Only once somebody has entered it in the patient’s record, with any picture that belongs to it. Your name stands beside it.",
  copy: "Copy the words",
  copied: "Copied",
  referenceLabel: "Where it is in the record",
  referenceHint: "The number or name that the record gives the entry",
  enterReference: "Say where it is in the record",
  vouch: "It is in the record",
  pastedNow: "Noted. Your name stands beside it.",
  from: (messages: number, pictures: number): string => {
    if (pictures === 0)
      return messages === 1 ? "From this message" : `From these ${messages} messages`;
    const said = pictures === 1 ? "1 picture" : `${pictures} pictures`;
    return messages === 0
      ? `With ${said}`
      : `From ${messages === 1 ? "1 message" : `${messages} messages`}, with ${said}`;
  },
  more: "Add another message or picture",
  picture: "Picture",
  tooManyPictures: (most: number) => `Choose at most ${most} pictures for one decision`,
  pictureOf: (n: number, of: number) => (of === 1 ? "Picture" : `Picture ${n} of ${of}`),
  pictureStates: {
    waiting: "Waiting, not in the record",
    in_record: "In the record",
    in_folder: "In a folder, not the health record",
    refused: "Refused: it stays here",
    withdrawn: "Not sent: it stays here",
  },
};

const welsh: typeof english = {
  replaceTitle: "Disodli penderfyniad",
  adviser: "A roddodd rhywun gyngor?",
  adviserHint: "Mae eu henw a’u cofrestriad ynddo.",
  adviserName: "Enw yn y cyfeiriadur",
  adviserFind: "Chwilio",
  adviserNobody: "Neb o’r enw hwnnw",
  adviserNone: "Neb",
  decidedBy: "Penderfynwyd gan",
  notConfirmed: (name) => `${name}, heb ei gadarnhau eto`,
  advisedBy: "Cyngor gan",
  pastedBy: "Rhoddwyd i mewn gan",
  overdue: "Dylai’r penderfyniad hwn fod yn y cofnod erbyn hyn.",
  unconfirmedHint: "Mae’n dweud nad yw’r person hwn wedi’i gadarnhau.",
  confirm: "Ie, fi a benderfynodd hyn",
  replace: "Disodli ag un wedi’i gywiro",
  error: "Cofnodwyd mewn camgymeriad",
  errorTitle: "Nodi iddo gael ei gofnodi mewn camgymeriad",
  errorEarly:
    "Os na all neb fod wedi’i gael eto, tynnir ef yn ôl ac nid yw’n cael ei anfon. Os gall fod gan y cofnod, dywedir wrtho i beidio â dibynnu arno. Mae’r negeseuon yn aros nes bod penderfyniad arall yn eu cynnwys.",
  errorEarlyDo: "Ei atal, neu ei nodi",
  reason: "Beth sy’n anghywir?",
  chooseReason: "Dewiswch beth sy’n anghywir",
  reasons: {
    wrong_patient: "Mae’n ymwneud â’r claf anghywir",
    wrong_words: "Nid yw’n dweud beth a benderfynwyd",
    not_decided: "Ni phenderfynwyd hyn",
    duplicate: "Fe’i hanfonwyd ddwywaith",
    other: "Rhywbeth arall",
  },
  words: "Yn eich geiriau eich hun, ar gyfer y cofnod",
  enterWords: "Dywedwch beth sy’n anghywir",
  followUp: {
    replacement: "Disodlwyd",
    error: "Cofnodwyd mewn camgymeriad",
    confirmation: "Cadarnhawyd",
  },
  paste: "Ei gopïo i’r cofnod",
  pasteTitle: "Copïo i’r cofnod iechyd",
  pasteWhy: "Copïwch y geiriau hyn i gofnod y claf, yna dywedwch ble maen nhw.",
  filed: "Dweud ei fod yn y cofnod",
  filedTitle: "Mae yn y cofnod",
  filedWhy:
    "Dim ond wedi i rywun ei roi yng nghofnod y claf, gydag unrhyw lun sy’n perthyn iddo. Mae eich enw wrth ei ymyl.",
  copy: "Copïo’r geiriau",
  copied: "Copïwyd",
  referenceLabel: "Ble mae yn y cofnod",
  referenceHint: "Y rhif neu’r enw y mae’r cofnod yn ei roi i’r cofnodiad",
  enterReference: "Dywedwch ble mae yn y cofnod",
  vouch: "Mae yn y cofnod",
  pastedNow: "Nodwyd. Mae eich enw wrth ei ymyl.",
  from: (messages, pictures) => {
    if (pictures === 0) return messages === 1 ? "O’r neges hon" : `O’r ${messages} neges hyn`;
    const said = pictures === 1 ? "1 llun" : `${pictures} llun`;
    return messages === 0 ? `Gyda ${said}` : `O ${messages} neges, gyda ${said}`;
  },
  more: "Ychwanegu neges neu lun arall",
  picture: "Llun",
  tooManyPictures: (most) => `Dewiswch ${most} llun ar y mwyaf ar gyfer un penderfyniad`,
  pictureOf: (n, of) => (of === 1 ? "Llun" : `Llun ${n} o ${of}`),
  pictureStates: {
    waiting: "Yn aros, nid yn y cofnod",
    in_record: "Yn y cofnod",
    in_folder: "Mewn ffolder, nid y cofnod iechyd",
    refused: "Gwrthodwyd: mae’n aros yma",
    withdrawn: "Nis anfonwyd: mae’n aros yma",
  },
};

export const decisionWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
