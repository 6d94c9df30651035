/**
 * The Worker's entry, cut to one dynamic import: WebKit loads a Worker's static imports twice, and
 * the SDK refuses to be there twice. What comes before the engine is there waits.
 */
import type { FromEngine, ToEngine } from "./protocol";

const waiting: ToEngine[] = [];
let handle = (message: ToEngine): void => void waiting.push(message);

/** In a Worker there is one listener, its page, and so no target to name. */
const page = self as unknown as { postMessage(message: FromEngine): void };

self.addEventListener("message", (event: MessageEvent<ToEngine>) => {
  // What was under way in the SDK finds its keys gone, and that is no fault: the Worker ends next.
  if (event.data.kind === "stop")
    self.addEventListener("unhandledrejection", (late) => late.preventDefault());
  handle(event.data);
});

void import("./engine").then(({ Engine }) => {
  const engine = new Engine((message) => page.postMessage(message));
  handle = (message) => engine.handle(message);
  for (const message of waiting.splice(0)) handle(message);
});
