import { SUMMARY } from "./names";
import { Refusal, type DecisionDraft, type ProblemCode } from "./words";

interface Said {
  words: string;
  eventId: string;
}

/** How an event is sent, encrypted and once for its transaction, and how it is taken back. */
interface Room {
  send(letter: {
    roomId: string;
    type: string;
    txnId: string;
    content: Record<string, unknown>;
  }): Promise<string>;
  takeBack(roomId: string, eventId: string): Promise<unknown>;
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
 * one before goes when the new one is signed, and the server signs one summary for a request.
 */
export class Summaries {
  readonly #room: Room;
  /** By request, in the order they were sent: those of which it is not known that they were not signed. */
  readonly #sent = new Map<string, Said[]>();
  readonly #count = new Map<string, number>();

  constructor(room: Room) {
    this.#room = room;
  }

  /** The event it stands in; the same words are sent once. */
  async send(draft: DecisionDraft): Promise<string> {
    const sent = this.#of(draft);
    const words = JSON.stringify(contentOf(draft));
    const last = sent.at(-1);
    if (last?.words === words) return last.eventId;
    const count = this.#count.get(draft.requestId) ?? 0;
    const eventId = await this.#room.send({
      roomId: draft.roomId,
      type: "m.room.message",
      txnId: `decision-${draft.requestId}${count > 0 ? `-${count}` : ""}`,
      content: contentOf(draft),
    });
    this.#count.set(draft.requestId, count + 1);
    this.#sent.set(draft.requestId, [...sent, { words, eventId }]);
    return eventId;
  }

  async signed(draft: Draft): Promise<void> {
    const before = this.#of(draft).slice(0, -1);
    this.#sent.set(draft.requestId, this.#of(draft).slice(-1));
    await this.#takeBack(draft, before);
  }

  /** Only the last was asked about: an earlier one may have been signed and its answer lost. */
  async refused(draft: Draft, error: unknown): Promise<void> {
    if (!(error instanceof Refusal) || UNSETTLED.includes(error.problem.code)) return;
    await this.drop(draft);
  }

  /** Nobody will sign the last. */
  async drop(draft: Draft): Promise<void> {
    const last = this.#of(draft).slice(-1);
    this.#sent.set(draft.requestId, this.#of(draft).slice(0, -1));
    await this.#takeBack(draft, last);
  }

  #of({ requestId }: Draft): Said[] {
    return this.#sent.get(requestId) ?? [];
  }

  async #takeBack({ roomId }: Draft, said: Said[]): Promise<void> {
    // What cannot be taken back now stands there without the mark of a decision in the record.
    await Promise.allSettled(said.map(({ eventId }) => this.#room.takeBack(roomId, eventId)));
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
