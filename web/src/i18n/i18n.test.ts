import { expect, it } from "vitest";
import { cy } from "./cy";
import { en } from "./en";
import { showLanguage } from "./language";
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

it("is translated but for names and words that are the same", () => {
  const welsh = texts(cy);
  const same = [...texts(en)].filter(([key, text]) => welsh.get(key) === text).map(([key]) => key);
  expect(same.sort()).toEqual(["app.english", "app.name", "app.welsh", "room.announce"]);
});

/** What is fetched with its screen carries both languages. A new file is held to this by being there. */
const PIECES = Object.entries(
  import.meta.glob<Record<string, unknown>>(["./*.ts", "!./*.test.ts", "!./language.ts"], {
    eager: true,
  }),
).flatMap(([file, made]) =>
  Object.entries(made)
    .filter(([name]) => name.endsWith("Words"))
    .map(([, words]) => ({ file, words: words as () => Words })),
);

/** What is the same in both: a loan word, a unit, or nothing but what is put in. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  "./enclosed.ts": ["file.chosen", "file.kilobytes", "file.megabytes", "file.pdf", "voice.times"],
  "./everyday.ts": ["outbox.to", "pinnedBy"],
  "./finding.ts": ["near.ward", "person.title", "person.ward"],
  "./groups.ts": ["ward", "why"],
  "./me.ts": ["ward"],
  "./media.ts": ["onSide", "sites.abdomen"],
};

it.each(PIECES)("has every text of $file in Welsh too", async ({ file, words }) => {
  const english = texts(words());
  await showLanguage("cy");
  const welsh = texts(words());
  await showLanguage("en");
  expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of welsh) {
    if (english.get(key)?.trim() !== "") expect(text.trim(), key).not.toBe("");
    expect(text, key).not.toMatch(/\{n\}|undefined|NaN/);
  }
  const same = [...english]
    .filter(([key, text]) => text.trim() !== "" && welsh.get(key) === text)
    .map(([key]) => key);
  expect(same.sort()).toEqual(SAME[file] ?? []);
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
