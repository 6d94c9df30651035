import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import { path, type Api } from "./api";
import { addressOf, type Enclosures } from "./enclosures";
import {
  harmlessType,
  mediaOf,
  pdfContent,
  PHOTO,
  photoContent,
  voiceContent,
} from "./mediaContent";
import { FORWARDED, ROOM } from "./names";
import type { Outbox } from "./outbox";
import type { Answer, Asked } from "./protocol";
import type { MediaCalls, MediaFields } from "./mediaWords";
import { Refusal, type RoomKind, type RoomUse } from "./words";

type Handlers = { [N in keyof MediaCalls]: (asked: Asked<N>) => Promise<Answer<N>> };

type Content = Record<string, unknown>;

export interface MediaWorld {
  client: Pick<MatrixClient, "getRoom">;
  api: Api;
  outbox: Outbox;
  enclosures: Enclosures;
  /** Null until the policy was read since the app was unlocked: the page knows the one before. */
  use: (kind: RoomKind) => RoomUse | null;
}

/** Readable pictures in memory at once; the oldest goes first. */
const MOST_SHOWN = 24;

export function mediaCalls(world: MediaWorld): Handlers {
  const shown = new Shown();
  return {
    sendPhoto: async ({ roomId, txnId, picture, ...said }) => {
      mustBeClinical(world, roomId);
      await post(world, { roomId, txnId }, picture, photoContent(said, picture.length));
    },
    sendVoice: async ({ roomId, txnId, sound, ...said }) => {
      mustTake(world, roomId, "voice");
      await post(world, { roomId, txnId }, sound, voiceContent(said, sound.length));
    },
    sendFile: async ({ roomId, txnId, file, name }) => {
      mustTake(world, roomId, "files");
      await post(world, { roomId, txnId }, file, pdfContent(name, file.length));
    },
    document: ({ roomId, key }) => {
      const { content, enclosed } = found(world, roomId, key);
      return world.enclosures.read(content, enclosed);
    },
    media: ({ roomId, key }) =>
      shown.of(`${roomId} ${key}`, async () => {
        const { content, enclosed } = found(world, roomId, key);
        const mime = harmlessType(content);
        return new Blob([await world.enclosures.read(content, enclosed)], { type: mime });
      }),
    notNeeded: async ({ roomId, eventId, reason }) => {
      const { id } = addressOf(sent(world, roomId, eventId));
      await world.api.post(path`/_lanyard/v1/files/${id}/not-needed`, { reason });
    },
  };
}

const refused = (sentence: string): Refusal => new Refusal({ code: "refused", sentence });

async function post(
  { outbox, enclosures }: MediaWorld,
  { roomId, txnId }: { roomId: string; txnId: string },
  bytes: Uint8Array<ArrayBuffer>,
  said: Content,
): Promise<void> {
  if (outbox.find(txnId)) return;
  const { enclosed, file } = await enclosures.keep(bytes);
  const content = { ...said, file };
  try {
    await outbox.put({ txnId, roomId, type: "m.room.message", content, enclosed });
  } catch (error) {
    await enclosures.left({ enclosed }).catch(() => {});
    throw error;
  }
}

function kindOf({ client }: MediaWorld, roomId: string): RoomKind {
  const about = client.getRoom(roomId)?.currentState.getStateEvents(ROOM, "");
  return about?.getContent()["kind"] as RoomKind;
}

/** Other apps cannot be stopped here, since what they send is encrypted; ours stops itself. */
function mustBeClinical(world: MediaWorld, roomId: string): void {
  if (kindOf(world, roomId) === "clinical") return;
  throw refused("Pictures of patients are sent in clinical conversations only.");
}

const NOT_TAKEN = {
  voice: "Voice notes are not sent in conversations of this kind.",
  files: "Files are not sent in conversations of this kind.",
};

/** By the policy for the kind of conversation it goes to. */
function mustTake(world: MediaWorld, roomId: string, what: "voice" | "files"): void {
  if (world.use(kindOf(world, roomId))?.[what] === false) throw refused(NOT_TAKEN[what]);
}

