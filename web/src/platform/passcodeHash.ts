import workerUrl from "./argon2.worker?worker&url";
import type { PasscodeHash } from "../vault/ports";
import type { HashOrder } from "./argon2.worker";
import { startWorker } from "./trusted";

/** Argon2id in a Worker of its own: the page stays alive, and the Worker's memory goes with it. */
export const passcodeHash: PasscodeHash = {
  hash(passcode, salt, cost) {
    const worker = startWorker(workerUrl, "passcode");
    const order: HashOrder = { passcode, salt, cost };
    return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      worker.addEventListener("message", (event) => resolve(event.data));
      worker.addEventListener("error", () =>
        reject(new Error("The passcode could not be worked.")),
      );
      worker.postMessage(order);
    }).finally(() => worker.terminate());
  },
};
