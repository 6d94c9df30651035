import type { OnCallRole } from "../../engine/protocol";
import { moment } from "../../i18n/format";
import { urgentWords } from "../../i18n/urgent";
import { names } from "../../i18n/format";

/** Who is on duty in a role now, or that nobody is. */
export function onDuty(role: OnCallRole, now: number): string {
  const text = urgentWords();
  if (role.holders.length === 0) return text.nobodyNow;
  return text.onDutyNow(
    names(role.holders.map((one) => text.until(one.name, moment(one.untilTs, now)))),
  );
}

/** Null where somebody holds it. */
export function emptyWarning(role: OnCallRole): string | null {
  const text = urgentWords();
  if (role.holders.length > 0) return null;
  return role.escalatesTo === ""
    ? text.emptyRole(role.name)
    : text.emptyRoleGoes(role.name, role.escalatesTo);
}
