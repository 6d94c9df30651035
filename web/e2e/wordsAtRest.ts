/** Which of these words lie on the phone, anywhere that it stores: runs in the page. */
export async function wordsAtRest(words: readonly string[]): Promise<string[]> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error));
    });
  const latin = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);
  const read = (value: unknown): string => {
    if (value instanceof ArrayBuffer) return latin(new Uint8Array(value));
    if (ArrayBuffer.isView(value))
      return latin(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    if (value === null || typeof value !== "object") return String(value);
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${read(inner)}`)
      .join(" ");
  };
  const found = new Set<string>();
  const look = (value: unknown): void => {
    const text = read(value);
    for (const word of words) if (text.includes(word)) found.add(word);
  };
  look([{ ...window.localStorage }, { ...window.sessionStorage }, document.cookie]);
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records = database.transaction(store).objectStore(store);
      look(await done(records.getAllKeys()));
      look(await done(records.getAll()));
    }
    database.close();
  }
  return [...found];
}
