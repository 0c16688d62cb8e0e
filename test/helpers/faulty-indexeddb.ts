/**
 * IndexedDB that fails when told: the real one, with faults put into the handles that it gives out. For
 * what no test can bring about at will: a full disk, a lost server, an abort without a reason.
 */
import type { IndexedDb } from '../../src/platform/platform.js';

export type Fault =
  /** The writing transaction aborts after its requests have succeeded, with this error, or with none. */
  | { readonly at: 'commit'; readonly error: DOMException | null }
  /** The first `put` of a writing transaction fails, and the transaction with it. */
  | { readonly at: 'put' }
  /** The handle is dead: beginning a transaction throws. */
  | { readonly at: 'transaction'; readonly error: DOMException }
  /** Opening fails with this error; with none it never settles, as behind a frozen tab. */
  | { readonly at: 'open'; readonly error?: DOMException }
  /** Opening succeeds when this has come, as behind a tab that is frozen for a while. */
  | { readonly at: 'open'; readonly late: Promise<void> }
  /** The transaction of a cursor aborts with this error when it has gone on to its second record. */
  | { readonly at: 'cursor'; readonly error: DOMException }
  /** Whatever reads a record of which this is true fails with this error, as of a value whose file is gone. */
  | { readonly at: 'value'; readonly is: (value: unknown) => boolean; readonly error: DOMException }
  /** What makes a new database, or a new version of one, is undone when it has done so. */
  | { readonly at: 'upgrade' };

export interface FaultyIndexedDb extends IndexedDb {
  /** The next `times` chances fail so; default once. */
  fail(fault: Fault, times?: number): void;
  /** How often a database was opened. */
  readonly opens: number;
  /** How many transactions were begun on any handle, and how many requests were made in them. */
  readonly transactions: number;
  /** What each writing transaction asked for. */
  readonly durabilities: readonly (IDBTransactionDurability | undefined)[];
}

export function faultyIndexedDb(real: IndexedDb): FaultyIndexedDb {
  let fault: Fault | undefined;
  let left = 0;
  let opens = 0;
  let transactions = 0;
  const durabilities: (IDBTransactionDurability | undefined)[] = [];

  function due(at: Fault['at']): Fault | undefined {
    if (left === 0 || fault?.at !== at) return undefined;
    left -= 1;
    return fault;
  }

  const factory = new Proxy(real.factory, {
    get(target, name) {
      if (name === 'open') return open;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

  function open(name: string, version?: number): IDBOpenDBRequest {
    opens += 1;
    const refused = due('open');
    const late = refused?.at === 'open' && 'late' in refused ? refused.late : undefined;
    if (refused?.at === 'open' && !('late' in refused)) return refusedOpen(refused.error);
    const request = real.factory.open(name, version);
    if (late) delay(request, late);
    request.addEventListener('upgradeneeded', () => {
      if (version && due('upgrade')) spoilUpgrade(request);
    });
    request.addEventListener('success', () => spoil(request.result));
    return request;
  }

  function spoil(database: IDBDatabase): void {
    const begin = database.transaction.bind(database);
    database.transaction = (stores, mode, options) => {
      const dead = due('transaction');
      if (dead?.at === 'transaction') throw dead.error;
      transactions += 1;
      const tx = begin(stores, mode, options);
      spoilCursors(tx);
      spoilValues(tx);
      if (mode === 'readwrite') {
        durabilities.push(options?.durability);
        spoilWrite(tx);
      }
      return tx;
    };
  }

  function spoilUpgrade({ result: database, transaction }: IDBOpenDBRequest): void {
    const create = database.createObjectStore.bind(database);
    database.createObjectStore = (...given) => {
      // When the handler that lays it out has come to its end.
      queueMicrotask(() => transaction?.abort());
      database.createObjectStore = create;
      return create(...given);
    };
  }

  function spoilCursors(tx: IDBTransaction): void {
    const storeOf = tx.objectStore.bind(tx);
    tx.objectStore = (name) => {
      const store = storeOf(name);
      const openCursor = store.openCursor.bind(store);
      store.openCursor = (...given) => {
        const request = openCursor(...given);
        let records = 0;
        request.addEventListener('success', () => {
          const late = (records += 1) > 1 && request.result && due('cursor');
          if (!late || late.at !== 'cursor') return;
          Object.defineProperty(tx, 'error', { value: late.error });
          tx.abort();
        });
        return request;
      };
      return store;
    };
  }

  function spoilValues(tx: IDBTransaction): void {
    const storeOf = tx.objectStore.bind(tx);
    tx.objectStore = (name) => {
      const store = storeOf(name);
      for (const read of ['get', 'getAll', 'openCursor'] as const) {
        const real = store[read].bind(store) as (...given: unknown[]) => IDBRequest<unknown>;
        Object.assign(store, {
          [read]: (...given: unknown[]) => {
            const request = real(...given);
            request.addEventListener('success', (event) => failToRead(request, event));
            return request;
          },
        });
      }
      return store;
    };

    /** The value that it gives, or one of them, cannot be read. */
    function failToRead(request: IDBRequest<unknown>, event: Event): void {
      if (left === 0 || fault?.at !== 'value') return;
      const { is, error } = fault;
      const given = request.result instanceof IDBCursorWithValue ? request.result.value : request.result;
      if (![given].flat().some(is)) return;
      left -= 1;
      event.stopImmediatePropagation();
      Object.defineProperty(request, 'error', { value: error });
      const failed = new Event('error', { cancelable: true });
      request.dispatchEvent(failed);
      if (failed.defaultPrevented) return;
      Object.defineProperty(tx, 'error', { value: error });
      tx.abort();
    }
  }

  function spoilWrite(tx: IDBTransaction): void {
    const storeOf = tx.objectStore.bind(tx);
    const commit = tx.commit.bind(tx);
    let doomed: { readonly error: DOMException | null } | undefined;
    let aborted = false;
    const abort = () => {
      if (!doomed || aborted) return; // by an earlier put of the same transaction
      aborted = true;
      if (doomed.error) Object.defineProperty(tx, 'error', { value: doomed.error });
      tx.abort();
    };
    tx.commit = () => (doomed ? abort() : commit());
    tx.objectStore = (name) => {
      const store = storeOf(name);
      const put = store.put.bind(store);
      store.put = (value, key) => {
        if (due('put')) return store.add({}, NaN); // a DataError, as of a value that the browser refuses
        const request = key === undefined ? put(value) : put(value, key);
        const late = due('commit');
        if (late?.at === 'commit') {
          doomed = late;
          request.addEventListener('success', abort);
        }
        return request;
      };
      return store;
    };
  }

  return {
    factory,
    keyRange: real.keyRange,
    fail(next, times = 1) {
      fault = next;
      left = times;
    },
    get opens() {
      return opens;
    },
    get transactions() {
      return transactions;
    },
    durabilities,
  };
}

/** Nobody hears of its success before then. */
function delay(request: IDBOpenDBRequest, until: Promise<void>): void {
  request.addEventListener(
    'success',
    (event) => {
      event.stopImmediatePropagation();
      void until.then(() => request.dispatchEvent(new Event('success')));
    },
    { once: true },
  );
}

/** A request to open that fails in a task of its own, or never settles. */
function refusedOpen(error: DOMException | undefined): IDBOpenDBRequest {
  const request = Object.assign(new EventTarget(), {
    error,
    onerror: undefined,
  }) as unknown as IDBOpenDBRequest;
  if (error) queueMicrotask(() => request.onerror?.(new Event('error', { cancelable: true })));
  return request;
}