function sent({ client }: MediaWorld, roomId: string, eventId: string): Content {
  return client.getRoom(roomId)?.findEventById(eventId)?.getContent() ?? {};
}

/**
 * A picture, voice note or document for another conversation, under a key of its own and as a file of
 * whoever takes it there: so that holds and retention of either conversation reach what it shows. Null:
 * it is words.
 */
export async function takenAlong(
  world: MediaWorld,
  from: { roomId: string; eventId: string },
  to: { roomId: string; txnId: string },
): Promise<(() => Promise<void>) | null> {
  const content = sent(world, from.roomId, from.eventId);
  const media = mediaOf(content);
  if (!media) return null;
  if (media.kind === "image") mustBeClinical(world, to.roomId);
  else if (media.voice) mustTake(world, to.roomId, "voice");
  else if (media.pdf) mustTake(world, to.roomId, "files");
  else throw refused("Only words, pictures, voice notes and PDFs are forwarded.");
  const bytes = await world.enclosures.read(content, undefined);
  return () =>
    post(world, to, bytes, { ...carried(media, content, bytes.length), [FORWARDED]: true });
}

/** What is known of it, and nothing of where it was said. */
function carried(media: MediaFields, content: Content, size: number): Content {
  const { mimetype, w, h } = (content["info"] ?? {}) as Content;
  if (media.kind === "file") {
    const mime = typeof mimetype === "string" ? mimetype : "";
    return media.voice
      ? voiceContent({ mime, text: media.text, ...media.voice }, size)
      : pdfContent(media.text, size);
  }
  return {
    msgtype: content["msgtype"],
    body: content["body"],
    info: { mimetype, w, h, size },
    ...(content[PHOTO] ? { [PHOTO]: content[PHOTO] } : {}),
  };
}

/** Puts copies of pictures where the record can have them; answers which. */
export function copiesForTheRecord(
  world: MediaWorld,
  { roomId, pictureEventIds }: { roomId: string; pictureEventIds: readonly string[] },
  put: Set<string>,
): Promise<string[]> {
  return Promise.all(
    pictureEventIds.map(async (eventId) => {
      const content = sent(world, roomId, eventId);
      const { id } = addressOf(content);
      if (!put.has(id)) {
        const bytes = await world.enclosures.read(content, undefined);
        const copy = path`/_lanyard/v1/rooms/${roomId}/decision-images/${id}`;
        await world.api.upload(copy, bytes, "PUT");
        put.add(id);
      }
      return id;
    }),
  );
}

function found({ client, outbox }: MediaWorld, roomId: string, key: string) {
  const letter = outbox.find(key);
  if (letter?.enclosed && letter.state !== "sent") return letter;
  const event = client
    .getRoom(roomId)
    ?.getLiveTimeline()
    .getEvents()
    .find((one) => keyOf(one) === key && !one.isRedacted());
  const content = event?.getContent() ?? letter?.content;
  if (content) return { content, enclosed: undefined };
  throw new Refusal({ code: "not_found", sentence: "There is no such file here." });
}

const keyOf = (event: MatrixEvent): string | undefined =>
  event.getUnsigned().transaction_id ?? event.getId();

/** Addresses made here end with the Worker: a lock leaves none that still shows something. */
class Shown {
  readonly #addresses = new Map<string, Promise<{ url: string; mime: string }>>();

  of(key: string, read: () => Promise<Blob>): Promise<{ url: string; mime: string }> {
    const known = this.#addresses.get(key);
    if (known) return known;
    const made = read().then((blob) => ({ url: URL.createObjectURL(blob), mime: blob.type }));
    this.#addresses.set(key, made);
    made.catch(() => this.#addresses.delete(key));
    this.#forgetOldest();
    return made;
  }

  #forgetOldest(): void {
    const [oldest] = this.#addresses;
    if (this.#addresses.size <= MOST_SHOWN || !oldest) return;
    this.#addresses.delete(oldest[0]);
    void oldest[1].then(({ url }) => URL.revokeObjectURL(url));
  }
}
