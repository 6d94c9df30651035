/** Times and dates as staff write them, in the language shown. Now is handed in. */
import { words } from "./language";

const DAY = 86_400_000;
const made = new Map<string, Intl.DateTimeFormat>();

/** Formats the British way and puts the language's own words in: browsers differ in what they know. */
function write(name: string, options: Intl.DateTimeFormatOptions, when: number | Date): string {
  const kept = made.get(name) ?? new Intl.DateTimeFormat("en-GB", options);
  made.set(name, kept);
  const { calendar } = words();
  return kept.format(when).replace(/[A-Z][a-z]+/g, (word) => calendar[word] ?? word);
}

export const clockTime = (ts: number): string =>
  write("time", { hour: "2-digit", minute: "2-digit", hour12: false }, ts);

export const shortDate = (ts: number): string =>
  write("date", { day: "numeric", month: "short", year: "numeric" }, ts);

export const longDay = (ts: number): string =>
  write("day", { weekday: "long", day: "numeric", month: "short" }, ts);

/** "14:02, 22 Nov 2026": for receipts, where a bare time would mislead. */
export const dateAndTime = (ts: number): string => `${clockTime(ts)}, ${shortDate(ts)}`;

const midnight = (ts: number): number => new Date(ts).setHours(0, 0, 0, 0);

/** Whole days between two moments as the calendar counts them, across clock changes. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((midnight(later) - midnight(earlier)) / DAY);

export function dayName(ts: number, now: number): string {
  const days = daysBetween(ts, now);
  if (days === 0) return words().room.today;
  if (days === 1) return words().room.yesterday;
  return longDay(ts);
}

/** For a row of the list: the time today, the weekday this week, the date before. */
export function listTime(ts: number, now: number): string {
  const days = daysBetween(ts, now);
  if (days <= 0) return clockTime(ts);
  if (days === 1) return words().room.yesterday;
  if (days < 7) return write("weekday", { weekday: "short" }, ts);
  return write("dayMonth", { day: "numeric", month: "short" }, ts);
}

/** For a moment that may be today or later: "at 14:02" is not enough when it is tomorrow. */
export function moment(ts: number, now: number): string {
  const days = daysBetween(ts, now);
  if (days === 0) return clockTime(ts);
  return `${clockTime(ts)}, ${write("weekdayDate", { weekday: "short", day: "numeric", month: "short" }, ts)}`;
}

/** "1933-12-25" → "25 Dec 1933", without a time zone moving the day. */
export function plainDate(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return iso;
  return write(
    "plain",
    { day: "2-digit", month: "short", year: "numeric" },
    new Date(year, month - 1, day),
  );
}

/** Age as the NHS shows it: days, then months, then years. */
export function age(birthDate: string, now: number): string {
  const [year, month, day] = birthDate.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return "";
  const today = new Date(now);
  const beforeDay = today.getDate() < day ? 1 : 0;
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month - beforeDay;
  if (months >= 24) return words().patient.age(Math.floor(months / 12));
  if (months >= 1) return words().patient.months(months);
  return words().patient.days(
    Math.max(0, daysBetween(new Date(year, month - 1, day).getTime(), now)),
  );
}

export const names = (list: readonly string[]): string => words().joined(list);

/** "45 seconds", "2 minutes". */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds < 90
    ? words().wait.seconds(seconds)
    : words().wait.minutes(Math.ceil(seconds / 60));
}

export function initials(name: string): string {
  const parts = name.replace(/^(dr|mr|mrs|ms|miss|mx|prof|sr|sister)\.?\s+/i, "").split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""]
    .map((part) => (part ?? "").slice(0, 1).toUpperCase())
    .join("");
}
