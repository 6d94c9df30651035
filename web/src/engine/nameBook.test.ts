import { expect, test } from "vitest";
import { derivedSealingKey, random, root } from "../vault/derive";
import { SealedRecords } from "../vault/records";
import { NameBook } from "./nameBook";

async function records() {
  const values = new Map<string, unknown>();
  const shelf = {
    read: (name: string) => Promise.resolve(values.get(name)),
    write: (name: string, value: unknown) => Promise.resolve(void values.set(name, value)),
    remove: (name: string) => Promise.resolve(void values.delete(name)),
  };
  return new SealedRecords(shelf, await derivedSealingKey(await root(random(32)), "test"));
}

test("a stand-in says nothing of the name and stays the same over a restart", async () => {
  const sealed = await records();
  const book = new NameBook(sealed);
  const standIn = book.hide("@amara:ward");
  expect(standIn).not.toContain("amara");
  expect(book.hide("@amara:ward")).toBe(standIn);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const again = new NameBook(sealed);
  await again.restore();
  expect(again.show(standIn)).toBe("@amara:ward");
  expect(again.hide("@amara:ward")).toBe(standIn);
});

test("a stand-in nobody knows is no name", async () => {
  expect(new NameBook(await records()).show("x")).toBeNull();
});
