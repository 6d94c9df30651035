import { describe, expect, it } from "vitest";
import { askPolicy, policyOf } from "./policy";
import { Refusal } from "./words";

// @Rule("G10")
describe("what the policy says of a kind of conversation", () => {
  const kinds = {
    clinical: {
      nudge: "warn",
      approved_for: { en: "the direct care of patients", cy: "gofal uniongyrchol cleifion" },
      not_for: { en: "social chat" },
      voice_notes: true,
    },
    social: { nudge: "something newer" },
  };

  it("is what the signed document of that version says", () => {
    const policy = policyOf({ version: 7, room_kinds: kinds });
    expect(policy.version).toBe("7");
    expect(policy.rooms?.clinical).toEqual({
      nudge: "warn",
      approvedFor: kinds.clinical.approved_for,
      notFor: kinds.clinical.not_for,
      voice: true,
      files: false,
    });
  });

  it("is the strict side where it says nothing that this app knows", () => {
    const policy = policyOf({ version: 7, room_kinds: kinds });
    expect(policy.rooms?.social).toEqual({
      nudge: "ask",
      approvedFor: {},
      notFor: {},
      voice: false,
      files: false,
    });
    expect(policy.rooms?.operational?.nudge).toBe("ask");
  });
});

// @Rule("G15")
describe("where decisions go", () => {
  const said: Record<string, object> = {
    "/_lanyard/v1/policy": { version: 7 },
    "/_lanyard/v1/record": { sink: "fhir" },
  };
  const api = (without = "") => ({
    get: (path: string) =>
      path === without
        ? Promise.reject(new Refusal({ code: "not_found", sentence: "There is nothing here." }))
        : Promise.resolve({ ...said[path] }),
  });

  it("is asked with the rules, which are known of a server that does not say it", async () => {
    expect(await askPolicy(api())).toMatchObject({ version: "7", sink: "fhir" });
    const older = await askPolicy(api("/_lanyard/v1/record"));
    expect(older).toMatchObject({ version: "7", sink: "folder" });
    await expect(askPolicy(api("/_lanyard/v1/policy"))).rejects.toThrow(Refusal);
  });
});
