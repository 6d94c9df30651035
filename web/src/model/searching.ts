/** Looks through what this phone holds; what is looked for leaves it for nowhere. */
import { signal } from "@preact/signals";
import type { Found } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export const SHORTEST_TERM = 2;
const AFTER_MS = 250;

export type SearchState =
  | { readonly is: "nothing" }
  | { readonly is: "looking" }
  | { readonly is: "failed"; readonly text: string }
  | {
      readonly is: "found";
      readonly found: readonly Found[];
      readonly more: boolean;
      readonly backTo: number | null;
    };

export class SearchModel {
  readonly term = signal("");
  readonly state = signal<SearchState>({ is: "nothing" });
  private readonly app: App;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.app = app;
  }

  type(term: string): void {
    this.term.value = term;
    clearTimeout(this.timer);
    if (term.trim().length < SHORTEST_TERM) {
      this.state.value = { is: "nothing" };
      return;
    }
    this.state.value = { is: "looking" };
    this.timer = setTimeout(() => void this.look(term), AFTER_MS);
  }

  async look(term: string): Promise<void> {
    const outcome = await attempt(this.app.session, "findMessages", { term });
    if (this.term.value !== term) return;
    this.state.value = outcome.ok
      ? { is: "found", ...outcome.answer }
      : { is: "failed", text: problemText(outcome.problem) };
  }
}
