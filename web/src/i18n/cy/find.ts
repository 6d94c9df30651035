import type { find as english } from "../en/find";
import { count, messages } from "./count";

export const find: typeof english = {
  list: {
    search: "Chwilio’r ffôn hwn",
    muted: "Wedi’i thewi",
    filters: "Dangos",
    filter: {
      all: "Pob un",
      unread: "Heb eu darllen",
      muted: "Wedi’u tewi",
      clinical: "Clinigol",
      operational: "Gweithredol",
    },
    none: {
      all: "Dim sgyrsiau",
      unread: "Dim byd newydd",
      muted: "Nid oes yr un wedi’i thewi",
      clinical: "Nid oes yr un yn glinigol",
      operational: "Nid oes yr un yn weithredol",
    },
    new: "Sgwrs newydd",
    label: "Sgyrsiau clinigol",
    socialLabel: "Sgyrsiau cymdeithasol",
    loading: "Yn llwytho eich sgyrsiau",
    emptyTitle: "Dim sgyrsiau eto",
    empty: "Dewch o hyd i gydweithiwr yn ôl enw, rôl neu ward a dechreuwch yr un gyntaf.",
    emptySocial:
      "Mae gan sgwrsio cymdeithasol ei le ei hun, ar wahân i gleifion. Nid oes rhaid i neb symud eu sgwrs yma.",
    find: "Dod o hyd i gydweithiwr",
    newCount: (n) => `${n} newydd`,
    patient: "Claf wedi’i gysylltu",
    last: (who) => `Olaf: ${who}`,
    lastYou: "Olaf: chi",
    noMessages: "Dim negeseuon eto",
    older: "Dim negeseuon diweddar",
    unsent: (n) => `${n} heb eu hanfon`,
    waiting: (n) =>
      count(n, { one: "{n} penderfyniad yn aros", other: "{n} o benderfyniadau yn aros" }),
    refused: (n) =>
      count(n, { one: "Gwrthodwyd {n} penderfyniad", other: "Gwrthodwyd {n} o benderfyniadau" }),
    left: "Nid ydych ynddi mwyach",
    offline: "Rydych yn gweld yr hyn oedd gan y ffôn hwn ddiwethaf.",
    with: (names) => `Gyda ${names}`,
    alone: "Dim ond chi",
    review: "Adolygiad yn ddyledus",
    keeping: "Dywedwch beth i’w gofnodi",
  },
  offline: {
    open: "Eu gweld",
    failed: (n) => `Ni ellid anfon ${messages(n)}.`,
    plain: "All-lein.",
    will: (n) =>
      `Bydd ${messages(n)} yn mynd pan fyddwch yn ôl, tra bo’r ap ar agor ac wedi’i ddatgloi.`,
    none: "Bydd negeseuon newydd yn aros nes byddwch yn ôl.",
  },
  newRoom: {
    identifier:
      "Mae hynny’n edrych fel manylion claf. Gadewch nhw allan: gallwch gysylltu’r claf yn y sgwrs",
    notRecord:
      "Nid y cofnod yw hwn. Gellir ei ddatgelu dan gais rhyddid gwybodaeth neu gais gwrthrych am wybodaeth.",
  },
};
