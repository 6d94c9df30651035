/** Which searches covered this person's conversations. */
import { signal } from "@preact/signals";
import type { SearchNotice } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";
import type { Loaded } from "./roomDetails";

export class SearchesOfMineModel {
  readonly notices = signal<Loaded<readonly SearchNotice[]>>({ is: "loading" });
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  async load(): Promise<void> {
    this.notices.value = { is: "loading" };
    const outcome = await attempt(this.app.session, "searchesOfMine", {});
    this.notices.value = outcome.ok
      ? { is: "shown", value: outcome.answer }
      : { is: "failed", text: problemText(outcome.problem) };
  }
}
