/** Who is on call, for a conversation: a role is chosen, all who hold it are ticked, then unticked (G27). */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { OnCallRole, TeamMember } from "../engine/protocol";
import { groupWords } from "../i18n/groups";
import { rotaWords } from "../i18n/rota";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import type { Loaded } from "./roomDetails";

const DAY_MS = 86_400_000;

export type RotaEnd = "shift" | "day" | "open";

export interface OnDuty {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly untilTs: number;
  /** `inside`: in it already, or of another employer; `no_phone`: could not read it yet. */
  readonly can: "yes" | "inside" | "no_phone";
}

interface Rota {
  readonly roles: readonly OnCallRole[];
  readonly addable: ReadonlyMap<string, TeamMember>;
}

export class AddRotaModel {
  readonly rota = signal<Loaded<Rota>>({ is: "loading" });
  readonly roleId = signal<string | null>(null);
  readonly people: ReadonlySignal<readonly OnDuty[]>;
  readonly unticked = signal<ReadonlySet<string>>(new Set());
  readonly end = signal<RotaEnd>("shift");
  readonly reason = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    this.people = computed(() => {
      if (this.rota.value.is !== "shown") return [];
      const { addable } = this.rota.value.value;
      return (this.role()?.holders ?? []).map(({ userId, name, role, untilTs }) => {
        const one = addable.get(userId);
        const can = one === undefined ? "inside" : one.reachable ? "yes" : "no_phone";
        return { userId, name, role, untilTs, can };
      });
    });
  }

  role(): OnCallRole | undefined {
    if (this.rota.value.is !== "shown") return undefined;
    return this.rota.value.value.roles.find((one) => one.roleId === this.roleId.value);
  }

  async load(): Promise<void> {
    this.rota.value = { is: "loading" };
    const { roomId } = this;
    const [roles, team] = await Promise.all([
      attempt(this.app.session, "onCallRoles", {}),
      attempt(this.app.session, "team", { roomId, ward: null }),
    ]);
    if (!roles.ok) this.failed(problemText(roles.problem));
    else if (!team.ok) this.failed(problemText(team.problem));
    else {
      const addable = new Map(team.answer.rota.map((one) => [one.userId, one]));
      this.rota.value = { is: "shown", value: { roles: roles.answer, addable } };
    }
  }

  choose(roleId: string): void {
    this.roleId.value = roleId;
    this.unticked.value = new Set();
    this.errors.value = [];
  }

  ticked(): readonly OnDuty[] {
    return this.people.value.filter(
      (one) => one.can === "yes" && !this.unticked.value.has(one.userId),
    );
  }

  tick(userId: string, on: boolean): void {
    const unticked = new Set(this.unticked.value);
    if (on) unticked.delete(userId);
    else unticked.add(userId);
    this.unticked.value = unticked;
  }

  async add(): Promise<void> {
    if (this.busy.value) return;
    const reason = this.reason.value.trim();
    this.errors.value = this.check(reason);
    if (this.errors.value.length > 0) return;
    this.busy.value = true;
    const problem = await this.addAll(reason).finally(() => (this.busy.value = false));
    if (problem === null) this.app.navigation.back();
    else this.errors.value = [{ field: "", text: problem }];
  }

  /** Shifts may end at different times. Whoever is in already stays, so that a second try does no harm. */
  private async addAll(reason: string): Promise<string | null> {
    const byEnd = new Map<number | null, string[]>();
    for (const one of this.ticked()) {
      const untilTs = this.untilTs(one);
      byEnd.set(untilTs, [...(byEnd.get(untilTs) ?? []), one.userId]);
    }
    for (const [untilTs, userIds] of byEnd) {
      const asked = { roomId: this.roomId, userIds, reason, by: "rota" as const, untilTs };
      const outcome = await attempt(this.app.session, "addTeam", asked);
      if (!outcome.ok) return problemText(outcome.problem);
    }
    return null;
  }

  private untilTs({ untilTs }: OnDuty): number | null {
    const end = this.end.value;
    if (end === "open") return null;
    return end === "shift" ? untilTs : this.app.surroundings.now() + DAY_MS;
  }

  private failed(text: string): void {
    this.rota.value = { is: "failed", text };
  }

  private check(reason: string): FieldError[] {
    const text = groupWords();
    const errors: FieldError[] = [];
    if (this.roleId.value === null) errors.push({ field: "role", text: rotaWords().chooseRole });
    else if (this.ticked().length === 0) errors.push({ field: "team", text: text.nobodyTicked });
    if (reason === "") errors.push({ field: "reason", text: text.enterReason });
    else if (findIdentifiers(reason, { today: today(this.app.surroundings.now()) }).length > 0)
      errors.push({ field: "reason", text: text.identifier });
    return errors;
  }
}
