/** Every state of every screen, by name; the gallery shows one, `shots.mjs` photographs all. */
import type { Calls, PhoneFact, TimelineItem } from "../src/engine/protocol";
import type { App } from "../src/model/app";
import { FakeSession, fakeApp, never, NOW, refusal } from "./fakeSession";
import { ben, custodian, everyone, hanna, hannah, me, member, patient, tomos } from "./people";
import { groupScenes } from "./groupScenes";
import { recordScenes } from "./recordScenes";
import { keyScenes } from "./keyScenes";
import { urgentScenes } from "./urgentScenes";
import { ago, allKinds, conversation, decision, inRecord, membership, room, rooms } from "./rooms";

type Change = (session: FakeSession, app: App) => void;

const facts = (platform: string, owner: string): PhoneFact[] => [
  { fact: "platform", value: platform, provenance: "self_reported", atTs: ago(60 * 24 * 9) },
  { fact: "owner", value: owner, provenance: "self_reported", atTs: ago(60 * 24 * 9) },
  { fact: "managed", value: "true", provenance: "asserted", atTs: ago(60 * 24 * 9) },
  { fact: "screen_lock", value: "true", provenance: "self_reported", atTs: ago(60 * 24) },
  { fact: "find_my_phone", value: "false", provenance: "self_reported", atTs: ago(60 * 24) },
];

function standard(session: FakeSession): void {
  session.live.rooms.value = rooms;
  session.script = {
    ...session.script,
    openRoom: ({ roomId }) => void show(session, roomId, conversation),
    closeRoom: () => undefined,
    markRead: () => undefined,
    patient: () => patient,
    members: () => [member(me, true), member(hannah), member(ben), custodian],
    membership: () => membership(),
    listDecisions: () => [inRecord()],
    decision: () => inRecord(),
    searchPeople: ({ term }) => {
      const word = term.toLowerCase();
      const people = everyone.filter((person) =>
        `${person.displayName} ${person.role} ${person.ward}`.toLowerCase().includes(word),
      );
      return { people, limited: false };
    },
    person: ({ userId }) => ({
      ...(everyone.find((person) => person.userId === userId) ?? hannah),
      nearPeople: userId === hannah.userId ? [hanna] : [hannah],
      askBecause: "first_contact" as const,
      sharedRoomIds: ["r1"],
    }),
    findPatient: () => ({ ...patient, patientId: "p1" }),
    linkPatient: () => undefined,
    send: () => undefined,
    undo: () => ({ readBy: 1 }),
    createConversation: () => ({ roomId: "r1" }),
    sendDecision: () => ({ decisionId: "d1", status: "waiting" as const }),
    reach: () => ({
      readBy: [{ userId: hannah.userId, name: hannah.displayName, ts: ago(9) }],
      deliveredTo: [{ userId: ben.userId, name: ben.displayName }],
      notYet: [{ userId: tomos.userId, name: tomos.displayName }],
    }),
    handsets: () => [
      {
        handsetId: "1",
        name: "My iPhone",
        platform: "iPhone",
        enrolledTs: ago(60 * 24 * 40),
        lastSeenTs: ago(1),
        thisOne: true,
        owner: "own",
        state: "active",
        policyVersion: "1",
        facts: facts("iPhone, Safari 27", "own"),
      },
      {
        handsetId: "2",
        name: "Ward tablet",
        platform: "Android",
        enrolledTs: ago(60 * 24 * 9),
        lastSeenTs: ago(60 * 30),
        thisOne: false,
        owner: "trust",
        state: "locked",
        policyVersion: "1",
        facts: facts("Android, Chrome 157", "trust"),
      },
    ],
    newDevices: () => [],
    passkeys: () => [
      {
        passkeyId: "p1",
        name: "My iPhone",
        createdTs: ago(60 * 24 * 40),
        lastUsedTs: ago(4),
        backedUp: true,
      },
    ],
    recoveryKey: () => ({ key: "EsTj 3yST y93F SLpB jJsz eAXc 8cEf Zh4J LhVQ Gr5R Jp4c 9e2M" }),
    stepUp: () => undefined,
    reportFacts: () => undefined,
    changePassword: () => refusal("step_up"),
    answerVerification: () => undefined,
    closeVerification: () => undefined,
    newRecoveryCodes: () => ({
      codes: Array.from({ length: 10 }, (_, i) => `K${i}QT-7M${i}X-PR${9 - i}W`),
    }),
  };
}

export function show(
  session: FakeSession,
  roomId: string,
  items: readonly TimelineItem[],
  canPaginate = false,
): void {
  session.live.timeline.value = { roomId, items: [...items], canPaginate, loaded: true };
}

const inRoom: Change = (_, app) => app.navigation.go({ at: "conversation", roomId: "r1" });

const withItems =
  (items: readonly TimelineItem[]): Change =>
  (session, app) => {
    session.script.openRoom = ({ roomId }) => void show(session, roomId, items);
    inRoom(session, app);
  };

