import { languageNow } from "./language";

/** Once per phone: both languages are in the piece that is fetched for it. */
const english = {
  title: "Put Lanyard on your home screen",
  why: "On an iPhone, Lanyard works from the home screen only. In the browser it could not tell you of messages, and the phone would delete its keys after a week without use.",
  steps: "Three taps",
  share: "Tap Share",
  shareWhere: "The square with an arrow, at the bottom of Safari or beside its address.",
  add: "Tap Add to Home Screen",
  addWhere: "Scroll down in the list if you do not see it.",
  confirm: "Tap Add, then open Lanyard from your home screen",
  confirmWhere: "You sign in there.",
  otherBrowser: "No Share button? Open this address in Safari:",
  lost: "Your phone is lost? You can lock it from here",
  onAndroid: "How to put Lanyard on the home screen",
  menu: "Tap the three dots",
  menuWhere: "At the top of Chrome.",
  install: "Tap Add to home screen, then Install",
  installWhere: "Lanyard then opens like any other app, and tells you of messages.",
};

const welsh: typeof english = {
  title: "Rhowch Lanyard ar eich sgrin gartref",
  why: "Ar iPhone, dim ond o’r sgrin gartref y mae Lanyard yn gweithio. Yn y porwr ni allai ddweud wrthych am negeseuon, a byddai’r ffôn yn dileu ei allweddi ar ôl wythnos heb ei ddefnyddio.",
  steps: "Tri thap",
  share: "Tapiwch Rhannu",
  shareWhere: "Y sgwâr â saeth, ar waelod Safari neu wrth ymyl y cyfeiriad.",
  add: "Tapiwch Ychwanegu at y Sgrin Gartref",
  addWhere: "Sgroliwch i lawr y rhestr os nad ydych yn ei weld.",
  confirm: "Tapiwch Ychwanegu, yna agorwch Lanyard o’ch sgrin gartref",
  confirmWhere: "Yno rydych yn mewngofnodi.",
  otherBrowser: "Dim botwm Rhannu? Agorwch y cyfeiriad hwn yn Safari:",
  lost: "Wedi colli’ch ffôn? Gallwch ei gloi oddi yma",
  onAndroid: "Sut i roi Lanyard ar y sgrin gartref",
  menu: "Tapiwch y tri dot",
  menuWhere: "Ar frig Chrome.",
  install: "Tapiwch Ychwanegu at y sgrin gartref, yna Gosod",
  installWhere: "Yna mae Lanyard yn agor fel unrhyw ap arall, ac yn dweud wrthych am negeseuon.",
};

export const installingWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
