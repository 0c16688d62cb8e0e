/** Databases as data: how a fixture is written down, and how it is brought back without any of today's code. */
import { answer, openRaw } from './support.js';

export interface RawDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly RawStore[];
}

interface RawStore {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
    readonly multiEntry: boolean;
  }[];
  readonly rows: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
}

export async function writeDown(name: string): Promise<RawDatabase> {
  const database = await openRaw(name);
  const tx = database.transaction([...database.objectStoreNames]);
  const stores = await Promise.all(
    [...database.objectStoreNames].map((store) => writeDownStore(tx.objectStore(store))),
  );
  const { version } = database;
  database.close();
  return { name, version, stores };
}

async function writeDownStore(store: IDBObjectStore): Promise<RawStore> {
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer<unknown[]>(store.getAll())]);
  return {
    name: store.name,
    keyPath: store.keyPath,
    autoIncrement: store.autoIncrement,
    indexes: [...store.indexNames].map((index) => {
      const { name, keyPath, unique, multiEntry } = store.index(index);
      return { name, keyPath, unique, multiEntry };
    }),
    rows: keys.map((key, n) => ({ key, value: values[n] })),
  };
}

export function bringBack({ name, version, stores }: RawDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const store of stores) bringBackStore(request.result, store);
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error ?? new Error('not brought back'));
  });
}

function bringBackStore(
  database: IDBDatabase,
  { name, keyPath, autoIncrement, indexes, rows }: RawStore,
): void {
  const store = database.createObjectStore(name, { keyPath, autoIncrement });
  for (const { name: index, keyPath: path, unique, multiEntry } of indexes)
    store.createIndex(index, path, { unique, multiEntry });
  for (const { key, value } of rows) {
    if (keyPath === null) store.put(value, key);
    else store.put(value);
  }
}
