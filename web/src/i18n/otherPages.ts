import { languageNow } from "./language";

/** Of the pages that other apps send people to; both languages are in the piece that is fetched for them. */
const english = {
  letInTitle: (app: string) => `Let ${app} in?`,
  letInHint: (host: string) =>
    `It will be able to read and send your messages. It is from ${host}.`,
  purpose: "Your organisation uses it for",
  approvedFor: "Approved for",
  notApprovedFor: "Not approved for",
  cannot: "What it cannot do",
  noClinical: "Clinical conversations are not shown in it. Use Lanyard for them.",
  withClinical: "It shows your clinical conversations too.",
  letIn: "Let it in",
  lettingIn: "Letting it in",
  doNot: "Do not let it in",
  linkTitle: "Sign in on another device",
  linkHint: "Go on only if the code is on a device in your own hands. Nobody will ring you for it.",
  linkCode: "Code on the other device",
  linkCodeHint: "8 letters, such as BCDF-GHJK",
  enterLinkCode: "Enter the 8 letters that the other device shows",
  fromDirectory: "Your name and role come from your organisation’s directory.",
  ends: "Your account belongs to your organisation, which ends it when you leave. You can sign devices out here.",
  devices: "Signed in on",
  noSuchDevice: "That device is not signed in.",
  seen: (time: string) => `Last seen ${time}`,
  signOut: (name: string) => `Sign out ${name}`,
  working: "Working",
  signedOut: "It is signed out.",
  resetWhat: "An app asks to give you new keys, so that colleagues can check that it is you.",
  resetWarning:
    "Colleagues will see that your keys have changed. Messages that only the old keys open are lost on the app. Go on only if you asked for this.",
  allowReset: "Allow new keys once",
  resetAllowed: "Allowed for ten minutes. Go back to the app.",
};

const welsh: typeof english = {
  letInTitle: (app) => `Gadael ${app} i mewn?`,
  letInHint: (host) => `Bydd yn gallu darllen ac anfon eich negeseuon. Mae’n dod o ${host}.`,
  purpose: "Mae eich sefydliad yn ei ddefnyddio ar gyfer",
  approvedFor: "Wedi’i gymeradwyo ar gyfer",
  notApprovedFor: "Heb ei gymeradwyo ar gyfer",
  cannot: "Yr hyn na all ei wneud",
  noClinical: "Ni ddangosir sgyrsiau clinigol ynddo. Defnyddiwch Lanyard ar eu cyfer.",
  withClinical: "Mae’n dangos eich sgyrsiau clinigol hefyd.",
  letIn: "Gadael i mewn",
  lettingIn: "Yn gadael i mewn",
  doNot: "Peidio â’i adael i mewn",
  linkTitle: "Mewngofnodi ar ddyfais arall",
  linkHint:
    "Ewch ymlaen dim ond os yw’r cod ar ddyfais yn eich dwylo chi. Ni fydd neb yn eich ffonio amdano.",
  linkCode: "Cod ar y ddyfais arall",
  linkCodeHint: "8 llythyren, fel BCDF-GHJK",
  enterLinkCode: "Rhowch yr 8 llythyren y mae’r ddyfais arall yn eu dangos",
  fromDirectory: "Daw eich enw a’ch rôl o gyfeiriadur eich sefydliad.",
  ends: "Mae eich cyfrif yn perthyn i’ch sefydliad, sy’n ei gau pan fyddwch yn gadael. Gallwch allgofnodi dyfeisiau yma.",
  devices: "Wedi mewngofnodi ar",
  noSuchDevice: "Nid yw’r ddyfais honno wedi mewngofnodi.",
  seen: (time) => `Gwelwyd ddiwethaf ${time}`,
  signOut: (name) => `Allgofnodi ${name}`,
  working: "Yn gweithio",
  signedOut: "Mae wedi’i allgofnodi.",
  resetWhat:
    "Mae ap yn gofyn am roi allweddi newydd i chi, er mwyn i gydweithwyr allu gwirio mai chi sydd yno.",
  resetWarning:
    "Bydd cydweithwyr yn gweld bod eich allweddi wedi newid. Collir negeseuon na all ond yr hen allweddi eu hagor yn yr ap. Ewch ymlaen dim ond os gofynnoch am hyn.",
  allowReset: "Caniatáu allweddi newydd unwaith",
  resetAllowed: "Caniatawyd am ddeng munud. Ewch yn ôl i’r ap.",
};

export const otherWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
