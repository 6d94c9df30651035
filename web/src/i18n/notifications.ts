import { languageNow } from "./language";

/** Of what few look at twice, and so with both languages in the piece that is fetched for it. */
const english = {
  title: "Notifications",
  why: "When a message comes while Lanyard is closed, this phone says so. It never says who wrote, or what.",
  notABleep: "Phones sleep and networks fail: it does not replace a bleep.",
  allow: "Allow notifications",
  allowing: "Asking",
  on: "This phone tells you of new messages.",
  off: "This phone does not tell you of new messages.",
  switchOff: "Switch off",
  switchingOff: "Switching off",
  denied:
    "Your phone’s settings do not let Lanyard notify you. Open the browser’s settings for this site (on an iPhone: Settings, Notifications, Lanyard), allow notifications, then come back here.",
  unsupported: "This browser cannot show notifications. Open Lanyard to see what is new.",
  notInstalled:
    "On an iPhone, notifications need Lanyard on the home screen: tap Share, then Add to Home Screen, and open it from there.",
  failed: "The browser’s push service did not answer. Check the wifi or signal, then try again.",
  offer: "Shall this phone tell you of new messages?",
  yes: "Allow",
  notNow: "Not now",
  newDevice: (name: string, time: string) =>
    `Somebody signed in as you on another device: ${name}, ${time}. Was it you?`,
  newApp: (name: string, time: string) =>
    `Somebody signed in as you with another app: ${name}, ${time}. Was it you?`,
  noName: "it has no name",
  itWasMe: "Yes, it was me",
  itWasNot: "No, sign it out",
  ended: "It is signed out. Change your password now, under Me, and tell IT.",
  understood: "Close",
};

const welsh: typeof english = {
  title: "Hysbysiadau",
  why: "Pan ddaw neges a Lanyard ar gau, mae’r ffôn hwn yn dweud hynny. Nid yw byth yn dweud pwy ysgrifennodd, na beth.",
  notABleep: "Mae ffonau’n cysgu a rhwydweithiau’n methu: nid yw’n cymryd lle blîp.",
  allow: "Caniatáu hysbysiadau",
  allowing: "Yn gofyn",
  on: "Mae’r ffôn hwn yn dweud wrthych am negeseuon newydd.",
  off: "Nid yw’r ffôn hwn yn dweud wrthych am negeseuon newydd.",
  switchOff: "Diffodd",
  switchingOff: "Yn diffodd",
  denied:
    "Nid yw gosodiadau eich ffôn yn gadael i Lanyard eich hysbysu. Agorwch osodiadau’r porwr ar gyfer y wefan hon (ar iPhone: Gosodiadau, Hysbysiadau, Lanyard), caniatewch hysbysiadau, yna dewch yn ôl yma.",
  unsupported: "Ni all y porwr hwn ddangos hysbysiadau. Agorwch Lanyard i weld beth sy’n newydd.",
  notInstalled:
    "Ar iPhone, mae angen Lanyard ar y sgrin gartref ar gyfer hysbysiadau: tapiwch Rhannu, yna Ychwanegu at y Sgrin Gartref, a’i agor oddi yno.",
  failed:
    "Ni wnaeth gwasanaeth gwthio’r porwr ateb. Gwiriwch y wifi neu’r signal, yna rhowch gynnig arall arni.",
  offer: "A ddylai’r ffôn hwn ddweud wrthych am negeseuon newydd?",
  yes: "Caniatáu",
  notNow: "Nid nawr",
  newDevice: (name, time) =>
    `Mewngofnododd rhywun fel chi ar ddyfais arall: ${name}, ${time}. Ai chi oedd yno?`,
  newApp: (name, time) =>
    `Mewngofnododd rhywun fel chi ag ap arall: ${name}, ${time}. Ai chi oedd yno?`,
  noName: "nid oes ganddi enw",
  itWasMe: "Ie, fi oedd yno",
  itWasNot: "Na, allgofnoder hi",
  ended: "Mae wedi’i hallgofnodi. Newidiwch eich cyfrinair nawr, o dan Fi, a dywedwch wrth TG.",
  understood: "Cau",
};

export const notificationWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
