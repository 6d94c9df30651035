/** The details of a conversation: who is in it, whose it is, how long it is kept. */
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { Decision, Member, RoomSummary } from "../engine/protocol";
import { detailsWords } from "../i18n/details";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type Loaded<T> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "shown"; readonly value: T };

export class RoomDetailsModel {
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  readonly members = signal<Loaded<readonly Member[]>>({ is: "loading" });
  readonly decisions = signal<Loaded<readonly Decision[]>>({ is: "loading" });
  readonly people: ReadonlySignal<readonly Member[]>;
  readonly records: ReadonlySignal<Member | undefined>;
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    this.room = computed(() => app.session.live.rooms.value.find((known) => known.id === roomId));
    const members = computed(() =>
      this.members.value.is === "shown" ? this.members.value.value : [],
    );
    this.people = computed(() => members.value.filter((member) => member.standing === "person"));
    this.records = computed(() => members.value.find((member) => member.standing === "records"));
  }

  ownerName(): string {
    if (this.members.value.is !== "shown") return "–";
    const owner = this.room.value?.owner;
    return (
      this.people.value.find((member) => member.userId === owner || member.owner)?.name ??
      detailsWords().noOwner
    );
  }

  /** Reads again when people come or go or a decision moves. Returns how to stop. */
  follow(): () => void {
    const moved = computed(() => {
      const room = this.room.value;
      const { waiting, inRecord, refused } = room?.decisions ?? {};
      return [room?.headCount, waiting, inRecord, refused].join(" ");
    });
    return effect(() => {
      void moved.value;
      untracked(() => void this.load());
    });
  }

  async load(): Promise<void> {
    await Promise.all([this.loadMembers(), this.loadDecisions()]);
  }

  private async loadMembers(): Promise<void> {
    const outcome = await attempt(this.app.session, "members", { roomId: this.roomId });
    if (outcome.ok) this.members.value = { is: "shown", value: outcome.answer };
    else if (this.members.value.is !== "shown")
      this.members.value = { is: "failed", text: problemText(outcome.problem) };
  }

  private async loadDecisions(): Promise<void> {
    const outcome = await attempt(this.app.session, "listDecisions", { roomId: this.roomId });
    if (outcome.ok) this.decisions.value = { is: "shown", value: outcome.answer };
    else if (this.decisions.value.is !== "shown")
      this.decisions.value = { is: "failed", text: problemText(outcome.problem) };
  }
}
