import type { NotificationsPort } from "./notifications";

/** What the view models need of the world besides the session; handed in, so that tests decide it. */
export interface Surroundings {
  now(): number;
  /** An id nobody has used: for transaction and request ids. */
  newId(): string;
  readonly phone: "iphone" | "android" | "other";
  readonly notifications: NotificationsPort;
}

/** YYYY-MM-DD on the phone's calendar. */
export function today(now: number): string {
  const date = new Date(now);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
