import type { Device, MatrixEvent, Room } from "matrix-js-sdk";
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
import { beginsAt, messageIndex, opens } from "./ratchet";
import { pinnedId } from "./roomFacts";

/** What comes together is asked for together, and a key that is on its way is waited for. */
const ASK_AFTER_MS = 2_000;
const ASK_NEXT_AFTER_MS = 15_000;
const PEOPLE_AT_ONCE = 3;
const MOST_ROUNDS = 5;
const MOST_EVENTS = 60;
/** So many new sessions of one sender an hour: who posts junk keeps nobody's phone asking. */
const MOST_OF_A_SENDER = 20;
const HOUR_MS = 3_600_000;
const NOTE_FIRST = Number.MAX_SAFE_INTEGER;
/** Keys that came before their messages, in a room; and messages of one sender that a key is tried on. */
const MOST_HELD = 200;
const MOST_TRIED = 20;

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

interface Missing {
  session: string;
  /** The earliest message of the session that cannot be read: its key opens the others. */
  event: MatrixEvent;
  /** After five nobody has it; who has it tells when they open their app. */
  rounds: number;
}

interface Asking {
  /** By sender too: what somebody says is of another's session does not stand for it. */
  readonly sessions: Map<string, Missing>;
  /** Each round asks others than the one before. */
  turn: number;
  /** When the next round is: what is new waits for one that is near, and for no other. */
  dueTs: number;
  /** Sessions asked for in this hour, by sender. */
  readonly begun: Map<string, number>;
  hour: number;
  /** Taken unasked, until a message of the session is seen. */
  held: RoomKey[];
}

/**
 * Asks colleagues' phones for the keys of messages that this phone may read and cannot (ADR 42): first
 * whoever wrote them, then whoever spoke last, a few at a time. Phones that are closed answer when they
 * are opened.
 *
 * What could go wrong: somebody sends keys that say something else was said. What prevents it: only
 * what was asked for, or what an on-call person may read back, is taken; from signed devices of
 * members; for a device that its sender has signed. A session's name is its signing key, so no other
 * key opens its messages; and a key is kept only when it opens one, since the true one would be refused
 * after another of its name. Somebody says another's message again and gives its key as their own: the
 * key must be that of whoever said it first.
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
    return (asking?.sessions.get(nameOf(event, String(session)))?.rounds ?? 0) > 0;
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
    const name = nameOf(event, session);
    const first = asking.sessions.get(name);
    if (first && indexOf(first.event) <= indexOf(event)) return;
    asking.sessions.set(name, { session, event, rounds: first?.rounds ?? 0 });
    this.#useHeld(room, asking, session).catch(() => {});
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
    const asking: Asking = {
      sessions: new Map(),
      turn: 0,
      dueTs: Infinity,
      begun: new Map(),
      hour: 0,
      held: [],
    };
    this.#rooms.set(roomId, asking);
    return asking;
  }

  #soon(roomId: string, asking: Asking, ms: number): void {
    const now = this.#world.now();
    if (asking.dueTs <= now + Math.max(ms, ASK_NEXT_AFTER_MS)) return;
    const dueTs = now + ms;
    asking.dueTs = dueTs;
    this.#world.later(ms, () => {
      if (asking.dueTs !== dueTs) return;
      asking.dueTs = Infinity;
      this.#ask(roomId, asking).catch(() => {});
    });
  }

  async #ask(roomId: string, asking: Asking): Promise<void> {
    const room = this.#world.client.getRoom(roomId);
    for (const [name, { event }] of asking.sessions) {
      if (!event.isDecryptionFailure()) asking.sessions.delete(name);
    }
    if (!room) return;
    const note = pinnedId(room);
    const wanted = this.#wanted(asking, note);
    if (wanted.length === 0) {
      asking.turn = 0;
      const left = [...asking.sessions.values()].some((one) => one.rounds === 0);
      if (left) this.#soon(roomId, asking, HOUR_MS);
      return;
    }
    const from = this.#toAsk(room, asking.turn, wanted);
    asking.turn++;
    for (const one of wanted) one.rounds++;
    this.#soon(roomId, asking, ASK_NEXT_AFTER_MS);
    const ids = wanted.map(({ event }) => event.getId() ?? "");
    const content = { room_id: roomId, event_ids: ids };
    const devices = await Promise.all(from.map((id) => signedDevices(this.#world.client, id)));
    await sendSealed(this.#world.client, WANTED, devices.flat(), content);
    this.#world.asked(roomId);
  }

  /** The pinned note, then the newest. */
  #wanted(asking: Asking, note: string | null): Missing[] {
    const hour = Math.floor(this.#world.now() / HOUR_MS);
    if (hour !== asking.hour) asking.begun.clear();
    asking.hour = hour;
    const rank = ({ event }: Missing) => (event.getId() === note ? NOTE_FIRST : event.getTs());
    const wanted: Missing[] = [];
    for (const one of [...asking.sessions.values()].toSorted((a, b) => rank(b) - rank(a))) {
      if (wanted.length === MOST_EVENTS) break;
      if (one.rounds === MOST_ROUNDS) continue;
      const begins = one.rounds === 0;
      if (!begins || mayBegin(asking.begun, one.event.getSender() ?? "")) wanted.push(one);
    }
    return wanted;
  }

  /** Who wrote what was never asked for, then a few more people each time. */
  #toAsk(room: Room, turn: number, wanted: Missing[]): string[] {
    const writers = (which: Missing[]) => which.map(({ event }) => event.getSender() ?? "");
    const spoke = room
      .getLiveTimeline()
      .getEvents()
      .map((e) => e.getSender() ?? "");
    const me = this.#world.client.getSafeUserId();
    const askable = (ids: string[]) =>
      [...new Set(ids)].filter((id) => id !== me && isPerson(id) && isJoined(room, id));
    const first = askable(writers(wanted.filter((one) => one.rounds === 0)));
    const people = askable([...writers(wanted), ...spoke.toReversed(), ...membersOf(room)]);
    const from = turn * PEOPLE_AT_ONCE;
    const more = people.slice(from, from + PEOPLE_AT_ONCE);
    const others = more.length > 0 ? more : people.slice(0, PEOPLE_AT_ONCE);
    return [...new Set([...first, ...others])].slice(0, PEOPLE_AT_ONCE);
  }

  async #take(userId: string, deviceId: string, content: Record<string, unknown>): Promise<void> {
    const { client } = this.#world;
    const room = client.getRoom(String(content["room_id"]));
    const given = Array.isArray(content["keys"]) ? (content["keys"] as RoomKey[]) : [];
    if (!room || !isJoined(room, userId)) return;
    const signed = await signedDevices(client, userId);
    if (!signed.some((one) => one.deviceId === deviceId)) return;
    const asking = this.#of(room.roomId);
    const back = readsBackTs(room, client.getSafeUserId()) !== null;
    const wanted = given
      .slice(0, MOST_EVENTS)
      .filter((key) => key.room_id === room.roomId)
      .filter((key) => back || wantedOf(asking, key).length > 0);
    await this.#keep(room, asking, wanted);
  }

  /** What opens a message that was seen is taken; what is of no message yet waits for one. */
  async #keep(room: Room, asking: Asking, keys: RoomKey[]): Promise<void> {
    const looked = keys.map(async (key) => {
      const seen = seenOf(room, asking, key);
      if (seen.length === 0) asking.held = [...asking.held, key].slice(-MOST_HELD);
      // One that is no key at all takes no other's place.
      return (await this.#isTrue(room, seen, key).catch(() => false)) ? [key] : [];
    });
    const found = (await Promise.all(looked)).flat();
    if (found.length > 0) await this.#world.client.getCrypto()?.importRoomKeys(found as never);
  }

  async #useHeld(room: Room, asking: Asking, session: string): Promise<void> {
    const keys = asking.held.filter((key) => key.session_id === session);
    if (keys.length === 0) return;
    asking.held = asking.held.filter((key) => key.session_id !== session);
    await this.#keep(room, asking, keys);
  }

  async #isTrue(room: Room, seen: MatrixEvent[], key: RoomKey): Promise<boolean> {
    for (const event of triedOn(seen, key)) {
      const opened = await opens(key, event.getWireContent()["ciphertext"]).catch(() => false);
      if (opened) return this.#fits(room, event, key);
    }
    return false;
  }

  /** Whom the key names as its device's owner wrote the message, as far as that device is known. */
  async #fits(room: Room, event: MatrixEvent, key: RoomKey): Promise<boolean> {
    const sender = event.getSender() ?? "";
    const [device] = await this.#devicesOf([sender], key);
    if (!device) {
      // The phone it was written on may be gone; it is nobody else's.
      const others = membersOf(room).filter((id) => id !== sender);
      return (await this.#devicesOf(others, key)).length === 0;
    }
    const signed = await signedDevices(this.#world.client, sender);
    return (
      signed.some((one) => one.deviceId === device.deviceId) &&
      key.sender_claimed_keys["ed25519"] === device.getFingerprint()
    );
  }

  /** The key's device, as these people have it. */
  async #devicesOf(userIds: string[], key: RoomKey): Promise<Device[]> {
    const known = await this.#world.client.getCrypto()?.getUserDeviceInfo(userIds);
    const all = [...(known?.values() ?? [])].flatMap((devices) => [...devices.values()]);
    return all.filter((device) => device.getIdentityKey() === key.sender_key);
  }
}

