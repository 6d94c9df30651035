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
}

export interface GroupCalls {
  membership: [{ roomId: string }, MembershipFacts];
  sendReview: [{ roomId: string; keep: string[]; remove: string[]; requestId: string }, void];
  team: [{ roomId: string; ward: string | null }, Team];
  addTeam: [{ roomId: string; userIds: string[]; reason: string }, void];
  handOverRoom: [{ roomId: string; owner: string; deputy: string | null }, void];
}
