/** Who is in a conversation and by whose word, whose it is, when that is looked at again. */
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { GroupMember, MembershipFacts, RoomSummary } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import type { Loaded } from "./roomDetails";

export class GroupModel {
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  readonly facts = signal<Loaded<MembershipFacts>>({ is: "loading" });
  readonly members: ReadonlySignal<readonly GroupMember[]>;
  /** Owner or deputy: may add, review and, as the owner, hand over. */
  readonly leads: ReadonlySignal<boolean>;
  readonly owns: ReadonlySignal<boolean>;
  readonly roomId: string;
  readonly me: ReadonlySignal<string>;
  /** Who is to be owner and deputy, while that is asked. */
  readonly handing = signal<{ owner: string; deputy: string } | null>(null);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  private readonly app: App;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    this.room = computed(() => app.session.live.rooms.value.find((known) => known.id === roomId));
    this.members = computed(() =>
      this.facts.value.is === "shown" ? this.facts.value.value.members : [],
    );
    this.me = computed(() => app.session.live.me.value?.userId ?? "");
    this.owns = computed(() => this.members.value.some((one) => one.owner && this.isMe(one)));
    this.leads = computed(() =>
      this.members.value.some((one) => (one.owner || one.deputy) && this.isMe(one)),
    );
  }

  isMe(member: GroupMember): boolean {
    return member.userId === this.me.value;
  }

  nameOf(userId: string | null): string {
    return this.members.value.find((member) => member.userId === userId)?.name ?? userId ?? "";
  }

  deputyName(): string | null {
    return this.members.value.find((member) => member.deputy)?.name ?? null;
  }

  /** Reads again when people come or go, or the review moves. Returns how to stop. */
  follow(): () => void {
    const moved = computed(() => {
      const room = this.room.value;
      return [room?.headCount, room?.reviewTs, room?.posting, room?.owner].join(" ");
    });
    return effect(() => {
      void moved.value;
      untracked(() => void this.load());
    });
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "membership", { roomId: this.roomId });
    if (outcome.ok) this.facts.value = { is: "shown", value: outcome.answer };
    else if (this.facts.value.is !== "shown")
      this.facts.value = { is: "failed", text: problemText(outcome.problem) };
  }

  askHandOver(): void {
    if (this.facts.value.is !== "shown") return;
    const { owner, deputy } = this.facts.value.value;
    this.errors.value = [];
    this.handing.value = { owner, deputy: deputy ?? "" };
  }

  async handOver(): Promise<void> {
    const wanted = this.handing.value;
    if (wanted === null || this.busy.value) return;
    this.busy.value = true;
    const outcome = await attempt(this.app.session, "handOverRoom", {
      roomId: this.roomId,
      owner: wanted.owner,
      deputy: wanted.deputy === "" || wanted.deputy === wanted.owner ? null : wanted.deputy,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) {
      this.handing.value = null;
      await this.load();
    } else this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
  }
}
