/**
 * What the owner of a clinical conversation says once, before its first messages go.
 *
 * What could go wrong: an only copy goes because somebody tapped. So nothing is chosen beforehand, nothing is
 * taken for an answer but the server's word that it has it, and without an answer nothing goes.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { KeepChoice } from "../engine/protocol";
import { keepingWords } from "../i18n/keeping";
import type { App } from "./app";
import type { ConversationModel } from "./conversation";
import { canBeSource, type Source } from "./decisionSources";
import { attempt, problemText, type FieldError } from "./problem";

export const KEEP_CHOICES: readonly KeepChoice[] = [
  "all_recorded",
  "record_these",
  "nothing_to_record",
];

type Conversation = Pick<ConversationModel, "roomId" | "items" | "room">;

export class KeepingModel {
  readonly choice = signal<KeepChoice | null>(null);
  /** Messages that no decision has yet, the oldest first. */
  readonly offered: ReadonlySignal<readonly Source[]>;
  readonly chosen: ReadonlySignal<readonly Source[]>;
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly saved = signal<KeepChoice | null>(null);
  /** Decisions that the record does not have: whoever says that it has all should know of them. */
  readonly open: ReadonlySignal<number>;
  private readonly keys = signal<ReadonlySet<string>>(new Set());
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, { roomId, items, room }: Conversation) {
    this.app = app;
    this.roomId = roomId;
    this.offered = computed(() => items.value.filter(canBeSource));
    this.chosen = computed(() => this.offered.value.filter((one) => this.keys.value.has(one.key)));
    this.open = computed(() => {
      const counts = room.value?.decisions;
      return counts ? counts.waiting + counts.refused : 0;
    });
  }

  choose(choice: KeepChoice): void {
    this.choice.value = choice;
    this.errors.value = [];
  }

  toggle({ key }: Source): void {
    const keys = new Set(this.keys.value);
    if (!keys.delete(key)) keys.add(key);
    this.keys.value = keys;
  }

  async save(): Promise<void> {
    const text = keepingWords();
    const choice = this.choice.value;
    const chosen = choice === "record_these" ? this.chosen.value : [];
    if (this.busy.value || this.saved.value !== null) return;
    if (choice === null) {
      this.errors.value = [{ field: "keep", text: text.choose }];
      return;
    }
    if (choice === "record_these" && chosen.length === 0) {
      this.errors.value = [{ field: "these", text: text.chooseThese }];
      return;
    }
    this.errors.value = [];
    this.busy.value = true;
    const eventIds = chosen.flatMap((one) => one.eventId ?? []);
    const asked = { roomId: this.roomId, choice, eventIds };
    const outcome = await attempt(this.app.session, "chooseRetention", asked).finally(
      () => (this.busy.value = false),
    );
    if (outcome.ok) this.saved.value = choice;
    else {
      const why = problemText(outcome.problem);
      this.errors.value = [{ field: "", text: `${text.notSaved} ${why}` }];
    }
  }
}
