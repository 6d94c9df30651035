/** Urgent messages, who is on call, who is there. Their texts are ordinary messages of the room. */
import type { Sender } from "./words";

export type UrgentAnswer = "acknowledged" | "on_my_way" | "cannot";

export interface Urgent {
  urgentId: string;
  /** A broadcast asks for an acknowledgement: no deadline, no alarm. */
  kind: "urgent" | "broadcast";
  roomId: string;
  /** Null until its message has arrived at the server. */
  eventId: string | null;
  /** Null: not arrived yet, or not to be read on this phone. */
  text: string | null;
  from: Sender;
  sentTs: number;
  dueTs: number | null;
  state: "waiting" | "acknowledged" | "escalated" | "unanswered" | "ended";
  /** Empty where it went to people by name. */
  roleName: string;
  people: UrgentPerson[];
  steps: UrgentStep[];
  /** Sent to me, and I have not answered, nor has anybody for all of us. */
  waitsForMe: boolean;
  /** Nobody has taken it on yet. */
  open: boolean;
}

export interface UrgentPerson extends Sender {
  /** 1 for those it was sent to first. */
  step: number;
  deliveredTs: number | null;
  seenTs: number | null;
  answer: UrgentAnswer | null;
  answeredTs: number | null;
  /** A person's name; empty for an on-call role. */
  passedTo: string | null;
  /** Off duty, with somebody covering who was asked too: this phone does not ring. */
  offDuty: boolean;
}

/** Whom it went to, and by when one of them was to answer. */
export interface UrgentStep {
  step: number;
  /** Empty: people by name; or, at the end, those who answer for the roles. */
  roleName: string;
  lead: boolean;
  dueTs: number | null;
}

export type UrgentTo = { userIds: string[] } | { roleId: string };

export interface UrgentDraft {
  /** The same for every try, so that a lost answer does not alert twice. */
  requestId: string;
  roomId: string;
  to: UrgentTo;
  replyWithinMinutes: number;
  text: string;
  broadcast: boolean;
}

export interface OnCallRole {
  roleId: string;
  name: string;
  ward: string;
  /** Its name; empty where it goes no further. */
  escalatesTo: string;
  holders: Shift[];
  next: Shift[];
  warning: "empty_now" | "empty_soon" | null;
  emptyFromTs: number | null;
}

export interface Shift extends Sender {
  fromTs: number;
  untilTs: number;
  /** False: named by the rota, and nothing rings for them here. */
  reachable: boolean;
}

/** `unknown`: it goes by the working hours. */
export type AvailabilityState = "on_duty" | "busy" | "off" | "unknown";

export interface Availability {
  state: AvailabilityState;
  untilTs: number | null;
  /** What colleagues see now: by the rota and the working hours too. */
  shown: AvailabilityState;
  covers: Cover | null;
  hours: WorkingDay[];
}

/** A colleague, or an on-call role. */
export type Cover = { is: "person"; userId: string; name: string } | { is: "role"; roleId: string };

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Times are "08:30" on the organisation's clock; one that ends before it begins goes on into the next day. */
export interface WorkingDay {
  day: (typeof DAYS)[number];
  from: string;
  until: string;
}

export interface UrgentCalls {
  /**
   * Alerts at once, then puts the message into the outbox. Rejects as `offline` when no answer came:
   * the same request may be tried again.
   */
  sendUrgent: [UrgentDraft, { urgentId: string }];
  urgentSeen: [{ urgentId: string }, void];
  answerUrgent: [{ urgentId: string; answer: UrgentAnswer; passTo: UrgentPassTo | null }, void];
  endUrgent: [{ urgentId: string }, void];
  onCallRoles: [Record<string, never>, OnCallRole[]];
  takeRole: [{ roleId: string; untilTs: number }, void];
  handOverRole: [{ roleId: string; toUserId: string }, void];
  availability: [Record<string, never>, Availability];
  setAvailability: [
    {
      state: AvailabilityState;
      untilTs: number | null;
      covers: Cover | null;
      hours: WorkingDay[];
    },
    void,
  ];
}

export type UrgentPassTo = { userId: string } | { roleId: string };
