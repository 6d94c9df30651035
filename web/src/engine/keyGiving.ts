import { MatrixEvent, type IEvent, type MatrixClient, type Room } from "matrix-js-sdk";
import { EventShieldReason } from "matrix-js-sdk/lib/crypto-api";
import { path, type Api } from "./api";
import { GIVEN, isPerson, READS_BACK } from "./names";
import { messageIndex, movedOn } from "./ratchet";

/** In the SDK's crypto, not in its public interface; pinned with the SDK's version. */
interface Exporting {
  olmMachine: { exportRoomKeys(which: (session: Session) => boolean): Promise<string> };
}

interface Session {
  roomId: { toString(): string };
  sessionId: string;
}

export interface RoomKey {
  algorithm: string;
  room_id: string;
  session_id: string;
  session_key: string;
  sender_key: string;
  sender_claimed_keys: Record<string, string>;
}

export interface KeysWorld {
  client: MatrixClient;
  api: Pick<Api, "get">;
  now(): number;
  later(ms: number, work: () => void): void;
  /** Colleagues' phones were asked about messages of this room. */
  asked(roomId: string): void;
}

/** What somebody in a room may read of it, by the server's word. */
interface Reader {
  fromTs: number;
  /** For as long after they came as they could read back at most: afterwards their phones have it. */
  readsBack: boolean;
  /** The note that was pinned when they came. */
  noteId: string | null;
}

const HOUR_MS = 3_600_000;
/** A phone that was set up a moment ago lacks minutes; one that was found in a drawer gets no past. */
const LONGEST_AGO_MS = 24 * HOUR_MS;
/** No policy lets anybody read further back, whatever the server says. */
const LONGEST_BACK_MS = 7 * 24 * HOUR_MS;
const MOST_EVENTS = 60;
const MOST_ASKED_AN_HOUR = 60;
/** To-device messages have the size of an event. */
const KEYS_A_MESSAGE = 20;
/** Its person signs a new device a moment after it is there, and we hear of it a moment later. */
const SIGNED_WITHIN = [2_000, 5_000, 15_000];
const FIRST_TO_OFFER = 3;

/**
 * The session is another's, or nobody knows whose: its key came from a backup or a colleague, and no
 * message of its writer's has been opened here. What somebody else said again opens as well then.
 */
const NOT_THEIRS: ReadonlySet<EventShieldReason | null> = new Set([
  EventShieldReason.MISMATCHED_SENDER,
  EventShieldReason.AUTHENTICITY_NOT_GUARANTEED,
  EventShieldReason.UNKNOWN_DEVICE,
]);

/**
 * Gives the keys of messages to a colleague's phone that lacks them (ADR 42).
 *
 * What could go wrong: somebody asks for what was said without them, or a phone asks that is not its
 * person's. What prevents it: keys go to devices their person has signed, of people who are in the
 * room now; of what was said while they were, for a day, or of what the organisation lets them read
 * back; and no key opens more than was asked for: it is moved on to the first of those messages. Which
 * session a message is of and where in it stands in clear, for anybody to write: so only messages that
 * open here count, of whoever the session is known to be.
 */
export class KeyGiving {
  readonly #world: KeysWorld;
  #answered = new Map<string, number>();
  #hour = 0;

  constructor(world: KeysWorld) {
    this.#world = world;
  }

