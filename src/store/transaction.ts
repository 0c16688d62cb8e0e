/** The browser's own transactions, with types for what lies in our stores. */

/** The stores of a database, by name. */
export type Schema = Readonly<
  Record<
    string,
    {
      readonly key: IDBValidKey;
      readonly value: unknown;
      readonly indexes?: Readonly<Record<string, IDBValidKey>>;
    }
  >
>;

/** A store of a database, by name. */
export type StoreOf<S extends Schema> = keyof S & string;

export interface Transaction<
  S extends Schema,
  M extends IDBTransactionMode = 'readwrite',
> extends IDBTransaction {
  readonly mode: M;
  objectStore<Name extends StoreOf<S>>(name: Name): Store<S[Name]>;
}

interface Store<T extends Schema[string]> extends IDBObjectStore {
  get(key: T['key'] | IDBKeyRange): IDBRequest<T['value'] | undefined>;
  getAll(query?: IDBKeyRange | null, count?: number): IDBRequest<T['value'][]>;
  getAllKeys(query?: IDBKeyRange | null, count?: number): IDBRequest<T['key'][]>;
  openCursor(query?: IDBKeyRange | null, direction?: IDBCursorDirection): IDBRequest<Cursor<T> | null>;
  put(value: T['value'], key?: T['key']): IDBRequest<T['key']>;
  index(name: keyof T['indexes'] & string): Index<T>;
}

interface Index<T extends Schema[string]> extends IDBIndex {
  /** The options are not there before Chromium 141. */
  getAll(query?: IDBValidKey | IDBKeyRange | Backwards | null, count?: number): IDBRequest<T['value'][]>;
  getAllKeys(query?: IDBKeyRange | null, count?: number): IDBRequest<T['key'][]>;
  openCursor(query?: IDBKeyRange | null, direction?: IDBCursorDirection): IDBRequest<Cursor<T> | null>;
}

interface Backwards {
  readonly direction: 'prev';
  readonly count: number;
}

interface Cursor<T extends Schema[string]> extends IDBCursorWithValue {
  readonly value: T['value'];
}

/**
 * Runs `work` in one transaction over the whole database; `Connection.run` says when it resolves. Rejects with the
 * browser's own error, null where it has none to give.
 */
export async function transact<S extends Schema, M extends IDBTransactionMode, T>(
  database: IDBDatabase,
  mode: M,
  work: (tx: Transaction<S, M>) => Promise<T>,
): Promise<T> {
  // An array, as fake-indexeddb wants it. For what is only read the browser has no use for durability.
  const stores = [...database.objectStoreNames];
  const tx = database.transaction(stores, mode, { durability: 'strict' }) as Transaction<S, M>;
  const ended = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error as DOMException);
  });
  ended.catch(() => undefined); // where nobody waits for it
  try {
    const read = await work(tx);
    // What was read is read; only for what was written does it matter how the transaction ends.
    if (mode !== 'readonly') await ended;
    return read;
  } catch (error) {
    abort(tx);
    // A request that failed because the whole transaction did knows less than the transaction.
    throw (error instanceof DOMException && (await ended.catch((cause: unknown) => cause))) || error;
  }
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch {
    // InvalidStateError: it has ended already.
  }
}

/** What a request gives. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}
