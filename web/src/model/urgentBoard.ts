/** The board of urgent messages: what waits for me, what I sent, what is over; and what can be done. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { OnCallRole, Urgent, UrgentAnswer, UrgentPassTo } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";
import { Sightings } from "./sightings";

export interface Groups {
  readonly forMe: readonly Urgent[];
  readonly sent: readonly Urgent[];
  readonly over: readonly Urgent[];
}

export type BoardState =
  | { readonly is: "loading" }
  | { readonly is: "offline" }
  | { readonly is: "empty" }
  | ({ readonly is: "shown" } & Groups);

export function grouped(all: readonly Urgent[]): Groups {
  const byDeadline = (a: Urgent, b: Urgent): number =>
    (a.dueTs ?? a.sentTs) - (b.dueTs ?? b.sentTs);
  const forMe = all.filter((one) => one.waitsForMe).sort(byDeadline);
  const rest = all.filter((one) => !one.waitsForMe);
  const isSent = (one: Urgent): boolean => one.from.own && one.state !== "ended";
  return {
    forMe,
    sent: rest.filter(isSent),
    over: rest.filter((one) => !isSent(one)),
  };
}

export class UrgentBoardModel {
  readonly state: ReadonlySignal<BoardState>;
  /** How it stood then: what has happened since is not known here. Null: as it is now. */
  readonly asOf: ReadonlySignal<number | null>;
  readonly now = signal(0);
  /** What is being answered; its buttons say so. */
  readonly busy = signal<string | null>(null);
  readonly problem = signal<{ readonly urgentId: string; readonly text: string } | null>(null);
  /** Cards on the screen, by their ids; of a screen that is covered nothing is seen. */
  private readonly inView = signal<ReadonlySet<string>>(new Set());
  private readonly sightings: Sightings;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.sightings = new Sightings(app);
    const { live } = app.session;
    this.now.value = app.surroundings.now();
    this.asOf = computed(() =>
      live.urgentKept.value || live.connection.value === "Offline" ? live.urgentAsOf.value : null,
    );
    this.state = computed(() => {
      const all = live.urgent.value;
      if (all === null)
        return live.connection.value === "Offline" ? { is: "offline" } : { is: "loading" };
      return all.length === 0 ? { is: "empty" } : { is: "shown", ...grouped(all) };
    });
  }

  purpose(urgent: Urgent): string {
    return (
      this.app.session.live.rooms.value.find((room) => room.id === urgent.roomId)?.purpose ?? ""
    );
  }

  /** Returns how to stop. What rings is seen wherever the app is open; what is only asked for, here. */
  start(): () => void {
    return effect(() => {
      const { live, covered } = this.app.session;
      if (covered.value || live.urgentKept.value) return;
      for (const { urgentId, kind, waitsForMe } of live.urgent.value ?? [])
        if (kind === "broadcast" && waitsForMe && this.inView.value.has(urgentId))
          this.sightings.tell(urgentId);
    });
  }

  look({ urgentId }: Urgent, isInView: boolean): void {
    const others = [...this.inView.peek()].filter((id) => id !== urgentId);
    this.inView.value = new Set(isInView ? [...others, urgentId] : others);
  }

  tick(): void {
    this.now.value = this.app.surroundings.now();
  }

  answer(
    { urgentId }: Urgent,
    answer: UrgentAnswer,
    passTo: UrgentPassTo | null = null,
  ): Promise<boolean> {
    return this.during(urgentId, () =>
      attempt(this.app.session, "answerUrgent", { urgentId, answer, passTo }),
    );
  }

  end({ urgentId }: Urgent): Promise<boolean> {
    return this.during(urgentId, () => attempt(this.app.session, "endUrgent", { urgentId }));
  }

  private async during(
    urgentId: string,
    deed: () => ReturnType<typeof attempt<"endUrgent">>,
  ): Promise<boolean> {
    if (this.busy.value !== null) return false;
    this.busy.value = urgentId;
    this.problem.value = null;
    const outcome = await deed().finally(() => (this.busy.value = null));
    if (!outcome.ok) this.problem.value = { urgentId, text: problemText(outcome.problem) };
    return outcome.ok;
  }
}

/** Of something that is asked for once: the roles, the people of a room. */
export type Asked<T> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "here"; readonly all: readonly T[] };

export class RolesModel {
  readonly roles = signal<Asked<OnCallRole>>({ is: "loading" });
  protected readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "onCallRoles", {});
    if (outcome.ok) this.roles.value = { is: "here", all: outcome.answer };
    // What was shown stays: an old rota with its times says more than none.
    else if (this.roles.value.is !== "here")
      this.roles.value = { is: "failed", text: problemText(outcome.problem) };
  }
}
