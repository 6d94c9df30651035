/** The reviews of members that this person is asked for. */
import { signal } from "@preact/signals";
import type { ReviewAsked } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";
import type { Loaded } from "./roomDetails";

export class DueReviewsModel {
  readonly reviews = signal<Loaded<readonly ReviewAsked[]>>({ is: "loading" });
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /** How many wait; none without an answer: nothing is claimed that is not known. */
  count(): number {
    return this.reviews.value.is === "shown" ? this.reviews.value.value.length : 0;
  }

  async look(): Promise<void> {
    const outcome = await attempt(this.app.session, "reviews", {});
    if (outcome.ok) {
      const value = [...outcome.answer].sort((a, b) => a.dueTs - b.dueTs);
      this.reviews.value = { is: "shown", value };
    } else if (this.reviews.value.is !== "shown") {
      this.reviews.value = { is: "failed", text: problemText(outcome.problem) };
    }
  }
}
