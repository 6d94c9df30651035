import { pause } from "./pause";
import type {
  Answer,
  Asked,
  CallName,
  EngineEvent,
  FromEngine,
  StartOrder,
  ToEngine,
} from "./protocol";
import { Refusal } from "./words";

/** A Worker, as far as the page uses it; the tests have one made of plain code. */
export interface EnginePort {
  post(message: ToEngine, transfer: Transferable[]): void;
  listen(hear: (message: FromEngine) => void): void;
  terminate(): void;
}

interface Waiting {
  answer(value: unknown): void;
  refuse(error: Refusal): void;
}

/** How long the engine may write its records before the lock ends it regardless. */
const STOP_WITHIN_MS = 2_000;

/** The page's end of one running engine. After `stop` it is dead; an unlock makes another. */
export class EngineLink {
  readonly #port: EnginePort;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #stopped: (() => void) | null = null;

  constructor(port: EnginePort, order: StartOrder, hear: (event: EngineEvent) => void) {
    this.#port = port;
    port.listen((message) => this.#heard(message, hear));
    port.post(order, [order.storageKey.buffer]);
  }

  ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { answer: (v) => resolve(v as Answer<N>), refuse: reject });
      this.#port.post({ kind: "call", id, name, asked } as ToEngine, []);
    });
  }

  network(online: boolean): void {
    this.#port.post({ kind: "network", online }, []);
  }

  /** Lets the engine seal what it holds, then ends it: its keys and messages go with the Worker. */
  async stop(): Promise<void> {
    const stopped = new Promise<void>((resolve) => (this.#stopped = resolve));
    const late = pause(STOP_WITHIN_MS);
    this.#port.post({ kind: "stop" }, []);
    await Promise.race([stopped, late]);
    this.end();
  }

  end(): void {
    this.#port.terminate();
    const gone = new Refusal({ code: "unexpected", sentence: "The app was locked." });
    for (const waiting of this.#waiting.values()) waiting.refuse(gone);
    this.#waiting.clear();
  }

  #heard(message: FromEngine, hear: (event: EngineEvent) => void): void {
    switch (message.kind) {
      case "answered":
        this.#take(message.id)?.answer(message.answer);
        return;
      case "refused":
        this.#take(message.id)?.refuse(new Refusal(message.problem));
        return;
      case "stopped":
        this.#stopped?.();
        return;
      default:
        hear(message);
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
