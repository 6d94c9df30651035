import type { Navigation } from "./navigation";
import type { Session } from "./session";
import type { Surroundings } from "./surroundings";

/** What every view model is made from. */
export interface App {
  readonly session: Session;
  readonly navigation: Navigation;
  readonly surroundings: Surroundings;
}
