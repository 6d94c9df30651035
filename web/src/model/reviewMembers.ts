/** A review: every member by name, keep or take out; nobody is decided about by default. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { GroupMember } from "../engine/protocol";
import { groupWords } from "../i18n/groups";
import type { App } from "./app";
import { GroupModel } from "./group";
import { attempt, problemText, type FieldError } from "./problem";

export type Answer = "keep" | "remove";

export class ReviewModel {
  readonly group: GroupModel;
  readonly answers = signal<ReadonlyMap<string, Answer>>(new Map());
  readonly left: ReadonlySignal<readonly GroupMember[]>;
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  private readonly app: App;
  /** The same for every try: a lost answer does not make two reviews. */
  private requestId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.group = new GroupModel(app, roomId);
    this.requestId = app.surroundings.newId();
    this.left = computed(() =>
      this.group.members.value.filter((one) => this.answerOf(one) === null),
    );
  }

  answerOf(member: GroupMember): Answer | null {
    return member.owner ? "keep" : (this.answers.value.get(member.userId) ?? null);
  }

  decide(member: GroupMember, answer: Answer): void {
    this.answers.value = new Map(this.answers.value).set(member.userId, answer);
    if (this.left.value.length === 0) this.errors.value = [];
  }

  async send(): Promise<void> {
    if (this.busy.value) return;
    const first = this.left.value[0];
    if (first !== undefined) {
      const text = groupWords().answerAll(this.left.value.length);
      this.errors.value = [{ field: fieldOf(first), text }];
      return;
    }
    const members = this.group.members.value;
    const those = (answer: Answer): string[] =>
      members.filter((one) => this.answerOf(one) === answer).map((one) => one.userId);
    this.busy.value = true;
    const outcome = await attempt(this.app.session, "sendReview", {
      roomId: this.group.roomId,
      keep: those("keep"),
      remove: those("remove"),
      requestId: this.requestId,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) {
      this.app.navigation.back();
      return;
    }
    this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    this.requestId = this.app.surroundings.newId();
    await this.group.load();
  }
}

/** The id of a member's first radio. */
export const fieldOf = (member: GroupMember): string =>
  `member-${member.userId.replace(/[^a-z0-9]/gi, "-")}`;
