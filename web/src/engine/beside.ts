import type { MatrixEvent } from "matrix-js-sdk";
import {
  REACTIONS,
  type Beside,
  type Change,
  type Mention,
  type Quoted,
  type Reaction,
} from "./everydayWords";
import { HANDOVER, FORWARDED, TASK } from "./names";
import type { Letter } from "./outbox";
import type { Delivery, Sender } from "./words";

type Content = Record<string, unknown>;

export interface Relates {
  rel_type?: unknown;
  event_id?: unknown;
  key?: unknown;
  "m.in_reply_to"?: { event_id?: unknown };
}

/** By sign: who, and by which event. */
type Signs = Map<string, { userId: string; eventId: string }[]>;

export const relatesTo = (content: Content): Relates =>
  (content["m.relates_to"] as Relates | undefined) ?? {};

export const isEdit = (content: Content): boolean => relatesTo(content).rel_type === "m.replace";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const contentsOf = (event: MatrixEvent): Contents => ({
  wire: event.getWireContent(),
  first: event.getOriginalContent(),
  now: event.getContent(),
});

/** Reactions and changes that wait, by the message they are about. */
export class Around {
  readonly #events = new Map<string, MatrixEvent>();
  readonly #signs = new Map<string, Signs>();
  readonly #changes = new Map<string, Letter>();
  readonly #me: string;
  readonly #sender: (userId: string) => Sender;

  constructor(
    events: readonly MatrixEvent[],
    letters: readonly Letter[],
    me: string,
    sender: (userId: string) => Sender,
  ) {
    this.#me = me;
    this.#sender = sender;
    for (const event of events) {
      const eventId = event.getId() ?? "";
      this.#events.set(eventId, event);
      if (event.getType() !== "m.reaction" || event.isRedacted()) continue;
      this.#sign(event.getContent(), event.getSender() ?? "", eventId);
    }
    for (const letter of letters) {
      const { rel_type, event_id } = relatesTo(letter.content);
      if (letter.type === "m.reaction") this.#sign(letter.content, me, letter.eventId ?? "");
      else if (rel_type === "m.replace") this.#changes.set(text(event_id), letter);
    }
  }

  #sign(content: Content, userId: string, eventId: string): void {
    const { event_id, key } = relatesTo(content);
    const sign = text(key);
    if (!sign || sign.length > 16) return;
    const signs: Signs = this.#signs.get(text(event_id)) ?? new Map();
    const by = signs.get(sign) ?? [];
    const twice = by.find((one) => one.userId === userId);
    if (twice) twice.eventId ||= eventId;
    else by.push({ userId, eventId });
    this.#signs.set(text(event_id), signs.set(sign, by));
  }

  reactions(eventId: string): Reaction[] {
    const order = (key: string) => (REACTIONS as readonly string[]).indexOf(key) + 1 || 99;
    return [...(this.#signs.get(eventId) ?? [])]
      .map(([key, by]) => {
        const own = by.find((one) => one.userId === this.#me);
        const others = by.filter((one) => one !== own);
        const people = [...others, ...(own ? [own] : [])].map((p) => this.#sender(p.userId).name);
        return { key, people, mine: own?.eventId ?? null };
      })
      .toSorted((a, b) => order(a.key) - order(b.key));
  }

  change(
    eventId: string,
    delivery: (letter: Letter) => Delivery,
  ): (Change & { text: string }) | null {
    const letter = this.#changes.get(eventId);
    if (!letter) return null;
    const now = letter.content["m.new_content"] as Content | undefined;
    return { txnId: letter.txnId, delivery: delivery(letter), text: text(now?.["body"]) };
  }

  quoted(eventId: string): Quoted {
    const event = this.#events.get(eventId);
    const here = event && !event.isRedacted() && event.getType() === "m.room.message";
    const who = event?.getSender();
    const shown = here ? wordsOf(contentsOf(event)) : null;
    return { eventId, who: who ? this.#sender(who).name : "", text: shown };
  }
}

/** Older apps put the message that is answered before the answer. */
export function withoutFallback(body: string): string {
  if (!body.startsWith("> ")) return body;
  const lines = body.split("\n");
  const first = lines.findIndex((line) => !line.startsWith("> "));
  return first < 0 ? body : lines.slice(first).join("\n").trimStart();
}

/** A message's contents: in clear on the wire, as first sent, as it reads now. */
export interface Contents {
  wire: Content;
  first: Content;
  now: Content;
}

export const wordsOf = ({ wire, now }: Contents): string =>
  relatesTo(wire)["m.in_reply_to"] ? withoutFallback(text(now["body"])) : text(now["body"]);

export function besideOf(
  contents: Contents,
  me: string,
  around: Around,
  eventId: string | null,
): Beside {
  const beside: Beside = {};
  const answered = text(relatesTo(contents.wire)["m.in_reply_to"]?.event_id);
  if (answered) beside.reply = around.quoted(answered);
  const reactions = eventId ? around.reactions(eventId) : [];
  if (reactions.length > 0) beside.reactions = reactions;
  const mentions = contents.now["m.mentions"] as { user_ids?: unknown } | undefined;
  if (Array.isArray(mentions?.user_ids) && mentions.user_ids.includes(me)) beside.mentionsMe = true;
  if (contents.first[FORWARDED]) beside.forwarded = true;
  if (contents.first[TASK]) beside.task = true;
  if (contents.first[HANDOVER]) beside.handover = true;
  return beside;
}

/** What is said, and who is meant to look. <https://spec.matrix.org/v1.18/client-server-api/#user-and-room-mentions> */
export function said(text: string, mentions: readonly Mention[] = []): Content {
  const user_ids = mentions.map((one) => one.userId);
  const content = { msgtype: "m.text", body: text };
  return user_ids.length > 0 ? { ...content, "m.mentions": { user_ids } } : content;
}
