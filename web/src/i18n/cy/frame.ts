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
  nav: { label: "Prif ddewislen", clinical: "Clinigol", directory: "Cyfeiriadur", me: "Fi" },
  kind: {
    clinical: "Clinigol",
    operational: "Gweithredol",
    social: "Cymdeithasol",
    other: "Ap arall",
  },
  people,
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
    weakPasscode: "Dewiswch god sy’n anoddach ei ddyfalu.",
    unexpected:
      "Aeth rhywbeth o’i le yn yr ap. Rhowch gynnig arall arni. Os yw’n parhau, dywedwch wrth TG.",
  },
  wait: {
    seconds: (n) => count(n, { other: "{n} eiliad" }),
    minutes: (n) => count(n, { one: "{n} funud", two: "{n} funud", other: "{n} munud" }),
  },
  signIn: {
    title: "Mewngofnodi",
    to: (organization) => `Staff ${organization}`,
    forApp: (app) => `Rydych yn mewngofnodi i ap arall: ${app}`,
    forAppHint:
      "Bydd yn gallu darllen ac anfon eich negeseuon. Ewch ymlaen dim ond os chi a’i hagorodd.",
    asking: "Yn gwirio pa ap a ofynnodd am hyn",
    refusedTitle: "Ni chaniateir yr ap hwn",
    refused:
      "Nid yw eich sefydliad wedi cymeradwyo’r ap a’ch anfonodd yma, felly ni allwch fewngofnodi iddo. Ni anfonwyd dim iddo. Gofynnwch i TG pa apiau sydd wedi’u cymeradwyo.",
    handedOver: (app) => `Wedi mewngofnodi. Yn mynd yn ôl i ${app}.`,
    user: "Enw defnyddiwr",
    password: "Cyfrinair",
    show: "Dangos",
    hide: "Cuddio",
    next: "Parhau",
    checking: "Yn gwirio",
    enterUser: "Rhowch eich enw defnyddiwr",
    enterPassword: "Rhowch eich cyfrinair",
    stepTitle: "Rhowch eich cod",
    stepHint: "Y 6 digid y mae eich ap dilysu yn eu dangos nawr",
    code: "Cod 6 digid",
    recovery: "Cod adfer",
    recoveryHint: "Un o’r codau a gadwoch, fel ABCD-EFGH-JKLM. Mae pob un yn gweithio unwaith.",
    useRecovery: "Ni allaf ddefnyddio fy ap dilysu",
    useCode: "Defnyddio cod 6 digid yn lle hynny",
    enterCode: "Rhowch y cod 6 digid",
    codeShape: "Mae gan y cod 6 digid, fel 123 456",
    enterRecovery: "Rhowch god adfer",
    recoveryShape: "Mae gan god adfer 12 llythyren a rhif",
    signIn: "Mewngofnodi",
    startAgain: "Dechrau eto",
    help: "Dim cyfrif, neu wedi’ch cloi allan? Ffoniwch eich desg gymorth TG.",
  },
  setUp: {
    title: "Gosod y ffôn hwn",
    name: "Enw’r ffôn hwn",
    nameHint: "Er mwyn gwybod pa un i’w dynnu os caiff ei golli",
    enterName: "Rhowch enw i’r ffôn hwn",
    passcodeTitle: "Dewis cod",
    does: "Mae’n agor Lanyard ar y ffôn hwn. Ar ôl 10 cynnig anghywir, ni ellir byth agor yr hyn sydd gan Lanyard yma.",
    doesNot:
      "Nid yw’n cloi’r ffôn ei hun. Ni all Lanyard wirio a oes gan eich ffôn ei glo ei hun: gosodwch un.",
    touches:
      "Nid yw Lanyard byth yn darllen nac yn newid eich lluniau, cysylltiadau nac apiau eraill.",
    passcode: "Cod",
    passcodeHint: (min) => `O leiaf ${min} digid. Nid dyddiad, rhes nac ailadrodd.`,
    again: "Y cod eto",
    enterPasscode: (min) => `Rhowch god o ${min} digid o leiaf`,
    onlyDigits: "Defnyddiwch ddigidau yn unig",
    tooShort: (min) => `Defnyddiwch o leiaf ${min} digid`,
    obvious: "Mae’r cod hwnnw’n hawdd ei ddyfalu. Dewiswch un arall",
    enterAgain: "Rhowch y cod eto",
    differs: "Nid yw’r ddau god yr un fath",
    recoveryLeft: (n) =>
      count(n, {
        one: "Mae gennych {n} cod adfer ar ôl. Gwnewch rai newydd o dan Fi.",
        other: "Mae gennych {n} o godau adfer ar ôl.",
      }),
    finish: "Gosod y ffôn hwn",
    working: "Yn gosod y ffôn hwn",
    suggestions: { iphone: "Fy iPhone", android: "Fy ffôn Android", other: "Fy ffôn" },
  },
  lock: {
    title: "Mae Lanyard ar glo",
    hint: "Rhowch eich cod i ddarllen ac anfon negeseuon",
    passcode: "Cod",
    unlock: "Datgloi",
    unlocking: "Yn datgloi",
    enter: "Rhowch eich cod",
    wrong: "Nid yw’r cod hwnnw’n gywir.",
    left: (n) =>
      `${count(n, { one: "{n} cynnig", two: "{n} gynnig", other: "{n} o gynigion" })} ar ôl. Wedyn, ni ellir byth agor yr hyn sydd gan Lanyard ar y ffôn hwn.`,
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
