import { languageNow } from "./language";

/** Of sheets that few open, and so with both languages in the piece that is fetched for them. */
const english = {
  passkeys: "Passkeys",
  passkeysWhy:
    "A passkey signs you in and unlocks Lanyard with your face, your finger or your phone’s own lock.",
  passkeysFailed: "Your passkeys could not be listed.",
  noPasskeys: "You have no passkey yet.",
  made: (date: string) => `Made ${date}`,
  used: (when: string) => `Last used: ${when}`,
  everywhere: "On your other phones too",
  add: "Add a passkey",
  adding: "Adding",
  name: "Name of the passkey",
  enterName: "Give the passkey a name",
  passcode: "Your passcode",
  passcodeHint: "So that the passkey can open Lanyard on this phone",
  enterPasscode: "Enter your passcode",
  added:
    "The passkey is added. It signs you in; this phone’s browser does not let it unlock Lanyard.",
  addedOpens: "The passkey is added, and unlocks Lanyard on this phone.",
  edit: "Change",
  editTitle: (name: string) => `Passkey: ${name}`,
  rename: "Save the name",
  remove: "Remove the passkey",
  removeWhy:
    "It will not sign you in any more. You need one way to sign in with two steps, always.",
  removing: "Removing",
  removed: (name: string) =>
    `The passkey ${name} was removed. Delete it in your phone’s settings too.`,
  changePassword: "Change password",
  newPassword: "New password",
  newPasswordHint: "At least 12 characters. Three words that do not belong together are good.",
  newPasswordAgain: "New password again",
  passwordShort: "Use at least 12 characters",
  passwordsDiffer: "The two passwords are not the same",
  passwordWeak:
    "That password is easy to guess. Choose three or four words that have nothing to do with each other or with you",
  passwordChanged: "Your password is changed.",
  elsewhere: "Sign out everywhere else?",
  elsewhereYes: "Yes, sign out my other phones and apps",
  elsewhereNo: "No, leave them signed in",
  changing: "Changing",
  byPasskey: "Use a passkey",
  keys: "Keys to your messages",
  keysWhy:
    "A passkey that is on your other phones opens your old messages there too. Another app that your organisation approved needs a recovery key, or a comparison of emoji with this phone.",
  keysFresh:
    "Messages sent before you set up this phone cannot be read here. They are not the record.",
  keysElsewhere:
    "Your keys are on your own phone, and this shared device does not replace them. Sign in here with your passkey to read and send.",
  otherTitle: "Your keys are on another phone",
  otherShort:
    "Your keys are on another phone of yours. Until they are here, this one cannot read or send messages.",
  otherOpen: "Get my keys",
  otherWhy:
    "What opens your messages is on the phone you set up before. If that one still opens, open Lanyard on both: they show the same pictures, you say so, and your messages are here too.",
  otherAsk: "I have my other phone",
  otherAsking: "Asking your other phone",
  otherNone: "It is gone, or opens no more",
  otherAskTitle: "Get your keys from your other phone",
  otherWaiting: "Open Lanyard on your other phone and tap Compare. Keep both in your hands.",
  otherCompare: "Does your other phone show the same, in the same order?",
  otherDone: "Your keys are on this phone now. Your earlier messages open here.",
  otherFailed:
    "Your keys did not come. Try again with Lanyard open on both phones, or start afresh here.",
  replacedTitle: "This phone must be set up again",
  replacedShort: "You set up another phone since. This one can no longer read or send messages.",
  replacedOpen: "What to do",
  replacedWhy:
    "The keys of your other phone replaced the ones here. Sign out and sign in again: this phone can then get its keys from the other one.",
  replacedDo: "Sign out and set up again",
  replacedDoing: "Signing out",
  afresh: "Start afresh here",
  afreshWhy:
    "If you have no other phone with Lanyard, start afresh. What was sent before cannot be read, and any other phone of yours must be set up again.",
  showKey: "Show the recovery key",
  keyTitle: "Your recovery key",
  keyWarning:
    "Who has it and your account can read all your messages. Type it into the other app now, and keep no picture of it.",
  keyDone: "Done",
  checklist: "This phone’s own settings",
  checklistWhy:
    "Losing this phone has professional as well as personal consequences. What makes that less likely, or less bad:",
  open: "Check this phone",
  byApp: "Enforced by the app",
  byYou: "You must do it",
  byNobody: "Cannot be checked",
  enforced: (lock: string) => [
    `Lanyard locks by itself after ${lock} without use: a phone left on a desk tells nothing.`,
    "Two steps to sign in, always: a stolen password is not enough.",
    "Notifications never say what a message says, or whose it is.",
    "What Lanyard holds can be made unreadable from any browser, if the phone is lost. Nothing else on it is touched.",
  ],
  facts: {
    screen_lock: [
      "This phone asks for a passcode, a face or a finger at once",
      "Without it, whoever finds the phone is already half way in.",
    ],
    quick_lock: [
      "It locks by itself after two minutes or less",
      "Most phones are lost while they are open.",
    ],
    nobody_else: [
      "Nobody else uses it or knows how to open it",
      "Not at home either: what is on it is about patients.",
    ],
    hidden_notifications: [
      "Other messengers show no text on its lock screen",
      "Lanyard never does; others do unless you tell them.",
    ],
    find_my_phone: [
      "The phone itself can be found and erased from afar",
      "Lanyard can end only itself: your photos and mail are yours to protect.",
    ],
  },
  yes: "Yes",
  no: "Not yet",
  answerOne: "Answer at least one",
  selfReported: "Your answers are kept as what you told us, never as something that was checked.",
  save: "Keep my answers",
  saving: "Keeping",
  answersKept: "Your answers are kept.",
  unseen: [
    "Whether the phone’s system is up to date, or has been tampered with.",
    "Who looks over your shoulder.",
    "Whether somebody takes a picture of the screen.",
  ],
  verifyTitle: "Another app wants to be trusted",
  verifyWhy: (device: string) =>
    `${device} is signed in as you and asks this phone to vouch for it. It then gets the keys that open your messages, old ones too. Go on only if you are holding both.`,
  verifyStart: "Compare",
  verifyRefuse: "It is not mine",
  verifyWaiting: "Waiting for the other app",
  verifyCompare: "Does the other app show the same, in the same order?",
  verifyNumbers: "Or these numbers:",
  verifySame: "They are the same",
  verifyDifferent: "They are different",
  verifyDone: "The other app is trusted now. It has the keys to your messages.",
  verifyFailed: "It was not compared. The other app is not trusted.",
  verifyReport: "If you did not sign in elsewhere, change your password now and tell IT.",
  offerTitle: "Unlock with your face or finger?",
  offerWhy:
    "A passkey opens Lanyard with one look or touch, and signs you in with no password. Your face and finger never leave the phone.",
  offerMake: "Make a passkey",
  offerMaking: "Making a passkey",
  notNow: "Not now",
};

