/** The patient a conversation is about: asked from the server, shown, never stored by the screens. */
import { effect, signal, type Signal } from "@preact/signals";
import type { PatientBanner } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type PatientState =
  | { readonly is: "none" }
  | { readonly is: "loading" }
  | { readonly is: "shown"; readonly patient: PatientBanner }
  | { readonly is: "failed"; readonly text: string };

export class PatientModel {
  readonly state: Signal<PatientState>;
  private readonly app: App;
  private readonly roomId: string;
  private asked = 0;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    const room = app.session.live.rooms.peek().find((known) => known.id === roomId);
    this.state = signal({ is: room?.patientLinked === false ? "none" : "loading" });
  }

  /** Follows the room: links, changes of link, coming back online. Returns how to stop. */
  follow(): () => void {
    let seen = "";
    let wasOffline = false;
    return effect(() => {
      const room = this.app.session.live.rooms.value.find((known) => known.id === this.roomId);
      const offline = this.app.session.live.connection.value === "Offline";
      const now = room === undefined ? "" : `${room.patientLinked} ${room.patientVersion}`;
      const backOnline = wasOffline && !offline && this.state.peek().is === "failed";
      wasOffline = offline;
      if (room === undefined || (now === seen && !backOnline)) return;
      seen = now;
      if (room.patientLinked) void this.load();
      else this.state.value = { is: "none" };
    });
  }

  async load(): Promise<void> {
    const mine = ++this.asked;
    if (this.state.peek().is !== "shown") this.state.value = { is: "loading" };
    const outcome = await attempt(this.app.session, "patient", { roomId: this.roomId });
    if (mine !== this.asked) return;
    if (!outcome.ok) this.state.value = { is: "failed", text: problemText(outcome.problem) };
    else if (outcome.answer === null) this.state.value = { is: "none" };
    else this.state.value = { is: "shown", patient: outcome.answer };
  }
}
