import { expect, test } from "vitest";
import { shown, toldBy } from "./pushed";

const arriving = (payload: unknown) => ({ data: { json: () => payload } });

test("whatever arrives, one of two texts is shown", () => {
  const texts = [
    arriving({ notification: { tag: "lanyard-message", body: "Mrs Jones is worse" } }),
    arriving({ notification: { title: "Ward 4", body: "Bed 2" } }),
    arriving("text"),
    arriving(null),
    { data: null },
    {},
    {
      data: {
        json: () => {
          throw new SyntaxError("not JSON");
        },
      },
    },
  ].map((event) => shown(toldBy(event), "en", "https://ward.test"));
  expect(new Set(texts.map((text) => JSON.stringify(text)))).toHaveLength(1);
  expect(texts[0]).toMatchObject(["Lanyard", { body: "You have a new message" }]);
});

test("urgent is urgent, also where the browser has read it itself", () => {
  expect(toldBy(arriving({ notification: { tag: "lanyard-urgent" } }))).toBe("urgent");
  expect(toldBy({ notification: { tag: "lanyard-urgent" }, data: null })).toBe("urgent");
  expect(shown("urgent", "en", "")[1].body).toBe("You have an urgent message");
});

test("in the language that was chosen", () => {
  expect(shown("message", "cy", "")[1]).toMatchObject({
    body: "Mae gennych neges newydd",
    lang: "cy",
  });
  expect(shown("message", { not: "a language" }, "")[1].lang).toBe("en-GB");
});
