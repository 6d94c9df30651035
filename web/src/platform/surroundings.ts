import type { Surroundings } from "../model/surroundings";
import { browserAlarm } from "./alarm";
import { browserNotifications, isInstalled } from "./notifications";

function kindOfPhone(): Surroundings["phone"] {
  if (/iPhone|iPad/.test(navigator.userAgent)) return "iphone";
  return navigator.userAgent.includes("Android") ? "android" : "other";
}

export const browserSurroundings = (): Surroundings => ({
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
  phone: kindOfPhone(),
  installed: isInstalled(),
  address: location.origin,
  notifications: browserNotifications,
  alarm: browserAlarm,
  voice: async () => (await import("./voice")).voice,
  documents: async () => (await import("./pdf")).documents,
  camera: async () => (await import("./camera")).camera,
});
