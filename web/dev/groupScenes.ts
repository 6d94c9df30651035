/** Who is in a conversation, its review, and what happens without one. */
import type { App } from "../src/model/app";
import { NOW, type FakeSession } from "./fakeSession";
import { hannah, tomos } from "./people";
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
    });
    app.navigation.go({ at: "team", roomId: "r1" });
  },
  "add-outsider": (session, app) => {
    const outsider = { ...tomos, outsider: true, employer: "Hillside Community NHS Trust" };
    session.script.searchPeople = () => ({ people: [outsider], limited: false });
    app.navigation.go({ at: "add", roomId: "r1" });
  },
};
