/** The organisation's register of approved apps, as staff read it. */
import { signal } from "@preact/signals";
import type { Answer } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";
import type { Loaded } from "./roomDetails";

export class ApprovedAppsModel {
  readonly apps = signal<Loaded<Answer<"approvedApps">>>({ is: "loading" });
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "approvedApps", {});
    this.apps.value = outcome.ok
      ? { is: "shown", value: outcome.answer }
      : { is: "failed", text: problemText(outcome.problem) };
  }
}
