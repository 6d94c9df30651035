import type { frame as english } from "../en/frame";
import { count, people } from "./count";

export const frame: typeof english = {
  app: {
    name: "Lanyard",
    demonstrationLabel: "Arddangosiad",
    demonstration: "Arddangosiad. Pobl a chleifion dychmygol yn unig.",
    slow: "Mae hyn yn cymryd mwy o amser nag arfer. Efallai bod y wifi neu’r signal yn wan.",
    tryAgain: "Rhoi cynnig arall arni",
    back: "Yn ôl",
    close: "Cau",
    cancel: "Canslo",
    done: "Wedi gorffen",
    error: "Gwall:",
    problemTitle: "Mae problem",
    locksSoon: (seconds) =>
      count(seconds, { one: "Yn cloi mewn {n} eiliad", other: "Yn cloi mewn {n} eiliad" }),
    stayOpen: "Aros ar agor",
    openElsewhere: "Mae Lanyard ar agor mewn ffenestr arall",
    openElsewhereWhy:
      "Gall fod ar agor unwaith ar y ffôn hwn, fel na chaiff neges ei cholli. Caewch y ffenestr arall, yna rhowch gynnig arall arni.",
    engineStopped: "Peidiodd Lanyard â gweithio yn y cefndir.",
    restart: "Ei ddechrau eto",
    updateReady: "Mae fersiwn newydd yn barod.",
    restartToUpdate: "Ailddechrau i ddiweddaru",
    language: "Iaith",
    english: "English",
    welsh: "Cymraeg",
  },
  status: { offline: "All-lein", connecting: "Yn cysylltu", upToDate: "Cyfredol" },
  nav: {
    label: "Prif ddewislen",
    clinical: "Clinigol",
    urgent: "Brys",
    unanswered: "heb ei ateb",
    directory: "Cyfeiriadur",
    social: "Cymdeithasol",
    me: "Fi",
  },
  kind: {
    clinical: "Clinigol",
    operational: "Gweithredol",
    social: "Cymdeithasol",
    other: "Ap arall",
  },
  people,
  joined: (parts) => {
    const last = parts.at(-1) ?? "";
    const and = /^[aeiouwyâêîôûŵŷ]/i.test(last) ? "ac" : "a";
    return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${and} ${last}`;
  },
  // Not every browser knows Welsh dates.
  calendar: {
    Mon: "Llun",
    Tue: "Maw",
    Wed: "Mer",
    Thu: "Iau",
    Fri: "Gwe",
    Sat: "Sad",
    Sun: "Sul",
    Monday: "dydd Llun",
    Tuesday: "dydd Mawrth",
    Wednesday: "dydd Mercher",
    Thursday: "dydd Iau",
    Friday: "dydd Gwener",
    Saturday: "dydd Sadwrn",
    Sunday: "dydd Sul",
    Jan: "Ion",
    Feb: "Chwe",
    Mar: "Maw",
    Apr: "Ebr",
    May: "Mai",
    Jun: "Meh",
    Jul: "Gorff",
    Aug: "Awst",
    Sept: "Medi",
    Oct: "Hyd",
    Nov: "Tach",
    Dec: "Rhag",
  },
  problem: {
    offline: "Rydych all-lein. Gwiriwch y wifi neu’r signal, yna rhowch gynnig arall arni.",
    server: "Ni wnaeth y gweinydd ateb. Arhoswch funud, yna rhowch gynnig arall arni.",
    tooSoon: (wait) => `Gormod o gynigion. Arhoswch ${wait}, yna rhowch gynnig arall arni.`,
    tooSoonPlain: "Gormod o gynigion. Arhoswch ychydig funudau, yna rhowch gynnig arall arni.",
    wrongSignIn: "Nid yw’r enw defnyddiwr neu’r cyfrinair yn gywir. Gwiriwch y ddau.",
    wrongCode: "Nid yw’r cod yn gywir, neu mae wedi’i ddefnyddio. Arhoswch am y cod nesaf.",
    signedOut: "Rydych wedi allgofnodi. Mewngofnodwch eto.",
    tooManyPhones:
      "Mae gennych dri ffôn yn barod. Tynnwch un o dan Fi ar ffôn arall, neu gofynnwch i TG.",
    passkeyGivenUp:
      "Ni ddefnyddiwyd cyfallwedd. Rhowch gynnig arall arni, neu dewiswch ffordd arall.",
    passkeyKnown: "Mae gan y ffôn hwn gyfallwedd ar gyfer Lanyard yn barod.",
    passkeyFailed: "Ni weithiodd y gyfallwedd honno yma. Dewiswch ffordd arall.",
    reportedLost:
      "Rhoddwyd gwybod bod y ffôn hwn ar goll, felly mae’n aros ar glo. Ydy e gennych eto? Dywedwch hynny mewn unrhyw borwr, yn y cyfeiriad hwn gyda /lost.",
    stepUp: "Yn gyntaf dangoswch mai chi sydd yno.",
    policyNotAccepted:
      "Mae’r polisi wedi newid. Darllenwch a derbyniwch ef yn gyntaf, ar y rhestr: mae sgyrsiau clinigol yn aros ar agor.",
    weakPasscode: "Dewiswch god sy’n anoddach ei ddyfalu.",
    unexpected:
      "Aeth rhywbeth o’i le yn yr ap. Rhowch gynnig arall arni. Os yw’n parhau, dywedwch wrth TG.",
    told: (sentence) => `Nid oedd modd gwneud hyn. Y rheswm, yn Saesneg: ${sentence}`,
  },
  wait: {
    seconds: (n) => count(n, { other: "{n} eiliad" }),
    minutes: (n) => count(n, { one: "{n} funud", two: "{n} funud", other: "{n} munud" }),
  },
  signIn: {
    lost: "Wedi colli eich ffôn?",
    show: "Dangos",
    hide: "Cuddio",
    next: "Parhau",
    checking: "Yn gwirio",
    enterCode: "Rhowch y cod 6 digid",
    codeShape: "Mae gan y cod 6 digid, fel 123 456",
    stepByPasskey: "Defnyddio cyfallwedd yn lle hynny",
  },
  lock: {
    title: "Mae Lanyard ar glo",
    urgent: "Mae rhywbeth brys wedi dod. Datglowch i’w weld.",
    hint: "Rhowch eich cod i ddarllen ac anfon negeseuon",
    passcode: "Cod",
    unlock: "Datgloi",
    unlocking: "Yn datgloi",
    enter: "Rhowch eich cod",
    wrong: "Nid yw’r cod hwnnw’n gywir.",
    left: (n) =>
      `${count(n, { one: "{n} cynnig", two: "{n} gynnig", other: "{n} o gynigion" })} ar ôl. Wedyn, ni ellir byth agor yr hyn sydd gan Lanyard ar y ffôn hwn.`,
    hintPasskey: "Mae eich wyneb, eich bys neu glo eich ffôn yn ei agor",
    unlockByPasskey: "Datgloi gyda’ch cyfallwedd",
    usePasscode: "Defnyddio’r cod yn lle hynny",
    passcodeGone:
      "Roedd y cod yn anghywir ddeg gwaith ac nid yw’n agor dim mwyach. Mae eich cyfallwedd yn dal i agor. Dewiswch god newydd o dan Fi wedyn.",
    unsent: (n) =>
      `Nid yw ${count(n, { one: "{n} neges", two: "{n} neges", other: "{n} o negeseuon" })} wedi’u hanfon eto, a chaent eu colli.`,
    wait: (time) => `Gallwch roi cynnig arall arni ymhen ${time}.`,
    offline:
      "Rydych all-lein. Mae angen y rhwydwaith i ddatgloi: gan y gweinydd y mae hanner yr allwedd.",
    again: {
      wrong_passcodes: "Ni ellir agor negeseuon y ffôn hwn mwyach",
      wiped: "Tynnwyd Lanyard o’r ffôn hwn",
      signed_out: "Rydych wedi allgofnodi ar y ffôn hwn",
      keys_replaced: "Rhaid gosod y ffôn hwn eto",
    },
    againWhy: {
      wrong_passcodes:
        "Roedd y cod yn anghywir ddeg gwaith, felly dinistriodd y gweinydd ei hanner ef o’r allwedd. Ni all neb ddarllen yr hyn oedd yma. Nid effeithir ar negeseuon ar ffonau eich cydweithwyr.",
      wiped:
        "Fe’i tynnwyd gennych chi o ffôn arall, neu gan TG. Ni ellir agor yr hyn oedd yma mwyach. Ni chyffyrddwyd â dim arall ar y ffôn hwn.",
      signed_out:
        "Mae’r negeseuon a gadwyd yma wedi’u dileu. Mewngofnodwch i ddefnyddio Lanyard eto.",
      keys_replaced:
        "Rydych wedi gosod ffôn arall ers hynny, a disodlodd ei allweddi’r rhai yma. Mewngofnodwch i osod y ffôn hwn eto.",
    },
    setUpAgain: "Mewngofnodi a gosod eto",
  },
};
