import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { Enclosures } from "./enclosures";
import { harmlessType, photoContent } from "./mediaContent";
import { ROOM } from "./names";
import type { Outbox } from "./outbox";
import type { Answer, Asked } from "./protocol";
import type { MediaCalls } from "./mediaWords";
import { Refusal } from "./words";

type Handlers = { [N in keyof MediaCalls]: (asked: Asked<N>) => Promise<Answer<N>> };

interface World {
  client: Pick<MatrixClient, "getRoom">;
  outbox: Outbox;
  enclosures: Enclosures;
}

/** Readable pictures in memory at once; the oldest goes first. */
const MOST_SHOWN = 24;

export function mediaCalls(world: World): Handlers {
  const shown = new Shown();
  return {
    sendPhoto: async ({ roomId, txnId, picture, ...said }) => {
      // Other apps cannot be stopped here, since what they send is encrypted; ours stops itself.
      if (kindOf(world, roomId) !== "clinical") {
        throw new Refusal({
          code: "refused",
          sentence: "Pictures of patients are sent in clinical conversations only.",
        });
      }
      if (world.outbox.find(txnId)) return;
      const { enclosed, file } = await world.enclosures.keep(picture);
      const content = { ...photoContent(said, picture.length), file };
      try {
        await world.outbox.put({ txnId, roomId, type: "m.room.message", content, enclosed });
      } catch (error) {
        await world.enclosures.left({ enclosed }).catch(() => {});
        throw error;
      }
    },
    media: ({ roomId, key }) =>
      shown.of(`${roomId} ${key}`, async () => {
        const { content, enclosed } = found(world, roomId, key);
        const mime = harmlessType(content);
        return new Blob([await world.enclosures.read(content, enclosed)], { type: mime });
      }),
  };
}

function kindOf({ client }: World, roomId: string): unknown {
  const about = client.getRoom(roomId)?.currentState.getStateEvents(ROOM, "");
  return about?.getContent()["kind"];
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
