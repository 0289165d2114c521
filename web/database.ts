/** IndexedDB with promises, and only what the folders here need of it. */

const patience = 3000;

/** Open a database; fails where there is none, where it is blocked, and where it does not answer. */
export function openDatabase(name: string, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`IndexedDB ${name} does not answer`)), patience);
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

/** Run `work` in one transaction. Resolves when it is on disk (`durability: strict`), not before. */
export function transact<T>(
  database: IDBDatabase,
  stores: string[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    let result: Promise<T>;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB transaction aborted"));
    try {
      result = work(transaction);
      result.catch((error: unknown) => {
        reject(error);
        try {
          transaction.abort();
        } catch {
          // It has ended by itself.
        }
      });
    } catch (error) {
      reject(error);
    }
  });
}

/** Await one request inside a transaction. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Give a Web Storage, or null where the browser refuses it or it refuses to be written. */
export function webStorage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    const storage = window[name];
    storage.setItem("e4j-probe", "1");
    storage.removeItem("e4j-probe");
    return storage;
  } catch {
    return null;
  }
}
