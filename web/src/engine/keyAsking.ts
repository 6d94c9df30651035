import type { MatrixEvent, Room } from "matrix-js-sdk";
import type { ReceivedToDeviceMessage } from "matrix-js-sdk";
import { DecryptionFailureCode as Failed } from "matrix-js-sdk/lib/crypto-api";
import {
  KeyGiving,
  isJoined,
  membersOf,
  readsBackTs,
  sendSealed,
  signedDevices,
} from "./keyGiving";
import type { KeysWorld, RoomKey } from "./keyGiving";
import { GIVEN, isPerson, WANTED } from "./names";
import { messageIndex } from "./ratchet";
import { pinnedId } from "./roomFacts";

/** What comes together is asked for together, and a key that is on its way is waited for. */
const ASK_AFTER_MS = 2_000;
const ASK_NEXT_AFTER_MS = 15_000;
const PEOPLE_AT_ONCE = 3;
const MOST_ROUNDS = 5;
const MOST_EVENTS = 60;

const LACKS_KEY: ReadonlySet<Failed | null> = new Set([
  Failed.MEGOLM_UNKNOWN_INBOUND_SESSION_ID,
  Failed.OLM_UNKNOWN_MESSAGE_INDEX,
  Failed.MEGOLM_KEY_WITHHELD,
  Failed.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE,
]);

const BEFORE_ME: ReadonlySet<Failed | null> = new Set([
  Failed.HISTORICAL_MESSAGE_USER_NOT_JOINED,
  Failed.HISTORICAL_MESSAGE_NO_KEY_BACKUP,
  Failed.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED,
  Failed.HISTORICAL_MESSAGE_WORKING_BACKUP,
]);

const UNKNOWN_SENDER: ReadonlySet<Failed | null> = new Set([
  Failed.UNKNOWN_SENDER_DEVICE,
  Failed.UNSIGNED_SENDER_DEVICE,
]);

interface Asking {
  /** The earliest message of each session that cannot be read: its key opens the others. */
  readonly sessions: Map<string, MatrixEvent>;
  rounds: number;
  waiting: boolean;
}

/**
 * Asks colleagues' phones for the keys of messages that this phone may read and cannot (ADR 42): first
 * whoever wrote them, then whoever spoke last, a few at a time. Phones that are closed answer when they
 * are opened.
 *
 * What could go wrong: somebody sends keys that say something else was said. What prevents it: only
 * what was asked for, or what an on-call person may read back, is taken; from signed devices of
 * members; for a device that its sender has signed. A session's name is its signing key, so no other
 * key opens its messages.
 */
export class KeyAsking {
  readonly #world: KeysWorld;
  readonly #giving: KeyGiving;
  readonly #rooms = new Map<string, Asking>();
  /** Their senders' devices were not known here, or not signed, when they came. */
  readonly #unconfirmed = new Set<MatrixEvent>();

  constructor(world: KeysWorld) {
    this.#world = world;
    this.#giving = new KeyGiving(world);
  }

  isAsked(event: MatrixEvent): boolean {
    const { session_id: session } = event.getWireContent();
    const asking = this.#rooms.get(event.getRoomId() ?? "");
    return asking !== undefined && asking.rounds > 0 && asking.sessions.has(String(session));
  }

