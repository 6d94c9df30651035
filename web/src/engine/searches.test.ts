import { expect, it } from "vitest";
import { searchesOfMine } from "./searches";

// @Rule("G39")
it("says when conversations were looked into and for what kind of request, and never too little", async () => {
  const get = () =>
    Promise.resolve({
      searches: [
        { date: "2026-11-23", kind: "subject_access", what: "metadata", requester: "Jo" },
        { date: "2026-11-20", kind: "inquiry", what: "everything" },
      ],
    });
  expect(await searchesOfMine({ get })).toEqual([
    { date: "2026-11-23", kind: "subject_access", what: "metadata" },
    { date: "2026-11-20", kind: "other", what: "content" },
  ]);
});
