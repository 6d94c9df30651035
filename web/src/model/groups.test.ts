import { expect, it, vi } from "vitest";
import { FakeSession, fakeApp } from "../../dev/fakeSession";
import type { GroupMember } from "../engine/protocol";
import { AddTeamModel } from "./addTeam";
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
