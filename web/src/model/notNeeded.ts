/** A clinician's word that a picture itself need not be in the record. */
import { signal } from "@preact/signals";
import type { ImageItem, RoomSummary } from "../engine/protocol";
import { pictureRecordWords } from "../i18n/pictureRecord";
import type { App } from "./app";
import { canBeSource } from "./decisionSources";
import { attempt, problemText, type FieldError } from "./problem";

/**
 * What could go wrong: the only picture of a wound goes because somebody tapped. So a registered clinician says
 * why, in words that stay with their name, and the server takes it once.
 */
export class NotNeededModel {
  readonly why = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly done = signal(false);
  private readonly app: App;
  private readonly roomId: string;
  private readonly item: Pick<ImageItem, "eventId">;

  constructor(app: App, roomId: string, item: Pick<ImageItem, "eventId">) {
    this.app = app;
    this.roomId = roomId;
    this.item = item;
  }

  async say(): Promise<void> {
    const reason = this.why.value.trim();
    if (this.busy.value || this.done.value || this.item.eventId === null) return;
    this.busy.value = true;
    const wrong = await this.wrong(reason);
    const { roomId } = this;
    const asked = { roomId, eventId: this.item.eventId, reason };
    const outcome = wrong === null ? await attempt(this.app.session, "notNeeded", asked) : null;
    this.busy.value = false;
    if (outcome?.ok) this.done.value = true;
    const text = wrong ?? (outcome?.ok === false ? problemText(outcome.problem) : null);
    this.errors.value = text === null ? [] : [{ field: "not-needed", text }];
  }

  /** The reason is kept in the audit log, which is not encrypted for the conversation. */
  private async wrong(reason: string): Promise<string | null> {
    const text = pictureRecordWords();
    if (reason === "") return text.enterWhy;
    const { findIdentifiers, today } = await import("../nudge/nudge");
    const found = findIdentifiers(reason, { today: today(this.app.surroundings.now()) });
    return found.length > 0 ? text.identifier : null;
  }
}

/** Not while it is, or is about to be, in the record. */
export const canMove = (item: ImageItem, room: RoomSummary | undefined): boolean =>
  room?.kind === "clinical" && room.joined && canBeSource(item);
