/**
 * Where the person is in the app. Places are kept in memory only, so that nobody's name is ever in
 * an address, a title or the browser's history.
 */
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import type { RoomKind } from "../engine/protocol";
import type { Chosen } from "./newConversation";
import type { Session } from "./session";

export type Tab = "clinical" | "urgent" | "directory" | "social" | "me";

/** One of the tabs; apart, so that a screen can say which of them it serves. */
type AtTab = { [T in Tab]: { readonly at: T } }[Tab];

export type Place =
  | AtTab
  /** The directory, to choose one more person for a new conversation or for this room. */
  | { readonly at: "pick" }
  | { readonly at: "person"; readonly userId: string }
  | { readonly at: "add"; readonly roomId: string }
  /** A ward's team or who is on call, for this room; who of this room stays. */
  | { readonly at: "team"; readonly roomId: string }
  | { readonly at: "rota"; readonly roomId: string }
  | { readonly at: "review"; readonly roomId: string }
  | { readonly at: "reviews" }
  /** Begun in another conversation: with these people, and with what was being typed there. */
  | { readonly at: "new"; readonly with?: readonly Chosen[]; readonly draftOf?: string }
  | { readonly at: "on_call" }
  | { readonly at: "availability" }
  | { readonly at: "apps" }
  /** Which searches covered their conversations. */
  | { readonly at: "searches" }
  /** `eventId`: where it opens, when the person looked for that message. */
  | {
      readonly at: "conversation";
      readonly roomId: string;
      readonly eventId?: string;
      /** Opened from an urgent message: nothing comes before the answer. */
      readonly urgent?: true;
    }
  | { readonly at: "jobs"; readonly roomId: string }
  | { readonly at: "search" }
  | { readonly at: "outbox" }
  | { readonly at: "details"; readonly roomId: string };

/** The conversation somebody left last. */
export interface Left {
  readonly roomId: string;
  readonly purpose: string;
  readonly kind: RoomKind;
  readonly ts: number;
}

/** The phone's own back gesture: told how deep we are, tells when the person went back by one place. */
export interface BackGesture {
  /** How many places are behind this one. */
  deep(places: number): void;
  /** `run` says by `deep` where we are then. */
  onBack(run: () => void): void;
}

export class Navigation {
  private readonly stack = signal<readonly Place[]>([{ at: "clinical" }]);
  readonly place: ReadonlySignal<Place> = computed(
    () => this.stack.value.at(-1) ?? { at: "clinical" },
  );
  readonly canGoBack: ReadonlySignal<boolean> = computed(() => this.stack.value.length > 1);
  /** Until the lock. */
  left: Left | null = null;
  /** Until the lock too: the person had something to answer first. */
  inductionPutOff = false;
  private readonly gesture: BackGesture;

  constructor(gesture: BackGesture) {
    this.gesture = gesture;
    gesture.onBack(() =>
      this.settle(this.stack.value.slice(0, Math.max(1, this.stack.value.length - 1))),
    );
  }

  /** A main screen: nothing is behind it but the list. */
  tab(tab: Tab): void {
    this.settle([{ at: tab } as AtTab]);
  }

  go(place: Place): void {
    this.settle([...this.stack.value, place]);
  }

  /** Goes on without leaving a way back to the form that led here. */
  instead(place: Place): void {
    this.settle([{ at: "clinical" }, place]);
  }

  back(): void {
    if (this.canGoBack.value) this.settle(this.stack.value.slice(0, -1));
  }

  private settle(next: readonly Place[]): void {
    this.stack.value = next;
    this.gesture.deep(next.length - 1);
  }
}

/** Whoever opens the app, after a lock too, begins at the list; what they were typing is a draft. */
export function startAtTheList(navigation: Navigation, session: Pick<Session, "state">): void {
  atLock(session, () => {
    navigation.tab("clinical");
    navigation.left = null;
    navigation.inductionPutOff = false;
  });
}

/** Runs it whenever the app is not open, or no longer. */
export function atLock(session: Pick<Session, "state">, run: () => void): void {
  effect(() => {
    if (session.state.value.at !== "open") untracked(run);
  });
}
