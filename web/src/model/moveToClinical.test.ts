import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { ben, hannah, me } from "../../dev/people";
import type { Member, Person } from "../engine/protocol";
import type { App } from "./app";
import { moveToClinical } from "./moveToClinical";
import { NewConversationModel } from "./newConversation";

let session: FakeSession;
let app: App;

const member = (person: Person, more: Partial<Member> = {}): Member => ({
  userId: person.userId,
  name: person.displayName,
  role: person.role,
  ward: person.ward,
  standing: "person",
  owner: false,
  own: false,
  ...more,
});

beforeEach(() => {
  session = new FakeSession();
  app = fakeApp(session);
  session.script = {
    members: () => [
      member(me, { own: true }),
      member(hannah),
      member(ben),
      member(ben, { userId: "@records:meadowbank.example", standing: "records" }),
    ],
    createConversation: () => ({ roomId: "r9" }),
  };
  app.navigation.tab("social");
  app.navigation.go({ at: "conversation", roomId: "r1" });
});

describe("moving to a clinical conversation", () => {
  it("begins with the people of this one, and takes the draft along", async () => {
    const fresh = new NewConversationModel(app);
    const stop = fresh.follow();
    session.drafts.write("r1", "The man in bed 4 is unwell");
    expect(await moveToClinical(app, "r1")).toBeNull();
    expect(fresh.people.value.map((person) => person.displayName)).toEqual([
      hannah.displayName,
      ben.displayName,
    ]);
    fresh.choice.value = "Medicines advice";
    await fresh.start();
    expect(app.navigation.place.value).toEqual({ at: "conversation", roomId: "r9" });
    expect(session.drafts.read("r9")).toBe("The man in bed 4 is unwell");
    expect(session.drafts.read("r1")).toBe("");
    stop();
  });

  it("keeps who was added and taken off when the directory was open meanwhile", async () => {
    const fresh = new NewConversationModel(app);
    const stop = fresh.follow();
    await moveToClinical(app, "r1");
    fresh.remove(ben.userId);
    app.navigation.go({ at: "pick" });
    app.navigation.back();
    expect(fresh.people.value.map((person) => person.userId)).toEqual([hannah.userId]);
    stop();
  });

  it("says what stopped it and leaves the person where they were", async () => {
    session.script.members = () => refusal("offline");
    expect((await moveToClinical(app, "r1"))?.code).toBe("offline");
    expect(app.navigation.place.value).toEqual({ at: "conversation", roomId: "r1" });
  });

  // @Rule("G07")
  it("shows the induction before somebody's first, and goes on when it is read", async () => {
    session.script.createConversation = () => refusal("induction");
    session.script.induction = () => ({ accepted: 0, wanted: 3 });
    session.script.acceptInduction = () => undefined;
    const fresh = new NewConversationModel(app);
    fresh.add(hannah);
    fresh.choice.value = "Medicines advice";
    await fresh.start();
    expect(fresh.induction.value).toBe(true);
    session.script.createConversation = () => ({ roomId: "r9" });
    await fresh.inducted();
    expect(session.asked.filter((call) => call.name === "acceptInduction")).toMatchObject([
      { asked: { version: 3 } },
    ]);
    expect(app.navigation.place.value).toEqual({ at: "conversation", roomId: "r9" });
  });

  it("says what stopped the induction from being kept", async () => {
    session.script.createConversation = () => refusal("induction");
    session.script.induction = () => refusal("offline");
    const fresh = new NewConversationModel(app);
    fresh.add(hannah);
    fresh.choice.value = "Medicines advice";
    await fresh.start();
    await fresh.inducted();
    expect(fresh.induction.value).toBe(false);
    expect(fresh.errors.value).toHaveLength(1);
  });
});