const withDecision =
  (answer: Calls["listDecisions"][1]): Change =>
  (session, app) => {
    session.script.decision = () => answer[0] ?? decision();
    withItems(allKinds)(session, app);
  };

const at =
  (state: FakeSession["state"]["value"]): Change =>
  (session) =>
    void (session.state.value = state);

export const scenes: Record<string, Change> = {
  ...urgentScenes,
  ...keyScenes,
  ...groupScenes,
  ...recordScenes,
  "sign-in": at({ at: "signed_out" }),
  "sign-in-slow": (session) => {
    session.state.value = { at: "signed_out" };
    session.entrance.password = never;
  },
  "sign-in-wrong": (session) => {
    session.state.value = { at: "signed_out" };
    session.problem = refusal("wrong_sign_in");
  },
  "sign-in-for-app": (session) => {
    session.state.value = { at: "signed_out" };
    session.entrance.handOff.value = { is: "allowed", app: "Element X" };
  },
  "sign-in-refused": (session) => {
    session.state.value = { at: "signed_out" };
    session.entrance.handOff.value = { is: "refused" };
  },
  consent: at({
    at: "consent",
    app: {
      software: "Element X",
      clientHost: "element.io",
      purpose: "Rotas and social rooms on phones of our own",
      approvedFor: "Operational and social conversations",
      notApprovedFor: "Anything about a patient",
      unmetTips: ["It does not lock itself"],
      clinical: false,
    },
  }),
  account: at({
    at: "account",
    ask: { action: "org.matrix.devices_list", deviceId: "" },
    done: "",
    account: {
      userId: "@rhian.lloyd:lanyard.localhost",
      displayName: "Rhian Lloyd",
      role: "Registrar",
      devices: [{ deviceId: "ABCDEFGHIJ", name: "Element X", lastSeenTs: 1_700_000_000_000 }],
    },
  }),
  "link-code": (session) => {
    session.state.value = { at: "signed_out" };
    session.entrance.handOff.value = { is: "code_wanted", problem: null };
  },
  "handed-over": at({ at: "handed_over", app: "Element X" }),
  "second-step": at({ at: "second_step" }),
  "set-up": at({ at: "choose_passcode", minLength: 6, recoveryCodesLeft: null }),
  lock: at({ at: "locked", attemptsLeft: null, retryTs: null }),
  "lock-wrong": (session) => {
    session.state.value = { at: "locked", attemptsLeft: 6, retryTs: null };
    session.problem = refusal("wrong_passcode");
  },
  "lock-wait": at({ at: "locked", attemptsLeft: 3, retryTs: NOW + 45_000 }),
  "lock-offline": (session) => {
    session.state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    session.problem = refusal("offline");
  },
  "lock-passkey": (session) => {
    session.state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    session.door.value = { passkey: true, passcodeGone: false, unsent: 0 };
    session.problem = refusal("passkey_given_up");
  },
  "lock-passcode-gone": (session) => {
    session.state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    session.door.value = { passkey: true, passcodeGone: true, unsent: 0 };
  },
  "lock-unsent": (session) => {
    session.state.value = { at: "locked", attemptsLeft: 3, retryTs: null };
    session.door.value = { passkey: false, passcodeGone: false, unsent: 2 };
  },
  "sign-in-organisation": (session) => {
    session.state.value = { at: "signed_out" };
    session.entrance.organisation.value = { name: "Meadowbank Hospital", start: "/_lanyard/" };
  },
  "offer-passkey": (session) => void (session.passkeys.offered.value = true),
  "first-factor": at({ at: "first_factor" }),
  "recovery-codes": at({
    at: "recovery_codes",
    codes: Array.from({ length: 10 }, (_, i) => `K${i}QT-7M${i}X-PR${9 - i}W`),
  }),
  "first-factor-late": (session) => {
    session.state.value = { at: "first_factor" };
    session.problem = refusal("too_late");
  },
  "second-step-passkey": at({ at: "second_step", onlyPasskey: true }),
  "policy-changed": (session) => {
    const now = session.live.policy.value;
    if (now === null) return;
    const before = { ...now, lockSeconds: 300, offlineHours: 24, required: {} };
    const changed = { ...now, version: "2", required: { screen_lock: "self_reported" } };
    session.policyChange.value = { before, now: changed };
  },
  "phone-lacks": (session) => void (session.live.phoneLacks.value = "screen_lock"),
  "new-device": (session) => {
    const one = { deviceId: "X", name: "Firefox on Windows", sinceTs: ago(2), otherApp: false };
    session.script.newDevices = () => [one];
  },
  "allow-notifications": (session, app) => {
    session.justSetUp.value = true;
    Object.assign(app.surroundings.notifications, { now: "not_asked" });
  },
  unlocking: at({ at: "unlocking" }),
  "share-destroyed": at({ at: "set_up_again", why: "wrong_passcodes" }),
  wiped: at({ at: "set_up_again", why: "wiped" }),
  "open-elsewhere": at({ at: "open_elsewhere" }),
  covered: (session) => void (session.covered.value = true),

  list: () => undefined,
  "list-empty": (session) => void (session.live.rooms.value = []),
  "list-loading": (session) => {
    session.live.rooms.value = [];
    session.live.roomsLoaded.value = false;
    session.live.connection.value = "Connecting";
  },
  "list-offline": (session) => {
    session.live.connection.value = "Offline";
    session.live.outbox.value = { waiting: 2, failed: 0 };
  },
  "list-auto-lock": (session) => void (session.locksAt.value = NOW + 15_000),
  "list-engine-stopped": (session) => {
    session.live.failure.value = refusal("unexpected");
    session.live.keys.value = "step_up";
    session.updateReady.value = true;
  },

  directory: (_, app) => app.navigation.tab("directory"),
  "directory-failed": (session, app) => {
    session.live.connection.value = "Offline";
    session.script.searchPeople = () => refusal("offline");
    app.navigation.tab("directory");
  },
  "directory-slow": (session, app) => {
    session.script.searchPeople = never;
    app.navigation.tab("directory");
  },
  "near-failed": (session, app) => {
    session.script.person = () => refusal("server");
    app.navigation.tab("directory");
  },

  conversation: inRoom,
  "conversation-kinds": withItems(allKinds),
  "conversation-empty": withItems([]),
  "conversation-loading": (session, app) => {
    session.script.openRoom = never;
    session.script.patient = never;
    inRoom(session, app);
  },
  "conversation-failed": (session, app) => {
    session.script.openRoom = () => refusal("server");
    session.script.patient = () => refusal("server");
    inRoom(session, app);
  },
  "conversation-offline": (session, app) => {
    session.live.connection.value = "Offline";
    session.live.outbox.value = { waiting: 2, failed: 0 };
    inRoom(session, app);
  },
  "conversation-no-patient": (session, app) => {
    session.live.rooms.value = [room("r1", "Medicines advice", { patientLinked: false })];
    inRoom(session, app);
  },
  "conversation-left": (session, app) => {
    session.live.rooms.value = [room("r1", "Medicines advice", { joined: false })];
    inRoom(session, app);
  },
  "conversation-long": (session, app) => {
    session.live.rooms.value = [
      room("r1", "Transfer to a bed on Ward 3 this evening, after theatre", {
        unread: 4,
        headCount: 14,
        reaches: 13,
      }),
    ];
    const many = Array.from({ length: 500 }, () => conversation.slice(3)).flat();
    withItems(
      many.map((item, index) => ({
        ...item,
        key: `l${index}`,
        ts: ago(5 * (many.length - index)),
      })),
    )(session, app);
  },
  "decision-no-patient": (session, app) => {
    session.live.rooms.value = [room("r1", "Medicines advice", { patientLinked: false })];
    inRoom(session, app);
  },
  "decision-failed": (session, app) => {
    session.script.sendDecision = () => refusal("offline");
    inRoom(session, app);
  },
  "decision-sent": (session, app) => {
    session.script.decision = () => decision();
    inRoom(session, app);
  },
  "receipt-in-record": withDecision([inRecord()]),
  "receipt-folder": withDecision([
    inRecord({
      status: "saved_to_folder",
      sink: "folder",
      reference: "2026-11-22/decision-0012.json",
    }),
  ]),
  "receipt-refused": withDecision([
    decision({ status: "refused", reason: "The record does not know the NHS number." }),
  ]),
  "receipt-query": withDecision([inRecord({ keptBecause: "query", queriedBy: [hannah.userId] })]),
  "receipt-hold": withDecision([inRecord({ keptBecause: "hold" })]),

  details: (_, app) => app.navigation.go({ at: "details", roomId: "r1" }),
  "details-failed": (session, app) => {
    session.script.members = () => refusal("offline");
    session.script.listDecisions = () => refusal("offline");
    session.live.connection.value = "Offline";
    app.navigation.go({ at: "details", roomId: "r1" });
  },
  "add-colleague": (_, app) => app.navigation.go({ at: "add", roomId: "r1" }),
  "link-unknown": (session, app) => {
    session.script.findPatient = () => refusal("not_found");
    app.navigation.go({ at: "details", roomId: "r1" });
  },

  me: (_, app) => app.navigation.tab("me"),
  "me-failed": (session, app) => {
    session.script.handsets = () => refusal("offline");
    session.live.keys.value = "step_up";
    app.navigation.tab("me");
  },
};

export function scene(name: string): App | undefined {
  const change = scenes[name];
  if (change === undefined) return undefined;
  const session = new FakeSession();
  // The clock stands still, so that two photographs of one state are the same.
  const app = fakeApp(session, () => NOW);
  standard(session);
  change(session, app);
  return app;
}
