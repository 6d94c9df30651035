import { path, type Api, type Json } from "./api";
import type {
  GroupCalls,
  GroupMember,
  MembershipFacts,
  Posting,
  ReviewAsked,
  Team,
  TeamMember,
} from "./groupWords";
import type { Answer, Asked } from "./protocol";

type Handlers = {
  [K in keyof GroupCalls]: (asked: Asked<K>) => Promise<Answer<K>>;
};

const ROOMS = "/_lanyard/v1/rooms";

export function groupCalls(api: Api): Handlers {
  return {
    membership: async ({ roomId }) => factsOf(await api.get(ROOMS + path`/${roomId}/review`)),
    sendReview: async ({ roomId, keep, remove, requestId }) => {
      await api.post(ROOMS + path`/${roomId}/review`, { keep, remove, request_id: requestId });
    },
    team: async ({ roomId, ward }) => {
      const wanted = ward === null ? "" : path`?ward=${ward}`;
      return teamOf(await api.get(ROOMS + path`/${roomId}/suggestions` + wanted));
    },
    addTeam: async ({ roomId, userIds, reason, by, untilTs }) => {
      const end = untilTs !== null && { until_ts: untilTs };
      const body = { user_ids: userIds, reason, by, ...end };
      await api.post(ROOMS + path`/${roomId}/members`, body);
    },
    reviews: async () => list((await api.get("/_lanyard/v1/reviews"))["reviews"]).map(askedOf),
    handOverRoom: async ({ roomId, owner, deputy }) => {
      const body = { owner_user_id: owner, ...(deputy !== null && { deputy_user_id: deputy }) };
      await api.put(ROOMS + path`/${roomId}/owner`, body);
    },
  };
}

const POSTINGS: readonly Posting[] = ["urgent_only", "archived"];

export const postingOf = (word: unknown): Posting =>
  POSTINGS.find((known) => known === word) ?? "open";

function factsOf(json: Json): MembershipFacts {
  const last = json["last"] as Json | undefined;
  return {
    purpose: String(json["purpose"] ?? ""),
    dueTs: Number(json["due_ts"] ?? 0),
    everyDays: Number(json["every_days"] ?? 0),
    posting: postingOf(json["posting"]),
    mayReview: json["may_review"] === true,
    owner: String(json["owner_user_id"] ?? ""),
    deputy: text(json["deputy_user_id"]),
    last: last
      ? {
          reviewedTs: Number(last["reviewed_ts"]),
          reviewedBy: String(last["reviewed_by"]),
          kept: Number(last["kept"]),
          removed: Number(last["removed"]),
        }
      : null,
    members: list(json["members"]).map(memberOf),
  };
}

const WAYS = ["one", "ward", "rota"] as const;

function memberOf(json: Json): GroupMember {
  return {
    userId: String(json["user_id"]),
    name: String(json["display_name"] ?? json["user_id"]),
    role: String(json["role"] ?? ""),
    ward: String(json["ward"] ?? ""),
    outsider: json["outsider"] === true,
    owner: json["owner"] === true,
    deputy: json["deputy"] === true,
    addedBy: text(json["added_by"]),
    addedTs: number(json["added_ts"]),
    reason: String(json["reason"] ?? ""),
    by: WAYS.find((known) => known === json["by"]) ?? null,
    untilTs: number(json["until_ts"]),
    sponsor: text(json["sponsor_user_id"]),
  };
}

function teamOf(json: Json): Team {
  return {
    ward: String(json["ward"] ?? ""),
    wards: Array.isArray(json["wards"]) ? json["wards"].map(String) : [],
    people: list(json["people"]).map(teamMemberOf),
    rota: list(json["rota"]).map(teamMemberOf),
  };
}

const teamMemberOf = (one: Json): TeamMember => ({
  userId: String(one["user_id"]),
  name: String(one["display_name"]),
  role: String(one["role"] ?? ""),
  reachable: one["reachable"] === true,
});

const KINDS = ["clinical", "operational", "social"] as const;

const askedOf = (one: Json): ReviewAsked => ({
  roomId: String(one["room_id"]),
  kind: KINDS.find((kind) => kind === one["kind"]) ?? "clinical",
  purpose: String(one["purpose"] ?? ""),
  dueTs: Number(one["due_ts"] ?? 0),
  standing: String(one["standing"] ?? ""),
  as: String(one["as"] ?? ""),
});

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
