/** One person's card, and the conversations this phone shares with them. */
import { computed, signal } from "@preact/signals";
import type { PersonCard, RoomSummary } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type PersonState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly offline: boolean; readonly text: string }
  | { readonly is: "found"; readonly person: PersonCard };

export class PersonModel {
  readonly state = signal<PersonState>({ is: "loading" });
  readonly shared = computed<readonly RoomSummary[]>(() => {
    const state = this.state.value;
    if (state.is !== "found") return [];
    const ids = new Set(state.person.sharedRoomIds);
    return this.app.session.live.rooms.value.filter((room) => ids.has(room.id));
  });
  private readonly app: App;
  private readonly userId: string;

  constructor(app: App, userId: string) {
    this.app = app;
    this.userId = userId;
  }

  async load(): Promise<void> {
    this.state.value = { is: "loading" };
    const outcome = await attempt(this.app.session, "person", { userId: this.userId });
    if (outcome.ok) {
      this.state.value = { is: "found", person: outcome.answer };
    } else {
      const offline = outcome.problem.code === "offline";
      this.state.value = { is: "failed", offline, text: problemText(outcome.problem) };
    }
  }
}
