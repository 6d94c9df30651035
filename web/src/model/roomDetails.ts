/** The details of a conversation: who is in it, whose it is, how long it is kept. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Decision, Member, Person, RoomSummary } from "../engine/protocol";
import { words } from "../i18n/language";
import { findIdentifiers } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import { today } from "./surroundings";

export type Loaded<T> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "shown"; readonly value: T };

export class RoomDetailsModel {
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  readonly members = signal<Loaded<readonly Member[]>>({ is: "loading" });
  readonly decisions = signal<Loaded<readonly Decision[]>>({ is: "loading" });
  /** The colleague chosen in the directory, waiting for a reason. */
  readonly adding = signal<Person | null>(null);
  readonly reason = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly note = signal<string | null>(null);
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
    const owner = this.room.value?.owner;
    return (
      this.people.value.find((member) => member.userId === owner || member.owner)?.name ??
      words().details.noOwner
    );
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

  async add(): Promise<void> {
    const person = this.adding.value;
    const reason = this.reason.value.trim();
    if (person === null || this.busy.value) return;
    const text = words();
    this.errors.value = reason === "" ? [{ field: "reason", text: text.details.enterReason }] : [];
    // The reason is kept in the audit log, which is not encrypted.
    if (findIdentifiers(reason, { today: today(this.app.surroundings.now()) }).length > 0) {
      this.errors.value = [{ field: "reason", text: text.newRoom.identifier }];
    }
    if (this.errors.value.length > 0) return;
    this.busy.value = true;
    const asked = { roomId: this.roomId, userId: person.userId, reason };
    const outcome = await attempt(this.app.session, "addMember", asked).finally(
      () => (this.busy.value = false),
    );
    if (!outcome.ok) {
      this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
      return;
    }
    this.note.value = text.details.added(person.displayName);
    this.stopAdding();
    await this.loadMembers();
  }

  stopAdding(): void {
    this.adding.value = null;
    this.reason.value = "";
    this.errors.value = [];
  }
}
