import { path, type Api, type Json } from "./api";
import { URGENT } from "./names";
import type { Outbox } from "./outbox";
import type { People } from "./people";
import type { Answer, Asked } from "./protocol";
import type {
  Availability,
  AvailabilityState,
  Cover,
  OnCallRole,
  Shift,
  UrgentCalls,
  UrgentDraft,
} from "./urgentWords";
import { DAYS } from "./urgentWords";
import type { UrgentBook } from "./urgentBook";

type Handlers = {
  [N in keyof UrgentCalls]: (asked: Asked<N>) => Promise<Answer<N>>;
};

const V1 = "/_lanyard/v1";

export interface UrgentCallsWorld {
  api: Api;
  people: People;
  outbox: Pick<Outbox, "put">;
  book: Pick<UrgentBook, "refresh">;
}

export function urgentCalls(world: UrgentCallsWorld): Handlers {
  const { api, book } = world;
  const deed = async (urgentId: string, what: string, body: Json = {}): Promise<void> => {
    await api.post(V1 + path`/urgent/${urgentId}/${what}`, body);
    await book.refresh();
  };
  return {
    sendUrgent: (draft) => sendUrgent(world, draft),
    urgentSeen: ({ urgentId }) => deed(urgentId, "seen"),
    answerUrgent: ({ urgentId, answer, passTo }) =>
      deed(urgentId, "answer", {
        answer,
        ...(passTo && {
          pass_to: "userId" in passTo ? { user_id: passTo.userId } : { role_id: passTo.roleId },
        }),
      }),
    endUrgent: ({ urgentId }) => deed(urgentId, "end"),
    ...onCallCalls(world),
  };
}

/**
 * The alert first: it needs no encryption and rings at once, and the server then lets the message into a
 * room where only urgent ones may be written. What could go wrong: the phone dies between the two, or
 * before the server knows which message it was. What prevents a loss: the request's id and the letter's
 * are the same for every try, and the letter stays in the outbox until the server knows the event.
 */
async function sendUrgent(
  { api, outbox, book }: UrgentCallsWorld,
  draft: UrgentDraft,
): Promise<{ urgentId: string }> {
  const { to } = draft;
  const announced = await api.post(`${V1}/urgent`, {
    request_id: draft.requestId,
    room_id: draft.roomId,
    to: "userIds" in to ? { user_ids: to.userIds } : { role_id: to.roleId },
    ...(draft.broadcast
      ? { kind: "broadcast" }
      : { reply_within_minutes: draft.replyWithinMinutes }),
  });
  const urgentId = String(announced["urgent_id"]);
  await outbox.put({
    txnId: `urgent-${draft.requestId}`,
    roomId: draft.roomId,
    type: "m.room.message",
    content: { msgtype: "m.text", body: draft.text, [URGENT]: { urgent_id: urgentId } },
    urgent: { urgentId, people: listOf(announced["people"]).map(String) },
  });
  await book.refresh();
  return { urgentId };
}

function onCallCalls({
  api,
  people,
}: UrgentCallsWorld): Pick<
  Handlers,
  "onCallRoles" | "takeRole" | "handOverRole" | "availability" | "setAvailability"
> {
  const me = `${V1}/me/availability`;
  return {
    onCallRoles: async () => {
      const { roles } = await api.get(`${V1}/on-call/roles`);
      const read = listOf(roles).map((role) => role as Json);
      const nameOf = (roleId: unknown): string =>
        String(read.find((one) => one["role_id"] === roleId)?.["name"] ?? "");
      return Promise.all(read.map((role) => roleOf(role, nameOf(role["escalates_to"]), people)));
    },
    takeRole: async ({ roleId, untilTs }) => {
      await api.post(V1 + path`/on-call/roles/${roleId}/take`, { until_ts: untilTs });
    },
    handOverRole: async ({ roleId, toUserId }) => {
      await api.post(V1 + path`/on-call/roles/${roleId}/hand-over`, { to_user_id: toUserId });
    },
    availability: async () => availabilityOf(await api.get(me), people),
    setAvailability: async ({ state, untilTs, covers, hours }) => {
      await api.put(me, {
        state,
        ...(untilTs !== null && { until_ts: untilTs }),
        ...(covers && {
          covered_by:
            covers.is === "person" ? { user_id: covers.userId } : { role_id: covers.roleId },
        }),
        hours,
      });
    },
  };
}

async function roleOf(json: Json, escalatesTo: string, people: People): Promise<OnCallRole> {
  const warning = json["warning"];
  return {
    roleId: String(json["role_id"]),
    name: String(json["name"] ?? ""),
    ward: String(json["ward"] ?? ""),
    escalatesTo,
    holders: await shiftsOf(json["holders"], people),
    next: await shiftsOf(json["next"], people),
    warning: warning === "empty_now" || warning === "empty_soon" ? warning : null,
    emptyFromTs: numberOf(json["empty_from_ts"]),
  };
}

function shiftsOf(value: unknown, people: People): Promise<Shift[]> {
  return Promise.all(
    listOf(value).map(async (one) => {
      const json = one as Json;
      return {
        ...(await people.named(String(json["user_id"]))),
        fromTs: numberOf(json["from_ts"]) ?? 0,
        untilTs: numberOf(json["until_ts"]) ?? 0,
        reachable: json["reachable"] !== false,
      };
    }),
  );
}

const STATES: readonly AvailabilityState[] = ["on_duty", "busy", "off"];
const stateOf = (value: unknown): AvailabilityState =>
  STATES.find((one) => one === value) ?? "unknown";

async function availabilityOf(json: Json, people: People): Promise<Availability> {
  const said = objectOf(json["said"]);
  return {
    state: stateOf(said["state"]),
    shown: stateOf(json["state"]),
    untilTs: numberOf(said["until_ts"]),
    covers: await coverOf(objectOf(said["covered_by"]), people),
    hours: listOf(json["hours"]).flatMap((one) => {
      const { day, from, until } = objectOf(one);
      const known = DAYS.find((name) => name === day);
      return known ? { day: known, from: String(from), until: String(until) } : [];
    }),
  };
}

async function coverOf(json: Json, people: People): Promise<Cover | null> {
  const { user_id: userId, role_id: roleId } = json;
  if (typeof userId === "string")
    return { is: "person", userId, name: (await people.named(userId)).name };
  return typeof roleId === "string" ? { is: "role", roleId } : null;
}

function objectOf(value: unknown): Json {
  return value !== null && typeof value === "object" ? (value as Json) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
