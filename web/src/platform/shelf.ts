import type { Shelf } from "../vault/ports";

const DATABASE = "lanyard-vault";
const STORE = "kv";

/** IndexedDB as a shelf. It keeps keys that cannot be exported, and in a Worker it is there too. */
export class IndexedShelf implements Shelf {
  #database: Promise<IDBDatabase> | null = null;

  async read(name: string): Promise<unknown> {
    return this.#run("readonly", (store) => store.get(name));
  }

  async write(name: string, value: unknown): Promise<void> {
    await this.#run("readwrite", (store) => store.put(value, name));
  }

  async remove(name: string): Promise<void> {
    await this.#run("readwrite", (store) => store.delete(name));
  }

  /** A wipe cannot delete a database that is still open. */
  async close(): Promise<void> {
    const open = this.#database;
    this.#database = null;
    (await open)?.close();
  }

  /** Answers when the transaction is through, not when the request is: only then is it durable. */
  async #run(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest) {
    this.#database ??= opened();
    const database = await this.#database;
    return new Promise<unknown>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(STORE));
      transaction.addEventListener("complete", () => resolve(request.result));
      transaction.addEventListener("abort", () => reject(transaction.error ?? request.error));
    });
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
    request.addEventListener("error", () => reject(request.error));
    request.addEventListener("success", () => {
      const database = request.result;
      // Another tab wipes this phone: do not stand in its way.
      database.addEventListener("versionchange", () => database.close());
      resolve(database);
    });
  });
}
