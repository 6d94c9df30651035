/** Whether I am there, until when, who covers, and when I work. */
import { signal } from "@preact/signals";
import {
  DAYS,
  type Availability,
  type AvailabilityState,
  type Cover,
  type WorkingDay,
} from "../engine/protocol";
import { urgentWords } from "../i18n/urgent";
import { localMinute, momentOf } from "./moments";
import { attempt, problemText, type FieldError } from "./problem";
import { RolesModel } from "./urgentBoard";

export interface DayTimes {
  readonly from: string;
  readonly until: string;
}

const NONE: DayTimes = { from: "", until: "" };

export class AvailabilityModel extends RolesModel {
  readonly loading = signal(true);
  readonly failed = signal<string | null>(null);
  readonly state = signal<AvailabilityState>("unknown");
  readonly until = signal("");
  readonly covers = signal<Cover | null>(null);
  readonly days = signal<readonly DayTimes[]>(DAYS.map(() => NONE));
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly saved = signal(false);
  /** A second time on one day, as another app may have said it: kept as it is. */
  private others: readonly WorkingDay[] = [];

  override async load(): Promise<void> {
    this.loading.value = true;
    this.failed.value = null;
    const [outcome] = await Promise.all([
      attempt(this.app.session, "availability", {}),
      super.load(),
    ]);
    this.loading.value = false;
    if (outcome.ok) this.show(outcome.answer);
    else this.failed.value = problemText(outcome.problem);
  }

  private show({ state, untilTs, covers, hours }: Availability): void {
    this.state.value = state;
    this.until.value = untilTs === null ? "" : localMinute(untilTs);
    this.covers.value = covers;
    const first = DAYS.map((day) => hours.find((one) => one.day === day));
    this.days.value = first.map((one) => one ?? NONE);
    this.others = hours.filter((one) => !first.includes(one));
  }

  choose(state: AvailabilityState): void {
    this.state.value = state;
    this.saved.value = false;
  }

  cover(covers: Cover | null): void {
    this.covers.value = covers;
    this.saved.value = false;
  }

  setDay(at: number, change: Partial<DayTimes>): void {
    this.days.value = this.days.value.map((day, i) => (i === at ? { ...day, ...change } : day));
    this.saved.value = false;
  }

  async save(): Promise<boolean> {
    this.errors.value = this.check();
    if (this.errors.value.length > 0 || this.busy.value) return false;
    this.busy.value = true;
    const outcome = await attempt(this.app.session, "setAvailability", {
      state: this.state.value,
      untilTs: this.state.value === "unknown" ? null : momentOf(this.until.value),
      covers: this.covers.value,
      hours: this.hours(),
    }).finally(() => (this.busy.value = false));
    if (!outcome.ok) this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    this.saved.value = outcome.ok;
    return outcome.ok;
  }

  private hours(): WorkingDay[] {
    const own = this.days.value.flatMap(({ from, until }, at) => {
      const day = DAYS[at];
      return day && from !== "" ? [{ day, from, until }] : [];
    });
    return [...own, ...this.others];
  }

  private check(): FieldError[] {
    const text = urgentWords();
    const until = this.state.value === "unknown" ? null : momentOf(this.until.value);
    const past = until !== null && until <= this.app.surroundings.now();
    const ended = past ? [{ field: "availability-until", text: text.untilPast }] : [];
    const days = this.days.value.flatMap(({ from, until }, at) =>
      (from === "") === (until === "")
        ? []
        : [{ field: `from-${at}`, text: text.hoursWrong(text.days[at] ?? "") }],
    );
    return [...ended, ...days];
  }
}
