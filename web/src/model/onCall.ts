/** Who is on call, and taking a role or handing it over. */
import { signal } from "@preact/signals";
import type { OnCallRole, Person } from "../engine/protocol";
import { urgentWords } from "../i18n/urgent";
import { attempt, problemText, type FieldError } from "./problem";
import { localMinute, momentOf } from "./moments";
import { RolesModel } from "./urgentBoard";

const LONGEST_SHIFT_MS = 24 * 3_600_000;
const USUAL_SHIFT_MS = 12 * 3_600_000;

export class OnCallModel extends RolesModel {
  readonly until = signal("");
  readonly busy = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);

  holds(role: OnCallRole): boolean {
    return role.holders.some((one) => one.own);
  }

  startTaking(): void {
    this.errors.value = [];
    this.until.value = localMinute(this.app.surroundings.now() + USUAL_SHIFT_MS);
  }

  async take(role: OnCallRole): Promise<boolean> {
    const untilTs = momentOf(this.until.value);
    const now = this.app.surroundings.now();
    if (untilTs === null || untilTs <= now || untilTs > now + LONGEST_SHIFT_MS) {
      this.errors.value = [{ field: "take-until", text: urgentWords().chooseUntil }];
      return false;
    }
    return this.during(() =>
      attempt(this.app.session, "takeRole", { roleId: role.roleId, untilTs }),
    );
  }

  handOver(role: OnCallRole, to: Pick<Person, "userId">): Promise<boolean> {
    return this.during(() =>
      attempt(this.app.session, "handOverRole", { roleId: role.roleId, toUserId: to.userId }),
    );
  }

  private async during(deed: () => ReturnType<typeof attempt<"takeRole">>): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    this.errors.value = [];
    const outcome = await deed().finally(() => (this.busy.value = false));
    if (!outcome.ok) this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    else await this.load();
    return outcome.ok;
  }
}
