/** People as the directory knows them: docs/api.md, Directory. */

export interface CardAvailability {
  state: "on_duty" | "busy" | "off" | "unknown";
  untilTs: number | null;
  /** A role or a name, as it was given. */
  coveredBy: string;
  /** Names of the on-call roles they hold now. */
  onCall: string[];
}

export interface Person {
  userId: string;
  displayName: string;
  role: string;
  ward: string;
  organization: string;
  employer: string;
  employerOds: string;
  /** Works for somebody else than the organisation. */
  outsider: boolean;
  professionalBody: string;
  /** As recorded: its form proves nothing. */
  registration: string;
  bleep: string;
  /** 0: there is none. */
  photoVersion: number;
  /** When the organisation last said that they work here, and until when where it set an end. */
  confirmedTs: number;
  confirmedUntilTs: number | null;
  availability: CardAvailability;
  /** False: has not set up a phone or another app, so has no keys and nothing can be encrypted to them. */
  reachable: boolean;
  /** Somebody with a near name can be reached too, and the two were not told apart this week. */
  ask: boolean;
  /** User ids of people whose names are near this one. */
  near: string[];
}

export type AskBecause =
  "other_employer" | "room_with_outsiders" | "first_contact" | "not_this_week";

/** One person with everybody whose name is near, as full cards for the side by side choice. */
export interface PersonCard extends Person {
  askBecause: AskBecause;
  nearPeople: Person[];
  sharedRoomIds: string[];
}

/** `ts`: when they had read it at the latest; null: they have not shown that they did. */
export interface MisdirectedReader {
  userId: string;
  name: string;
  ts: number | null;
  /** A phone of theirs had fetched it. */
  delivered: boolean;
}

export interface Misdirected {
  readBy: MisdirectedReader[];
  notReadBy: MisdirectedReader[];
}

export interface PeopleCalls {
  searchPeople: [{ term: string; limit?: number }, { people: Person[]; limited: boolean }];
  /** `roomId`: the conversation they are chosen for. */
  person: [{ userId: string; roomId?: string }, PersonCard];
  /** The cards were seen and this person is meant. */
  toldApart: [{ userId: string }, void];
  photo: [{ userId: string }, Blob];
  /** Takes an own message back and reports it; who had read it. */
  misdirected: [{ roomId: string; eventId: string; why: string }, Misdirected];
}
