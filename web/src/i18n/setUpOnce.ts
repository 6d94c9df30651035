import { count as inWelsh } from "./cy/count";
import { count } from "./en/count";
import { languageNow } from "./language";

/** Of the set-up, which each phone has once: both languages are in the piece that is fetched for it. */
const english = {
  name: "Name of this phone",
  nameHint: "So that you know which one to remove if it is lost",
  passcodeTitle: "Choose a passcode",
  does: "It opens Lanyard on this phone. After 10 wrong tries, what Lanyard holds here can never be opened again.",
  doesNot:
    "It does not lock the phone itself. Lanyard cannot check whether your phone has a lock of its own: please set one.",
  touches:
    "Lanyard reads, changes and erases only what it keeps itself: never your photos, contacts or other apps, not even when it is removed from afar.",
  whose: "Whose is it?",
  mine: "My own",
  mineHint: "Only I use it",
  shared: "Shared",
  sharedHint: "Several people use it",
  sharedTitle: "Nothing is kept here",
  sharedFinish: "Use this device",
  rules: "What you agree to",
  rule: [
    "Say no more about a patient than the task needs.",
    "What is decided belongs in the health record.",
    "Look who is in a conversation before you write.",
    "Nobody else uses this phone, and it has a lock of its own.",
    "A lost phone has professional as well as personal consequences: report it at once.",
  ],
  lost: (address: string) => `Lost it? From any browser: ${address}`,
  recoveryLeft: (n: number) =>
    n === 0
      ? "You have no recovery codes. Make some under Me."
      : count(n, {
          one: "You have {n} recovery code left. Make new ones under Me.",
          other: "You have {n} recovery codes left.",
        }),
  finish: "I agree: set up this phone",
  working: "Setting up this phone",
};

const welsh: typeof english = {
  name: "Enw’r ffôn hwn",
  nameHint: "Er mwyn gwybod pa un i’w dynnu os caiff ei golli",
  passcodeTitle: "Dewis cod",
  does: "Mae’n agor Lanyard ar y ffôn hwn. Ar ôl 10 cynnig anghywir, ni ellir byth agor yr hyn sydd gan Lanyard yma.",
  doesNot:
    "Nid yw’n cloi’r ffôn ei hun. Ni all Lanyard wirio a oes gan eich ffôn ei glo ei hun: gosodwch un.",
  touches:
    "Dim ond yr hyn y mae’n ei gadw ei hun y mae Lanyard yn ei ddarllen, ei newid a’i ddileu: byth eich lluniau, cysylltiadau nac apiau eraill, hyd yn oed pan gaiff ei dynnu o bell.",
  whose: "Pwy sy’n ei defnyddio?",
  mine: "Fy un i",
  mineHint: "Dim ond fi sy’n ei defnyddio",
  shared: "Wedi’i rhannu",
  sharedHint: "Mae sawl un yn ei defnyddio",
  sharedTitle: "Ni chedwir dim yma",
  sharedFinish: "Defnyddio’r ddyfais hon",
  rules: "Yr hyn rydych yn cytuno iddo",
  rule: [
    "Dweud dim mwy am glaf nag sydd ei angen ar y dasg.",
    "Mae’r hyn a benderfynir yn perthyn i’r cofnod iechyd.",
    "Edrych pwy sydd mewn sgwrs cyn ysgrifennu.",
    "Nid oes neb arall yn defnyddio’r ffôn hwn, ac mae ganddo ei glo ei hun.",
    "Mae colli’r ffôn yn fater proffesiynol yn ogystal â phersonol: rhowch wybod ar unwaith.",
  ],
  lost: (address) => `Wedi’i golli? O unrhyw borwr: ${address}`,
  recoveryLeft: (n) =>
    inWelsh(n, {
      zero: "Nid oes gennych godau adfer. Gwnewch rai o dan Fi.",
      one: "Mae gennych {n} cod adfer ar ôl. Gwnewch rai newydd o dan Fi.",
      other: "Mae gennych {n} o godau adfer ar ôl.",
    }),
  finish: "Cytunaf: gosod y ffôn hwn",
  working: "Yn gosod y ffôn hwn",
};

export const setUpWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
