import { ClientEvent, RoomEvent, RoomStateEvent, SyncState } from "matrix-js-sdk";
import { MatrixEventEvent, type MatrixClient, type MatrixEvent, type Room } from "matrix-js-sdk";
import { HttpApiEvent } from "matrix-js-sdk";
import { CryptoEvent } from "matrix-js-sdk/lib/crypto-api";
import { hideKeysOf } from "../platform/hiddenKeys";
import { IndexedShelf } from "../platform/shelf";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";
import { Api, problemFrom } from "./api";
import { ApprovedApps } from "./apps";
import { clientOf, openCrypto, startSync } from "./client";
import { Connection } from "./connection";
import { Enclosures } from "./enclosures";
import { refusalFrom } from "./errors";
import { Keys } from "./keys";
import { KeyAsking } from "./keyAsking";
import { lanyardCalls } from "./lanyardCalls";
import { everydayCalls } from "./everydayCalls";
import { minimiseCalls } from "./minimiseCalls";
import { READS_BACK, URGENT } from "./names";
import { groupCalls } from "./groupCalls";
import { mediaCalls } from "./mediaCalls";
import { askPolicy } from "./policy";
import { NameBook } from "./nameBook";
import { Network } from "./network";
import { Outbox } from "./outbox";
import { OwnDevices } from "./ownDevices";
import { pause } from "./pause";
import { People } from "./people";
import { peopleCalls } from "./peopleCalls";
import type {
  Answer,
  Asked,
  CallName,
  EngineEvent,
  FromEngine,
  StartOrder,
  ToEngine,
} from "./protocol";
import { Receipts } from "./receipts";
import { roomCalls } from "./roomCalls";
import { Rooms } from "./rooms";
import { searchesOfMine } from "./searches";
import { SealedSyncStore } from "./sealedStore";
import { outboxWorld, summariesWorld } from "./sending";
import { Summaries } from "./summaries";
import { UrgentBook } from "./urgentBook";
import { urgentCalls } from "./urgentCalls";
import { Verification } from "./verification";
import type { KeysState, Policy, RoomKind } from "./words";

type Tell = (message: FromEngine) => void;
type Handlers = { [N in CallName]: (asked: Asked<N>) => Promise<Answer<N>> };

const SAVE_EVERY_MS = 5_000;
const SETTLE_AGAIN_AFTER_MS = 5_000;

/** The Worker's end: takes orders and calls, in the order they come, and tells what happens. */
export class Engine {
  readonly #tell: Tell;
  #running: Promise<Running> | null = null;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  handle(message: ToEngine): void {
    switch (message.kind) {
      case "start":
        this.#running = Running.start(message, this.#tell);
        this.#running.catch((error: unknown) => {
          this.#tell({ kind: "failed", problem: problemFrom(refusalFrom(error)) });
        });
        return;
      case "stop":
        void this.#stop();
        return;
      case "network":
        void this.#running?.then(
          (running) => running.network(message.online),
          () => {},
        );
        return;
      case "call":
        void this.#call(message);
    }
  }

  async #stop(): Promise<void> {
    const running = await this.#running?.catch(() => null);
    await running?.stop().catch(() => {});
    this.#tell({ kind: "stopped" });
  }

  async #call(message: Extract<ToEngine, { kind: "call" }>): Promise<void> {
    const { id } = message;
    try {
      const running = await this.#running;
      if (!running) throw new Error("The engine has not been started.");
      this.#tell({ kind: "answered", id, answer: await running.call(message.name, message.asked) });
    } catch (error) {
      this.#tell({ kind: "refused", id, problem: problemFrom(refusalFrom(error)) });
    }
  }
}

/** Everything that lives from unlock to lock. */
class Running {
  readonly #tell: (event: EngineEvent) => void;
  readonly #records: SealedRecords;
  readonly #api: Api;
  readonly #network = new Network();
  readonly #connection: Connection;
  readonly #keys: Keys;
  readonly #people: People;
  #policy: Policy | null = null;
  readonly #receipts = new Receipts();
  readonly #outbox: Outbox;
  readonly #summaries: Summaries;
  readonly #enclosures: Enclosures;
  readonly #apps: ApprovedApps;
  readonly #asking: KeyAsking;
  readonly #rooms: Rooms;
  readonly #urgent: UrgentBook;
  readonly #client: MatrixClient;
  readonly #store: SealedSyncStore;
  readonly #calls: Handlers;
  #keysState: KeysState = "checking";
  #settling = false;
  #heardTs = 0;
  #saveTimer: ReturnType<typeof setInterval> | null = null;

  static async start(order: StartOrder, tell: Tell): Promise<Running> {
    const shelf = order.keepNothing ? new MemoryShelf() : new IndexedShelf();
    const records = new SealedRecords(shelf, order.recordsKey);
    const names = new NameBook(records);
    await names.restore();
    hideKeysOf("tracked_users", names);
    const store = await SealedSyncStore.open(records, () => Date.now());
    const running = new Running(order, tell, records, store);
    await running.#begin(order);
    return running;
  }

