/** Sign-ins that the person has not yet said were theirs: asked wherever they are in the app. */
import { signal } from "@preact/signals";
import type { NewDevice } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export class NewDevicesModel {
  /** One question at a time, the oldest first. */
  readonly asked = signal<NewDevice | null>(null);
  /** One was signed out just now, and something is left to do. */
  readonly ended = signal(false);
  readonly busy = signal(false);
  readonly problem = signal<string | null>(null);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /** Silent without a network: it is asked again. */
  async look(): Promise<void> {
    const outcome = await attempt(this.app.session, "newDevices", {});
    if (outcome.ok) this.asked.value = outcome.answer[0] ?? null;
  }

  async answer(mine: boolean): Promise<void> {
    const device = this.asked.value;
    if (device === null || this.busy.value) return;
    this.busy.value = true;
    this.problem.value = null;
    const { deviceId } = device;
    const outcome = await attempt(this.app.session, "answerNewDevice", { deviceId, mine });
    this.busy.value = false;
    if (!outcome.ok) {
      this.problem.value = problemText(outcome.problem);
      return;
    }
    if (!mine) this.ended.value = true;
    this.asked.value = null;
    await this.look();
  }
}
