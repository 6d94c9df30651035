import { languageNow } from "./language";

/** Of a first day, which everybody has once: both languages are in the piece that is fetched for it. */
const english = {
  title: "Choose how you sign in",
  hint: "Your invitation works once. From now on signing in takes two steps, and nobody can switch that off.",
  byPasskey: "Make a passkey",
  byPasskeyHint:
    "Your face, your finger or your phone’s own lock: both steps at once, no password.",
  makingPasskey: "Making a passkey",
  orCode: "Or a password and an authenticator app",
  orCodeHint: "The app shows six digits that change every half minute.",
  byCode: "Use an authenticator app",
  asking: "Getting your key",
  codeTitle: "Add Lanyard to your authenticator app",
  openApp: "Open my authenticator app",
  orType: "Or add this key to it by hand. It is shown once.",
  key: "Key",
  copy: "Copy the key",
  copied: "Copied. Paste it into your authenticator app.",
  notCopied: "It could not be copied. Type it by hand.",
  code: "6-digit code that the app shows now",
  password: "New password",
  passwordHint: "At least 12 characters. Three words that do not belong together are good.",
  again: "New password again",
  passwordShort: "Use at least 12 characters",
  passwordsDiffer: "The two passwords are not the same",
  passwordWeak:
    "That password is easy to guess. Choose three or four words that have nothing to do with each other or with you",
  finish: "Continue",
  finishing: "Checking",
  other: "Choose another way",
  startAgain: "Start again",
  late: "This took too long, or the invitation was used already. Start again. If it does not work, ask whoever invited you.",
  paperTitle: "Write down your recovery codes",
  paperHint:
    "They let you sign in without your passkey or authenticator app, if the phone with it is lost or broken.",
  paperOnce: "They are shown once, now. Keep them on paper, away from the phone. Each works once.",
  paperDone: "I have written them down",
};

const welsh: typeof english = {
  title: "Dewiswch sut i fewngofnodi",
  hint: "Mae eich gwahoddiad yn gweithio unwaith. O hyn ymlaen mae dau gam i fewngofnodi, ac ni all neb ddiffodd hynny.",
  byPasskey: "Gwneud cyfallwedd",
  byPasskeyHint: "Eich wyneb, eich bys neu glo eich ffôn: y ddau gam ar unwaith, dim cyfrinair.",
  makingPasskey: "Yn gwneud cyfallwedd",
  orCode: "Neu gyfrinair ac ap dilysu",
  orCodeHint: "Mae’r ap yn dangos chwe digid sy’n newid bob hanner munud.",
  byCode: "Defnyddio ap dilysu",
  asking: "Yn nôl eich allwedd",
  codeTitle: "Ychwanegu Lanyard at eich ap dilysu",
  openApp: "Agor fy ap dilysu",
  orType: "Neu ychwanegwch yr allwedd hon ato â llaw. Fe’i dangosir unwaith.",
  key: "Allwedd",
  copy: "Copïo’r allwedd",
  copied: "Wedi’i chopïo. Gludwch hi yn eich ap dilysu.",
  notCopied: "Ni ellid ei chopïo. Teipiwch hi â llaw.",
  code: "Cod 6 digid y mae’r ap yn ei ddangos nawr",
  password: "Cyfrinair newydd",
  passwordHint: "O leiaf 12 nod. Mae tri gair nad ydynt yn perthyn i’w gilydd yn dda.",
  again: "Y cyfrinair newydd eto",
  passwordShort: "Defnyddiwch o leiaf 12 nod",
  passwordsDiffer: "Nid yw’r ddau gyfrinair yr un fath",
  passwordWeak:
    "Mae’n hawdd dyfalu’r cyfrinair hwnnw. Dewiswch dri neu bedwar gair nad oes a wnelont ddim â’i gilydd nac â chi",
  finish: "Parhau",
  finishing: "Yn gwirio",
  other: "Dewis ffordd arall",
  startAgain: "Dechrau eto",
  late: "Cymerodd hyn yn rhy hir, neu mae’r gwahoddiad wedi’i ddefnyddio. Dechreuwch eto. Os nad yw’n gweithio, gofynnwch i bwy bynnag a’ch gwahoddodd.",
  paperTitle: "Ysgrifennwch eich codau adfer",
  paperHint:
    "Maent yn gadael i chi fewngofnodi heb eich cyfallwedd neu ap dilysu, os collir neu os torrir y ffôn y mae arno.",
  paperOnce:
    "Fe’u dangosir unwaith, nawr. Cadwch nhw ar bapur, ymhell o’r ffôn. Mae pob un yn gweithio unwaith.",
  paperDone: "Rwyf wedi eu hysgrifennu",
};

export const firstDayWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
