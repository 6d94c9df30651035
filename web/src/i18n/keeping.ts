import { languageNow } from "./language";

/** The owner's one answer before the first messages go: seldom, and so with both languages. */
const english = {
  strip: (date: string) => `Messages here go from ${date}. First say what belongs in the record.`,
  stripLate: "Messages here are due to go. First say what belongs in the record.",
  answer: "Answer",
  title: "Before messages go",
  goes: (date: string) =>
    `From ${date} the oldest messages here are deleted: their time is up then.`,
  late: (date: string) =>
    `The oldest messages here were to be deleted on ${date}. They stay until this is answered.`,
  once: "As the owner you are asked this once.",
  nobody:
    "If nobody answers, nothing is deleted. The records manager sees that it waits, and can answer for you.",
  legend: "What of it belongs in the health record?",
  choices: {
    all_recorded: "All decisions are recorded",
    record_these: "Record these messages",
    nothing_to_record: "Nothing to record",
  },
  hints: {
    all_recorded: "Every decision taken here is in the record.",
    record_these: "They stay here until a decision taken in them is in the record.",
    nothing_to_record: "Nothing was decided here.",
  },
  choose: "Choose an answer",
  these: "Which messages?",
  theseHint: "The oldest first",
  chosen: (n: number) => ["None chosen yet", "1 message chosen"][n] ?? `${n} messages chosen`,
  chooseThese: "Choose at least one message",
  none: "No message on this phone can be chosen. Those of a decision are on their way already.",
  older: "Show older messages",
  loadingOlder: "Loading older messages",
  open: (n: number): string =>
    n === 1
      ? "One decision of this conversation is not in the record yet."
      : `${n} decisions of this conversation are not in the record yet.`,
  save: "Save the answer",
  saving: "Saving the answer",
  notSaved: "Your answer is not saved.",
  savedTitle: "Answer saved",
  saved: {
    all_recorded: "Messages go when their time is up. A decision that still waits keeps its own.",
    record_these: "These messages stay until the record has a decision taken in them.",
    nothing_to_record: "Messages go when their time is up.",
  },
  told: "Everybody here can see what you answered. The records manager can call a deletion off.",
  decide: "Mark a decision in them now",
  meanwhile: "This has been answered meanwhile, or the conversation has another owner.",
};

const welsh: typeof english = {
  strip: (date) =>
    `Mae negeseuon yma’n mynd o ${date}. Yn gyntaf dywedwch beth sy’n perthyn i’r cofnod.`,
  stripLate: "Mae’n bryd i negeseuon yma fynd. Yn gyntaf dywedwch beth sy’n perthyn i’r cofnod.",
  answer: "Ateb",
  title: "Cyn i negeseuon fynd",
  goes: (date) => `O ${date} caiff y negeseuon hynaf yma eu dileu: daw eu hamser i ben bryd hynny.`,
  late: (date) =>
    `Roedd y negeseuon hynaf yma i’w dileu ar ${date}. Maent yn aros nes bod hyn wedi’i ateb.`,
  once: "Fel perchennog, gofynnir hyn i chi unwaith.",
  nobody:
    "Os nad oes neb yn ateb, ni chaiff dim ei ddileu. Mae’r rheolwr cofnodion yn gweld ei fod yn aros, a gall ateb drosoch.",
  legend: "Beth ohoni sy’n perthyn i’r cofnod iechyd?",
  choices: {
    all_recorded: "Mae pob penderfyniad wedi’i gofnodi",
    record_these: "Cofnodi’r negeseuon hyn",
    nothing_to_record: "Dim i’w gofnodi",
  },
  hints: {
    all_recorded: "Mae pob penderfyniad a wnaed yma yn y cofnod.",
    record_these: "Maent yn aros yma nes bod penderfyniad a wnaed ynddynt yn y cofnod.",
    nothing_to_record: "Ni phenderfynwyd dim yma.",
  },
  choose: "Dewiswch ateb",
  these: "Pa negeseuon?",
  theseHint: "Yr hynaf yn gyntaf",
  chosen: (n) => ["Dim wedi’i ddewis eto", "1 neges wedi’i dewis"][n] ?? `${n} neges wedi’u dewis`,
  chooseThese: "Dewiswch o leiaf un neges",
  none: "Nid oes neges ar y ffôn hwn y gellir ei dewis. Mae rhai penderfyniad ar eu ffordd eisoes.",
  older: "Dangos negeseuon hŷn",
  loadingOlder: "Yn llwytho negeseuon hŷn",
  open: (n) =>
    n === 1
      ? "Nid yw un penderfyniad o’r sgwrs hon yn y cofnod eto."
      : `Nid yw ${n} penderfyniad o’r sgwrs hon yn y cofnod eto.`,
  save: "Cadw’r ateb",
  saving: "Yn cadw’r ateb",
  notSaved: "Nid yw eich ateb wedi’i gadw.",
  savedTitle: "Ateb wedi’i gadw",
  saved: {
    all_recorded:
      "Mae negeseuon yn mynd pan ddaw eu hamser i ben. Mae penderfyniad sy’n dal i aros yn cadw ei rai ei hun.",
    record_these: "Mae’r negeseuon hyn yn aros nes bod penderfyniad a wnaed ynddynt yn y cofnod.",
    nothing_to_record: "Mae negeseuon yn mynd pan ddaw eu hamser i ben.",
  },
  told: "Gall pawb yma weld beth a atebasoch. Gall y rheolwr cofnodion atal dileu.",
  decide: "Nodi penderfyniad ynddynt nawr",
  meanwhile: "Mae hyn wedi’i ateb yn y cyfamser, neu mae perchennog arall ar y sgwrs.",
};

export const keepingWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
