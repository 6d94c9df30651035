/** The sender may know that something urgent was seen here: told once, and again where it did not go. */
import type { App } from "./app";
import { attempt } from "./problem";

export class Sightings {
  private readonly said = new Set<string>();
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  tell(urgentId: string): void {
    if (this.said.has(urgentId)) return;
    this.said.add(urgentId);
    void attempt(this.app.session, "urgentSeen", { urgentId }).then((outcome) => {
      if (!outcome.ok) this.said.delete(urgentId);
    });
  }
}
