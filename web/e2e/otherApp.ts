/** Somebody else's app: matrix-js-sdk as it comes, in Node, which believes signed devices only. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ClientEvent, createClient } from "matrix-js-sdk";
import type { IContent, MatrixClient, MatrixEvent } from "matrix-js-sdk";
import {
  OnlySignedDevicesIsolationMode,
  VerificationPhase,
  VerificationRequestEvent,
  VerifierEvent,
  type CryptoApi,
  type ShowSasCallbacks,
  type Verifier,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { enrolled } from "./enrolled";

const WITHIN_MS = 60_000;

interface EncryptedFile {
  url: string;
  key: JsonWebKey;
  iv: string;
  hashes: { sha256: string };
}

/** Where the browser comes back to after signing in: a port of this machine, as desktop apps do it. */
export class ComingBack {
  readonly #server: Server;
  readonly token: Promise<string>;

  private constructor() {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.token = promise;
    this.#server = createServer((request, response) => {
      const token = new URL(request.url ?? "/", "http://localhost").searchParams.get("loginToken");
      response.setHeader("Content-Type", "text/plain").end("You can close this page.");
      if (token !== null) resolve(token);
    });
  }

  static async listening(): Promise<ComingBack> {
    const back = new ComingBack();
    await new Promise<void>((resolve) => back.#server.listen(0, "127.0.0.1", resolve));
    return back;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/signed-in`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Where an app that knows nothing of Lanyard sends its person to sign in. */
export function signInPage(baseUrl: string, back: ComingBack): string {
  return createClient({ baseUrl }).getSsoLoginUrl(back.url, "sso");
}

export class OtherApp {
  readonly #client: MatrixClient;

  private constructor(client: MatrixClient) {
    this.#client = client;
  }

  static async signedIn(baseUrl: string, token: string): Promise<OtherApp> {
    quieten();
    const login = await createClient({ baseUrl }).loginRequest({ type: "m.login.token", token });
    await enrolled(baseUrl, login.access_token);
    const client = createClient({
      baseUrl,
      accessToken: login.access_token,
      userId: login.user_id,
      deviceId: login.device_id,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    const crypto = client.getCrypto();
    if (!crypto) throw new Error("The SDK has no crypto.");
    crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    await client.startClient({ initialSyncLimit: 20 });
    await new Promise((resolve) => void client.once(ClientEvent.Sync, resolve));
    await crypto.bootstrapCrossSigning({
      authUploadDeviceSigningKeys: async (upload) => void (await upload(null)),
    });
    return new OtherApp(client);
  }

  /** Signed in, and vouched for by nobody yet. */
  static async unvouched(baseUrl: string, token: string): Promise<OtherApp> {
    quieten();
    const login = await createClient({ baseUrl }).loginRequest({ type: "m.login.token", token });
    await enrolled(baseUrl, login.access_token);
    const client = createClient({
      baseUrl,
      accessToken: login.access_token,
      userId: login.user_id,
      deviceId: login.device_id,
      verificationMethods: ["m.sas.v1"],
    });
    await client.initRustCrypto({ useIndexedDB: false });
    await client.startClient({ initialSyncLimit: 1 });
    await new Promise((resolve) => void client.once(ClientEvent.Sync, resolve));
    await client.getCrypto()?.userHasCrossSigningKeys(login.user_id, true);
    return new OtherApp(client);
  }

  /** Asks the person's phone to vouch for it; `shown` is what both must show. */
  async askToBeTrusted(): Promise<{ shown: Promise<string[]>; done: Promise<void> }> {
    const request = await this.#crypto().requestOwnUserVerification();
    const shown = Promise.withResolvers<string[]>();
    const done = Promise.withResolvers<void>();
    const show = ({ sas, confirm }: ShowSasCallbacks): void => {
      shown.resolve((sas.emoji ?? []).map(([, name]) => name));
      void confirm();
    };
    // Where both start at once one of the two gives way, and what is compared belongs to the other.
    const followed = new Set<Verifier>();
    const follow = (verifier = request.verifier): void => {
      if (!verifier || followed.has(verifier)) return;
      followed.add(verifier);
      verifier.on(VerifierEvent.ShowSas, show);
      verifier.verify().then(done.resolve, () => {});
      const sas = verifier.getShowSasCallbacks();
      if (sas) show(sas);
    };
    request.on(VerificationRequestEvent.Change, () => follow());
    const start = async (): Promise<void> => {
      await until(
        () => (request.phase >= VerificationPhase.Ready ? true : undefined),
        "the phone did not answer",
      );
      if (request.phase === VerificationPhase.Ready)
        await request.startVerification("m.sas.v1").catch(() => {});
      follow();
      await until(() => (followed.size > 0 ? true : undefined), "nobody started to compare");
    };
    start().catch((problem: unknown) => {
      shown.reject(problem);
      done.reject(problem);
    });
    return { shown: shown.promise, done: done.promise };
  }

  async isTrusted(): Promise<boolean> {
    const [user, device] = [this.#client.getSafeUserId(), this.#client.getDeviceId() ?? ""];
    const crypto = this.#crypto();
    await crypto.getUserDeviceInfo([user], true);
    const status = await crypto.getDeviceVerificationStatus(user, device);
    return status?.signedByOwner === true && status.crossSigningVerified;
  }

  #crypto(): CryptoApi {
    const crypto = this.#client.getCrypto();
    if (!crypto) throw new Error("The SDK has no crypto.");
    return crypto;
  }

  /** The one conversation this person has. */
  async room(): Promise<string> {
    const find = () => this.#client.getRooms().find((room) => room.hasEncryptionStateEvent());
    return (await until(find, "no conversation came")).roomId;
  }

  async send(roomId: string, text: string): Promise<void> {
    await this.#client.sendTextMessage(roomId, text);
  }

  /** Reads a message, as its sender will see. Answers how it came over the wire. */
  async read(roomId: string, text: string): Promise<string> {
    const find = (): MatrixEvent | undefined =>
      this.#client
        .getRoom(roomId)
        ?.getLiveTimeline()
        .getEvents()
        .find((event) => event.getContent()["body"] === text);
    const event = await until(find, "the message did not come");
    await this.#client.sendReadReceipt(event);
    return event.getWireType();
  }

  async picture(roomId: string): Promise<{ content: IContent; bytes: Uint8Array }> {
    return this.enclosed(roomId, "m.image");
  }

  /** The first of its type in a room: fetched, and decrypted here as the specification says, by nobody's library. */
  async enclosed(
    roomId: string,
    msgtype: string,
  ): Promise<{ content: IContent; bytes: Uint8Array }> {
    const find = (): IContent | undefined =>
      this.#events(roomId)
        .find((event) => event.getContent()["msgtype"] === msgtype)
        ?.getContent();
    const content = await until(find, `no ${msgtype} came`);
    const { url, key, iv, hashes } = content["file"] as EncryptedFile;
    const from = this.#client.mxcUrlToHttp(url, 0, 0, undefined, false, true, true);
    const headers = { Authorization: `Bearer ${this.#client.getAccessToken()}` };
    const sealed = new Uint8Array(await (await fetch(from ?? "", { headers })).arrayBuffer());
    const hash = Buffer.from(await crypto.subtle.digest("SHA-256", sealed)).toString("base64");
    if (hash.replace(/=+$/, "") !== hashes.sha256) throw new Error("not the file that was sent");
    const aes = await crypto.subtle.importKey("jwk", key, "AES-CTR", false, ["decrypt"]);
    const counter = { name: "AES-CTR", counter: Buffer.from(iv, "base64"), length: 64 };
    return { content, bytes: new Uint8Array(await crypto.subtle.decrypt(counter, aes, sealed)) };
  }

  async seesTakenBack(roomId: string): Promise<void> {
    const find = () => this.#events(roomId).find((event) => event.isRedacted());
    await until(find, "nothing was taken back");
  }

  #events(roomId: string): MatrixEvent[] {
    return this.#client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
  }

  /** Answers the event's id; rejects with what the server says. */
  async sends(roomId: string, type: string, content: object): Promise<string> {
    const { event_id } = await this.#client.sendEvent(
      roomId,
      type as "m.room.message",
      {
        ...content,
      } as never,
    );
    return event_id;
  }

  /** Waits for something in a room, as this app would show it. */
  async sees(roomId: string, what: (event: MatrixEvent) => boolean): Promise<MatrixEvent> {
    const find = (): MatrixEvent | undefined =>
      this.#client.getRoom(roomId)?.getLiveTimeline().getEvents().find(what);
    return until(find, "it did not come");
  }

  stop(): void {
    this.#client.stopClient();
  }
}

async function until<T>(look: () => T | undefined, otherwise: string): Promise<T> {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function quieten(): void {
  const global = logger as unknown as { methodFactory: () => () => void; rebuild(): void };
  global.methodFactory = () => () => {};
  global.rebuild();
}
