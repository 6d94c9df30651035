/** Who is in a conversation, by whose word and for how long; its regular review. */

export type Posting = "open" | "urgent_only" | "archived";

export interface GroupMember {
  userId: string;
  name: string;
  role: string;
  ward: string;
  /** Works for another organisation. */
  outsider: boolean;
  owner: boolean;
  deputy: boolean;
  /** Whoever joined before this was kept has nobody. */
  addedBy: string | null;
  addedTs: number | null;
  reason: string;
  by: "one" | "ward" | "rota" | null;
  untilTs: number | null;
  sponsor: string | null;
}

export interface MembershipFacts {
  purpose: string;
  dueTs: number;
  everyDays: number;
  posting: Posting;
  mayReview: boolean;
  owner: string;
  deputy: string | null;
  last: { reviewedTs: number; reviewedBy: string; kept: number; removed: number } | null;
  members: GroupMember[];
}

export interface TeamMember {
  userId: string;
  name: string;
  role: string;
  reachable: boolean;
}

export interface Team {
  ward: string;
  wards: string[];
  people: TeamMember[];
  /** Who is on call now and could be added. */
  rota: TeamMember[];
}

/** A review that this person is asked for. */
export interface ReviewAsked {
  roomId: string;
  kind: "clinical" | "operational" | "social";
  purpose: string;
  dueTs: number;
  /** As the server says it: `reminded`, `due`, `urgent_only`, `archived`. */
  standing: string;
  as: string;
}

export interface GroupCalls {
  membership: [{ roomId: string }, MembershipFacts];
  sendReview: [{ roomId: string; keep: string[]; remove: string[]; requestId: string }, void];
  team: [{ roomId: string; ward: string | null }, Team];
  /** A ward's team, or who is on call; until when, if it ends. */
  addTeam: [
    {
      roomId: string;
      userIds: string[];
      reason: string;
      by: "ward" | "rota";
      untilTs: number | null;
    },
    void,
  ];
  reviews: [Record<string, never>, ReviewAsked[]];
  handOverRoom: [{ roomId: string; owner: string; deputy: string | null }, void];
}
