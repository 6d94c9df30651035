import { ClientEvent, type MatrixClient, type ReceivedToDeviceMessage } from "matrix-js-sdk";
import { expect, test, vi } from "vitest";
import { OWN_KEYS } from "./names";
import { OwnDevices } from "./ownDevices";
import { textOf } from "./passkeyWraps";
import type { KeysState } from "./words";

const [ME, SIAN] = ["@rhian:h", "@sian:h"];
const KEY = new Uint8Array(32).fill(7);

/** A person's two phones: what this one is sent, sends and holds. */
class Pair {
  held: Uint8Array<ArrayBuffer> | null = null;
  taken: Uint8Array[] = [];
  opens: KeysState = "ready";
  sent: { type: string; to: string[]; content: object }[] = [];
  /** How often the other phone has no one-time keys on the server yet. */
  refusals = 0;
  #receive: (payload: ReceivedToDeviceMessage) => void = () => {};
  readonly own = new OwnDevices(
    this.#client(),
    {
      take: (key) => void this.taken.push(key),
      forOtherPhone: () => Promise.resolve(this.held),
    },
    () => Promise.resolve(this.opens),
  );

  comes(from: string, device: string | undefined, key = textOf(KEY), claims = from): void {
    this.#receive({
      message: { type: OWN_KEYS, sender: claims, content: { key } },
      encryptionInfo: { sender: from, senderDevice: device },
    } as unknown as ReceivedToDeviceMessage);
  }

  #client(): MatrixClient {
    return {
      on: (name: ClientEvent, hear: never) => {
        if (name === ClientEvent.ReceivedToDeviceMessage) this.#receive = hear;
      },
      getSafeUserId: () => ME,
      getCrypto: () => ({
        encryptToDeviceMessages: (type: string, to: { deviceId: string }[], content: object) =>
          this.refusals-- > 0
            ? Promise.reject(new Error("no session"))
            : Promise.resolve({ batch: to, type, to: to.map((one) => one.deviceId), content }),
      }),
      queueToDevice: (sent: never) => Promise.resolve(void this.sent.push(sent)),
    } as unknown as MatrixClient;
  }
}

test("the key of the device that was compared is taken, whether it came before or after", async () => {
  const pair = new Pair();
  const waited = pair.own.receive("OLD");
  pair.comes(ME, "OLD");
  expect(await waited).toBe(true);
  pair.comes(ME, "OLD");
  expect(await pair.own.receive("OLD")).toBe(true);
  expect(pair.taken).toEqual([KEY, KEY]);
});

test("nobody else's key is taken: of another device, another person, another length, or in clear", async () => {
  vi.useFakeTimers();
  const pair = new Pair();
  const waited = pair.own.receive("OLD");
  pair.comes(ME, "THIEF");
  pair.comes(SIAN, "OLD");
  pair.comes(SIAN, "OLD", textOf(KEY), ME);
  pair.comes(ME, "OLD", textOf(KEY.slice(1)));
  pair.comes(ME, undefined);
  await vi.advanceTimersByTimeAsync(46_000);
  expect(await waited).toBe(false);
  expect(pair.taken).toEqual([]);
  vi.useRealTimers();
});

test("a key that opens nothing is no success", async () => {
  const pair = new Pair();
  pair.opens = "elsewhere";
  pair.comes(ME, "OLD");
  expect(await pair.own.receive("OLD")).toBe(false);
});

test("keys are given to the device that was compared and to no other, and by none that has none", async () => {
  const pair = new Pair();
  await pair.own.give("NEW");
  expect(pair.sent).toEqual([]);
  pair.held = KEY;
  await pair.own.give("NEW");
  expect(pair.sent).toMatchObject([{ type: OWN_KEYS, to: ["NEW"], content: { key: textOf(KEY) } }]);
});

test("a phone that cannot be written to yet is tried again, and is given the key once", async () => {
  vi.useFakeTimers();
  const pair = new Pair();
  pair.held = KEY;
  pair.refusals = 2;
  const given = pair.own.give("NEW");
  await vi.advanceTimersByTimeAsync(10_000);
  await given;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pair.sent.map(({ to }) => to)).toEqual([["NEW"]]);
  vi.useRealTimers();
});
