import { Refusal, type Problem } from "./words";

/** A message on its way, as it is sealed: enough to send it again after the phone was restarted. */
export interface Letter {
  txnId: string;
  roomId: string;
  type: string;
  content: Record<string, unknown>;
  writtenTs: number;
  state: "waiting" | "sending" | "sent" | "failed";
  /** Once sent, until the room's own copy of the event has come. */
  eventId: string | null;
  problem: Problem | null;
  /** Its answer may have been lost: the server may have it already. */
  tried?: boolean;
  /** It is urgent: it stays until the server knows which message the alert was about. */
  urgent?: { urgentId: string; people: string[] };
  /** What goes with it, encrypted, is kept there until it has gone. */
  enclosed?: { slot: number };
}

export interface OutboxRecord {
  load(): Promise<Letter[]>;
  /** Answers when it is durable. */
  keep(letters: Letter[]): Promise<void>;
}

export interface OutboxWorld {
  record: OutboxRecord;
  /** Rejects with a `Refusal`; anything else is a bug and fails the letter. */
  send(
    letter: Letter,
    note: (content: Letter["content"]) => Promise<void>,
  ): Promise<{ eventId: string }>;
  /** The letter is needed no more: it has gone, or was taken out. */
  left?(letter: Letter): Promise<void>;
  changed(roomId: string): void;
  later(ms: number, work: () => void): void;
  now(): number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Problems that go away by themselves. Everything else is for the person to decide about. */
export const PASSING: ReadonlySet<Problem["code"]> = new Set(["offline", "server", "too_soon"]);

/**
 * Sends each message once and each room's messages in order.
 *
 * What could go wrong: the answer to a send is lost and the message is sent again. What prevents a
 * double: the transaction id is sealed with the message before the first try and never changes, and
 * the server answers a repeated id with the event it already has.
 */
export class Outbox {
  readonly #world: OutboxWorld;
  #letters: Letter[] = [];
  #mayGo = false;
  #pauseMs = FIRST_PAUSE_MS;
  #pausing = false;
  /** Records are written one after the other, so that an older state never overwrites a newer one. */
  #keeping: Promise<void> = Promise.resolve();
  /** Not durable yet: these do not go. */
  readonly #unkept = new Set<Letter>();

  constructor(world: OutboxWorld) {
    this.#world = world;
  }

