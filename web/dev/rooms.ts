/** Made-up conversations of the gallery. Times are minutes before the gallery's now. */
import type {
  Decision,
  Delivery,
  GroupMember,
  ImageItem,
  MembershipFacts,
  MessageItem,
  Person,
  RoomSummary,
  TimelineItem,
} from "../src/engine/protocol";
import { NOW } from "./fakeSession";
import { ben, hanna, hannah, me, sender, tomos } from "./people";

export const ago = (minutes: number): number => NOW - minutes * 60_000;

export function room(id: string, purpose: string, more: Partial<RoomSummary> = {}): RoomSummary {
  return {
    id,
    kind: "clinical",
    purpose,
    owner: me.userId,
    memberNames: [hannah.displayName, ben.displayName],
    headCount: 3,
    reaches: 2,
    unread: 0,
    lastTs: ago(4),
    preview: {
      kind: "message",
      sender: hannah.displayName,
      senderRole: hannah.role,
      own: false,
    },
    patientLinked: true,
    patientVersion: 1,
    reviewTs: NOW + 26 * 86_400_000,
    decisions: { waiting: 0, inRecord: 0, refused: 0 },
    unsent: 0,
    joined: true,
    ...more,
  };
}

export const rooms: RoomSummary[] = [
  room("r1", "Medicines advice", { unread: 2 }),
  room("r2", "Discharge planning", {
    lastTs: ago(38),
    memberNames: [tomos.displayName, ben.displayName, hannah.displayName, "Sam Oduya"],
    headCount: 5,
    reaches: 4,
    preview: {
      kind: "message",
      sender: tomos.displayName,
      senderRole: tomos.role,
      own: false,
    },
    decisions: { waiting: 1, inRecord: 2, refused: 0 },
  }),
  room("r3", "Test results", {
    lastTs: ago(165),
    preview: {
      kind: "message",
      sender: me.displayName,
      senderRole: me.role,
      own: true,
    },
    patientLinked: false,
    memberNames: [ben.displayName],
    face: { userId: ben.userId, name: ben.displayName, photoVersion: 1 },
    headCount: 2,
    reaches: 1,
    unsent: 1,
  }),
  room("r4", "Transfer to a bed on Ward 3 this evening", {
    lastTs: ago(60 * 22),
    unread: 1,
    memberNames: ["Hanna Whitefield"],
    face: { userId: hanna.userId, name: hanna.displayName, photoVersion: 0 },
    headCount: 2,
    reaches: 1,
    preview: {
      kind: "message",
      sender: "Hanna Whitefield",
      senderRole: "Staff nurse",
      own: false,
    },
    decisions: { waiting: 0, inRecord: 0, refused: 1 },
  }),
  room("r5", "Handover", {
    lastTs: ago(60 * 24 * 3),
    patientLinked: false,
    reviewTs: NOW - 1000,
    memberNames: [ben.displayName, tomos.displayName],
    preview: {
      kind: "message",
      sender: ben.displayName,
      senderRole: ben.role,
      own: false,
    },
  }),
  room("r6", "Patient review", {
    lastTs: ago(60 * 24 * 12),
    memberNames: [hannah.displayName],
    headCount: 2,
    preview: {
      kind: "message",
      sender: hannah.displayName,
      senderRole: hannah.role,
      own: false,
    },
  }),
];

let count = 0;
export function message(
  who: Person,
  minutes: number,
  text: string,
  more: Partial<MessageItem> = {},
): MessageItem {
  const key = `k${++count}`;
  const delivery: Delivery =
    who === me ? { state: "read", people: 2, of: 2 } : { state: "received" };
  return {
    kind: "message",
    key,
    eventId: `$${key}`,
    sender: sender(who),
    ts: ago(minutes),
    text,
    delivery,
    decision: null,
    edited: false,
    ...more,
  };
}

export function picture(more: Partial<ImageItem> = {}): ImageItem {
  const key = `p${++count}`;
  return {
    kind: "image",
    key,
    eventId: `$${key}`,
    sender: sender(hannah),
    ts: ago(10),
    text: "Photo: Forearm, left",
    width: 300,
    height: 400,
    photo: {
      consent: "agreed",
      decidedBy: "",
      bodySite: "forearm",
      side: "left",
      intimate: false,
      child: false,
      takenTs: ago(11),
    },
    delivery: { state: "received" },
    decision: null,
    ...more,
  };
}

const notice = (
  minutes: number,
  what: Extract<TimelineItem, { kind: "notice" }>["notice"],
): TimelineItem => ({
  kind: "notice",
  key: `n${++count}`,
  eventId: `$n${count}`,
  sender: sender(me),
  ts: ago(minutes),
  notice: what,
});

export const advice = message(
  hannah,
  12,
  "Yes, hold tonight’s apixaban. Restart at 08:00 tomorrow if the repeat Hb is above 80. I will change the chart on the drug round.",
);

