/** One open conversation: its header, timeline, what can be done with a message. */
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import { pause } from "../engine/pause";
import type { PinnedNote, RoomSummary, SaidItem, TimelineItem } from "../engine/protocol";
import { words } from "../i18n/language";
import { Announcer } from "./announcer";
import type { App } from "./app";
import { ComposerModel } from "./composer";
import { PatientModel } from "./patientBanner";
import { attempt, problemText } from "./problem";
import { firstUnreadKey, timelineRows, type Row } from "./timelineRows";
import { canEdit, Writing } from "./writing";
import { leaving, wrongPlace, type WrongPlace } from "./wrongPlace";

export type TimelineState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "empty" }
  /** There is more on the server, which cannot be reached. */
  | { readonly is: "letGo" }
  | { readonly is: "rows"; readonly rows: readonly Row[] };

/** What of a message is needed to do something with it. */
type Sent = Pick<SaidItem, "key" | "eventId">;

export class ConversationModel {
  readonly roomId: string;
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  readonly patient: PatientModel;
  readonly composer: ComposerModel;
  readonly writing: Writing;
  /** The message to go to; the timeline goes there once. */
  readonly jump = signal<string | null>(null);
  readonly pinned = signal<PinnedNote | null>(null);
  /** Asked once before a message goes where it may not belong. */
  readonly wrongPlace = signal<WrongPlace | null>(null);
  readonly announcer = new Announcer();
  readonly timeline: ReadonlySignal<TimelineState>;
  readonly items: ReadonlySignal<readonly TimelineItem[]>;
  private readonly hasFew: ReadonlySignal<boolean>;
  readonly loadingOlder = signal(false);
  /** Moves once a second while an Undo is offered. */
  readonly now: { value: number };
  private readonly problem = signal<string | null>(null);
  /** Decided by the first messages shown, so that the timeline opens where the new ones start. */
  private firstNew: string | null = null;
  private readonly app: App;
  private unreadAtOpening: number;
  private readUpTo: string | null = null;
  private readonly openedTs: number;
  private placeAsked = false;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    const live = app.session.live;
    this.now = signal(app.surroundings.now());
    this.room = computed(() => live.rooms.value.find((known) => known.id === roomId));
    this.unreadAtOpening = this.room.peek()?.unread ?? 0;
    this.patient = new PatientModel(app, roomId);
    const colleagues = computed(() => this.room.value?.memberNames ?? []);
    this.writing = new Writing(app, roomId);
    this.openedTs = app.surroundings.now();
    this.composer = new ComposerModel(app, roomId, this.patient, colleagues, this.writing);
    this.items = computed(() =>
      live.timeline.value?.roomId === roomId ? live.timeline.value.items : [],
    );
    this.timeline = computed(() => this.timelineState());
    this.hasFew = computed(() => {
      const view = live.timeline.value;
      if (live.connection.value !== "Up to date" || view?.roomId !== roomId) return false;
      return view.loaded && view.canPaginate && view.items.length < FEW;
    });
  }

  private timelineState(): TimelineState {
    const view = this.app.session.live.timeline.value;
    if (this.problem.value !== null && (view === null || view.items.length === 0))
      return { is: "failed", text: this.problem.value };
    if (view === null || view.roomId !== this.roomId || !view.loaded) return { is: "loading" };
    if (view.items.length === 0) {
      if (!view.canPaginate) return { is: "empty" };
      return this.isOnline() ? { is: "loading" } : { is: "letGo" };
    }
    if (this.unreadAtOpening > 0) {
      this.firstNew = firstUnreadKey(view.items, this.unreadAtOpening);
      this.unreadAtOpening = 0;
    }
    return {
      is: "rows",
      rows: timelineRows(view.items, this.app.surroundings.now(), this.firstNew),
    };
  }

  private isOnline(): boolean {
    return this.app.session.live.connection.value !== "Offline";
  }

  canPaginate(): boolean {
    return this.app.session.live.timeline.value?.canPaginate ?? false;
  }

  /** Opens the room in the engine and follows it; returns how to leave. */
  open(): () => void {
    void this.load();
    const pinnedId = computed(() => this.room.value?.pinnedEventId);
    const stops = [
      this.patient.follow(),
      effect(() => void this.readPinned(pinnedId.value)),
      // Its key may have come.
      effect(() => {
        if (this.room.value && this.pinned.peek()?.waits) void this.readPinned(pinnedId.peek());
      }),
      effect(() => {
        if (this.hasFew.value) untracked(() => void this.fill());
      }),
      effect(() => {
        const items = this.items.value;
        if (items.length === 0) return;
        this.announcer.see(items);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      leaving(this.app, this.room.peek());
      void attempt(this.app.session, "closeRoom", {});
    };
  }

  private async readPinned(eventId: string | undefined): Promise<void> {
    if (eventId === undefined) {
      this.pinned.value = null;
      return;
    }
    const outcome = await attempt(this.app.session, "pinned", { roomId: this.roomId });
    if (outcome.ok) this.pinned.value = outcome.answer;
  }

  async load(): Promise<void> {
    this.problem.value = null;
    const outcome = await attempt(this.app.session, "openRoom", { roomId: this.roomId });
    if (!outcome.ok) this.problem.value = problemText(outcome.problem);
    else if (this.hasFew.peek()) await this.fill();
  }

  async older(): Promise<void> {
    await this.page();
  }

  private async page() {
    if (this.loadingOlder.value || !this.canPaginate()) return null;
    this.loadingOlder.value = true;
    return attempt(this.app.session, "paginate", { roomId: this.roomId }).finally(
      () => (this.loadingOlder.value = false),
    );
  }

  /** Too few to be scrolled: older ones come by themselves, as where this phone has let go of its copies. */
  private async fill(): Promise<void> {
    for (let page = 0; page < MOST_PAGES_BACK && this.hasFew.peek(); page++) {
      const outcome = await this.page();
      if (outcome?.ok === false) this.problem.value = problemText(outcome.problem);
      if (!outcome?.ok || !outcome.answer.more) return;
      await pause(TOLD_WITHIN_MS);
    }
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

  /** To a message that may be further back than what is shown. False: it is not on this phone. */
  async jumpTo(eventId: string): Promise<boolean> {
    for (let page = 0; page <= MOST_PAGES_BACK; page++) {
      if (this.items.peek().some((item) => item.eventId === eventId)) {
        this.jump.value = eventId;
        return true;
      }
      if (!this.canPaginate()) break;
      await this.older();
      // The engine tells of the older ones a moment after it has them.
      await pause(TOLD_WITHIN_MS);
    }
    return false;
  }

  /** Once the conversation is there. */
  openAt(eventId: string, missed: () => void): void {
    const stop = effect(() => {
      if (this.timeline.value.is !== "rows") return;
      queueMicrotask(() => stop());
      void this.jumpTo(eventId).then((found) => found || missed());
    });
  }

  reply(item: SaidItem): void {
    this.stopWriting();
    this.writing.reply(item);
    this.toBox();
  }

  private toBox(): void {
    this.composer.caret.value = this.composer.text.peek().length;
  }

  edit(item: SaidItem): void {
    this.writing.edit(item, this.composer.text.peek());
    this.composer.type(item.text);
    this.toBox();
  }

  stopWriting(): void {
    const back = this.writing.stop();
    if (back !== null) this.composer.type(back);
  }

  canEdit(item: SaidItem): boolean {
    const seconds = this.app.session.live.policy.value?.editSeconds ?? 0;
    return canEdit(item, this.app.surroundings.now(), seconds);
  }

  /** The same sign a second time takes it off. */
  async react(item: SaidItem, key: string): Promise<void> {
    if (item.eventId === null) return;
    const mine = item.reactions?.find((one) => one.key === key)?.mine ?? null;
    const { session, surroundings } = this.app;
    const { roomId } = this;
    const outcome =
      mine === null
        ? await attempt(session, "react", {
            roomId,
            txnId: surroundings.newId(),
            eventId: item.eventId,
            key,
          })
        : mine === ""
          ? null
          : await attempt(session, "unreact", { roomId, eventId: mine });
    if (outcome?.ok === false) this.note.value = problemText(outcome.problem);
  }

  async pin(eventId: string | null): Promise<void> {
    const { roomId } = this;
    const outcome = await attempt(this.app.session, "pin", { roomId, eventId });
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
  }

  async mute(muted: boolean): Promise<void> {
    const { roomId } = this;
    const outcome = await attempt(this.app.session, "mute", { roomId, muted });
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
  }

  tick(): void {
    this.now.value = this.app.surroundings.now();
  }

  async undo(item: Sent): Promise<void> {
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

  async retry(item: Sent): Promise<void> {
    const outcome = await attempt(this.app.session, "retry", { txnId: item.key });
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
  }

  async cancel(item: Sent): Promise<void> {
    const outcome = await attempt(this.app.session, "cancel", { txnId: item.key });
    const text = words().delivery;
    if (!outcome.ok) this.note.value = problemText(outcome.problem);
    else this.note.value = outcome.answer.cancelled ? text.cancelled : text.tooLate;
  }

  /** What was in the message box went with the alert, unless something else is there. */
  sentUrgent(said: string, sent: string): void {
    if (this.composer.text.peek().trim() === sent.trim()) this.composer.type("");
    this.note.value = said;
    this.announcer.say(said);
  }

  async send(): Promise<void> {
    this.note.value = null;
    if (this.asksAboutPlace()) return;
    const purpose = this.room.value?.purpose ?? "";
    if (await this.composer.send()) this.announcer.say(words().composer.sentTo(purpose));
  }

  private asksAboutPlace(): boolean {
    const room = this.room.peek();
    if (this.placeAsked || room === undefined || !this.composer.canSend()) return false;
    this.placeAsked = true;
    this.wrongPlace.value = wrongPlace(this.app, room, this.openedTs);
    return this.wrongPlace.value !== null;
  }

  /** The answer to the question: it goes here, or stays in the box. */
  async answerPlace(here: boolean): Promise<void> {
    this.wrongPlace.value = null;
    if (here) await this.send();
  }
}

/** So many do not fill the screen. */
const FEW = 8;
const MOST_PAGES_BACK = 10;
const TOLD_WITHIN_MS = 120;
