import { argon2id } from "hash-wasm";
import type { Argon2Cost } from "../vault/ports";

export interface HashOrder {
  passcode: string;
  salt: Uint8Array<ArrayBuffer>;
  cost: Argon2Cost;
}

const page = self as unknown as { postMessage(hash: Uint8Array, transfer: Transferable[]): void };

self.addEventListener("message", (event: MessageEvent<HashOrder>) => void answer(event.data));

async function answer({ passcode, salt, cost }: HashOrder): Promise<void> {
  const hash = await argon2id({
    password: passcode,
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: 32,
    outputType: "binary",
  });
  page.postMessage(hash, [hash.buffer]);
}
