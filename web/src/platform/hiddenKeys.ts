export interface Hiding {
  hide(key: string): string;
  show(hidden: string): string | null;
}

/**
 * Makes one IndexedDB store of somebody else's code keep stand-ins for its keys. Only for the life of
 * this Worker, and only for the three calls that matrix-sdk-crypto-wasm 18.9.0 makes on it: look again
 * at every upgrade, by reading each stored byte.
 */
export function hideKeysOf(store: string, hiding: Hiding): void {
  const { put, get, getAllKeys } = IDBObjectStore.prototype;
  const hidden = (key: IDBValidKey | IDBKeyRange | undefined) =>
    typeof key === "string" ? hiding.hide(key) : key;

  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name !== store)
      return key === undefined ? put.call(this, value) : put.call(this, value, key);
    return put.call(this, value, hidden(key) as IDBValidKey);
  };
  IDBObjectStore.prototype.get = function (key) {
    return get.call(this, this.name === store ? (hidden(key) as IDBValidKey) : key);
  };
  IDBObjectStore.prototype.getAllKeys = function (...given) {
    const request = getAllKeys.apply(this, given);
    if (this.name !== store) return request;
    Object.defineProperty(request, "result", {
      get: () => resultOf(request).flatMap((key) => hiding.show(String(key)) ?? []),
    });
    return request;
  };
}

function resultOf(request: IDBRequest<IDBValidKey[]>): IDBValidKey[] {
  const getter = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "result")?.get;
  return getter?.call(request) as IDBValidKey[];
}
