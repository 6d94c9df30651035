/** The states of urgent messages and of who is on call. */
import type { App } from "../src/model/app";
import { never, NOW, refusal, type FakeSession } from "./fakeSession";
import { member, tomos } from "./people";
import { board, roles, urgent } from "./urgent";

type Change = (session: FakeSession, app: App) => void;

const base: Change = (session) => {
  session.live.urgent.value = board;
  session.script.onCallRoles = () => roles;
  session.script.answerUrgent = () => undefined;
  session.script.availability = () => ({
    state: "busy" as const,
    shown: "busy" as const,
    untilTs: null,
    covers: { is: "person" as const, userId: tomos.userId, name: member(tomos).name },
    hours: [{ day: "mon" as const, from: "08:00", until: "18:00" }],
  });
};

const at =
  (place: "urgent" | "on_call" | "availability", change: Change = () => {}): Change =>
  (session, app) => {
    base(session, app);
    if (place === "urgent") app.navigation.tab("urgent");
    else app.navigation.go({ at: place });
    change(session, app);
  };

export const urgentScenes: Record<string, Change> = {
  "urgent-board": at("urgent"),
  "urgent-empty": at("urgent", (session) => void (session.live.urgent.value = [])),
  "urgent-loading": at("urgent", (session) => void (session.live.urgent.value = null)),
  "urgent-offline": at("urgent", (session) => {
    session.live.urgent.value = null;
    session.live.connection.value = "Offline";
  }),
  "urgent-as-it-stood": at("urgent", (session) => {
    session.live.urgentKept.value = true;
    session.live.urgentAsOf.value = NOW - 60_000;
    session.live.connection.value = "Offline";
  }),
  "urgent-answer-failed": at("urgent", (session) => {
    session.script.answerUrgent = () => refusal("offline");
  }),
  "urgent-unanswered": at("urgent", (session) => {
    session.live.urgent.value = [
      urgent("u1", { ...board[1], state: "unanswered", steps: [...(board[1]?.steps ?? [])] }),
    ];
  }),
  "urgent-list": (session, app) => base(session, app),
  "urgent-room": (session, app) => {
    base(session, app);
    session.live.urgent.value = [];
    app.navigation.go({ at: "conversation", roomId: "r1" });
  },
  "urgent-alarm-over": (session, app) => {
    base(session, app);
    session.live.urgent.value = [];
    app.navigation.go({ at: "conversation", roomId: "r1" });
    setTimeout(() => (session.live.urgent.value = board), 2_500);
  },
  "urgent-room-offline": (session, app) => {
    base(session, app);
    session.live.urgent.value = [];
    session.live.connection.value = "Offline";
    app.navigation.go({ at: "conversation", roomId: "r1" });
  },
  "urgent-room-uncertain": (session, app) => {
    base(session, app);
    session.live.urgent.value = [];
    session.script.sendUrgent = () => refusal("offline");
    app.navigation.go({ at: "conversation", roomId: "r1" });
  },
  "on-call": at("on_call"),
  "on-call-failed": at("on_call", (session) => {
    session.script.onCallRoles = () => refusal("server");
  }),
  "on-call-empty": at("on_call", (session) => void (session.script.onCallRoles = () => [])),
  availability: at("availability"),
  "availability-slow": at("availability", (session) => void (session.script.availability = never)),
};
