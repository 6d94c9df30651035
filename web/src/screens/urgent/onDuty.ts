import type { OnCallRole, Shift } from "../../engine/protocol";
import { moment } from "../../i18n/format";
import { urgentWords } from "../../i18n/urgent";
import { names } from "../../i18n/format";

/** Who is on duty in a role now, or that nobody is. */
export function onDuty(role: OnCallRole, now: number): string {
  const text = urgentWords();
  if (role.holders.length === 0) return text.nobodyNow;
  return text.onDutyNow(names(role.holders.map((one) => heldBy(one, now))));
}

/** Until when, and where it is so, that nothing reaches them here. */
export function heldBy(one: Shift, now: number): string {
  const text = urgentWords();
  const until = text.until(one.name, moment(one.untilTs, now));
  return one.reachable ? until : text.outOfReach(until);
}

/** Null where somebody holds it who can be reached: otherwise where an urgent message would go. */
export function emptyWarning(role: OnCallRole): string | null {
  const text = urgentWords();
  if (role.holders.some((one) => one.reachable)) return null;
  const nobody = role.holders.length === 0;
  if (role.escalatesTo === "") return (nobody ? text.emptyRole : text.unreachedRole)(role.name);
  return (nobody ? text.emptyRoleGoes : text.unreachedRoleGoes)(role.name, role.escalatesTo);
}
