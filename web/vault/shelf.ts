/** A small store in this browser: IndexedDB, or memory where the browser forbids it (then things last as long as the page). */

/** One kind of thing by key. Values are structured-cloned. */
export type Shelf<T> = {
  get(key: string): Promise<T | undefined>;
  put(key: string, value: T): Promise<void>;
  remove(key: string): Promise<void>;
};

const DATABASE = "therapsy";
const STORES = ["device", "seen"] as const;
export type ShelfName = (typeof STORES)[number];

/** A shelf that is gone with the page; also for tests. */
export function memoryShelf<T>(): Shelf<T> {
  const kept = new Map<string, T>();
  return {
    get: async (key) => structuredClone(kept.get(key)),
    put: async (key, value) => void kept.set(key, structuredClone(value)),
    remove: async (key) => void kept.delete(key),
  };
}

/** A shelf that survives the tab. A browser that refuses IndexedDB gets one in memory. */
export function browserShelf<T>(name: ShelfName): Shelf<T> {
  const fallback = memoryShelf<T>();
  const run = async <R>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<R>) => {
    const database = await open();
    try {
      return await done(use(database.transaction(name, mode).objectStore(name)));
    } finally {
      database.close();
    }
  };
  return {
    get: (key) => run<T | undefined>("readonly", (store) => store.get(key)).catch(() => fallback.get(key)),
    put: (key, value) =>
      run("readwrite", (store) => store.put(value, key)).then(
        () => undefined,
        () => fallback.put(key, value),
      ),
    remove: async (key) => {
      await fallback.remove(key);
      await run("readwrite", (store) => store.delete(key)).catch(() => undefined);
    },
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    for (const store of STORES) request.result.createObjectStore(store);
  };
  return done(request);
}

function done<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