  private constructor(
    order: StartOrder,
    tell: Tell,
    records: SealedRecords,
    store: SealedSyncStore,
  ) {
    this.#tell = tell;
    this.#records = records;
    this.#store = store;
    this.#api = new Api(order.homeserver, order.accessToken);
    this.#network.onReportedLost = () => this.#tell({ kind: "reportedLost" });
    this.#network.onPhoneLacks = (fact) => this.#tell({ kind: "phoneLacks", fact });
    this.#connection = new Connection((status) => this.#connected(status));
    this.#keys = new Keys(records, this.#network, order, (keys) =>
      this.#tell({ kind: "keys", keys }),
    );
    this.#client = clientOf(order, store, this.#keys, this.#network);
    this.#people = new People(this.#api, records, order.userId, () => this.#rooms.touchAll());
    this.#enclosures = new Enclosures(records, this.#api);
    this.#apps = new ApprovedApps(this.#api, records);
    this.#outbox = new Outbox(outboxWorld(this.#sending()));
    this.#summaries = new Summaries(summariesWorld(this.#sending()));
    this.#asking = new KeyAsking(this.#askingWorld());
    const ground = { client: this.#client, people: this.#people, outbox: this.#outbox };
    const read = { asking: this.#asking, receipts: this.#receipts, copies: store };
    this.#rooms = new Rooms({ ...ground, ...read, tell });
    const world = {
      ...ground,
      api: this.#api,
      rooms: this.#rooms,
      summaries: this.#summaries,
      enclosures: this.#enclosures,
      use: (kind: RoomKind) => (this.#policy && this.#policy.rooms?.[kind]) ?? null,
    };
    this.#urgent = new UrgentBook({ ...world, tell });
    const own = new OwnDevices(this.#client, this.#keys, () => this.#settleAgain());
    const verification = new Verification(this.#client, own, (step) =>
      this.#tell({ kind: "verification", step }),
    );
    this.#calls = {
      ...roomCalls(world),
      ...everydayCalls(world),
      ...minimiseCalls(world),
      ...urgentCalls({ ...world, book: this.#urgent }),
      ...peopleCalls(this.#api, this.#people),
      ...groupCalls(this.#api),
      ...mediaCalls(world),
      ...lanyardCalls(this.#api, order.handsetId),
      approvedApps: () => this.#apps.list(),
      searchesOfMine: () => searchesOfMine(this.#api),
      answerStepUp: ({ code }) => Promise.resolve(this.#keys.answerStepUp(code)),
      givePasskey: (passkey) => this.#keys.give(this.#client, passkey),
      answerVerification: ({ accept }) => verification.answer(accept),
      compareVerification: ({ same }) => verification.compared(same),
      closeVerification: () => Promise.resolve(verification.close()),
      askOtherPhone: () => verification.ask(this.#client),
      startAfresh: () => this.#startAfresh(),
      recoveryKey: () => Promise.resolve({ key: this.#keys.recoveryKey() }),
    };
  }

  async call<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    return this.#calls[name](asked);
  }

  network(online: boolean): void {
    this.#connection.network(online);
    this.#network.changed();
    if (online) setTimeout(() => this.#client.retryImmediately(), 0);
  }

  async stop(): Promise<void> {
    if (this.#saveTimer) clearInterval(this.#saveTimer);
    this.#outbox.close();
    this.#client.stopClient();
    await this.#outbox.flushed();
    await this.#save(true);
  }

  async #begin(order: StartOrder): Promise<void> {
    this.#listen();
    await Promise.all([
      this.#people.restore(),
      this.#receipts.restore(this.#records),
      this.#keys.restore(),
      this.#summaries.restore(),
      openCrypto(this.#client, order.storageKey, order.keepNothing),
    ]);
    await this.#outbox.restore();
    await startSync(this.#client);
    this.#saveTimer = setInterval(() => void this.#save(false), SAVE_EVERY_MS);
    void this.#refresh();
  }

  /** What changes rarely and is asked once per unlock. */
  async #refresh(): Promise<void> {
    try {
      const policy = await askPolicy(this.#api);
      this.#policy = policy;
      this.#tell({ kind: "policy", policy });
      const { nearPeople: _, ...person } = await this.#people.card(this.#client.getSafeUserId());
      this.#tell({ kind: "me", person });
      // Last: nobody waits for it. What is kept of it is for where there is no network.
      await this.#store.lifetimes.ask(this.#api);
      await this.#apps.list();
    } catch (error) {
      // Without a network both are as they were at the last unlock.
      refusalFrom(error);
    }
  }

  async #save(now: boolean): Promise<void> {
    await this.#rooms.save(this.#records);
    await this.#people.save();
    await this.#receipts.save(this.#records);
    if (now) await this.#store.save(true);
  }

  #listen(): void {
    const client = this.#client;
    const touch = (room: Room | undefined) => this.#rooms.touch(room?.roomId);
    this.#store.onReceipts = (roomId, content) => {
      this.#receipts.note(roomId, content);
      this.#rooms.touch(roomId);
    };
    client.on(ClientEvent.Sync, (state, _before, data) => this.#synced(state, data?.fromCache));
    client.on(ClientEvent.AccountData, (event) => {
      if (event.getType() === "org.lanyard.new_devices") this.#tell({ kind: "newDevices" });
      if (event.getType() === "org.lanyard.reviews") this.#tell({ kind: "reviews" });
      if (event.getType() === "m.push_rules") this.#rooms.touchAll();
      if (event.getType() === URGENT) this.#urgent.changed();
    });
    client.on(HttpApiEvent.SessionLoggedOut, () => this.#tell({ kind: "signedOut" }));
    client.on(CryptoEvent.UserTrustStatusChanged, (userId) => this.#trustChanged(userId));
    client.on(RoomEvent.Timeline, (event, room) => this.#arrived(event, room));
    client.on(RoomEvent.TimelineReset, touch);
    client.on(RoomEvent.Redaction, (_event, room) => touch(room));
    client.on(RoomEvent.MyMembership, touch);
    client.on(ClientEvent.Room, touch);
    client.on(RoomStateEvent.Events, (event) => this.#stateSaid(event));
    client.on(CryptoEvent.DevicesUpdated, (userIds) => this.#asking.devicesKnown(userIds));
    client.on(ClientEvent.ReceivedToDeviceMessage, (payload) => this.#asking.received(payload));
    client.on(MatrixEventEvent.Decrypted, (event) => {
      this.#asking.tried(event);
      this.#rooms.touch(event.getRoomId());
      this.#urgent.decrypted(event.getId());
    });
    client.on(MatrixEventEvent.Replaced, (event) => this.#rooms.touch(event.getRoomId()));
  }

  #stateSaid(event: MatrixEvent): void {
    this.#rooms.touch(event.getRoomId());
    const room = this.#client.getRoom(event.getRoomId());
    const live = this.#connection.status === "Up to date";
    if (live && room && event.getType() === READS_BACK) this.#asking.mayReadBack(room, event);
  }

  #arrived(event: MatrixEvent, room: Room | undefined): void {
    const txnId = event.getUnsigned().transaction_id;
    const eventId = event.getId();
    if (txnId && eventId) this.#outbox.arrived(txnId, eventId);
    this.#rooms.touch(room?.roomId);
  }

  #synced(state: SyncState, fromCache: boolean | undefined): void {
    if (state === SyncState.Prepared) this.#rooms.start();
    if (fromCache) this.#connection.sync("from_snapshot");
    else if (state === SyncState.Syncing) this.#upToDate();
    else if (state === SyncState.Error) this.#connection.sync("lost");
    else if (state === SyncState.Reconnecting || state === SyncState.Catchup) {
      this.#connection.sync("catching_up");
    }
  }

  #upToDate(): void {
    this.#heardTs = Date.now();
    this.#connection.sync("up_to_date");
    this.#rooms.tellRead();
    this.#urgent.connected();
    void this.#summaries.settle();
    if (this.#keysState === "checking") void this.#settleKeys();
  }

  #connected(status: Connection["status"]): void {
    const heard = this.#heardTs;
    this.#tell({ kind: "connection", status, ...(heard && { heardTs: heard }) });
    this.#openOutbox();
  }

  async #settleKeys(): Promise<void> {
    if (this.#settling) return;
    this.#settling = true;
    try {
      this.#keysState = await this.#keys.settle(this.#client);
      this.#openOutbox();
    } catch {
      // The network went away half way: the next sync that works asks again.
      await pause(SETTLE_AGAIN_AFTER_MS);
    }
    this.#settling = false;
  }

  async #startAfresh(): Promise<void> {
    this.#keys.allowAfresh();
    await this.#settleAgain();
  }

  async #settleAgain(): Promise<KeysState> {
    this.#keysState = "checking";
    await this.#settleKeys();
    return this.#keysState;
  }

  /** Another phone of this person may just have started afresh. */
  #trustChanged(userId: string): void {
    if (userId !== this.#client.getUserId() || this.#settling) return;
    if (this.#keysState === "ready" || this.#keysState === "fresh_start") void this.#settleKeys();
  }

  /** Others believe only a signed device: what is sent before ours is would not be read. */
  #openOutbox(): void {
    const ready = this.#keysState === "ready" || this.#keysState === "fresh_start";
    if (ready && this.#connection.status === "Up to date") this.#outbox.open();
    else this.#outbox.close();
  }

  #sending() {
    return {
      client: this.#client,
      api: this.#api,
      records: this.#records,
      enclosures: this.#enclosures,
      urgent: () => this.#urgent,
      changed: (roomId: string) => {
        this.#rooms.touch(roomId);
        this.#tell({ kind: "outbox", ...this.#outbox.counts() });
      },
    };
  }

  #askingWorld() {
    return {
      client: this.#client,
      api: this.#api,
      now: () => Date.now(),
      later: (ms: number, work: () => void) => void setTimeout(work, ms),
      asked: (roomId: string) => this.#rooms.touch(roomId),
    };
  }
}
