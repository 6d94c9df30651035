import { afterEach, expect, test, vi } from "vitest";
import { comeBackHere, takeLoginToken } from "./organisationSignIn";

function tab(kept = new Map<string, string>()) {
  const at = (address: string) => {
    const { pathname, search, hash } = new URL(address, "https://ward.test");
    vi.stubGlobal("location", { pathname, search, hash });
  };
  const seen: string[] = [];
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal("history", {
    replaceState: (_: null, __: string, path: string) => seen.push(path),
  });
  return { at, seen };
}

afterEach(() => vi.unstubAllGlobals());

test("a sign-in that began in this tab ends in it, with what the page was asked", () => {
  const { at, seen } = tab();
  at("/sign-in?redirectUrl=https%3A%2F%2Fapp.example.org%2F");
  const back = comeBackHere();
  expect(comeBackHere()).toBe(back);
  at(`${back}#login_token=lyl_1`);
  expect(takeLoginToken()).toBe("lyl_1");
  expect(seen).toEqual(["/sign-in?redirectUrl=https%3A%2F%2Fapp.example.org%2F"]);
  expect(takeLoginToken()).toBeNull();
});

test("somebody's link does not sign a person in as somebody else", () => {
  const { at, seen } = tab();
  at("/sign-in#login_token=theirs");
  expect(takeLoginToken()).toBeNull();
  at("/");
  comeBackHere();
  at("/?back=guessed#login_token=theirs");
  expect(takeLoginToken()).toBeNull();
  expect(seen).toEqual(["/sign-in", "/"]);
});
