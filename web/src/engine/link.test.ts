import { beforeEach, expect, test } from "vitest";
import { EngineLink, type EnginePort } from "./link";
import type { EngineEvent, FromEngine, StartOrder, ToEngine } from "./protocol";

class FakePort implements EnginePort {
  readonly told: ToEngine[] = [];
  transferred: Transferable[] = [];
  alive = true;
  hear: (message: FromEngine) => void = () => {};
  post = (message: ToEngine, transfer: Transferable[]) => {
    this.told.push(message);
    this.transferred.push(...transfer);
  };
  listen = (hear: (message: FromEngine) => void) => void (this.hear = hear);
  terminate = () => void (this.alive = false);
}

const order = { kind: "start", storageKey: new Uint8Array(32) } as StartOrder;
let port: FakePort;
let heard: EngineEvent[];
let link: EngineLink;

beforeEach(() => {
  port = new FakePort();
  heard = [];
  link = new EngineLink(port, order, (event) => heard.push(event));
});

test("the key of the crypto store is handed over, not copied", () => {
  expect(port.transferred).toEqual([order.storageKey.buffer]);
});

test("each answer finds its call, in whatever order they come", async () => {
  const first = link.ask("cancel", { txnId: "a" });
  const second = link.ask("cancel", { txnId: "b" });
  port.hear({ kind: "answered", id: 2, answer: { cancelled: false } });
  port.hear({ kind: "answered", id: 1, answer: { cancelled: true } });
  expect([await first, await second]).toEqual([{ cancelled: true }, { cancelled: false }]);
});

test("a refusal carries the problem", async () => {
  const asked = link.ask("findPatient", { nhsNumber: "1" });
  port.hear({ kind: "refused", id: 1, problem: { code: "bad_input", sentence: "Check it." } });
  await expect(asked).rejects.toMatchObject({ problem: { code: "bad_input" } });
});

test("events are heard, answers are not events", () => {
  port.hear({ kind: "connection", status: "Up to date" });
  port.hear({ kind: "answered", id: 9, answer: null });
  expect(heard).toEqual([{ kind: "connection", status: "Up to date" }]);
});

test("stopping waits for the engine's records, then ends it and what was asked", async () => {
  const asked = link.ask("members", { roomId: "!a" });
  const stopped = link.stop();
  expect(port.told.at(-1)).toEqual({ kind: "stop" });
  expect(port.alive).toBe(true);
  port.hear({ kind: "stopped" });
  await stopped;
  expect(port.alive).toBe(false);
  await expect(asked).rejects.toThrow("locked");
});
