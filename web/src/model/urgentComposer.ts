/** An urgent message being written: about which conversation, to whom, what, by when. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Member, OnCallRole, RoomSummary, UrgentDraft, UrgentTo } from "../engine/protocol";
import { words } from "../i18n/language";
import { nudgeWords } from "../i18n/minimise";
import { urgentWords } from "../i18n/urgent";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";
import { RolesModel, type Asked } from "./urgentBoard";

export const LONGEST_URGENT = 140;
export const WITHIN_MINUTES = [5, 15, 30] as const;
const ROOMS_OFFERED = 8;
/** After so long the same words are another alert: a phone that rings twice is the safe side. */
const SAME_FOR_MS = 10 * 60_000;

/** Why it did not go, in the words that matter: whether anybody was alerted. */
export type NotSent =
  | { readonly is: "not_gone" }
  /** No answer came. The same request goes again, so nobody is alerted twice. */
  | { readonly is: "uncertain" }
  | { readonly is: "refused"; readonly text: string };

/** An alert that the server may have already. */
interface Tried {
  requestId: string;
  /** What was asked under that id: the server answers it with that alert, whatever is asked then. */
  what: string;
  ts: number;
}

/** `everybody` in the conversation is asked to acknowledge, and nobody is rung. */
export type Whom = "people" | "role" | "everybody";

interface Draft {
  text: string;
  tried: Tried | null;
  choice: Whom | null;
  userIds: string[];
  roleId: string | null;
  minutes: number;
  broadcast: boolean;
}

export class UrgentComposerModel extends RolesModel {
  readonly roomId = signal<string | null>(null);
  readonly members = signal<Asked<Member>>({ is: "loading" });
  readonly choice = signal<Whom | null>(null);
  readonly userIds = signal<readonly string[]>([]);
  readonly roleId = signal<string | null>(null);
  readonly text = signal("");
  readonly minutes = signal<number>(15);
  readonly broadcast = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly notSent = signal<NotSent | null>(null);
  readonly room: ReadonlySignal<RoomSummary | undefined>;
  /** "an NHS number": said, and never in the way of an alert. */
  readonly looksLike: ReadonlySignal<string | null>;
  private tried: Tried | null = null;

  /** `text`: what was in the conversation's message box. */
  constructor(app: App, roomId: string | null, text: string) {
    super(app);
    this.room = computed(() =>
      app.session.live.rooms.value.find((room) => room.id === this.roomId.value),
    );
    this.looksLike = computed(() => {
      const found = findIdentifiers(this.text.value, { today: today(app.surroundings.now()) });
      const kinds = [...new Set(found.map(({ kind }) => nudgeWords().kinds[kind]))];
      return kinds.length === 0 ? null : words().joined(kinds);
    });
    this.text.value = text;
    if (roomId !== null) this.about(roomId);
  }

  /** Conversations it could be about, the last used first; never a social one. */
  rooms(): readonly RoomSummary[] {
    return this.app.session.live.rooms.value
      .filter((room) => room.joined && room.kind !== "social")
      .slice(0, ROOMS_OFFERED);
  }

  /** Picks up what was written for this conversation and did not go. */
  about(roomId: string): void {
    this.roomId.value = roomId;
    this.members.value = { is: "loading" };
    this.userIds.value = [];
    this.tried = null;
    this.notSent.value = null;
    const kept = this.app.session.drafts.read(placeOf(roomId));
    if (kept !== "") this.restore(JSON.parse(kept) as Draft);
    void this.loadMembers();
  }

  async loadMembers(): Promise<void> {
    const roomId = this.roomId.value;
    if (roomId === null) return;
    const outcome = await attempt(this.app.session, "members", { roomId });
    if (this.roomId.value !== roomId) return;
    if (!outcome.ok) {
      this.members.value = { is: "failed", text: problemText(outcome.problem) };
      return;
    }
    const all = outcome.answer.filter((one) => one.standing === "person" && !one.own);
    this.members.value = { is: "here", all };
    if (all.length === 0) this.choice.value = "role";
  }

  type(text: string): void {
    this.text.value = text;
    this.keep();
  }

  within(minutes: number): void {
    this.change(() => (this.minutes.value = minutes));
  }

  to(choice: Whom): void {
    this.change(() => (this.choice.value = choice));
  }

  toggle(userId: string): void {
    const chosen = this.userIds.value;
    this.change(() => {
      this.userIds.value = chosen.includes(userId)
        ? chosen.filter((id) => id !== userId)
        : [...chosen, userId];
    });
  }

  chooseRole(roleId: string): void {
    this.change(() => (this.roleId.value = roleId));
  }

  setBroadcast(broadcast: boolean): void {
    this.change(() => (this.broadcast.value = broadcast));
  }

  charactersLeft(): number {
    return LONGEST_URGENT - this.text.value.trim().length;
  }

