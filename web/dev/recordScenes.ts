/** Pictures and the record; what an owner says before the first messages go. */
import type { App } from "../src/model/app";
import { never, NOW, refusal, type FakeSession } from "./fakeSession";
import { hannah, me } from "./people";
import { ago, conversation, decision, inRecord, message, picture, room, rooms } from "./rooms";

type Change = (session: FakeSession, app: App) => void;

const DAY = 86_400_000;
const WOUND =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><rect width="300" height="400" fill="#d9a58a"/><ellipse cx="150" cy="210" rx="60" ry="90" fill="#8c2f2a"/></svg>',
  );

const filed = { decisionId: "d1", status: "waiting", reference: null } as const;
const pictures = [
  message(me, 40, "Can you look at the wound?"),
  picture({ ts: ago(30), decision: filed }),
  picture({
    ts: ago(12),
    reactions: [{ key: "👀", people: [me.displayName], mine: "$s" }],
    reply: { eventId: "$k", who: me.displayName, text: "Can you look at the wound?" },
  }),
];

const withPictures: Change = (session, app) => {
  session.live.rooms.value = [
    room("r1", "Medicines advice"),
    room("r2", "Wound clinic"),
    ...rooms.slice(2),
    room("r9", "Night out", { kind: "social", patientLinked: false }),
  ];
  session.script.media = () => ({ url: WOUND, mime: "image/svg+xml" });
  session.script.openRoom = ({ roomId }) =>
    void (session.live.timeline.value = {
      roomId,
      items: pictures,
      canPaginate: false,
      loaded: true,
    });
  app.navigation.go({ at: "conversation", roomId: "r1" });
};

const keeping =
  (goesTs: number): Change =>
  (session, app) => {
    const decisions = { waiting: 1, inRecord: 2, refused: 0 };
    session.live.rooms.value = [room("r1", "Medicines advice", { goesTs, decisions }), ...rooms];
    session.script.chooseRetention = () => undefined;
    session.script.openRoom = ({ roomId }) =>
      void (session.live.timeline.value = {
        roomId,
        items: conversation,
        canPaginate: true,
        loaded: true,
      });
    app.navigation.go({ at: "conversation", roomId: "r1" });
  };

export const recordScenes: Record<string, Change> = {
  pictures: withPictures,
  "receipt-pictures": (session, app) => {
    withPictures(session, app);
    session.script.decision = () =>
      decision({
        pictures: [
          { mediaId: "m1", reference: "DocumentReference/8" },
          { mediaId: "m2", reference: null },
        ],
      });
  },
  "pictures-failed": (session, app) => {
    withPictures(session, app);
    session.script.notNeeded = () => refusal("offline");
    session.script.forward = () => refusal("offline");
    session.script.addTask = () => undefined;
  },
  "keeping-list": (session) => {
    session.live.rooms.value = rooms.map((one, index) =>
      index < 2 ? { ...one, goesTs: NOW + 20 * DAY } : one,
    );
  },
  keeping: keeping(NOW + 20 * DAY),
  "keeping-late": keeping(NOW - DAY),
  "keeping-offline": (session, app) => {
    keeping(NOW + 20 * DAY)(session, app);
    session.live.connection.value = "Offline";
    session.script.chooseRetention = () => refusal("offline");
  },
  "jobs-of-message": (session, app) => {
    const task = { bed: "4", who: "", byTs: null, done: false, by: hannah.displayName, ts: NOW };
    session.script.tasks = () => ({
      tasks: [
        { ...task, taskId: "t1", job: "Swab the wound", fromEventId: "$k1" },
        { ...task, taskId: "t2", job: "ECG" },
      ],
      backTo: null,
    });
    session.script.decision = () => inRecord();
    app.navigation.go({ at: "jobs", roomId: "r1" });
  },
  searches: (session, app) => {
    session.script.searchesOfMine = () => [
      { date: "2026-11-20", kind: "subject_access", what: "content" },
      { date: "2026-11-02", kind: "nhs_complaint", what: "metadata" },
    ];
    app.navigation.go({ at: "searches" });
  },
  "searches-empty": (session, app) => {
    session.script.searchesOfMine = () => [];
    app.navigation.go({ at: "searches" });
  },
  "searches-slow": (session, app) => {
    session.script.searchesOfMine = () => never();
    app.navigation.go({ at: "searches" });
  },
  "searches-failed": (session, app) => {
    session.script.searchesOfMine = () => refusal("offline");
    app.navigation.go({ at: "searches" });
  },
};