const indexOf = (event: MatrixEvent): number =>
  messageIndex(event.getWireContent()["ciphertext"]) ?? 0;

/** Counts it. */
function mayBegin(begun: Map<string, number>, sender: string): boolean {
  const so = (begun.get(sender) ?? 0) + 1;
  if (so > MOST_OF_A_SENDER) return false;
  begun.set(sender, so);
  return true;
}

const nameOf = (event: MatrixEvent, session: string): string => `${event.getSender()} ${session}`;

const wantedOf = ({ sessions }: Asking, key: RoomKey): MatrixEvent[] =>
  [...sessions.values()].filter((one) => one.session === key.session_id).map((one) => one.event);

/**
 * Which session a message is of is anybody's to write: what one sender made up hides nobody else's. And
 * anybody can say again what was said, but nothing that was not: so the furthest in the session comes
 * first, and of its copies the earliest, whose sender is the session's.
 */
function triedOn(seen: MatrixEvent[], key: RoomKey): MatrixEvent[] {
  const from = beginsAt(key.session_key);
  const tried = new Map<string, number>();
  const ordered = seen.toSorted((a, b) => indexOf(b) - indexOf(a) || a.getTs() - b.getTs());
  return ordered.filter((event) => {
    if (indexOf(event) < from) return false;
    const sender = event.getSender() ?? "";
    const count = (tried.get(sender) ?? 0) + 1;
    tried.set(sender, count);
    return count <= MOST_TRIED;
  });
}

/** Messages of the key's session that are here: those that are asked for first. */
function seenOf(room: Room, asking: Asking, key: RoomKey): MatrixEvent[] {
  const said = room
    .getLiveTimeline()
    .getEvents()
    .filter((event) => event.getWireContent()["session_id"] === key.session_id);
  return [...wantedOf(asking, key), ...said];
}
