import type { MatrixClient } from "matrix-js-sdk";
import {
  CryptoEvent,
  VerificationPhase,
  VerificationRequestEvent,
  VerifierEvent,
} from "matrix-js-sdk/lib/crypto-api";
import { beforeEach, expect, test } from "vitest";
import { Verification } from "./verification";
import type { VerificationStep } from "./words";

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

/** What the SDK tells of something, to whoever listens. */
class Telling {
  readonly #hear = new Map<string, ((what: unknown) => void)[]>();

  on(name: string, hear: (what: unknown) => void): void {
    this.#hear.set(name, [...(this.#hear.get(name) ?? []), hear]);
  }

  emit(name: string, what?: unknown): void {
    for (const hear of this.#hear.get(name) ?? []) hear(what);
  }
}

/** The comparison, as far as the SDK has come with it. */
class Comparing extends Telling {
  confirmed = 0;
  ends: { well(): void; badly(): void } = { well: () => {}, badly: () => {} };

  verify(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.ends = { well: resolve, badly: () => reject(new Error("cancelled")) };
    });
  }

  show(): void {
    const confirm = () => Promise.resolve(void this.confirmed++);
    this.emit(VerifierEvent.ShowSas, { sas: { emoji: [["🐶", "Dog"]] }, confirm });
  }
}

/** Another device of the person's asks, or is asked. */
class Asked extends Telling {
  readonly isSelfVerification = true;
  readonly pending = true;
  verifier = new Comparing();
  phase = VerificationPhase.Requested;
  otherDeviceId: string | undefined;
  starts: () => Promise<unknown> = () => Promise.resolve(this.verifier);

  constructor(otherDeviceId: string) {
    super();
    this.otherDeviceId = otherDeviceId;
  }

  accept = (): Promise<void> => Promise.resolve();
  cancel = (): Promise<void> => Promise.resolve();
  startVerification = (): Promise<unknown> => this.starts();

  comesTo(phase: VerificationPhase): void {
    this.phase = phase;
    if (phase === VerificationPhase.Done) this.otherDeviceId = undefined;
    this.emit(VerificationRequestEvent.Change);
  }
}

let client: Telling & { asks: Asked };
let given: string[];
let received: string[];
/** While the keys are on their way. */
let coming: Promise<void>;
let steps: (VerificationStep["is"] | null)[];
let verification: Verification;

beforeEach(() => {
  client = Object.assign(new Telling(), {
    asks: new Asked("OLD"),
    getDevice: () => Promise.resolve({ display_name: "A phone" }),
    getCrypto: () => ({ requestOwnUserVerification: () => Promise.resolve(client.asks) }),
  });
  [given, received, steps] = [[], [], []];
  coming = Promise.resolve();
  const own = {
    give: (id: string) => coming.then(() => void given.push(id)),
    receive: (id: string) => coming.then(() => received.push(id) > 0),
  };
  verification = new Verification(client as unknown as MatrixClient, own, (step) =>
    steps.push(step?.is ?? null),
  );
});

const asked = (by: string): Asked => {
  const request = new Asked(by);
  client.emit(CryptoEvent.VerificationRequestReceived, request);
  return request;
};

test("keys are given once both were found to be the same", async () => {
  const request = asked("NEW");
  await verification.answer(true);
  request.comesTo(VerificationPhase.Started);
  request.verifier.show();
  await verification.compared(true);
  expect(request.verifier.confirmed).toBe(1);
  expect(given).toEqual([]);
  request.comesTo(VerificationPhase.Done);
  request.verifier.ends.well();
  await settle();
  expect(given).toEqual(["NEW"]);
  expect(steps.at(-1)).toBe("done");
});

test("who says that it is done before anything was compared is given nothing", async () => {
  const thief = asked("THIEF");
  thief.comesTo(VerificationPhase.Done);
  await settle();
  expect(given).toEqual([]);
  await verification.answer(true);
  thief.comesTo(VerificationPhase.Started);
  thief.verifier.show();
  thief.comesTo(VerificationPhase.Done);
  await settle();
  expect(given).toEqual([]);
  expect(steps).not.toContain("done");
});

