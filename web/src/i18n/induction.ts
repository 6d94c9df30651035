import { languageNow } from "./language";

/** Of the minute before one's first clinical conversation, fetched with what shows it. */
const english = {
  title: "Before your first clinical conversation",
  minute: "It takes a minute, once. Answering a message never waits for it.",
  points: [
    "Say as little about a patient as will do: link the patient once, then write “the patient”, initials or a bed.",
    "This is not the health record. Mark decisions, so that they get into it; only then do the messages go.",
    "What you write can be disclosed to the patient, or under freedom of information.",
    "Look at the name on the send button, and who is in the conversation, before you send.",
    "Only you use this phone while Lanyard is open. Lock it; report it when it is lost.",
    "Urgent goes by Urgent, not by a message alone. It does not replace the arrest bleep.",
    "Purely social chat need not move here.",
  ],
  accept: "I have read it",
  accepting: "Saving",
  notNow: "Not now, I have to reply",
  notKept: "That you have read it could not be kept.",
  keptLater: "That you have read it is kept once there is a network.",
};

const welsh: typeof english = {
  title: "Cyn eich sgwrs glinigol gyntaf",
  minute: "Mae’n cymryd munud, unwaith. Nid yw ateb neges byth yn aros amdano.",
  points: [
    "Dywedwch gyn lleied am glaf ag sy’n ddigon: cysylltwch y claf unwaith, yna ysgrifennwch “y claf”, llythrennau cyntaf neu wely.",
    "Nid hwn yw’r cofnod iechyd. Nodwch benderfyniadau, fel eu bod yn cyrraedd yno; dim ond wedyn y mae’r negeseuon yn mynd.",
    "Gellir datgelu’r hyn a ysgrifennwch i’r claf, neu o dan ryddid gwybodaeth.",
    "Edrychwch ar yr enw ar y botwm anfon, a phwy sydd yn y sgwrs, cyn anfon.",
    "Chi yn unig sy’n defnyddio’r ffôn hwn tra bo Lanyard ar agor. Clowch ef; rhowch wybod pan fydd ar goll.",
    "Mae brys yn mynd drwy Brys, nid drwy neges yn unig. Nid yw’n disodli’r blîp ataliad.",
    "Nid oes angen i sgwrsio cymdeithasol symud yma.",
  ],
  accept: "Rwyf wedi ei ddarllen",
  accepting: "Yn cadw",
  notNow: "Nid nawr, rhaid i mi ateb",
  notKept: "Nid oedd modd cadw eich bod wedi ei ddarllen.",
  keptLater: "Cedwir eich bod wedi ei ddarllen pan fydd rhwydwaith.",
};

export const inductionWords = (): typeof english => (languageNow() === "cy" ? welsh : english);