type Words = typeof english;

const welsh: Words = {
  passkeys: "Cyfallweddi",
  passkeysWhy:
    "Mae cyfallwedd yn eich mewngofnodi ac yn datgloi Lanyard gyda’ch wyneb, eich bys neu glo eich ffôn.",
  passkeysFailed: "Ni ellid rhestru eich cyfallweddi.",
  noPasskeys: "Nid oes gennych gyfallwedd eto.",
  made: (date) => `Gwnaed ${date}`,
  used: (when) => `Defnyddiwyd ddiwethaf: ${when}`,
  everywhere: "Ar eich ffonau eraill hefyd",
  add: "Ychwanegu cyfallwedd",
  adding: "Yn ychwanegu",
  name: "Enw’r gyfallwedd",
  enterName: "Rhowch enw i’r gyfallwedd",
  passcode: "Eich cod",
  passcodeHint: "Er mwyn i’r gyfallwedd allu agor Lanyard ar y ffôn hwn",
  enterPasscode: "Rhowch eich cod",
  added:
    "Ychwanegwyd y gyfallwedd. Mae’n eich mewngofnodi; nid yw porwr y ffôn hwn yn gadael iddi ddatgloi Lanyard.",
  addedOpens: "Ychwanegwyd y gyfallwedd, ac mae’n datgloi Lanyard ar y ffôn hwn.",
  edit: "Newid",
  editTitle: (name) => `Cyfallwedd: ${name}`,
  rename: "Cadw’r enw",
  remove: "Tynnu’r gyfallwedd",
  removeWhy:
    "Ni fydd yn eich mewngofnodi mwyach. Mae angen un ffordd o fewngofnodi mewn dau gam arnoch bob amser.",
  removing: "Yn tynnu",
  removed: (name) => `Tynnwyd y gyfallwedd ${name}. Dilëwch hi yng ngosodiadau eich ffôn hefyd.`,
  changePassword: "Newid cyfrinair",
  newPassword: "Cyfrinair newydd",
  newPasswordHint: "O leiaf 12 nod. Mae tri gair nad ydynt yn perthyn i’w gilydd yn dda.",
  newPasswordAgain: "Y cyfrinair newydd eto",
  passwordShort: "Defnyddiwch o leiaf 12 nod",
  passwordsDiffer: "Nid yw’r ddau gyfrinair yr un fath",
  passwordWeak:
    "Mae’n hawdd dyfalu’r cyfrinair hwnnw. Dewiswch dri neu bedwar gair nad oes a wnelont ddim â’i gilydd nac â chi",
  passwordChanged: "Newidiwyd eich cyfrinair.",
  elsewhere: "Allgofnodi ym mhobman arall?",
  elsewhereYes: "Ie, allgofnodi fy ffonau ac apiau eraill",
  elsewhereNo: "Na, eu gadael wedi mewngofnodi",
  changing: "Yn newid",
  byPasskey: "Defnyddio cyfallwedd",
  keys: "Allweddi eich negeseuon",
  keysWhy:
    "Mae cyfallwedd sydd ar eich ffonau eraill yn agor eich hen negeseuon yno hefyd. Mae angen allwedd adfer, neu gymharu emoji â’r ffôn hwn, ar ap arall a gymeradwyodd eich sefydliad.",
  keysFresh:
    "Ni ellir darllen negeseuon a anfonwyd cyn i chi osod y ffôn hwn yma. Nid nhw yw’r cofnod.",
  keysElsewhere:
    "Mae eich allweddi ar eich ffôn eich hun, ac nid yw’r ddyfais hon a rennir yn eu disodli. Mewngofnodwch yma gyda’ch cyfallwedd i ddarllen ac anfon.",
  otherTitle: "Mae eich allweddi ar ffôn arall",
  otherShort:
    "Mae eich allweddi ar ffôn arall sydd gennych. Hyd nes y byddant yma, ni all hwn ddarllen nac anfon negeseuon.",
  otherOpen: "Cael fy allweddi",
  otherWhy:
    "Mae’r hyn sy’n agor eich negeseuon ar y ffôn a osodwyd gennych o’r blaen. Os yw hwnnw’n dal i agor, agorwch Lanyard ar y ddau: maent yn dangos yr un lluniau, rydych yn dweud hynny, ac mae eich negeseuon yma hefyd.",
  otherAsk: "Mae fy ffôn arall gennyf",
  otherAsking: "Yn gofyn i’ch ffôn arall",
  otherNone: "Mae wedi mynd, neu nid yw’n agor mwyach",
  otherAskTitle: "Cael eich allweddi o’ch ffôn arall",
  otherWaiting:
    "Agorwch Lanyard ar eich ffôn arall a thapiwch Cymharu. Cadwch y ddau yn eich dwylo.",
  otherCompare: "A yw eich ffôn arall yn dangos yr un peth, yn yr un drefn?",
  otherDone: "Mae eich allweddi ar y ffôn hwn nawr. Mae eich negeseuon cynharach yn agor yma.",
  otherFailed:
    "Ni ddaeth eich allweddi. Rhowch gynnig arall arni gyda Lanyard ar agor ar y ddau ffôn, neu dechreuwch o’r newydd yma.",
  replacedTitle: "Rhaid gosod y ffôn hwn eto",
  replacedShort:
    "Rydych wedi gosod ffôn arall ers hynny. Ni all hwn ddarllen nac anfon negeseuon mwyach.",
  replacedOpen: "Beth i’w wneud",
  replacedWhy:
    "Disodlodd allweddi eich ffôn arall y rhai yma. Allgofnodwch a mewngofnodwch eto: yna gall y ffôn hwn gael ei allweddi o’r llall.",
  replacedDo: "Allgofnodi a gosod eto",
  replacedDoing: "Yn allgofnodi",
  afresh: "Dechrau o’r newydd yma",
  afreshWhy:
    "Os nad oes gennych ffôn arall gyda Lanyard, dechreuwch o’r newydd. Ni ellir darllen yr hyn a anfonwyd o’r blaen, a rhaid gosod unrhyw ffôn arall sydd gennych eto.",
  showKey: "Dangos yr allwedd adfer",
  keyTitle: "Eich allwedd adfer",
  keyWarning:
    "Gall pwy bynnag sydd â hi a’ch cyfrif ddarllen eich holl negeseuon. Teipiwch hi yn yr ap arall nawr, a pheidiwch â chadw llun ohoni.",
  keyDone: "Wedi gorffen",
  checklist: "Gosodiadau’r ffôn ei hun",
  checklistWhy:
    "Mae colli’r ffôn hwn yn fater proffesiynol yn ogystal â phersonol. Yr hyn sy’n gwneud hynny’n llai tebygol, neu’n llai drwg:",
  open: "Gwirio’r ffôn hwn",
  byApp: "Mae’r ap yn ei orfodi",
  byYou: "Rhaid i chi ei wneud",
  byNobody: "Ni ellir ei wirio",
  enforced: (lock) => [
    `Mae Lanyard yn cloi ei hun ar ôl ${lock} heb ei ddefnyddio: nid yw ffôn ar ddesg yn dweud dim.`,
    "Dau gam i fewngofnodi, bob amser: nid yw cyfrinair wedi’i ddwyn yn ddigon.",
    "Nid yw hysbysiadau byth yn dweud beth sydd mewn neges, na phwy a’i hanfonodd.",
    "Gellir gwneud yr hyn sydd gan Lanyard yn annarllenadwy o unrhyw borwr, os collir y ffôn. Ni chyffyrddir â dim arall arno.",
  ],
  facts: {
    screen_lock: [
      "Mae’r ffôn hwn yn gofyn am god, wyneb neu fys ar unwaith",
      "Hebddo, mae pwy bynnag sy’n dod o hyd i’r ffôn hanner ffordd i mewn.",
    ],
    quick_lock: [
      "Mae’n cloi ei hun ar ôl dau funud neu lai",
      "Collir y rhan fwyaf o ffonau tra byddant ar agor.",
    ],
    nobody_else: [
      "Nid oes neb arall yn ei ddefnyddio nac yn gwybod sut i’w agor",
      "Dim gartref chwaith: mae’r hyn sydd arno am gleifion.",
    ],
    hidden_notifications: [
      "Nid yw apiau negeseuon eraill yn dangos testun ar ei sgrin glo",
      "Nid yw Lanyard byth yn gwneud; mae eraill oni bai eich bod yn dweud wrthynt.",
    ],
    find_my_phone: [
      "Gellir dod o hyd i’r ffôn ei hun a’i ddileu o bell",
      "Dim ond ei hun y gall Lanyard ei ddiweddu: chi sy’n diogelu eich lluniau a’ch post.",
    ],
  },
  yes: "Ydy",
  no: "Ddim eto",
  answerOne: "Atebwch o leiaf un",
  selfReported: "Cedwir eich atebion fel yr hyn a ddywedoch wrthym, byth fel rhywbeth a wiriwyd.",
  save: "Cadw fy atebion",
  saving: "Yn cadw",
  answersKept: "Cedwir eich atebion.",
  unseen: [
    "A yw system y ffôn yn gyfredol, neu a ymyrrwyd â hi.",
    "Pwy sy’n edrych dros eich ysgwydd.",
    "A yw rhywun yn tynnu llun o’r sgrin.",
  ],
  verifyTitle: "Mae ap arall eisiau ymddiriedaeth",
  verifyWhy: (device) =>
    `Mae ${device} wedi mewngofnodi fel chi ac yn gofyn i’r ffôn hwn ei ategu. Wedyn mae’n cael yr allweddi sy’n agor eich negeseuon, gan gynnwys hen rai. Ewch ymlaen dim ond os yw’r ddau yn eich dwylo.`,
  verifyStart: "Cymharu",
  verifyRefuse: "Nid fy un i yw hwn",
  verifyWaiting: "Yn aros am yr ap arall",
  verifyCompare: "A yw’r ap arall yn dangos yr un peth, yn yr un drefn?",
  verifyNumbers: "Neu’r rhifau hyn:",
  verifySame: "Maent yr un fath",
  verifyDifferent: "Maent yn wahanol",
  verifyDone: "Ymddiriedir yn yr ap arall nawr. Mae allweddi eich negeseuon ganddo.",
  verifyFailed: "Ni chymharwyd. Nid ymddiriedir yn yr ap arall.",
  verifyReport:
    "Os na wnaethoch fewngofnodi yn rhywle arall, newidiwch eich cyfrinair nawr a dywedwch wrth TG.",
  offerTitle: "Datgloi gyda’ch wyneb neu’ch bys?",
  offerWhy:
    "Mae cyfallwedd yn agor Lanyard gydag un edrychiad neu gyffyrddiad, ac yn eich mewngofnodi heb gyfrinair. Nid yw eich wyneb na’ch bys byth yn gadael y ffôn.",
  offerMake: "Gwneud cyfallwedd",
  offerMaking: "Yn gwneud cyfallwedd",
  notNow: "Nid nawr",
};

export function safetyWords(): Words {
  return languageNow() === "cy" ? welsh : english;
}