  /** A phone asks for the keys of `event_ids`. */
  async asked(userId: string, deviceId: string, content: Record<string, unknown>): Promise<void> {
    const room = this.#world.client.getRoom(String(content["room_id"]));
    const ids = Array.isArray(content["event_ids"]) ? content["event_ids"].map(String) : [];
    if (!room || !isJoined(room, userId) || !this.#mayAskAgain(userId)) return;
    const events = await this.#find(room, ids.slice(0, MOST_EVENTS));
    await this.#give(room, userId, events, deviceId);
  }

  /** Somebody who is on call has joined and may read back: they need not ask. */
  async joined(room: Room, said: MatrixEvent): Promise<void> {
    const userId = `@${said.getStateKey()}`;
    const { from_ts: fromTs, event_id: noteId } = said.getContent();
    const me = this.#world.client.getSafeUserId();
    const spoken = room.getLiveTimeline().getEvents().toReversed();
    const people = [...spoken.map((e) => e.getSender() ?? ""), ...membersOf(room)];
    const first = [...new Set(people)].filter((id) => isPerson(id) && id !== userId);
    if (typeof fromTs !== "number" || !first.slice(0, FIRST_TO_OFFER).includes(me)) return;
    const lately = spoken.filter((e) => e.getTs() >= fromTs && e.isEncrypted());
    const note = typeof noteId === "string" ? await this.#find(room, [noteId]) : [];
    await this.#give(room, userId, [...note, ...lately], null);
  }

  /** Nobody keeps our phone busy: so many answers an hour for each person. */
  #mayAskAgain(userId: string): boolean {
    const hour = Math.floor(this.#world.now() / HOUR_MS);
    if (hour !== this.#hour) this.#answered = new Map();
    this.#hour = hour;
    const asked = (this.#answered.get(userId) ?? 0) + 1;
    this.#answered.set(userId, asked);
    return asked <= MOST_ASKED_AN_HOUR;
  }

  async #find(room: Room, ids: string[]): Promise<MatrixEvent[]> {
    const { client } = this.#world;
    const known = (id: string) => room.findEventById(id);
    const fetched = async (id: string) =>
      new MatrixEvent(
        await client.fetchRoomEvent(room.roomId, id).catch((): Partial<IEvent> => ({})),
      );
    return Promise.all(ids.map(async (id) => known(id) ?? (await fetched(id))));
  }

  async #give(
    room: Room,
    userId: string,
    events: MatrixEvent[],
    deviceId: string | null,
  ): Promise<void> {
    const reader = await this.#reader(room, userId);
    const may = events.filter((event) => mayHave(reader, event, this.#world.now()));
    const open = await Promise.all(may.map((event) => this.#opens(event)));
    const keys = await this.#keys(
      room.roomId,
      may.filter((_, n) => open[n]),
    );
    const devices = keys.length > 0 ? await this.#signed(userId, deviceId) : [];
    for (let n = 0; devices.length > 0 && n < keys.length; n += KEYS_A_MESSAGE) {
      // They may have been removed while their device was waited for.
      if (!isJoined(room, userId)) return;
      const content = { room_id: room.roomId, keys: keys.slice(n, n + KEYS_A_MESSAGE) };
      await sendSealed(this.#world.client, GIVEN, devices, content);
    }
  }

  async #opens(event: MatrixEvent): Promise<boolean> {
    const { client } = this.#world;
    await client.decryptEventIfNeeded(event).catch(() => {});
    const info = await client
      .getCrypto()
      ?.getEncryptionInfoForEvent(event)
      .catch(() => null);
    return !!info && !NOT_THEIRS.has(info.shieldReason);
  }

  async #reader(room: Room, userId: string): Promise<Reader> {
    const listed = await this.#world.api.get(path`/_lanyard/v1/rooms/${room.roomId}/members`);
    const members = listed["members"] as Record<string, unknown>[];
    const row = members.find((one) => one["user_id"] === userId);
    const joinedTs = room.getMember(userId)?.events.member?.getTs() ?? Infinity;
    const added = row?.["added_ts"];
    const addedTs = typeof added === "number" ? added : joinedTs;
    const from = row?.["reads_from_ts"];
    const fromTs = typeof from === "number" ? from : addedTs;
    const note = row?.["reads_event_id"];
    return {
      fromTs: Math.max(fromTs, addedTs - LONGEST_BACK_MS),
      readsBack: fromTs < addedTs && addedTs > this.#world.now() - LONGEST_BACK_MS,
      noteId: typeof note === "string" ? note : null,
    };
  }

  /** In the order of the events: what matters most comes first. */
  async #keys(roomId: string, events: MatrixEvent[]): Promise<RoomKey[]> {
    const from = new Map<string, number>();
    for (const event of events) {
      const { session_id: session, ciphertext } = event.getWireContent();
      const index = messageIndex(ciphertext);
      if (typeof session !== "string" || index === null) continue;
      from.set(session, Math.min(from.get(session) ?? index, index));
    }
    if (from.size === 0) return [];
    const { olmMachine } = this.#world.client.getCrypto() as unknown as Exporting;
    const exported = await olmMachine.exportRoomKeys(
      (one) => one.roomId.toString() === roomId && from.has(one.sessionId),
    );
    const held = new Map((JSON.parse(exported) as RoomKey[]).map((key) => [key.session_id, key]));
    const given = [...from].map(async ([session, index]) => {
      const key = held.get(session);
      const session_key = key && (await movedOn(key.session_key, index));
      return session_key ? [{ ...key, session_key }] : [];
    });
    return (await Promise.all(given)).flat();
  }

  /** All of the person's, or the one that asked. */
  async #signed(userId: string, deviceId: string | null): Promise<Device[]> {
    for (const ms of [0, ...SIGNED_WITHIN]) {
      if (ms > 0) await new Promise<void>((resolve) => this.#world.later(ms, resolve));
      const all = await signedDevices(this.#world.client, userId);
      const found = all.filter((one) => deviceId === null || one.deviceId === deviceId);
      if (found.length > 0) return found;
    }
    return [];
  }
}

export function mayHave(reader: Reader, event: MatrixEvent, now: number): boolean {
  if (event.getWireType() !== "m.room.encrypted") return false;
  if (event.getId() === reader.noteId) return true;
  const ts = event.getTs();
  const longest = reader.readsBack ? LONGEST_BACK_MS : LONGEST_AGO_MS;
  return ts >= Math.max(reader.fromTs, now - longest);
}

export const isJoined = (room: Room, userId: string): boolean =>
  room.getMember(userId)?.membership === "join";

export const membersOf = (room: Room): string[] => room.getJoinedMembers().map((m) => m.userId);

/** From when on I read in this room, where that is before I came. */
export function readsBackTs(room: Room, userId: string): number | null {
  const said = room.currentState.getStateEvents(READS_BACK, userId.slice(1));
  const ts: unknown = said?.getContent()["from_ts"];
  return typeof ts === "number" ? ts : null;
}

interface Device {
  userId: string;
  deviceId: string;
}

/** The devices for which their person vouches: others get nothing from us and are not believed. */
export async function signedDevices(
  client: MatrixClient,
  userId: string,
): Promise<(Device & { key: string | undefined })[]> {
  const crypto = client.getCrypto();
  const known = (await crypto?.getUserDeviceInfo([userId]))?.get(userId);
  const looked = [...(known?.values() ?? [])].map(async (device) => {
    const { deviceId } = device;
    const status = await crypto?.getDeviceVerificationStatus(userId, deviceId);
    return status?.signedByOwner ? [{ userId, deviceId, key: device.getIdentityKey() }] : [];
  });
  return (await Promise.all(looked)).flat();
}

export async function sendSealed(
  client: MatrixClient,
  type: string,
  devices: Device[],
  content: Record<string, unknown>,
): Promise<void> {
  const batch = await client.getCrypto()?.encryptToDeviceMessages(type, devices, content);
  if (batch && batch.batch.length > 0) await client.queueToDevice(batch);
}
