import { languageNow } from "./language";

const noHours = (hours: number): boolean => hours === 0;

/** Of what changes seldom: both languages are in the piece that is fetched for it. */
const english = {
  changed:
    "Your organisation has changed its policy. Clinical conversations stay open; for everything else, read it and accept it first.",
  read: "Read what changed",
  title: "What has changed in the policy",
  open: "Clinical conversations stay open, whatever you choose here: nothing blocks an urgent message. Starting and writing in other conversations waits until you have accepted it.",
  nothing: "Nothing of what this app does has changed.",
  unknown: "What you agreed to before is not on this phone any more, so the whole of it is shown.",
  version: (version: string) => `Version ${version}`,
  before: (value: string) => `Before: ${value}`,
  accept: "I have read it and accept it",
  accepting: "Accepting",
  later: "Later",
  rules: {
    lock: "Without use, Lanyard locks after",
    hidden: "When you look at something else, it locks after",
    passcode: "A new passcode has at least",
    offline: "It opens without a network, by passkey, for",
    shared: "On a shared device everything ends after",
    grace: "Messages of a decision go, once the record has it, after",
    clinical: "Clinical conversations are kept for",
    operational: "Operational conversations are kept for",
    social: "Social conversations are kept for",
    presence: "Colleagues see who is at their phone",
    most: "Phones for each person, at most",
    required: "Asked of every phone",
    voice: "Voice notes may go with messages in",
    files: "PDFs may go with messages in",
  },
  digits: (n: number) => `${n} digits`,
  hours: (n: number) => (noHours(n) ? "never" : n === 1 ? "1 hour" : `${n} hours`),
  days: (n: number) => (n === 1 ? "1 day" : `${n} days`),
  yes: "Yes",
  no: "No",
  none: "Nothing",
  facts: {
    screen_lock: "that it has a lock of its own",
    quick_lock: "that it locks by itself after two minutes or less",
    nobody_else: "that nobody else uses it",
    hidden_notifications: "that no text is shown on its lock screen",
    find_my_phone: "that it can be found and erased from afar",
    managed: "that your organisation manages it",
  } as Readonly<Record<string, string>>,
  lacks: (fact: string) =>
    `Your organisation asks for something that is not known of this phone: ${fact}. Say so under Me, Check this phone; if that does not help, use another phone or ask IT.`,
  check: "Go to Me",
};

const welsh: typeof english = {
  changed:
    "Mae eich sefydliad wedi newid ei bolisi. Mae sgyrsiau clinigol yn aros ar agor; ar gyfer popeth arall, darllenwch ef a’i dderbyn yn gyntaf.",
  read: "Darllen beth a newidiodd",
  title: "Beth sydd wedi newid yn y polisi",
  open: "Mae sgyrsiau clinigol yn aros ar agor, beth bynnag a ddewiswch yma: nid oes dim yn rhwystro neges frys. Mae dechrau ac ysgrifennu mewn sgyrsiau eraill yn aros nes i chi ei dderbyn.",
  nothing: "Nid oes dim y mae’r ap hwn yn ei wneud wedi newid.",
  unknown:
    "Nid yw’r hyn y cytunoch iddo o’r blaen ar y ffôn hwn mwyach, felly dangosir y cyfan ohono.",
  version: (version) => `Fersiwn ${version}`,
  before: (value) => `Cynt: ${value}`,
  accept: "Rwyf wedi ei ddarllen ac yn ei dderbyn",
  accepting: "Yn derbyn",
  later: "Yn nes ymlaen",
  rules: {
    lock: "Heb ei ddefnyddio, mae Lanyard yn cloi ar ôl",
    hidden: "Pan edrychwch ar rywbeth arall, mae’n cloi ar ôl",
    passcode: "Mae gan god newydd o leiaf",
    offline: "Mae’n agor heb rwydwaith, gyda chyfallwedd, am",
    shared: "Ar ddyfais a rennir daw popeth i ben ar ôl",
    grace: "Aiff negeseuon penderfyniad, wedi i’r cofnod ei gael, ar ôl",
    clinical: "Cedwir sgyrsiau clinigol am",
    operational: "Cedwir sgyrsiau gweithredol am",
    social: "Cedwir sgyrsiau cymdeithasol am",
    presence: "Mae cydweithwyr yn gweld pwy sydd wrth eu ffôn",
    most: "Ffonau i bob person, ar y mwyaf",
    required: "Gofynnir am hyn gan bob ffôn",
    voice: "Caiff nodiadau llais fynd gyda negeseuon yn",
    files: "Caiff ffeiliau PDF fynd gyda negeseuon yn",
  },
  digits: (n) => `${n} digid`,
  hours: (n) => (noHours(n) ? "byth" : `${n} awr`),
  days: (n) => `${n} diwrnod`,
  yes: "Ydynt",
  no: "Nac ydynt",
  none: "Dim byd",
  facts: {
    screen_lock: "bod ganddo ei glo ei hun",
    quick_lock: "ei fod yn cloi ei hun ar ôl dau funud neu lai",
    nobody_else: "nad oes neb arall yn ei ddefnyddio",
    hidden_notifications: "nad oes testun ar ei sgrin glo",
    find_my_phone: "y gellir dod o hyd iddo a’i ddileu o bell",
    managed: "bod eich sefydliad yn ei reoli",
  } as Readonly<Record<string, string>>,
  lacks: (fact) =>
    `Mae eich sefydliad yn gofyn am rywbeth nad yw’n hysbys am y ffôn hwn: ${fact}. Dywedwch hynny o dan Fi, Gwirio’r ffôn hwn; os nad yw hynny’n helpu, defnyddiwch ffôn arall neu gofynnwch i TG.`,
  check: "Mynd i Fi",
};

export const policyWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
