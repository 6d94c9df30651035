import { expect, it } from "vitest";
import { actionWords } from "./actions";
import { cy } from "./cy";
import { decidingWords } from "./deciding";
import { detailsWords } from "./details";
import { en } from "./en";
import { findingIn } from "./finding";
import { misdirectedIn } from "./misdirected";
import { everydayWords } from "./everyday";
import { showLanguage } from "./language";
import { linkingWords } from "./linking";
import { settingUpWords } from "./settingUp";
import { signInWords } from "./signIn";
import { age, daysBetween, duration, initials, listTime, plainDate } from "./format";

type Words = Readonly<Record<string, unknown>>;

/** Every text of a dictionary by its path; functions are called with what they may get. */
function texts(words: Words, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const here = path === "" ? key : `${path}.${key}`;
    if (key === "calendar") continue;
    if (typeof value === "string") found.set(here, value);
    else if (typeof value === "function")
      found.set(here, here === "joined" ? String(value(["b", "e"])) : String(value(2, 3, "c")));
    else if (typeof value === "object" && value !== null)
      for (const [k, v] of texts(value as Words, here)) found.set(k, v);
  }
  return found;
}

it("has every text in both languages, none empty and no number left out", () => {
  const [english, welsh] = [texts(en), texts(cy)];
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  for (const text of [...english.values(), ...welsh.values()]) {
    expect(text.trim()).not.toBe("");
    expect(text).not.toContain("{n}");
    expect(text).not.toContain("undefined");
  }
});

it("has the words for finding people in both languages too", () => {
  const [english, welsh] = [texts(findingIn.en), texts(findingIn.cy)];
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  const same = [...english].filter(([key, text]) => welsh.get(key) === text).map(([key]) => key);
  expect(same.sort()).toEqual(["near.ward", "person.title", "person.ward"]);
});

it("has the words for a message to the wrong person in both languages", () => {
  const [english, welsh] = [texts(misdirectedIn.en), texts(misdirectedIn.cy)];
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  expect([...english].filter(([key, text]) => welsh.get(key) === text)).toEqual([]);
});

it("is translated but for names and words that are the same", () => {
  const welsh = texts(cy);
  const same = [...texts(en)].filter(([key, text]) => welsh.get(key) === text).map(([key]) => key);
  expect(same.sort()).toEqual(["app.english", "app.name", "app.welsh", "room.announce"]);
});

it("has the words of answers, jobs and search in both languages", async () => {
  const english = texts(everydayWords());
  await showLanguage("cy");
  const welsh = texts(everydayWords());
  await showLanguage("en");
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  for (const text of welsh.values()) expect(text.trim()).not.toBe("");
  const same = [...english].filter(([key, text]) => welsh.get(key) === text).map(([key]) => key);
  expect(same.sort()).toEqual(["outbox.to", "pinnedBy"]);
});

it("has the words of the pieces that came out of the dictionary in both languages", async () => {
  const pieces = {
    actions: actionWords,
    deciding: decidingWords,
    details: detailsWords,
    linking: linkingWords,
    settingUp: settingUpWords,
    signIn: signInWords,
  };
  const all = (): Words => Object.fromEntries(Object.entries(pieces).map(([k, of]) => [k, of()]));
  const english = texts(all());
  await showLanguage("cy");
  const welsh = texts(all());
  await showLanguage("en");
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  for (const text of [...english.values(), ...welsh.values()]) {
    expect(text.trim()).not.toBe("");
    expect(text).not.toContain("{n}");
  }
  expect([...english].filter(([key, text]) => welsh.get(key) === text)).toEqual([]);
});

it("counts in each language's own forms", () => {
  expect([0, 1, 2].map(en.people)).toEqual(["0 people", "1 person", "2 people"]);
  expect([0, 1, 2].map(cy.people)).toEqual(["0 o bobl", "1 person", "2 o bobl"]);
  expect([1, 2, 5].map(cy.wait.minutes)).toEqual(["1 funud", "2 funud", "5 munud"]);
});

it("writes times and dates as staff do", () => {
  const now = new Date(2026, 10, 22, 14, 8).getTime();
  expect(listTime(now - 60_000, now)).toBe("14:07");
  expect(listTime(now - 86_400_000, now)).toBe("Yesterday");
  expect(listTime(now - 3 * 86_400_000, now)).toBe("Thu");
  expect(listTime(now - 40 * 86_400_000, now)).toBe("13 Oct");
  expect(plainDate("1941-07-03")).toBe("03 Jul 1941");
  expect(duration(45_000)).toBe("45 seconds");
  expect(duration(600_000)).toBe("10 minutes");
});

it("counts days by the calendar when the clocks change", () => {
  expect(
    daysBetween(new Date(2026, 9, 24, 23, 59).getTime(), new Date(2026, 9, 26, 0, 1).getTime()),
  ).toBe(2);
});

it("gives an age in days, months, then years", () => {
  const now = new Date(2026, 10, 22).getTime();
  expect(age("1941-11-23", now)).toBe("84 years");
  expect(age("1941-11-22", now)).toBe("85 years");
  expect(age("2025-11-01", now)).toBe("12 months");
  expect(age("2026-11-20", now)).toBe("2 days");
});

it("makes initials of the name, not of the title", () => {
  expect(initials("Dr Amara Okafor")).toBe("AO");
  expect(initials("Hannah")).toBe("H");
});

// @Hazard("H12") @Rule("G14")
it("says in both languages that a conversation is not the record", () => {
  expect(en.room.notRecord).toMatch(/not the (health )?record/i);
  expect(cy.room.notRecord).not.toBe(en.room.notRecord);
  expect(cy.room.notRecord.length).toBeGreaterThan(10);
});
