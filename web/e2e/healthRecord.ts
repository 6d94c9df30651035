/** A FHIR server as far as the story needs one: conditional create, read, and two ways to fail. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** `slow` lets nobody go until it is good again; `refuses` says why. */
type Mood = "good" | "slow" | "refuses";

export const REFUSAL = "This patient's record is closed. Ask health records to open it.";

export class HealthRecord {
  readonly documents = new Map<string, string>();
  readonly #server: Server;
  #mood: Mood = "good";
  #held: (() => void)[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<HealthRecord> {
    const record = new HealthRecord();
    await new Promise<void>((resolve) => record.#server.listen(0, "127.0.0.1", resolve));
    return record;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/fhir`;
  }

  become(mood: Mood): void {
    this.#mood = mood;
    if (mood === "slow") return;
    for (const go of this.#held.splice(0)) go();
  }

  async stop(): Promise<void> {
    this.become("good");
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    if (this.#mood === "slow") await new Promise<void>((resolve) => this.#held.push(resolve));
    response.setHeader("Content-Type", "application/fhir+json");
    if (this.#mood === "refuses") response.writeHead(422).end(outcome(REFUSAL));
    else if (request.method === "POST") this.#create(request, response, body);
    else this.#read(request, response);
  }

  #create(request: IncomingMessage, response: ServerResponse, body: string): void {
    const condition = String(request.headers["if-none-exist"]);
    const known = this.documents.has(condition);
    if (!known) this.documents.set(condition, body);
    const id = [...this.documents.keys()].indexOf(condition) + 1;
    response.writeHead(known ? 200 : 201, { Location: `/fhir/Bundle/${id}/_history/1` }).end();
  }

  #read(request: IncomingMessage, response: ServerResponse): void {
    const id = Number(/\/Bundle\/(\d+)$/.exec(request.url ?? "")?.[1]);
    const found = [...this.documents.values()][id - 1];
    if (found === undefined) response.writeHead(404).end(outcome("There is no such document."));
    else response.writeHead(200).end(found);
  }
}

function outcome(text: string): string {
  const issue = [{ severity: "error", code: "business-rule", details: { text } }];
  return JSON.stringify({ resourceType: "OperationOutcome", issue });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
