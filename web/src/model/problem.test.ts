import { afterEach, expect, it } from "vitest";
import { showLanguage } from "../i18n/language";
import { problemText } from "./problem";

const refused = { code: "refused", sentence: "Only the owner may do this." } as const;

afterEach(() => showLanguage("en"));

it("says what the server says, and without a sentence what to do", () => {
  expect(problemText(refused)).toBe("Only the owner may do this.");
  expect(problemText({ code: "unexpected", sentence: "" })).toContain("tell IT");
  expect(problemText({ code: "offline", sentence: "fetch failed" })).toContain("You are offline");
});

it("says in Welsh that something was refused, and that the reason is in English", async () => {
  await showLanguage("cy");
  expect(problemText(refused)).toBe(
    "Nid oedd modd gwneud hyn. Y rheswm, yn Saesneg: Only the owner may do this.",
  );
  expect(problemText({ code: "offline", sentence: "fetch failed" })).toContain("all-lein");
});
