import { pause } from "./pause";

/** Longer than the server holds a sync open; a first sync may be large and slow. */
export const POLL_MS = 30_000;
const SYNC_WITHIN_MS = POLL_MS + 15_000;
const FIRST_SYNC_WITHIN_MS = 120_000;
const ANSWER_WITHIN_MS = 20_000;
const TAKEN_IN_AFTER_MS = 100;

interface Refused {
  errcode?: string;
  fact?: string;
}

/**
 * `fetch` for the SDK, which itself waits for ever: a request on a connection that died with the
 * ward's wifi is given up, and a poll that was parked before the network changed is asked again.
 */
export class Network {
  readonly #polls = new Set<AbortController>();
  readonly #keyQueries = new Set<Promise<unknown>>();
  #keyQueriesHeld: Promise<unknown> = Promise.resolve();

  onReportedLost: () => void = () => {};
  /** The policy asks for something of a phone; null once this phone is answered again. */
  onPhoneLacks: (fact: string | null) => void = () => {};
  #lacking = false;

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.pathname.endsWith("/keys/query")) return this.#fetch(url, input, init);
    await this.#keyQueriesHeld;
    const query = this.#fetch(url, input, init);
    const ended = query.catch(() => {});
    this.#keyQueries.add(ended);
    void ended.then(() => this.#keyQueries.delete(ended));
    return query;
  };

  /** Does the work while nobody asks the server for keys: see Keys. */
  async withoutKeyQueries(work: () => Promise<void>): Promise<void> {
    let release = (): void => {};
    this.#keyQueriesHeld = new Promise<void>((resolve) => (release = resolve));
    try {
      await Promise.all(this.#keyQueries);
      // Answered is not yet taken in.
      await pause(TAKEN_IN_AFTER_MS);
      await work();
    } finally {
      release();
    }
  }

  /** The network came or went: whatever is parked on the old one is lost. */
  changed(): void {
    for (const poll of this.#polls) poll.abort();
  }

  /** The SDK would only say that it is offline. */
  async #looked(response: Response): Promise<void> {
    const body = (await response.json().catch(() => null)) as Refused | null;
    if (body?.errcode === "M_USER_LOCKED") this.onReportedLost();
    if (body?.errcode !== "ORG_LANYARD_PHONE_NOT_ALLOWED") return;
    this.#lacking = true;
    this.onPhoneLacks(body.fact ?? "");
  }

  async #fetch(
    url: URL,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response> {
    const isSync = url.pathname.endsWith("/sync");
    const giveUp = new AbortController();
    const signals = [giveUp.signal, AbortSignal.timeout(patience(isSync, url))];
    if (init?.signal) signals.push(init.signal);
    if (isSync) this.#polls.add(giveUp);
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      if (response.status === 401 || response.status === 403) await this.#looked(response.clone());
      else if (isSync && response.ok && this.#lacking) {
        this.#lacking = false;
        this.onPhoneLacks(null);
      }
      return response;
    } finally {
      this.#polls.delete(giveUp);
    }
  }
}

function patience(isSync: boolean, url: URL): number {
  if (!isSync) return ANSWER_WITHIN_MS;
  return url.searchParams.has("since") ? SYNC_WITHIN_MS : FIRST_SYNC_WITHIN_MS;
}