  role(): OnCallRole | undefined {
    const roles = this.roles.value;
    if (this.choice.value !== "role" || roles.is !== "here") return undefined;
    return roles.all.find((role) => role.roleId === this.roleId.value);
  }

  chosenNames(): string[] {
    const members = this.members.value;
    if (this.choice.value !== "people" || members.is !== "here") return [];
    return members.all
      .filter((one) => this.userIds.value.includes(one.userId))
      .map((one) => one.name);
  }

  isOffline(): boolean {
    return this.app.session.live.connection.value === "Offline";
  }

  check(): FieldError[] {
    const text = urgentWords();
    const errors: FieldError[] = [];
    const wrong = (field: string, says: string): void => void errors.push({ field, text: says });
    if (this.roomId.value === null) wrong("urgent-room", text.chooseRoom);
    else if (this.choice.value === null) wrong("urgent-to", text.chooseWho);
    else if (this.choice.value === "people" && this.userIds.value.length === 0)
      wrong("urgent-people", text.choosePeople);
    else if (this.choice.value === "role" && this.roleId.value === null)
      wrong("urgent-role", text.chooseRole);
    if (this.text.value.trim() === "") wrong("urgent-text", text.enterWhat);
    else if (this.charactersLeft() < 0) wrong("urgent-text", text.tooLong(-this.charactersLeft()));
    return errors;
  }

  /** True when people are being alerted and the message is in the outbox. */
  async send(): Promise<boolean> {
    const roomId = this.roomId.value;
    this.errors.value = this.check();
    if (this.errors.value.length > 0 || this.busy.value || roomId === null) return false;
    if (this.isOffline()) {
      this.notSent.value = { is: "not_gone" };
      this.keep();
      return false;
    }
    this.busy.value = true;
    const alert = this.alert(roomId);
    const requestId = this.requestFor(JSON.stringify(alert));
    this.keep();
    const outcome = await attempt(this.app.session, "sendUrgent", {
      requestId,
      ...alert,
    }).finally(() => (this.busy.value = false));
    if (outcome.ok) {
      this.app.session.drafts.write(placeOf(roomId), "");
      return true;
    }
    const { problem } = outcome;
    const noAnswer = problem.code === "offline" || problem.code === "server";
    this.notSent.value = noAnswer
      ? { is: "uncertain" }
      : { is: "refused", text: problemText(problem) };
    return false;
  }

  /** Whether another try is taken for the one before, so that nobody is alerted twice. */
  isTheSame(): boolean {
    const { tried } = this;
    if (tried === null || this.app.surroundings.now() - tried.ts > SAME_FOR_MS) return false;
    return tried.what === JSON.stringify(this.alert(this.roomId.value ?? ""));
  }

  private alert(roomId: string): Omit<UrgentDraft, "requestId"> {
    return {
      roomId,
      to: this.sendsTo(),
      replyWithinMinutes: this.minutes.value,
      text: this.text.value.trim(),
      broadcast: this.isBroadcast(),
    };
  }

  /** People by name, or all of them; a role is rung. */
  isBroadcast(): boolean {
    const { value } = this.choice;
    return value === "everybody" || (this.broadcast.value && value === "people");
  }

  /** The same for every try of the same alert, and of no other. */
  private requestFor(what: string): string {
    const { newId, now } = this.app.surroundings;
    const ts = now();
    if (this.tried?.what !== what || ts - this.tried.ts > SAME_FOR_MS)
      this.tried = { requestId: newId(), what, ts };
    return this.tried.requestId;
  }

  private sendsTo(): UrgentTo {
    if (this.choice.value === "role") return { roleId: this.roleId.value ?? "" };
    // Nobody named is everybody in the conversation: whoever that is when the server has it.
    return { userIds: this.choice.value === "people" ? [...this.userIds.value] : [] };
  }

  /** Another alert than the one that was tried: the server must not take it for the same. */
  private change(work: () => void): void {
    work();
    this.tried = null;
    this.notSent.value = null;
    this.keep();
  }

  private keep(): void {
    const roomId = this.roomId.value;
    if (roomId === null) return;
    const draft: Draft = {
      text: this.text.value,
      tried: this.tried,
      choice: this.choice.value,
      userIds: [...this.userIds.value],
      roleId: this.roleId.value,
      minutes: this.minutes.value,
      broadcast: this.broadcast.value,
    };
    this.app.session.drafts.write(placeOf(roomId), JSON.stringify(draft));
  }

  private restore(draft: Draft): void {
    this.text.value = this.text.value || draft.text;
    this.tried = draft.tried;
    this.choice.value = draft.choice;
    this.userIds.value = draft.userIds;
    this.roleId.value = draft.roleId;
    this.minutes.value = draft.minutes;
    this.broadcast.value = draft.broadcast;
  }
}

/** Beside the drafts of ordinary messages, which are kept by the room's id alone. */
const placeOf = (roomId: string): string => `urgent ${roomId}`;
