import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { Enclosures } from "./enclosures";
import { harmlessType, pdfContent, photoContent, voiceContent } from "./mediaContent";
import { ROOM } from "./names";
import type { Outbox } from "./outbox";
import type { Answer, Asked } from "./protocol";
import type { MediaCalls } from "./mediaWords";
import { Refusal, type RoomKind, type RoomUse } from "./words";

type Handlers = { [N in keyof MediaCalls]: (asked: Asked<N>) => Promise<Answer<N>> };

interface World {
  client: Pick<MatrixClient, "getRoom">;
  outbox: Outbox;
  enclosures: Enclosures;
  /** Null until the policy was read since the app was unlocked: the page knows the one before. */
  use: (kind: RoomKind) => RoomUse | null;
}

/** Readable pictures in memory at once; the oldest goes first. */
const MOST_SHOWN = 24;

export function mediaCalls(world: World): Handlers {
  const shown = new Shown();
  return {
    sendPhoto: async ({ roomId, txnId, picture, ...said }) => {
      // Other apps cannot be stopped here, since what they send is encrypted; ours stops itself.
      if (kindOf(world, roomId) !== "clinical") {
        throw refused("Pictures of patients are sent in clinical conversations only.");
      }
      await post(world, { roomId, txnId }, picture, photoContent(said, picture.length));
    },
    sendVoice: async ({ roomId, txnId, sound, ...said }) => {
      if (world.use(kindOf(world, roomId))?.voice === false) {
        throw refused("Voice notes are not sent in conversations of this kind.");
      }
      await post(world, { roomId, txnId }, sound, voiceContent(said, sound.length));
    },
    sendFile: async ({ roomId, txnId, file, name }) => {
      if (world.use(kindOf(world, roomId))?.files === false) {
        throw refused("Files are not sent in conversations of this kind.");
      }
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
  };
}

const refused = (sentence: string): Refusal => new Refusal({ code: "refused", sentence });

async function post(
  { outbox, enclosures }: World,
  { roomId, txnId }: { roomId: string; txnId: string },
  bytes: Uint8Array<ArrayBuffer>,
  said: Record<string, unknown>,
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

function kindOf({ client }: World, roomId: string): RoomKind {
  const about = client.getRoom(roomId)?.currentState.getStateEvents(ROOM, "");
  return about?.getContent()["kind"] as RoomKind;
}

function found({ client, outbox }: World, roomId: string, key: string) {
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