  /** What was on its way when the phone was locked or died goes again, under its own ids. */
  async restore(): Promise<void> {
    const letters = await this.#world.record.load();
    this.#letters = letters.map((l) => (l.state === "sending" ? { ...l, state: "waiting" } : l));
    for (const roomId of new Set(this.#letters.map((l) => l.roomId))) this.#world.changed(roomId);
  }

  /** Answers when the message is durable. */
  async put(
    written: Pick<Letter, "txnId" | "roomId" | "type" | "content" | "urgent" | "enclosed">,
  ): Promise<void> {
    if (this.find(written.txnId)) return;
    const letter: Letter = {
      ...written,
      writtenTs: this.#world.now(),
      state: "waiting",
      eventId: null,
      problem: null,
      ...(this.#mayGo && { tried: true }),
    };
    this.#letters.push(letter);
    this.#unkept.add(letter);
    try {
      await this.#keep();
    } catch (error) {
      // The person is given it back: it must not go as well, now or after a restart.
      this.#forget(letter);
      this.#keep().catch(() => {});
      throw error;
    } finally {
      this.#unkept.delete(letter);
    }
    this.#world.changed(letter.roomId);
    if (letter.urgent) this.#pausing = false;
    this.#go();
  }

  /** The network is there and our keys are published: what waits may go. */
  open(): void {
    this.#mayGo = true;
    this.#pausing = false;
    this.#pauseMs = FIRST_PAUSE_MS;
    const fresh = this.#letters.filter((l) => l.state === "waiting" && !l.tried);
    for (const letter of fresh) letter.tried = true;
    // Sealed before the first try: a phone that dies meanwhile must not think it can still be rewritten.
    if (fresh.length > 0)
      void this.#keep()
        .catch(() => {})
        .then(() => this.#go());
    else this.#go();
  }

  close(): void {
    this.#mayGo = false;
  }

  async retry(txnId: string): Promise<void> {
    const letter = this.find(txnId);
    if (letter?.state !== "failed") return;
    this.#update(letter, { state: "waiting", problem: null, tried: this.#mayGo });
    await this.#keep();
    this.#pausing = false;
    this.#go();
  }

  /** False when the message has gone, or is just going and may have arrived. */
  async cancel(txnId: string): Promise<boolean> {
    const letter = this.find(txnId);
    if (!letter || letter.state === "sending" || letter.state === "sent") return false;
    this.#forget(letter);
    await this.#keep();
    await this.#world.left?.(letter);
    return true;
  }

  /** Other words under the same id: only where the server cannot have the old ones. */
  async rewrite(txnId: string, change: (content: Letter["content"]) => Letter["content"]) {
    const letter = this.find(txnId);
    if (!letter || letter.enclosed || letter.tried || !["waiting", "failed"].includes(letter.state))
      return false;
    this.#update(letter, {
      content: change(letter.content),
      state: "waiting",
      problem: null,
      tried: this.#mayGo,
    });
    await this.#keep();
    this.#go();
    return true;
  }

  /** Everything that has not left, in its order. */
  all(): readonly Letter[] {
    return this.#letters.filter((l) => l.state !== "sent");
  }

  /** The room has its own copy of the event now. */
  arrived(txnId: string | undefined, eventId: string): void {
    const letter = this.#letters.find((l) => l.txnId === txnId || l.eventId === eventId);
    // While it is being sent the answer is still to come, and `sent` will find it has arrived.
    const unreported = letter?.state === "waiting" && letter.urgent;
    if (letter && letter.state !== "sending" && !unreported) {
      this.#forget(letter);
      // Once sent it is `#send` that gives the slot back: another picture may have it by now.
      if (letter.enclosed && letter.state !== "sent")
        this.#keep()
          .then(() => this.#world.left?.(letter))
          .catch(() => {});
    } else if (letter) letter.eventId = eventId;
  }

  of(roomId: string): readonly Letter[] {
    return this.#letters.filter((l) => l.roomId === roomId);
  }

  counts(): { waiting: number; failed: number } {
    const failed = this.#letters.filter((l) => l.state === "failed").length;
    const waiting = this.#letters.filter((l) => l.state === "waiting" || l.state === "sending");
    return { waiting: waiting.length, failed };
  }

  flushed(): Promise<void> {
    return this.#keeping.catch(() => {});
  }

  #go(): void {
    if (!this.#mayGo || this.#pausing) return;
    const busy = new Set(this.#letters.filter((l) => l.state === "sending").map((l) => l.roomId));
    // An urgent one waits for no other: a picture's upload may take minutes.
    const urgentFirst = [...this.#letters].sort((a, b) => Number(!a.urgent) - Number(!b.urgent));
    for (const letter of urgentFirst) {
      if (letter.state !== "waiting" || this.#unkept.has(letter)) continue;
      if (busy.has(letter.roomId) && !letter.urgent) continue;
      busy.add(letter.roomId);
      void this.#send(letter);
    }
  }

  async #send(letter: Letter): Promise<void> {
    this.#update(letter, { state: "sending" });
    const outcome = await this.#world
      .send(letter, (content) => this.#noted(letter, content))
      .catch((error: unknown) => error);
    if (isSent(outcome)) {
      this.#pauseMs = FIRST_PAUSE_MS;
      const hasArrived = letter.eventId === outcome.eventId;
      this.#update(letter, { state: "sent", eventId: outcome.eventId });
      if (hasArrived) this.#forget(letter);
    } else {
      this.#failed(letter, outcome);
    }
    try {
      await this.#keep();
      if (letter.state === "sent") await this.#world.left?.(letter);
    } catch {
      // The record still has it: after a restart it goes again under its id, with what goes with it.
    }
    this.#go();
  }

  /** Half of its way is done: that half is not done again. */
  #noted(letter: Letter, content: Letter["content"]): Promise<void> {
    letter.content = content;
    return this.#keep();
  }

  #failed(letter: Letter, error: unknown): void {
    const problem: Problem =
      error instanceof Refusal
        ? error.problem
        : { code: "unexpected", sentence: "This message could not be encrypted." };
    if (!PASSING.has(problem.code)) {
      this.#update(letter, { state: "failed", problem, tried: false });
      return;
    }
    this.#update(letter, { state: "waiting" });
    this.#pause(problem.retryAfterMs ?? this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #pause(ms: number): void {
    if (this.#pausing) return;
    this.#pausing = true;
    this.#world.later(ms, () => {
      this.#pausing = false;
      this.#go();
    });
  }

  find(txnId: string): Letter | undefined {
    return this.#letters.find((l) => l.txnId === txnId);
  }

  #update(letter: Letter, change: Partial<Letter>): void {
    Object.assign(letter, change);
    this.#world.changed(letter.roomId);
  }

  #forget(letter: Letter): void {
    this.#letters = this.#letters.filter((l) => l !== letter);
    this.#world.changed(letter.roomId);
  }

  /** What was sent need not be kept: the server has it. */
  #keep(): Promise<void> {
    const letters = this.#letters.filter((l) => l.state !== "sent").map((l) => ({ ...l }));
    this.#keeping = this.#keeping.catch(() => {}).then(() => this.#world.record.keep(letters));
    return this.#keeping;
  }
}

function isSent(outcome: unknown): outcome is { eventId: string } {
  return typeof outcome === "object" && outcome !== null && "eventId" in outcome;
}
