import { Attachment, EncryptedAttachment } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { SealedRecords } from "../vault/records";
import { path, type Api } from "./api";
import type { Letter } from "./outbox";
import { Refusal } from "./words";

type Json = Record<string, unknown>;
type Bytes = Uint8Array<ArrayBuffer>;

/** So many may wait on a phone at once, and none larger: as large as a policy may let a document be. */
const MOST_WAITING = 8;
const MOST_BYTES = 25 * 1024 * 1024;
/** A larger one of another app's is not fetched into a phone's memory. */
const MOST_FETCHED = 30 * 1024 * 1024;

/**
 * What goes with a message and is larger than its text. Encrypted as the specification says before it
 * is kept, and kept sealed until the server has the message.
 *
 * What could go wrong: the app ends between the upload and the message. Then it is uploaded again, and
 * the first copy is ciphertext that no message has the key of.
 */
export class Enclosures {
  readonly #records: SealedRecords;
  readonly #api: Api;
  readonly #taken = new Set<number>();

  constructor(records: SealedRecords, api: Api) {
    this.#records = records;
    this.#api = api;
  }

  /** Whatever no letter needs any more goes. */
  async restore(letters: readonly Pick<Letter, "enclosed">[]): Promise<void> {
    for (const letter of letters) if (letter.enclosed) this.#taken.add(letter.enclosed.slot);
    for (let slot = 0; slot < MOST_WAITING; slot++) {
      if (!this.#taken.has(slot)) await this.#records.remove(`enclosed ${slot}`);
    }
  }

  /** Answers when it is durable: where it is kept, and the key that only the message will carry. */
  async keep(plain: Bytes): Promise<{ enclosed: { slot: number }; file: Json }> {
    if (plain.length === 0 || plain.length > MOST_BYTES) {
      throw new Refusal({ code: "bad_input", sentence: "This is too large to send." });
    }
    const slot = this.#free();
    this.#taken.add(slot);
    try {
      const sealed = Attachment.encrypt(plain);
      const file = JSON.parse(sealed.mediaEncryptionInfo ?? "{}") as Json;
      await this.#records.writeBytes(`enclosed ${slot}`, new Uint8Array(sealed.encryptedData));
      sealed.free();
      return { enclosed: { slot }, file };
    } catch (error) {
      this.#taken.delete(slot);
      throw error;
    }
  }

  /** The message left or was taken out: what went with it need not be kept. */
  async left({ enclosed }: Pick<Letter, "enclosed">): Promise<void> {
    if (!enclosed) return;
    await this.#records.remove(`enclosed ${enclosed.slot}`);
    this.#taken.delete(enclosed.slot);
  }

  /** The letter's content as it can be sent: the server has what goes with it. */
  async sendable(letter: Letter, note: (content: Json) => Promise<void>): Promise<Json> {
    const file = fileOf(letter.content);
    if (!letter.enclosed || typeof file["url"] === "string") return letter.content;
    const bytes = await this.#kept(letter.enclosed.slot);
    const answer = await this.#api.upload("/_matrix/media/v3/upload", bytes);
    const content = { ...letter.content, file: { ...file, url: String(answer["content_uri"]) } };
    await note(content);
    return content;
  }

  /** Readable, wherever it is now: still on this phone or on the server. */
  async read(content: Json, enclosed: { slot: number } | undefined): Promise<Bytes> {
    const { v, key, iv, hashes } = fileOf(content);
    const bytes = enclosed ? await this.#kept(enclosed.slot) : await this.#fetched(content);
    try {
      const sealed = new EncryptedAttachment(bytes, JSON.stringify({ v, key, iv, hashes }));
      return new Uint8Array(Attachment.decrypt(sealed));
    } catch {
      throw new Refusal({ code: "unexpected", sentence: "What came is damaged." });
    }
  }

  #free(): number {
    for (let slot = 0; slot < MOST_WAITING; slot++) if (!this.#taken.has(slot)) return slot;
    throw new Refusal({
      code: "too_many_waiting",
      sentence: "Too much is waiting to be sent. Try again when this phone is online.",
    });
  }

  async #kept(slot: number): Promise<Bytes> {
    const bytes = await this.#records.readBytes(`enclosed ${slot}`);
    if (bytes) return bytes;
    throw new Refusal({ code: "not_found", sentence: "This is no longer on this phone." });
  }

  #fetched(content: Json): Promise<Bytes> {
    const { server, id } = addressOf(content);
    const from = path`/_matrix/client/v1/media/download/${server}/${id}`;
    return this.#api.download(from, MOST_FETCHED);
  }
}

/** Where the server has it. */
export function addressOf(content: Json): { server: string; id: string } {
  const [, server, id] = /^mxc:\/\/([^/]+)\/([\w-]+)$/.exec(String(fileOf(content)["url"])) ?? [];
  if (server && id) return { server, id };
  throw new Refusal({ code: "not_found", sentence: "There is no such file here." });
}

function fileOf(content: Json): Json {
  const file: unknown = content["file"];
  return file !== null && typeof file === "object" ? (file as Json) : {};
}
