import { SUMMARY } from "./names";
import { PASSING } from "./outbox";
import { Refusal, type DecisionDraft, type ProblemCode } from "./words";

interface Said {
  /** Never changes: sent again after a restart it is still one event. */
  txnId: string;
  words: string;
  /** Null: the answer may have been lost. */
  eventId: string | null;
  /** It is being taken back, or will be: nobody signs it. */
  goes?: boolean;
}

/** As it is sealed: the summaries of one decision of which it is not known that it was signed. */
export interface Unsigned {
  requestId: string;
  roomId: string;
  said: Said[];
}

/** The conversation: how an event is sent, encrypted and once for its transaction, and taken back. */
export interface SummaryRoom {
  send(letter: {
    roomId: string;
    type: string;
    txnId: string;
    content: Record<string, unknown>;
  }): Promise<string>;
  takeBack(roomId: string, eventId: string): Promise<unknown>;
  /** The event of this transaction, where the room's own copy has come. */
  find(roomId: string, txnId: string): string | null;
  /** Summaries that the server says are signed. */
  signed(roomId: string): ReadonlySet<string>;
}

export interface SummariesWorld {
  room: SummaryRoom;
  record: {
    load(): Promise<Unsigned[]>;
    /** Answers when it is durable. */
    keep(unsigned: Unsigned[]): Promise<void>;
  };
  newId(): string;
}

type Draft = Pick<DecisionDraft, "roomId" | "requestId">;

/** Whether it was signed is not known, or it is about to be tried again with a fresh proof. */
const UNSETTLED: readonly ProblemCode[] = [
  "offline",
  "server",
  "too_soon",
  "step_up",
  "signed_out",
];

/**
 * The summary of a decision as it stands in the conversation.
 *
 * What could go wrong: words stand there as decided that nobody signed, or other words than those in the
 * record. So a summary that was refused is taken back, and changed words are a summary of their own; the
 * one before goes when the new one is signed, and the server signs one summary for a request. A phone
 * that locks between the summary and the signature forgets neither: what waits is sealed before it is
 * sent, and when the app is open again what was not signed goes.
 */
export class Summaries {
  readonly #world: SummariesWorld;
  readonly #unsigned = new Map<string, Unsigned>();
  /** By request: from before the lock, or what could not be taken back; nobody is about to sign them. */
  readonly #left = new Set<string>();
  /** Records are written one after the other, so that an older state never overwrites a newer one. */
  #keeping: Promise<void> = Promise.resolve();

  constructor(world: SummariesWorld) {
    this.#world = world;
  }

  async restore(): Promise<void> {
    for (const one of await this.#world.record.load()) {
      this.#unsigned.set(one.requestId, one);
      this.#left.add(one.requestId);
    }
  }

  /** The event it stands in; the same words are sent once. */
  async send(draft: DecisionDraft): Promise<string> {
    this.#left.delete(draft.requestId);
    const content = contentOf(draft);
    const words = JSON.stringify(content);
    const last = this.#last(draft);
    const said = last?.words === words ? last : this.#add(draft, words);
    // Before it is sent: a phone that dies meanwhile must know of it.
    if (said !== last) await this.#keep();
    if (said.eventId !== null) return said.eventId;
    const { roomId } = draft;
    const letter = { roomId, type: "m.room.message", txnId: said.txnId, content };
    said.eventId = await this.#world.room.send(letter);
    await this.#keep();
    return said.eventId;
  }

  async signed(draft: Draft): Promise<void> {
    const last = this.#last(draft);
    const before = this.#of(draft).filter((one) => one !== last);
    if (last) this.#forget(draft, [last]);
    await this.#takeBack(draft, before);
  }

  /** Only the last was asked about: an earlier one may have been signed and its answer lost. */
  async refused(draft: Draft, error: unknown): Promise<void> {
    if (!(error instanceof Refusal) || UNSETTLED.includes(error.problem.code)) return;
    await this.drop(draft);
  }

  /** Nobody will sign the last. */
  async drop(draft: Draft): Promise<void> {
    const last = this.#last(draft);
    await this.#takeBack(draft, last ? [last] : []);
  }

  /** Up to date with the server: what was left unsigned goes, and what was signed stays. */
  async settle(): Promise<void> {
    const all = [...this.#left];
    for (const requestId of all) {
      const left = this.#unsigned.get(requestId);
      // Meanwhile somebody is about to sign it again.
      if (!this.#left.delete(requestId) || !left) continue;
      const signed = this.#world.room.signed(left.roomId);
      const isSigned = (one: Said) => signed.has(this.#idOf(left, one) ?? "");
      this.#forget(left, left.said.filter(isSigned));
      await this.#takeBack(left, [...left.said]);
    }
  }

  #of({ requestId }: Draft): Said[] {
    return this.#unsigned.get(requestId)?.said ?? [];
  }

  #last(draft: Draft): Said | undefined {
    return this.#of(draft).findLast((one) => !one.goes);
  }

  #add({ requestId, roomId }: Draft, words: string): Said {
    const said = { txnId: `decision-${this.#world.newId()}`, words, eventId: null };
    const known = this.#unsigned.get(requestId) ?? { requestId, roomId, said: [] };
    known.said.push(said);
    this.#unsigned.set(requestId, known);
    return said;
  }

  #forget({ requestId }: Draft, gone: readonly Said[]): void {
    const known = this.#unsigned.get(requestId);
    if (!known) return;
    known.said = known.said.filter((one) => !gone.includes(one));
    if (known.said.length === 0) this.#unsigned.delete(requestId);
  }

  #idOf({ roomId }: Pick<Draft, "roomId">, { eventId, txnId }: Said): string | null {
    return eventId ?? this.#world.room.find(roomId, txnId);
  }

  /** What cannot be taken back now stands there without the mark of a decision in the record: until later. */
  async #takeBack(draft: Draft, goes: readonly Said[]): Promise<void> {
    for (const one of goes) one.goes = true;
    await this.#keep().catch(() => {});
    const tried = goes.map(async (one) => {
      const eventId = this.#idOf(draft, one);
      const taking = eventId === null ? null : this.#world.room.takeBack(draft.roomId, eventId);
      if (!(await isPassing(taking))) this.#forget(draft, [one]);
    });
    await Promise.all(tried);
    if (this.#of(draft).some((one) => one.goes)) this.#left.add(draft.requestId);
    await this.#keep().catch(() => {});
  }

  #keep(): Promise<void> {
    const unsigned = structuredClone([...this.#unsigned.values()]);
    this.#keeping = this.#keeping.catch(() => {}).then(() => this.#world.record.keep(unsigned));
    return this.#keeping;
  }
}

/** It failed, and another time it may not. */
async function isPassing(work: Promise<unknown> | null): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    return error instanceof Refusal && PASSING.has(error.problem.code);
  }
}

const contentOf = (draft: DecisionDraft): Record<string, unknown> => ({
  msgtype: "m.text",
  body: draft.summary,
  [SUMMARY]: {
    request_id: draft.requestId,
    decider_user_id: draft.deciderUserId,
    decided_ts: draft.decidedTs,
    source_event_ids: draft.sourceEventIds,
  },
});
