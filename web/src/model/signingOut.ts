/** Signs out of this phone. On poor wifi that takes until the server was told, or could not be. */
import { signal } from "@preact/signals";
import type { App } from "./app";

export class SigningOutModel {
  readonly busy = signal(false);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async go(): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    await this.app.session.wipe().finally(() => (this.busy.value = false));
  }
}
