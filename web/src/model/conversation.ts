/** One open conversation: its header, timeline, what can be done with a message. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { MessageItem, RoomSummary, TimelineItem } from "../engine/protocol";
import { words } from "../i18n/language";
import { Announcer } from "./announcer";
import type { App } from "./app";
import { ComposerModel } from "./composer";
import { PatientModel } from "./patientBanner";
import { attempt, problemText } from "./problem";
import { firstUnreadKey, timelineRows, type Row } from "./timelineRows";

export type TimelineState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "empty" }
  | { readonly is: "rows"; readonly rows: readonly Row[] };

export class ConversationModel {
  readonly roomId: string;
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  readonly patient: PatientModel;
  readonly composer: ComposerModel;
  readonly announcer = new Announcer();
  readonly timeline: ReadonlySignal<TimelineState>;
  readonly items: ReadonlySignal<readonly TimelineItem[]>;
  readonly loadingOlder = signal(false);
  /** Moves once a second while an Undo is offered. */
  readonly now: { value: number };
  private readonly problem = signal<string | null>(null);
  /** Decided by the first messages shown, so that the timeline opens where the new ones start. */
  private firstNew: string | null = null;
  private readonly app: App;
  private unreadAtOpening: number;
  private readUpTo: string | null = null;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    const live = app.session.live;
    this.now = signal(app.surroundings.now());
    this.room = computed(() => live.rooms.value.find((known) => known.id === roomId));
    this.unreadAtOpening = this.room.peek()?.unread ?? 0;
    this.patient = new PatientModel(app, roomId);
    const colleagues = computed(() => this.room.value?.memberNames ?? []);
    this.composer = new ComposerModel(app, roomId, this.patient, colleagues);
    this.items = computed(() =>
      live.timeline.value?.roomId === roomId ? live.timeline.value.items : [],
    );
    this.timeline = computed(() => this.timelineState());
  }

  private timelineState(): TimelineState {
    const view = this.app.session.live.timeline.value;
    if (this.problem.value !== null && (view === null || view.items.length === 0))
      return { is: "failed", text: this.problem.value };
    if (view === null || view.roomId !== this.roomId || !view.loaded) return { is: "loading" };
    if (view.items.length === 0) return { is: "empty" };
    if (this.unreadAtOpening > 0) {
      this.firstNew = firstUnreadKey(view.items, this.unreadAtOpening);
      this.unreadAtOpening = 0;
    }
    return {
      is: "rows",
      rows: timelineRows(view.items, this.app.surroundings.now(), this.firstNew),
    };
  }

  canPaginate(): boolean {
    return this.app.session.live.timeline.value?.canPaginate ?? false;
  }

  /** Opens the room in the engine and follows it; returns how to leave. */
  open(): () => void {
    void this.load();
    const stops = [
      this.patient.follow(),
      effect(() => {
        const items = this.items.value;
        if (items.length === 0) return;
        this.announcer.see(items);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      void attempt(this.app.session, "closeRoom", {});
    };
  }

  async load(): Promise<void> {
    this.problem.value = null;
    const outcome = await attempt(this.app.session, "openRoom", { roomId: this.roomId });
    if (!outcome.ok) this.problem.value = problemText(outcome.problem);
  }

  async older(): Promise<void> {
    if (this.loadingOlder.value || !this.canPaginate()) return;
    this.loadingOlder.value = true;
    await attempt(this.app.session, "paginate", { roomId: this.roomId }).finally(
      () => (this.loadingOlder.value = false),
    );
  }

  /** Called when the newest message is on the screen and the app is in front. */
  sawLatest(): void {
    if (this.app.session.covered.peek()) return;
    const latest = this.items.peek().findLast((item) => item.eventId !== null);
    if (latest?.eventId === null || latest === undefined || latest.eventId === this.readUpTo)
      return;
    this.readUpTo = latest.eventId;
    void attempt(this.app.session, "markRead", { roomId: this.roomId, eventId: latest.eventId });
  }

  tick(): void {
    this.now.value = this.app.surroundings.now();
  }

  async undo(item: MessageItem): Promise<void> {
    if (item.eventId === null) {
      await this.cancel(item);
      return;
    }
    const outcome = await attempt(this.app.session, "undo", {
      roomId: this.roomId,
      eventId: item.eventId,
    });
    const text = words().delivery;
    this.announcer.say(
      outcome.ok
        ? text.undone(outcome.answer.readBy)
        : `${text.undoFailed} ${problemText(outcome.problem)}`,
    );
    this.note.value = outcome.ok
      ? text.undone(outcome.answer.readBy)
      : `${text.undoFailed} ${problemText(outcome.problem)}`;
  }

  /** What the last action did, shown for a moment above the message box. */
  readonly note = signal<string | null>(null);

  async retry(item: MessageItem): Promise<void> {
    const outcome = await attempt(this.app.session, "retry", { txnId: item.key });
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
  }

  async cancel(item: MessageItem): Promise<void> {
    const outcome = await attempt(this.app.session, "cancel", { txnId: item.key });
    const text = words().delivery;
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
    else this.note.value = outcome.answer.cancelled ? text.cancelled : text.tooLate;
  }

  /** What was in the message box went with the alert. */
  sentUrgent(said: string): void {
    this.composer.type("");
    this.note.value = said;
    this.announcer.say(said);
  }

  async send(): Promise<void> {
    this.note.value = null;
    const purpose = this.room.value?.purpose ?? "";
    if (await this.composer.send()) this.announcer.say(words().composer.sentTo(purpose));
  }
}
