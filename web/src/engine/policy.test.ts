import { describe, expect, it } from "vitest";
import { policyOf } from "./policy";

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
