/** The states of a person's keys and of comparing two of their devices. */
import type { App } from "../src/model/app";
import type { FakeSession } from "./fakeSession";

type Change = (session: FakeSession, app: App) => void;

export const keyScenes: Record<string, Change> = {
  "keys-elsewhere": (session, app) => {
    session.live.keys.value = "elsewhere";
    session.shared.value = true;
    app.navigation.tab("me");
  },
  "keys-other-phone": (session) => void (session.live.keys.value = "elsewhere"),
  "keys-asking": (session) => {
    session.live.keys.value = "elsewhere";
    session.live.verification.value = { is: "waiting" };
  },
  "keys-replaced": (session) => {
    session.live.keys.value = "replaced";
    session.live.outbox.value = { waiting: 1, failed: 0 };
  },
  "verify-asked": (session) =>
    void (session.live.verification.value = { is: "asked", device: "Element X" }),
  "verify-compare": (session) =>
    void (session.live.verification.value = {
      is: "compare",
      emoji: [
        ["🐶", "Dog"],
        ["🎅", "Santa"],
        ["☂️", "Umbrella"],
        ["🔑", "Key"],
        ["🚀", "Rocket"],
        ["🐘", "Elephant"],
        ["🎸", "Guitar"],
      ],
      numbers: [1234, 5678, 9012],
    }),
  "verify-failed": (session) => void (session.live.verification.value = { is: "failed" }),
};
