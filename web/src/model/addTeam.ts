/** A ward's team for a conversation: all ticked, then unticked, with one reason. */
import { signal } from "@preact/signals";
import type { Team } from "../engine/protocol";
import { groupWords } from "../i18n/groups";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import type { Loaded } from "./roomDetails";

export class AddTeamModel {
  readonly team = signal<Loaded<Team>>({ is: "loading" });
  readonly unticked = signal<ReadonlySet<string>>(new Set());
  readonly reason = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  async load(ward: string | null): Promise<void> {
    this.team.value = { is: "loading" };
    this.unticked.value = new Set();
    const outcome = await attempt(this.app.session, "team", { roomId: this.roomId, ward });
    this.team.value = outcome.ok
      ? { is: "shown", value: outcome.answer }
      : { is: "failed", text: problemText(outcome.problem) };
  }

  /** Whoever has no phone here yet could not read it, and cannot be ticked. */
  ticked(): string[] {
    if (this.team.value.is !== "shown") return [];
    return this.team.value.value.people
      .filter((one) => one.reachable && !this.unticked.value.has(one.userId))
      .map((one) => one.userId);
  }

  tick(userId: string, on: boolean): void {
    const unticked = new Set(this.unticked.value);
    if (on) unticked.delete(userId);
    else unticked.add(userId);
    this.unticked.value = unticked;
  }

  async add(): Promise<void> {
    if (this.busy.value) return;
    const userIds = this.ticked();
    const reason = this.reason.value.trim();
    this.errors.value = this.check(userIds, reason);
    if (this.errors.value.length > 0) return;
    this.busy.value = true;
    const by = "ward" as const;
    const asked = { roomId: this.roomId, userIds, reason, by, untilTs: null };
    const outcome = await attempt(this.app.session, "addTeam", asked).finally(
      () => (this.busy.value = false),
    );
    if (outcome.ok) this.app.navigation.back();
    else this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
  }

  private check(userIds: string[], reason: string): FieldError[] {
    const text = groupWords();
    const errors: FieldError[] = [];
    if (userIds.length === 0) errors.push({ field: "team", text: text.nobodyTicked });
    if (reason === "") errors.push({ field: "reason", text: text.enterReason });
    else if (findIdentifiers(reason, { today: today(this.app.surroundings.now()) }).length > 0)
      errors.push({ field: "reason", text: text.identifier });
    return errors;
  }
}
