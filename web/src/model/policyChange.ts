/** A changed policy, in plain words: what each rule was and what it is now. */
import { signal } from "@preact/signals";
import type { Policy, RoomUse } from "../engine/words";
import { duration } from "../i18n/format";
import { words } from "../i18n/language";
import { policyWords } from "../i18n/policy";
import type { App } from "./app";
import { problemText, type FieldError } from "./problem";

export interface RuleChange {
  readonly rule: string;
  readonly now: string;
  /** Null where this phone does not know what was agreed to. */
  readonly before: string | null;
}

const KINDS = ["clinical", "operational", "social"] as const;
const NOTHING: RoomUse = { nudge: "ask", approvedFor: {}, notFor: {} };

/** Rules in the words of a person; what only servers read is left out. */
function rulesOf(policy: Policy): [string, string][] {
  const text = policyWords();
  const { rules } = text;
  const { keepDays } = policy;
  const time = (seconds: number): string => duration(seconds * 1000);
  const kinds = (may: (use: RoomUse) => boolean): string =>
    KINDS.filter((kind) => may(policy.rooms?.[kind] ?? NOTHING))
      .map((kind) => words().kind[kind])
      .join(", ") || text.no;
  return [
    [rules.lock, time(policy.lockSeconds)],
    [rules.hidden, time(policy.hiddenLockSeconds)],
    [rules.passcode, text.digits(policy.passcodeMinLength)],
    [rules.offline, text.hours(policy.offlineHours)],
    [rules.shared, time(policy.sharedIdleSeconds)],
    [rules.grace, text.hours(Math.round(policy.decisionGraceSeconds / 3600))],
    [rules.clinical, text.days(keepDays.clinical)],
    [rules.operational, text.days(keepDays.operational)],
    [rules.social, text.days(keepDays.social)],
    [rules.presence, policy.presence ? text.yes : text.no],
    [rules.most, String(policy.mostPhones)],
    [rules.voice, kinds((use) => use.voice === true)],
    [rules.files, kinds((use) => use.files === true)],
    [rules.required, Object.keys(policy.required).map(factWords).join("; ") || text.none],
  ];
}

/** Organisations may ask for what this app has no words for. */
export function factWords(fact: string): string {
  return policyWords().facts[fact] ?? fact.replaceAll("_", " ");
}

export class PolicyChangeModel {
  readonly busy = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  changes(): RuleChange[] {
    const change = this.app.session.policyChange.value;
    if (change === null) return [];
    const before = new Map(change.before === null ? [] : rulesOf(change.before));
    return rulesOf(change.now)
      .map(([rule, now]) => ({ rule, now, before: before.get(rule) ?? null }))
      .filter(({ now, before: was }) => was !== now);
  }

  /** True when it is accepted. */
  async accept(): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    const problem = await this.app.session.acceptPolicy().finally(() => (this.busy.value = false));
    this.errors.value = problem === null ? [] : [{ field: "", text: problemText(problem) }];
    return problem === null;
  }
}
