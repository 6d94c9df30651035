import { languageNow } from "./language";

/** Seen by few and seldom: both languages are in the piece that is fetched for it. */
const english = {
  title: "Lost phone",
  heading: "Which phone have you lost?",
  hint: "Locking stops it at once and deletes nothing. If you find the phone, unlock it here.",
  loading: "Your phones",
  none: "No phone of yours is set up",
  noneWhy: "There is nothing to lock. If you have lost a phone, nothing of Lanyard’s opens on it.",
  failed: "Your phones could not be shown",
  late: "For safety this page works for two minutes at a time. Sign in again to go on.",
  again: "Sign in again",
  lock: (name: string) => `Lock ${name} now`,
  locking: "Locking",
  unlock: (name: string) => `I have it: unlock ${name}`,
  unlocking: "Unlocking",
  wipe: (name: string) => `Wipe ${name}`,
  wiping: "Stopping it for good",
  wipeAsk: (name: string) => `Wipe ${name}?`,
  wipeWhat:
    "Its access ends for good, what is stored on it cannot be opened any more, and it is told to delete Lanyard’s data when it next has a network. Nothing else on the phone is touched. This cannot be taken back: to use Lanyard on it again, you set it up as new.",
  keep: "Keep it locked",
  onlyOurs:
    "Nothing else on the phone was touched: Lanyard reaches only its own data, not your photos, contacts or other apps.",
  lastOpened: (when: string) => `Last opened ${when}`,
  own: "Your own phone, as you said",
  trust: "The organisation’s phone, as you said",
  active: "In use",
  evidence: {
    access_stopped: (when: string) => `Access stopped ${when}`,
    instruction_delivered: (when: string) => `Instruction delivered ${when}`,
    app_reported: (when: string) => `App reported ${when}`,
    unreadable_since: (when: string) => `Unreadable since ${when}`,
  },
  means: {
    access_stopped: "The server answers this phone no more.",
    instruction_delivered:
      "It came back and was told to delete Lanyard’s data. Whether it did is not known.",
    app_reported: "The app on it says that it deleted its data. Nobody has checked.",
    unreadable_since: "What is stored on it cannot be opened any more.",
  },
  pending: "Wipe asked for. The phone has not been in touch since.",
  assume: (when: string) =>
    `It may open without a network until ${when}. Until then assume that what is stored on it can be read.`,
  openThen:
    "If the app was open and unlocked, what it showed could be read until it locked itself.",
  report: "What could be read on it",
  reporting: "Looking",
  window: (from: string, until: string) => `From ${from}, when it was last opened, until ${until}.`,
  rooms: (n: number) => (n === 1 ? "1 conversation" : `${n} conversations`),
  members: (n: number) => (n === 1 ? "1 member" : `${n} members`),
  noRooms: "No conversation was on it.",
  ended: "A conversation that has ended",
  kinds: { clinical: "Clinical", operational: "Operational", social: "Social" },
  note: "Draft for your data protection officer",
  clock: (when: string) => `The 72 hours counted from your report end ${when}.`,
  copy: "Copy the draft",
  copied: "Copied. Send it to your data protection officer.",
  notCopied: "It could not be copied. Select the text below and copy it.",
};

const welsh: typeof english = {
  title: "Ffôn coll",
  heading: "Pa ffôn ydych chi wedi’i golli?",
  hint: "Mae cloi yn ei atal ar unwaith ac nid yw’n dileu dim. Os dewch o hyd i’r ffôn, datglowch ef yma.",
  loading: "Eich ffonau",
  none: "Nid oes ffôn i chi wedi’i osod",
  noneWhy: "Nid oes dim i’w gloi. Os ydych wedi colli ffôn, nid oes dim o Lanyard yn agor arno.",
  failed: "Ni ellid dangos eich ffonau",
  late: "Er diogelwch mae’r dudalen hon yn gweithio am ddau funud ar y tro. Mewngofnodwch eto i barhau.",
  again: "Mewngofnodi eto",
  lock: (name) => `Cloi ${name} nawr`,
  locking: "Yn cloi",
  unlock: (name) => `Mae gen i: datgloi ${name}`,
  unlocking: "Yn datgloi",
  wipe: (name) => `Sychu ${name}`,
  wiping: "Yn ei atal am byth",
  wipeAsk: (name) => `Sychu ${name}?`,
  wipeWhat:
    "Daw ei fynediad i ben am byth, ni ellir agor yr hyn sydd wedi’i gadw arno mwyach, a dywedir wrtho am ddileu data Lanyard pan fydd ganddo rwydwaith nesaf. Ni chyffyrddir â dim arall ar y ffôn. Ni ellir dadwneud hyn: i ddefnyddio Lanyard arno eto, gosodwch ef o’r newydd.",
  keep: "Ei gadw ar glo",
  onlyOurs:
    "Ni chyffyrddwyd â dim arall ar y ffôn: dim ond ei ddata ei hun y mae Lanyard yn ei gyrraedd, nid eich lluniau, eich cysylltiadau nac apiau eraill.",
  lastOpened: (when) => `Agorwyd ddiwethaf ${when}`,
  own: "Eich ffôn eich hun, yn ôl chi",
  trust: "Ffôn y sefydliad, yn ôl chi",
  active: "Yn cael ei ddefnyddio",
  evidence: {
    access_stopped: (when) => `Ataliwyd mynediad ${when}`,
    instruction_delivered: (when) => `Cyfarwyddyd wedi’i gyflwyno ${when}`,
    app_reported: (when) => `Adroddodd yr ap ${when}`,
    unreadable_since: (when) => `Annarllenadwy ers ${when}`,
  },
  means: {
    access_stopped: "Nid yw’r gweinydd yn ateb y ffôn hwn mwyach.",
    instruction_delivered:
      "Daeth yn ôl a dywedwyd wrtho am ddileu data Lanyard. Nid yw’n hysbys a wnaeth.",
    app_reported: "Mae’r ap arno’n dweud iddo ddileu ei ddata. Nid oes neb wedi gwirio.",
    unreadable_since: "Ni ellir agor yr hyn sydd wedi’i gadw arno mwyach.",
  },
  pending: "Gofynnwyd am ei sychu. Nid yw’r ffôn wedi cysylltu ers hynny.",
  assume: (when) =>
    `Gall agor heb rwydwaith tan ${when}. Tan hynny cymerwch y gellir darllen yr hyn sydd arno.`,
  openThen:
    "Os oedd yr ap ar agor a heb ei gloi, gellid darllen yr hyn a ddangosai nes iddo gloi ei hun.",
  report: "Beth y gellid ei ddarllen arno",
  reporting: "Yn edrych",
  window: (from, until) => `O ${from}, pan agorwyd ef ddiwethaf, tan ${until}.`,
  rooms: (n) => `${n} sgwrs`,
  members: (n) => `${n} aelod`,
  noRooms: "Nid oedd sgwrs arno.",
  ended: "Sgwrs sydd wedi dod i ben",
  kinds: { clinical: "Clinigol", operational: "Gweithredol", social: "Cymdeithasol" },
  note: "Drafft i’ch swyddog diogelu data",
  clock: (when) => `Daw’r 72 awr, o’ch adroddiad, i ben ${when}.`,
  copy: "Copïo’r drafft",
  copied: "Wedi’i gopïo. Anfonwch ef at eich swyddog diogelu data.",
  notCopied: "Ni ellid ei gopïo. Dewiswch y testun isod a’i gopïo.",
};

export const lostWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
