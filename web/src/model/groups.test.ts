import { expect, it, vi } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { role } from "../../dev/urgent";
import type { GroupMember } from "../engine/protocol";
import { AddRotaModel } from "./addRota";
import { AddTeamModel } from "./addTeam";
import { DueReviewsModel } from "./dueReviews";
import { ReviewModel } from "./reviewMembers";

const member = (name: string, more: Partial<GroupMember> = {}): GroupMember => ({
  userId: `@${name}:ward.test`,
  name,
  role: "Nurse",
  ward: "Maple",
  outsider: false,
  owner: false,
  deputy: false,
  addedBy: "@rhian:ward.test",
  addedTs: 1,
  reason: "covers",
  by: "one",
  untilTs: null,
  sponsor: null,
  ...more,
});

function reviewed(session: FakeSession): void {
  session.script.membership = () => ({
    purpose: "Staffing",
    dueTs: 1,
    everyDays: 28,
    posting: "open",
    mayReview: true,
    owner: "@rhian:ward.test",
    deputy: null,
    last: null,
    members: [member("rhian", { owner: true }), member("sian"), member("tom")],
  });
  session.script.sendReview = () => undefined;
}

it("finishes a review when everybody but the owner was decided about, and not before", async () => {
  const session = new FakeSession();
  reviewed(session);
  const model = new ReviewModel(fakeApp(session), "r1");
  await model.group.load();
  const [, sian, tom] = model.group.members.value;
  if (!sian || !tom) throw new Error("three people");
  expect(model.left.value).toHaveLength(2);
  model.decide(sian, "keep");
  await model.send();
  expect(model.errors.value[0]?.field).toBe("member--tom-ward-test");
  model.decide(tom, "remove");
  await model.send();
  const sent = session.asked.find((call) => call.name === "sendReview");
  expect(sent?.asked).toMatchObject({
    keep: ["@rhian:ward.test", "@sian:ward.test"],
    remove: ["@tom:ward.test"],
  });
});

it("adds who stays ticked and has a phone, with a reason", async () => {
  const session = new FakeSession();
  const one = (name: string, reachable: boolean) => ({
    userId: `@${name}:ward.test`,
    name,
    role: "Nurse",
    reachable,
  });
  session.script.team = () => ({
    ward: "Maple",
    wards: ["Maple"],
    people: [one("sian", true), one("tom", true), one("new", false)],
    rota: [],
  });
  session.script.addTeam = () => undefined;
  const model = new AddTeamModel(fakeApp(session), "r1");
  await model.load(null);
  model.tick("@tom:ward.test", false);
  await model.add();
  expect(model.errors.value.map((error) => error.field)).toEqual(["reason"]);
  model.reason.value = "Nights";
  await model.add();
  await vi.waitFor(() =>
    expect(session.asked.find((call) => call.name === "addTeam")?.asked).toMatchObject({
      userIds: ["@sian:ward.test"],
      reason: "Nights",
    }),
  );
});

// @Rule("G27")
it("adds who is on call, each until their own shift ends, and whoever is unticked not at all", async () => {
  const session = new FakeSession();
  const shift = (name: string, untilTs: number) => ({
    userId: `@${name}:ward.test`,
    name,
    role: "Registrar",
    own: false,
    fromTs: 1,
    untilTs,
    reachable: true,
  });
  const holders = [shift("ann", 10), shift("ben", 20), shift("cai", 10), shift("dee", 10)];
  session.script.onCallRoles = () => [role("reg", "Medical registrar", { holders })];
  const free = ["ann", "ben", "cai"].map((name) => ({
    ...shift(name, 0),
    reachable: name !== "cai",
  }));
  session.script.team = () => ({ ward: "Maple", wards: ["Maple"], people: [], rota: free });
  session.script.addTeam = () => refusal("offline");
  const app = fakeApp(session);
  app.navigation.go({ at: "rota", roomId: "r1" });
  const model = new AddRotaModel(app, "r1");
  await model.load();
  await model.add();
  expect(model.errors.value.map((error) => error.field)).toEqual(["role", "reason"]);
  model.choose("reg");
  expect(model.people.value.map((one) => one.can)).toEqual(["yes", "yes", "no_phone", "inside"]);
  model.reason.value = "On call tonight";
  await model.add();
  expect([model.errors.value.length, app.navigation.place.value.at]).toEqual([1, "rota"]);
  session.script.addTeam = () => undefined;
  session.asked.length = 0;
  await model.add();
  const reason = "On call tonight";
  expect(session.asked.map((call) => call.asked)).toEqual([
    { roomId: "r1", userIds: ["@ann:ward.test"], reason, by: "rota", untilTs: 10 },
    { roomId: "r1", userIds: ["@ben:ward.test"], reason, by: "rota", untilTs: 20 },
  ]);
  expect(app.navigation.place.value.at).toBe("clinical");
  model.tick("@ben:ward.test", false);
  model.end.value = "open";
  session.asked.length = 0;
  await model.add();
  expect(session.asked.map((call) => call.asked)).toEqual([
    { roomId: "r1", userIds: ["@ann:ward.test"], reason, by: "rota", untilTs: null },
  ]);
});

// @Rule("G28")
it("shows the reviews that wait, the longest due first, and claims none it does not know of", async () => {
  const session = new FakeSession();
  const one = (roomId: string, dueTs: number) => ({
    roomId,
    kind: "clinical" as const,
    purpose: "Handover",
    dueTs,
    standing: "due",
    as: "ward_lead",
  });
  session.script.reviews = () => refusal("offline");
  const model = new DueReviewsModel(fakeApp(session));
  await model.look();
  expect([model.reviews.value.is, model.count()]).toEqual(["failed", 0]);
  session.script.reviews = () => [one("r2", 2), one("r1", 1)];
  await model.look();
  const state = model.reviews.value;
  expect(state.is === "shown" && state.value.map((review) => review.roomId)).toEqual(["r1", "r2"]);
  session.script.reviews = () => refusal("offline");
  await model.look();
  expect(model.count()).toBe(2);
});
