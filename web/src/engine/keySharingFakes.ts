import { MatrixEvent, type MatrixClient, type ReceivedToDeviceMessage } from "matrix-js-sdk";
import { DecryptionFailureCode, EventShieldReason } from "matrix-js-sdk/lib/crypto-api";
import {
  DeviceId,
  EncryptionSettings,
  OlmMachine,
  RoomId,
  UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { GIVEN, READS_BACK } from "./names";

export const ROOM = "!ward:h";
export const HOUR = 3_600_000;
export const NOW = 1_000 * HOUR;
export const [ME, AMARA, SIAN] = ["@rhian:h", "@amara:h", "@sian:h"];

export const text = (bytes: number[]): string =>
  btoa(String.fromCharCode(...bytes)).replaceAll("=", "");
/** A session as Matrix exports it, from its `index`th message on. */
export const exported = (index: number): string => text([1, 0, 0, 0, index, ...Array(160).fill(7)]);
export const said = (event_id: string, sender: string, hoursAgo: number, index = 0): MatrixEvent =>
  new MatrixEvent({
    event_id,
    room_id: ROOM,
    sender,
    type: "m.room.encrypted",
    origin_server_ts: NOW - hoursAgo * HOUR,
    content: {
      algorithm: "m.megolm.v1.aes-sha2",
      session_id: `s${event_id}`,
      ciphertext: text([3, 8, index, 18, 1, 1, 1, 1, 1, 1, 1, 1]),
    },
  });

/** A room of three, with what stands in it, and what leaves this phone. */
export class Ward {
  members = [ME, AMARA, SIAN];
  unsigned: string[] = [];
  /** Events that this phone cannot open, and what the library says of the senders of others. */
  closed: string[] = [];
  shields = new Map<string, EventShieldReason>();
  events: MatrixEvent[] = [];
  rows: Record<string, unknown>[] = [];
  readsBack: object | undefined;
  sent: { type: string; to: string[]; content: Record<string, unknown> }[] = [];
  imported: { session_id: string }[] = [];
  due: { ms: number; work: () => void }[] = [];

  get world() {
    return {
      client: this.#client(),
      api: { get: () => Promise.resolve({ members: this.rows }) },
      now: () => NOW,
      later: (ms: number, work: () => void) => void this.due.push({ ms, work }),
      asked: () => {},
    };
  }

  /** What was to happen later happens now. */
  async pass(withinMs = Infinity): Promise<void> {
    const now = this.due.filter(({ ms }) => ms <= withinMs);
    this.due = this.due.filter(({ ms }) => ms > withinMs);
    for (const { work } of now) work();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  #client(): MatrixClient {
    const member = (userId: string) => ({ userId, membership: "join", events: {} });
    const state = () => this.readsBack && { getContent: () => this.readsBack };
    const room = {
      roomId: ROOM,
      getMember: (id: string) => (this.members.includes(id) ? member(id) : null),
      getJoinedMembers: () => this.members.map(member),
      findEventById: (id: string) => this.events.find((one) => one.getId() === id),
      getLiveTimeline: () => ({ getEvents: () => this.events }),
      currentState: {
        getStateEvents: (type: string) => (type === READS_BACK ? state() : undefined),
      },
    };
    const device = (userId: string) => ({
      deviceId: `D${userId}`,
      getIdentityKey: () => `curve ${userId}`,
      getFingerprint: () => `ed ${userId}`,
    });
    const held = () =>
      this.events.map((event) => ({
        algorithm: "m.megolm.v1.aes-sha2",
        room_id: ROOM,
        session_id: `s${event.getId()}`,
        session_key: exported(0),
        sender_key: `curve ${event.getSender()}`,
        sender_claimed_keys: { ed25519: `ed ${event.getSender()}` },
      }));
    const crypto = {
      olmMachine: {
        exportRoomKeys: (which: (s: object) => boolean) =>
          Promise.resolve(
            JSON.stringify(held().filter((k) => which({ roomId: ROOM, sessionId: k.session_id }))),
          ),
      },
      getEncryptionInfoForEvent: (event: MatrixEvent) => {
        const id = event.getId() ?? "";
        const shieldReason = this.shields.get(id) ?? null;
        return Promise.resolve(this.closed.includes(id) ? null : { shieldReason });
      },
      getUserDeviceInfo: (ids: string[]) =>
        Promise.resolve(new Map(ids.map((id) => [id, new Map([[`D${id}`, device(id)]])]))),
      getDeviceVerificationStatus: (id: string) =>
        Promise.resolve({ signedByOwner: !this.unsigned.includes(id) }),
      encryptToDeviceMessages: (type: string, to: { userId: string }[], content: object) =>
        Promise.resolve({ batch: to, type, to: to.map((one) => one.userId), content }),
      importRoomKeys: (keys: { session_id: string }[]) =>
        Promise.resolve(void this.imported.push(...keys)),
    };
    return {
      getRoom: (id: string) => (id === ROOM ? room : null),
      getSafeUserId: () => ME,
      getCrypto: () => crypto,
      fetchRoomEvent: () => Promise.reject(new Error("404")),
      decryptEventIfNeeded: () => Promise.resolve(),
      queueToDevice: (sent: never) => Promise.resolve(void this.sent.push(sent)),
    } as unknown as MatrixClient;
  }
}

export function unreadable(id: string, why: DecryptionFailureCode): MatrixEvent {
  const event = said(id, SIAN, 0);
  Object.defineProperty(event, "decryptionFailureReason", { get: () => why });
  event.isDecryptionFailure = () => true;
  return event;
}

/** Its ciphertext, said again by somebody else. */
export function saidAgain(event: MatrixEvent, by: string): MatrixEvent {
  const copy = unreadable(
    `${event.getId()} by ${by}`,
    DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID,
  );
  copy.event.sender = by;
  copy.event.content = { ...event.event.content };
  copy.event.origin_server_ts = event.getTs() + 1;
  return copy;
}

export type Key = Record<string, unknown> & { session_id: string };

/** A session as the library makes it, by Siân: its first two messages, unreadable here, and its key. */
export async function session(
  id: string,
): Promise<{ event: MatrixEvent; second: MatrixEvent; key: Key }> {
  const author = await OlmMachine.initialize(new UserId(SIAN), new DeviceId("D"));
  await author.shareRoomKey(new RoomId(ROOM), [], new EncryptionSettings());
  const sealed = async (eventId: string): Promise<MatrixEvent> => {
    const words = JSON.stringify({ msgtype: "m.text", body: eventId });
    const content = await author.encryptRoomEvent(new RoomId(ROOM), "m.room.message", words);
    const event = unreadable(eventId, DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID);
    event.event.content = JSON.parse(content) as object;
    return event;
  };
  const [event, second] = [await sealed(id), await sealed(`${id}.2`)];
  const [exported] = JSON.parse(await author.exportRoomKeys(() => true)) as [Key];
  const [sender_key, ed25519] = [`curve ${SIAN}`, `ed ${SIAN}`];
  return { event, second, key: { ...exported, sender_key, sender_claimed_keys: { ed25519 } } };
}

export const answer = (from: string, keys: Key[]): ReceivedToDeviceMessage => ({
  message: { type: GIVEN, sender: from, content: { room_id: ROOM, keys } },
  encryptionInfo: {
    sender: from,
    senderDevice: `D${from}`,
    senderCurve25519KeyBase64: "",
    senderVerified: false,
  },
});
