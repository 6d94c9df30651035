/**
 * A network between a phone and the server: slow 3G when it is told to be, one that loses an answer the
 * server has given, and one over which a newer app comes. What a page, its Worker and its service worker
 * ask all goes through it.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** 400 kbit/s. */
const BYTES_A_MS = 50;
const THERE_AND_BACK_MS = 400;
const PIECE = 8_192;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class BadNetwork {
  slow = false;
  /** Another app than the one that runs: its service worker differs. */
  newer = false;
  /** Addresses whose answers were lost, and every one that was asked for. */
  readonly lost: string[] = [];
  readonly asked: string[] = [];
  #lose: RegExp | null = null;
  /** What others do is heard again once what was lost has been asked again. */
  #askedAgain = Promise.withResolvers<void>();
  /** One after the other: all share the same line. */
  #line: Promise<void> = Promise.resolve();
  readonly #to: URL;
  readonly #server = createServer((asked, answer) => void this.#pass(asked, answer));

  private constructor(to: string) {
    this.#to = new URL(to);
  }

  static async before(to: string): Promise<BadNetwork> {
    const network = new BadNetwork(to);
    network.#askedAgain.resolve();
    await new Promise<void>((ready) => network.#server.listen(0, "localhost", ready));
    return network;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The server gets it and answers, and nobody hears the answer, nor by its sync that it was heard. */
  loseTheNext(path: RegExp): void {
    this.#lose = path;
    this.#askedAgain = Promise.withResolvers<void>();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = asked.url ?? "/";
    this.asked.push(`${asked.method} ${path}`);
    if (this.lost.includes(path)) this.#askedAgain.resolve();
    const body: Buffer[] = [];
    for await (const piece of asked) body.push(piece as Buffer);
    if (this.slow) await pause(THERE_AND_BACK_MS);
    await this.#carry(Buffer.concat(body).length);
    const isWorker = path === "/sw.js";
    const headers = { ...asked.headers };
    if (isWorker) {
      // As it is, and whole.
      headers["accept-encoding"] = "identity";
      delete headers["if-none-match"];
      delete headers["if-modified-since"];
    }
    const { hostname, port } = this.#to;
    const on = request({ hostname, port, path, method: asked.method, headers }, (said) => {
      void this.#back(said, answer, path);
    });
    on.on("error", () => answer.destroy());
    answer.on("close", () => on.destroy());
    on.end(Buffer.concat(body));
  }

  async #back(said: IncomingMessage, answer: ServerResponse, path: string): Promise<void> {
    const isWorker = path === "/sw.js" && this.newer;
    const headers = { ...said.headers };
    if (isWorker) delete headers["content-length"];
    try {
      if (this.#lose?.test(path)) {
        this.#lose = null;
        this.lost.push(path);
        answer.destroy();
        return;
      }
      if (path.startsWith("/_matrix/client/v3/sync")) await this.#askedAgain.promise;
      // One answer each: on a connection that was used before the browser would ask again by itself.
      answer.shouldKeepAlive = false;
      answer.writeHead(said.statusCode ?? 502, headers);
      for await (const piece of said) {
        const bytes = piece as Buffer;
        for (let at = 0; at < bytes.length; at += PIECE) {
          const some = bytes.subarray(at, at + PIECE);
          await this.#carry(some.length);
          answer.write(some);
        }
      }
      answer.end(isWorker ? "\n// newer" : undefined);
    } catch {
      answer.destroy();
    }
  }

  #carry(bytes: number): Promise<void> {
    if (!this.slow) return Promise.resolve();
    this.#line = this.#line.then(() => pause(bytes / BYTES_A_MS));
    return this.#line;
  }
}
