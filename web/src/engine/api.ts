import { Refusal, type Problem, type ProblemCode } from "./words";

/** A slow ward network is waited for, a dead one is not. */
const ANSWER_WITHIN_MS = 20_000;
/** A picture over the mobile network of a basement. */
const FILE_WITHIN_MS = 120_000;

export type Json = Record<string, unknown>;

export interface ApiAnswer {
  status: number;
  body: Json;
}

/** Lanyard's own interface (docs/api.md) and the few Matrix calls made outside the SDK. */
export class Api {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #token: string | null;

  constructor(base: string, token: string | null = null, fetchFn: typeof fetch = defaultFetch) {
    this.#base = base;
    this.#fetch = fetchFn;
    this.#token = token;
  }

  /** The same server, asked as somebody. */
  as(token: string): Api {
    return new Api(this.#base, token, this.#fetch);
  }

  get(path: string): Promise<Json> {
    return this.#accepted("GET", path);
  }

  post(path: string, body: Json = {}): Promise<Json> {
    return this.#accepted("POST", path, body);
  }

  put(path: string, body: Json): Promise<Json> {
    return this.#accepted("PUT", path, body);
  }

  delete(path: string): Promise<Json> {
    return this.#accepted("DELETE", path);
  }

  /** What is not JSON: a picture. */
  file(path: string): Promise<Blob> {
    return reached(async () => {
      const response = await this.#asked("GET", path, FILE_WITHIN_MS);
      if (response.ok) return response.blob();
      throw new Refusal(problemOf(response.status, await parsed(response)));
    });
  }

  /** The answer whatever its status, for callers to whom a refusal is an answer. */
  async answer(method: string, path: string, body?: Json): Promise<ApiAnswer> {
    return reached(async () => {
      const response = await this.#asked(method, path, ANSWER_WITHIN_MS, body && inJson(body));
      return { status: response.status, body: await parsed(response) };
    });
  }

  /** A file that the server shall keep. */
  upload(path: string, bytes: Bytes, method = "POST"): Promise<Json> {
    return reached(async () => {
      const said = { type: "application/octet-stream", bytes };
      const response = await this.#asked(method, path, FILE_WITHIN_MS, said);
      const body = await parsed(response);
      if (response.ok) return body;
      throw new Refusal(problemOf(response.status, body));
    });
  }

  async download(path: string, most: number): Promise<Bytes> {
    return reached(async () => {
      const response = await this.#asked("GET", path, FILE_WITHIN_MS);
      if (!response.ok) throw new Refusal(problemOf(response.status, await parsed(response)));
      if (Number(response.headers.get("Content-Length") ?? 0) > most) {
        throw new Refusal({ code: "bad_input", sentence: "This is too large for a phone." });
      }
      return new Uint8Array(await response.arrayBuffer());
    });
  }

  #asked(method: string, path: string, withinMs: number, said?: Said): Promise<Response> {
    const headers: Record<string, string> = {};
    if (said) headers["Content-Type"] = said.type;
    if (this.#token) headers["Authorization"] = `Bearer ${this.#token}`;
    return this.#fetch(this.#base + path, {
      method,
      headers,
      body: said?.bytes ?? null,
      signal: AbortSignal.timeout(withinMs),
      // Signing in sends the cookie that tells a known browser from somebody guessing passwords.
      credentials: this.#token ? "omit" : "same-origin",
      cache: "no-store",
    });
  }

  async #accepted(method: string, path: string, body?: Json): Promise<Json> {
    const answer = await this.answer(method, path, body);
    if (answer.status < 400) return answer.body;
    throw new Refusal(problemOf(answer.status, answer.body));
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

interface Said {
  type: string;
  bytes: string | Bytes;
}

const inJson = (body: Json): Said => ({ type: "application/json", bytes: JSON.stringify(body) });

/** Whatever is not a refusal is a network that is not there. */
async function reached<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal({ code: "offline", sentence: "The server cannot be reached." });
  }
}

const defaultFetch: typeof fetch = (input, init) => fetch(input, init);

async function parsed(response: Response): Promise<Json> {
  const text = await response.text();
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === "object" ? (value as Json) : {};
  } catch {
    if (response.ok) throw new Refusal({ code: "server", sentence: "The answer was not JSON." });
    return {};
  }
}

/** A refusal in Matrix's shape, as something a screen can act on. */
export function problemOf(status: number, body: Json): Problem {
  const said = typeof body["error"] === "string" ? body["error"] : `The server said ${status}.`;
  const problem: Problem = { code: codeOf(status), sentence: said };
  if (body["errcode"] === "M_USER_LOCKED") problem.code = "reported_lost";
  if (body["errcode"] === "ORG_LANYARD_STEP_UP") problem.code = "step_up";
  if (body["errcode"] === "ORG_LANYARD_POLICY_NOT_ACCEPTED") problem.code = "policy_not_accepted";
  if (body["errcode"] === "ORG_LANYARD_INDUCTION") problem.code = "induction";
  if (body["errcode"] === "M_WEAK_PASSWORD") problem.code = "weak_password";
  if (typeof body["retry_after_ms"] === "number") problem.retryAfterMs = body["retry_after_ms"];
  if (typeof body["attempts_left"] === "number") problem.attemptsLeft = body["attempts_left"];
  return problem;
}

function codeOf(status: number): ProblemCode {
  if (status === 429) return "too_soon";
  if (status === 401) return "signed_out";
  if (status === 403) return "refused";
  if (status === 404 || status === 410) return "not_found";
  return status < 500 ? "bad_input" : "server";
}

/** What to show for anything that was thrown; a bug keeps its words out of the screen. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  return { code: "unexpected", sentence: "Something went wrong in the app." };
}

/** A path with its parts escaped: path`/rooms/${roomId}/members`. */
export function path(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce((all, s, i) => all + encodeURIComponent(parts[i - 1] ?? "") + s);
}
