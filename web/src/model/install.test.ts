import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { FakeSession, fakeApp } from "../../dev/fakeSession";
import type { App } from "./app";
import { mayInstall, mustInstall } from "./install";
import type { HandOff, LostDeeds, Session } from "./session";
import type { Surroundings } from "./surroundings";

function app(phone: Surroundings["phone"], installed: boolean): App {
  const made = fakeApp(new FakeSession());
  return { ...made, surroundings: { ...made.surroundings, phone, installed } };
}

describe("the home screen", () => {
  it("comes first on an iPhone, and nowhere else", () => {
    expect(mustInstall(app("iphone", false))).toBe(true);
    expect(mustInstall(app("iphone", true))).toBe(false);
    expect(mustInstall(app("android", false))).toBe(false);
    expect(mustInstall(app("other", false))).toBe(false);
  });

  it("is not asked of who stops a lost phone or signs in for another app", () => {
    const { session, ...rest } = app("iphone", false);
    const { entrance } = session;
    const lost = { ...session, entrance: { ...entrance, lost: {} as LostDeeds } };
    expect(mustInstall({ ...rest, session: lost as Session })).toBe(false);
    const asked = { ...entrance, handOff: signal<HandOff>({ is: "asking" }) };
    expect(mustInstall({ ...rest, session: { ...session, entrance: asked } as Session })).toBe(
      false,
    );
  });

  it("is told of on Android until the app is there", () => {
    expect(mayInstall(app("android", false))).toBe(true);
    expect(mayInstall(app("android", true))).toBe(false);
    expect(mayInstall(app("iphone", false))).toBe(false);
  });
});
