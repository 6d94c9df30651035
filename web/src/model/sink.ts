import type { Sink } from "../engine/protocol";
import { sinkWords } from "../i18n/sinks";
import type { App } from "./app";

/** Where decisions of this organisation go. Until it is known nothing is called the record that may not be it. */
export const sinkOf = (app: Pick<App, "session">): Sink =>
  app.session.live.policy.value?.sink ?? "folder";

/** What is said of a decision that goes, or went, there. */
export const wordsOfSink = (sink: Sink) => sinkWords()[sink];
