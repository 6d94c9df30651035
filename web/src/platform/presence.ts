import type { Presence } from "../model/phone/ports";

const USES = ["pointerdown", "keydown", "input", "wheel", "touchmove"] as const;

/** Whether somebody is there, as far as a page can tell. */
export function watchPresence(presence: Presence): void {
  for (const use of USES) {
    addEventListener(use, () => presence.used(), { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => presence.hidden(document.hidden));
  // Older iOS hides a page without saying that it became invisible.
  addEventListener("pagehide", () => presence.hidden(true));
  addEventListener("pageshow", () => presence.hidden(document.hidden));
  document.addEventListener("freeze", () => presence.frozen());
  addEventListener("online", () => presence.network(true));
  addEventListener("offline", () => presence.network(false));
}