export const conversation: TimelineItem[] = [
  notice(60 * 21, { what: "created", by: me.displayName }),
  notice(60 * 21, { what: "records_joined" }),
  notice(60 * 20.9, { what: "patient_linked", by: me.displayName }),
  message(me, 60 * 20.8, "Melaena overnight, Hb 84. On apixaban 5 mg BD for AF."),
  message(ben, 60 * 20.5, "Two units cross-matched. BP 108/64, HR 92."),
  message(me, 31, "Hb 79 this morning. Would you hold tonight’s dose?"),
  message(me, 30, "Endoscopy list is at 16:00.", { delivery: { state: "read", people: 1, of: 2 } }),
  advice,
  message(hannah, 11, "Last dose was at 08:10."),
  message(me, 4, "Thanks. I will tell the patient.", {
    delivery: { state: "delivered", people: 2, of: 2 },
  }),
];

export const decision = (more: Partial<Decision> = {}): Decision => ({
  decisionId: "d1",
  status: "waiting",
  reason: null,
  reference: null,
  sink: "fhir",
  authorUserId: me.userId,
  deciderUserId: hannah.userId,
  confirmed: true,
  adviserUserId: null,
  pastedBy: null,
  overdueTs: null,
  followUps: [],
  decidedTs: ago(12),
  acknowledgedTs: null,
  originalsGoTs: null,
  keptBecause: null,
  sourceEventIds: [advice.eventId ?? ""],
  summaryEventId: "$summary",
  queriedBy: [],
  pictures: [],
  ...more,
});

export const inRecord = (more: Partial<Decision> = {}): Decision =>
  decision({
    status: "in_record",
    reference: "Composition/7f3a19c2",
    acknowledgedTs: ago(3),
    originalsGoTs: NOW + 24 * 3_600_000,
    ...more,
  });

/** One of each thing a timeline can hold. */
export const allKinds: TimelineItem[] = [
  {
    kind: "disposed",
    key: "g1",
    eventId: "$g1",
    sender: sender(hannah),
    ts: ago(60 * 26),
    reason: "in_record",
    sentence: "",
    decision: { decisionId: "d1", status: "disposed", reference: "Composition/7f3a19c2" },
  },
  {
    kind: "disposed",
    key: "g2",
    eventId: "$g2",
    sender: sender(ben),
    ts: ago(60 * 25),
    reason: "retention",
    sentence: "",
    decision: null,
  },
  {
    kind: "unreadable",
    key: "u1",
    eventId: "$u1",
    sender: sender(ben),
    ts: ago(58),
    reason: "key_not_here_yet",
  },
  {
    kind: "hidden",
    key: "h1",
    eventId: "$h1",
    sender: sender(me),
    ts: ago(50),
    by: me.displayName,
    own: true,
  },
  message(hannah, 40, "Hold tonight’s apixaban.", {
    decision: { decisionId: "d1", status: "in_record", reference: "Composition/7f3a19c2" },
  }),
  {
    kind: "decision",
    key: "s1",
    eventId: "$s1",
    sender: sender(me),
    ts: ago(38),
    text: "Apixaban held tonight; restart at 08:00 if Hb is above 80.",
    delivery: { state: "read", people: 2, of: 2 },
    decision: { decisionId: "d1", status: "waiting", reference: null },
    deciderUserId: hannah.userId,
    deciderName: hannah.displayName,
    decidedTs: ago(40),
    sourceEventIds: ["$k"],
  },
  notice(36, {
    what: "decision",
    status: "in_record",
    reference: "Composition/7f3a19c2",
    decisionId: "d1",
  }),
  message(me, 20, "Sent, not yet on a phone.", { delivery: { state: "sent" } }),
  message(me, 18, "On its way.", { delivery: { state: "sending" }, eventId: null }),
  message(me, 2, "Typed with no network.", { delivery: { state: "waiting" }, eventId: null }),
  message(me, 1, "This one was refused.", {
    delivery: {
      state: "failed",
      problem: { code: "refused", sentence: "You are no longer in this conversation." },
      canRetry: true,
    },
    eventId: null,
  }),
  message(me, 0.05, "Just sent.", { delivery: { state: "sent" } }),
];

const grouped = (who: Person, owner = false): GroupMember => ({
  userId: who.userId,
  name: who.displayName,
  role: who.role,
  ward: who.ward,
  outsider: who.outsider,
  owner,
  deputy: false,
  addedBy: me.userId,
  addedTs: NOW - 3 * 86_400_000,
  reason: "Covers the night",
  by: "one",
  untilTs: null,
  sponsor: null,
});

export const membership = (): MembershipFacts => ({
  purpose: "Patient review",
  dueTs: NOW + 26 * 86_400_000,
  everyDays: 28,
  posting: "open",
  mayReview: true,
  owner: me.userId,
  deputy: null,
  last: null,
  members: [grouped(me, true), grouped(hannah), grouped(ben)],
});
