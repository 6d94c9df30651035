/** The conversations of one tab, painted from the sealed snapshot before the engine is up. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { FaceOf, RoomSummary } from "../engine/protocol";
import { listTime, names } from "../i18n/format";
import { words } from "../i18n/language";
import type { App } from "./app";

export interface ListRow {
  readonly roomId: string;
  readonly kind: RoomSummary["kind"];
  readonly purpose: string;
  readonly who: string;
  readonly face?: FaceOf;
  readonly last: string;
  readonly time: string;
  readonly unread: number;
  readonly unsent: number;
  readonly patientLinked: boolean;
  readonly decisionsWaiting: number;
  readonly decisionsRefused: number;
  readonly reviewDue: boolean;
  /** Its owner, who reads this, has not said what of it belongs in the record. */
  readonly keepingDue: boolean;
  readonly joined: boolean;
  /** An urgent message in it that nobody has taken on. */
  readonly urgent: boolean;
  readonly muted: boolean;
}

/** What of the list is shown. A kind is offered where there is more than one. */
export type Filter = "all" | "unread" | "muted" | "clinical" | "operational";

const PASSES: Record<Filter, (room: RoomSummary) => boolean> = {
  all: () => true,
  unread: (room) => room.unread > 0,
  muted: (room) => room.muted === true,
  clinical: (room) => room.kind !== "operational",
  operational: (room) => room.kind === "operational",
};

export type ListState =
  | { readonly is: "loading" }
  | { readonly is: "empty" }
  /** There are some, and none of them passes the filter. */
  | { readonly is: "none" }
  | { readonly is: "rows"; readonly rows: readonly ListRow[] };

function lastLine(room: RoomSummary): string {
  const text = words().list;
  if (!room.joined) return text.left;
  if (room.preview === null) return room.older ? text.older : text.noMessages;
  if (room.preview.own) return text.lastYou;
  return text.last(room.preview.senderRole || room.preview.sender);
}

export function listRow(room: RoomSummary, now: number, urgent = false): ListRow {
  const text = words().list;
  return {
    roomId: room.id,
    kind: room.kind,
    purpose: room.purpose,
    who: room.memberNames.length === 0 ? text.alone : text.with(names(room.memberNames)),
    ...(room.face && { face: room.face }),
    last: lastLine(room),
    time: room.lastTs > 0 ? listTime(room.lastTs, now) : "",
    unread: room.unread,
    unsent: room.unsent,
    patientLinked: room.patientLinked,
    decisionsWaiting: room.decisions.waiting,
    decisionsRefused: room.decisions.refused,
    reviewDue: room.reviewTs !== null && room.reviewTs <= now,
    keepingDue: room.goesTs !== undefined,
    joined: room.joined,
    urgent,
    muted: room.muted === true,
  };
}

/** A room another client made has no kind of ours; it is shown with the clinical, marked, and not lost. */
const isIn = (list: "clinical" | "social", room: RoomSummary): boolean =>
  (room.kind === "social") === (list === "social");

export class RoomListModel {
  readonly state: ReadonlySignal<ListState>;
  readonly filter = signal<Filter>("all");
  /** In the order of the chips, with how many conversations each would show; null until that is known. */
  readonly filters: ReadonlySignal<readonly { filter: Filter; count: number | null }[]>;

  constructor(app: App, list: "clinical" | "social") {
    const live = app.session.live;
    const row = (room: RoomSummary): ListRow => {
      const urgent = live.urgent.value?.some((one) => one.open && one.roomId === room.id);
      return listRow(room, app.surroundings.now(), urgent);
    };
    const mine = computed(() => live.rooms.value.filter((room) => isIn(list, room)));
    this.filters = computed(() => {
      const kinds = new Set(mine.value.map((room) => room.kind)).size > 1;
      const offered: Filter[] = ["all", "unread", "muted"];
      if (list === "clinical" && kinds) offered.push("clinical", "operational");
      const known = live.roomsLoaded.value || mine.value.length > 0;
      const count = (filter: Filter) => (known ? mine.value.filter(PASSES[filter]).length : null);
      return offered.map((filter) => ({ filter, count: count(filter) }));
    });
    this.state = computed(() => {
      if (mine.value.length === 0) return { is: live.roomsLoaded.value ? "empty" : "loading" };
      const rooms = mine.value.filter(PASSES[this.filter.value]);
      if (rooms.length === 0) return { is: "none" };
      return { is: "rows", rows: rooms.map(row) };
    });
  }
}