  /** Decrypting was tried. */
  tried(event: MatrixEvent): void {
    const why = event.decryptionFailureReason;
    const room = this.#world.client.getRoom(event.getRoomId());
    if (UNKNOWN_SENDER.has(why)) this.#unconfirmed.add(event);
    const { session_id: session } = event.getWireContent();
    if (!room || typeof session !== "string" || why === null) return;
    const back = readsBackTs(room, this.#world.client.getSafeUserId());
    if (!LACKS_KEY.has(why) && !(back !== null && BEFORE_ME.has(why))) return;
    const asking = this.#of(room.roomId);
    const first = asking.sessions.get(session);
    if (first && indexOf(first) <= indexOf(event)) return;
    asking.sessions.set(session, event);
    asking.rounds = 0;
    this.#soon(room.roomId, asking, ASK_AFTER_MS);
  }

  /** Devices of these people came to be known, or to be signed. */
  devicesKnown(userIds: string[]): void {
    const crypto = this.#world.client.getCrypto() as unknown as Parameters<
      MatrixEvent["attemptDecryption"]
    >[0];
    for (const event of this.#unconfirmed) {
      if (!userIds.includes(event.getSender() ?? "")) continue;
      this.#unconfirmed.delete(event);
      if (event.isDecryptionFailure()) void event.attemptDecryption(crypto, { isRetry: true });
    }
  }

  /** Somebody's reading back was said in a room. */
  mayReadBack(room: Room, said: MatrixEvent): void {
    if (said.getStateKey() === this.#world.client.getSafeUserId().slice(1)) return;
    this.#giving.joined(room, said).catch(() => {});
  }

  received({ message, encryptionInfo }: ReceivedToDeviceMessage): void {
    const { sender, senderDevice } = encryptionInfo ?? {};
    if (!sender || !senderDevice || message.sender !== sender) return;
    // Without a network nothing is lost: who asks, asks again.
    if (message.type === WANTED) {
      this.#giving.asked(sender, senderDevice, message.content).catch(() => {});
    } else if (message.type === GIVEN) {
      this.#take(sender, senderDevice, message.content).catch(() => {});
    }
  }

  #of(roomId: string): Asking {
    const known = this.#rooms.get(roomId);
    if (known) return known;
    const asking = { sessions: new Map(), rounds: 0, waiting: false };
    this.#rooms.set(roomId, asking);
    return asking;
  }

  #soon(roomId: string, asking: Asking, ms: number): void {
    if (asking.waiting) return;
    asking.waiting = true;
    this.#world.later(ms, () => {
      asking.waiting = false;
      this.#ask(roomId, asking).catch(() => {});
    });
  }

  async #ask(roomId: string, asking: Asking): Promise<void> {
    const room = this.#world.client.getRoom(roomId);
    for (const [session, event] of asking.sessions) {
      if (!event.isDecryptionFailure()) asking.sessions.delete(session);
    }
    if (!room || asking.sessions.size === 0 || asking.rounds >= MOST_ROUNDS) return;
    const from = this.#toAsk(room, asking);
    asking.rounds++;
    this.#soon(roomId, asking, ASK_NEXT_AFTER_MS);
    const ids = [...asking.sessions.values()].map((e) => e.getId() ?? "");
    const note = pinnedId(room) ?? "";
    const noteFirst = ids.includes(note) ? [note, ...ids.filter((id) => id !== note)] : ids;
    const content = { room_id: roomId, event_ids: noteFirst.slice(0, MOST_EVENTS) };
    const devices = await Promise.all(from.map((id) => signedDevices(this.#world.client, id)));
    await sendSealed(this.#world.client, WANTED, devices.flat(), content);
    this.#world.asked(roomId);
  }

  /** The writers, then a few more people each time. */
  #toAsk(room: Room, asking: Asking): string[] {
    const writers = [...asking.sessions.values()].map((e) => e.getSender() ?? "");
    const spoke = room
      .getLiveTimeline()
      .getEvents()
      .map((e) => e.getSender() ?? "");
    const all = new Set([...writers, ...spoke.toReversed(), ...membersOf(room)]);
    const me = this.#world.client.getSafeUserId();
    const people = [...all].filter((id) => id !== me && isPerson(id) && isJoined(room, id));
    const from = asking.rounds * PEOPLE_AT_ONCE;
    const more = people.slice(from, from + PEOPLE_AT_ONCE);
    return more.length > 0 ? more : people.slice(0, PEOPLE_AT_ONCE);
  }

  async #take(userId: string, deviceId: string, content: Record<string, unknown>): Promise<void> {
    const { client } = this.#world;
    const room = client.getRoom(String(content["room_id"]));
    const given = Array.isArray(content["keys"]) ? (content["keys"] as RoomKey[]) : [];
    if (!room || !isJoined(room, userId)) return;
    const signed = await signedDevices(client, userId);
    if (!signed.some((one) => one.deviceId === deviceId)) return;
    const asked = this.#rooms.get(room.roomId)?.sessions;
    const back = readsBackTs(room, client.getSafeUserId()) !== null;
    const wanted = given
      .slice(0, MOST_EVENTS)
      .filter((key) => key.room_id === room.roomId && (back || asked?.has(key.session_id)));
    const fits = await Promise.all(
      wanted.map((key) => this.#fits(asked?.get(key.session_id), key)),
    );
    const keys = wanted.filter((_, n) => fits[n]);
    if (keys.length === 0) return;
    await client.getCrypto()?.importRoomKeys(keys as never);
  }

  /** Whom the key names as its device's owner wrote the message, as far as that device is known. */
  async #fits(event: MatrixEvent | undefined, key: RoomKey): Promise<boolean> {
    if (!event) return true;
    const crypto = this.#world.client.getCrypto();
    const sender = event.getSender() ?? "";
    const known = (await crypto?.getUserDeviceInfo([sender]))?.get(sender);
    const device = [...(known?.values() ?? [])].find((d) => d.getIdentityKey() === key.sender_key);
    if (!device) return true;
    const signed = await signedDevices(this.#world.client, sender);
    return (
      signed.some((one) => one.deviceId === device.deviceId) &&
      key.sender_claimed_keys["ed25519"] === device.getFingerprint()
    );
  }
}

const indexOf = (event: MatrixEvent): number =>
  messageIndex(event.getWireContent()["ciphertext"]) ?? 0;
