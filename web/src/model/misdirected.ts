/** One's own message that went to the wrong person: why, and who had read it. */
import { signal } from "@preact/signals";
import type { Misdirected, SaidItem } from "../engine/protocol";
import { misdirectedWords } from "../i18n/misdirected";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";

export const LONGEST_WHY = 500;

export class MisdirectedModel {
  readonly why = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly done = signal<Misdirected | null>(null);
  private readonly app: App;
  private readonly roomId: string;
  private readonly eventId: string;

  constructor(app: App, roomId: string, item: Pick<SaidItem, "eventId">) {
    this.app = app;
    this.roomId = roomId;
    this.eventId = item.eventId ?? "";
  }

  async report(): Promise<void> {
    if (this.busy.value || this.done.value !== null) return;
    const why = this.why.value.trim();
    const text = misdirectedWords();
    // The reason goes to the office, which is not encrypted for the conversation.
    if (findIdentifiers(why, { today: today(this.app.surroundings.now()) }).length > 0) {
      this.errors.value = [{ field: "why", text: text.identifier }];
      return;
    }
    this.errors.value = [];
    this.busy.value = true;
    const { roomId, eventId } = this;
    const outcome = await attempt(this.app.session, "misdirected", {
      roomId,
      eventId,
      why,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) this.done.value = outcome.answer;
    else {
      const said = `${text.failed} ${problemText(outcome.problem)}`;
      this.errors.value = [{ field: "", text: said }];
    }
  }
}