test("keys go only once the other side is through with it too, and not where it called it off", async () => {
  for (const last of [VerificationPhase.Done, VerificationPhase.Cancelled]) {
    const request = asked("NEW");
    await verification.answer(true);
    request.comesTo(VerificationPhase.Started);
    request.verifier.show();
    await verification.compared(true);
    request.verifier.ends.well();
    await settle();
    expect(given).toEqual([]);
    expect(steps.at(-1)).toBe("waiting");
    request.comesTo(last);
    await settle();
    expect(given.splice(0)).toEqual(last === VerificationPhase.Done ? ["NEW"] : []);
    expect(steps.at(-1)).toBe(last === VerificationPhase.Done ? "done" : "failed");
  }
});

test("where both sides start at once, only the end of the one that stays counts", async () => {
  await verification.ask(client as unknown as MatrixClient);
  const { asks } = client;
  const ours = asks.verifier;
  asks.comesTo(VerificationPhase.Ready);
  await settle();
  asks.verifier = new Comparing();
  asks.comesTo(VerificationPhase.Started);
  ours.show();
  ours.ends.badly();
  await settle();
  expect(steps).toEqual(["waiting"]);
  asks.verifier.show();
  asks.comesTo(VerificationPhase.Done);
  asks.verifier.ends.well();
  await settle();
  expect(steps).toEqual(["waiting", "compare", "done"]);
  expect(received).toEqual(["OLD"]);
});

test("a start of ours that fails ends nothing that the other side has started", async () => {
  let fails = (): void => {};
  client.asks.starts = () => new Promise((_, reject) => (fails = () => reject(new Error("late"))));
  await verification.ask(client as unknown as MatrixClient);
  client.asks.comesTo(VerificationPhase.Ready);
  client.asks.comesTo(VerificationPhase.Started);
  fails();
  await settle();
  expect(steps).toEqual(["waiting"]);
  client.asks.verifier.ends.badly();
  await settle();
  expect(steps.at(-1)).toBe("failed");
});

/** Everything but the keys, which are on their way until the answer is called. */
async function compared(request: Asked): Promise<() => void> {
  let come = (): void => {};
  coming = new Promise((done) => (come = done));
  await settle();
  request.comesTo(VerificationPhase.Started);
  request.verifier.show();
  await verification.compared(true);
  request.comesTo(VerificationPhase.Done);
  request.verifier.ends.well();
  await settle();
  expect(steps.at(-1)).toBe("waiting");
  return come;
}

test("a sheet that was closed while the keys were on their way stays closed, and they come", async () => {
  const giving = await compared(asked("NEW"));
  verification.close();
  giving();
  await settle();
  expect(steps.at(-1)).toBeNull();
  expect(given).toEqual(["NEW"]);
  await verification.ask(client as unknown as MatrixClient);
  const receiving = await compared(client.asks);
  verification.close();
  receiving();
  await settle();
  expect(steps.at(-1)).toBeNull();
  expect(received).toEqual(["OLD"]);
});

test("the end of one comparison is not said over the next", async () => {
  const giving = await compared(asked("NEW"));
  asked("NEXT");
  await settle();
  giving();
  await settle();
  expect(steps.at(-1)).toBe("asked");
});

test("a comparison that was given up says nothing of the one after it", async () => {
  const first = asked("NEW");
  first.comesTo(VerificationPhase.Started);
  verification.close();
  const thief = asked("THIEF");
  await settle();
  first.verifier.ends.well();
  await settle();
  expect([...given, ...received]).toEqual([]);
  const before = steps.length;
  thief.comesTo(VerificationPhase.Started);
  first.verifier.ends.badly();
  await settle();
  expect(steps).toHaveLength(before);
  thief.verifier.ends.badly();
  await settle();
  expect(steps.at(-1)).toBe("failed");
});

test("who asks takes the keys of the device that was compared; what cannot begin has failed", async () => {
  await verification.ask(client as unknown as MatrixClient);
  client.asks.comesTo(VerificationPhase.Ready);
  await settle();
  client.asks.verifier.show();
  expect(steps).toEqual(["waiting", "compare"]);
  client.asks.comesTo(VerificationPhase.Done);
  expect(received).toEqual([]);
  client.asks.verifier.ends.well();
  await settle();
  expect(received).toEqual(["OLD"]);
  client.asks = new Asked("OLD");
  client.asks.starts = () => Promise.reject(new Error("no network"));
  await verification.ask(client as unknown as MatrixClient);
  client.asks.comesTo(VerificationPhase.Ready);
  await settle();
  expect(steps.at(-1)).toBe("failed");
});
