import { afterEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp } from "../../dev/fakeSession";
import { ben } from "../../dev/people";
import { message, picture } from "../../dev/rooms";
import { sinkOf as sinkSaid } from "../engine/lanyardCalls";
import { showLanguage } from "../i18n/language";
import { mayGoTo } from "./decisionSources";
import { sinkOf, wordsOfSink } from "./sink";

/** What only a health record that answers may be said to do. */
const CLAIMS = {
  en: /on its way to the record|The record (is told|refused|has confirmed)|goes to the|^(Send|Move) /,
  cy: /ar ei ffordd i’r cofnod|(Gwrthododd|Dywedir wrth) y cofnod|mynd i gofnod|^(Anfon|Symud) /,
};

afterEach(() => showLanguage("en"));

const all = (text: ReturnType<typeof wordsOfSink>): string[] =>
  Object.values(text).map((said) =>
    typeof said === "function" ? String(said(2 as never, "24")) : said,
  );

describe("where decisions go", () => {
  it("is what the server says, and never the record until it does", () => {
    const session = new FakeSession();
    const said = session.live.policy.value;
    if (said === null) throw new Error("the fake has a policy");
    session.live.policy.value = { ...said, sink: "fhir" };
    expect(sinkOf(fakeApp(session))).toBe("fhir");
    session.live.policy.value = { ...said, sink: undefined };
    expect(sinkOf(fakeApp(session))).toBe("folder");
    session.live.policy.value = null;
    expect(sinkOf(fakeApp(session))).toBe("folder");
    expect(["fhir", "folder", "paste", "elsewhere"].map((sink) => sinkSaid({ sink }))).toEqual([
      "fhir",
      "folder",
      "paste",
      "folder",
    ]);
  });

  // @Hazard("H06") @Rule("G15")
  it.each(["folder", "paste"] as const)(
    "is not called the record where it is a %s",
    async (sink) => {
      const text = wordsOfSink(sink);
      expect(text.sentText).toContain("not in the record");
      expect(text.where).toContain("not in the record until somebody");
      for (const said of all(text)) expect(said).not.toMatch(CLAIMS.en);
      await showLanguage("cy");
      const welsh = wordsOfSink(sink);
      expect(welsh.sentText).toContain("Nid yw yn y cofnod");
      for (const said of all(welsh)) expect(said).not.toMatch(CLAIMS.cy);
      const record = all(wordsOfSink("fhir"));
      expect(record.filter((said) => CLAIMS.cy.test(said)).length).toBeGreaterThan(5);
    },
  );

  it("takes no pictures where people copy words", () => {
    expect(mayGoTo("paste", picture())).toBe(false);
    expect(mayGoTo("paste", message(ben, 12, "words"))).toBe(true);
    expect(mayGoTo("folder", picture())).toBe(true);
  });
});
