import { expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import { SearchesOfMineModel } from "./searchesOfMine";

// @Rule("G39")
it("shows what the server says, and without a network says so and tries again", async () => {
  const session = new FakeSession();
  const model = new SearchesOfMineModel(fakeApp(session));
  session.script.searchesOfMine = () => refusal("offline");
  await model.load();
  expect(model.notices.value).toMatchObject({ is: "failed" });
  const notice = { date: "2026-11-23", kind: "coroner", what: "content" } as const;
  session.script.searchesOfMine = () => [notice];
  const again = model.load();
  expect(model.notices.value).toEqual({ is: "loading" });
  await again;
  expect(model.notices.value).toEqual({ is: "shown", value: [notice] });
});
