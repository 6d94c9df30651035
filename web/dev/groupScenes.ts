/** Who is in a conversation, its review, and what happens without one. */
import type { ReviewAsked } from "../src/engine/protocol";
import type { App } from "../src/model/app";
import { NOW, type FakeSession } from "./fakeSession";
import { hannah, me, tomos } from "./people";
import { roles } from "./urgent";
import { membership, rooms } from "./rooms";

type Change = (session: FakeSession, app: App) => void;

const DAY = 86_400_000;

const limited =
  (posting: "open" | "urgent_only" | "archived"): Change =>
  (session, app) => {
    session.live.rooms.value = rooms.map((room) =>
      room.id === "r1" ? { ...room, posting, reviewTs: NOW - 8 * DAY } : room,
    );
    app.navigation.go({ at: "conversation", roomId: "r1" });
  };

const asked = (
  roomId: string,
  purpose: string,
  days: number,
  standing: string,
  as: string,
): ReviewAsked => ({
  roomId,
  kind: "clinical",
  purpose,
  dueTs: NOW + days * DAY,
  standing,
  as,
});

const waiting = [
  asked("r1", "Patient review", -8, "urgent_only", "owner"),
  asked("r8", "Discharge planning", -1, "due", "ward_lead"),
  asked("r2", "Handover", 2, "reminded", "deputy"),
];

export const groupScenes: Record<string, Change> = {
  "review-due": limited("open"),
  "review-urgent-only": limited("urgent_only"),
  "review-archived": limited("archived"),
  review: (session, app) => {
    const facts = membership();
    session.script.membership = () => ({
      ...facts,
      members: facts.members.map((member, index) =>
        index === 2
          ? { ...member, outsider: true, untilTs: NOW + 20 * DAY, sponsor: hannah.userId }
          : { ...member, by: index === 1 ? "ward" : "one" },
      ),
    });
    app.navigation.go({ at: "review", roomId: "r1" });
  },
  team: (session, app) => {
    const one = (name: string, role: string, reachable = true) => ({
      userId: `@${name}:meadowbank.example`,
      name,
      role,
      reachable,
    });
    session.script.team = () => ({
      ward: "Ward 7",
      wards: ["Ward 3", "Ward 7"],
      people: [
        one("Aled Pritchard", "Staff nurse"),
        one("Funmi Adeyemi", "Healthcare assistant"),
        one("Jo Marsh", "Ward clerk", false),
      ],
      rota: [],
    });
    app.navigation.go({ at: "team", roomId: "r1" });
  },
  apps: (session, app) => {
    session.script.approvedApps = () => ({
      keptTs: NOW - 3_600_000,
      apps: [
        {
          appId: "a",
          software: "Element X",
          purpose: "For staff who have their own phone",
          approvedFor: "Messages about patients",
          notApprovedFor: "Pictures of patients",
          unmetTips: ["G21", "G31"],
          clinical: true,
          reviewDate: "2027-03-31",
        },
      ],
    });
    app.navigation.go({ at: "apps" });
  },
  rota: (session, app) => {
    session.script.onCallRoles = () => roles;
    const free = [me, tomos].map((one) => ({ ...one, name: one.displayName }));
    session.script.team = () => ({ ward: "", wards: [], people: [], rota: free });
    app.navigation.go({ at: "rota", roomId: "r1" });
  },
  "reviews-strip": (session) => {
    session.live.rooms.value = rooms;
    session.script.reviews = () => waiting;
  },
  reviews: (session, app) => {
    session.script.reviews = () => waiting;
    app.navigation.go({ at: "reviews" });
  },
  "reviews-empty": (session, app) => {
    session.script.reviews = () => [];
    app.navigation.go({ at: "reviews" });
  },
  "add-outsider": (session, app) => {
    const outsider = { ...tomos, outsider: true, employer: "Hillside Community NHS Trust" };
    session.script.searchPeople = () => ({ people: [outsider], limited: false });
    app.navigation.go({ at: "add", roomId: "r1" });
  },
};
