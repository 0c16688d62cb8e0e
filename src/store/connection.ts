import { unwrap, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { Platform } from '../platform/platform.js';
import { openDatabase, type OpenOptions } from './open-database.js';
import { goneError, StoreError, storeError } from './store-error.js';

/** One database, opened when needed and again after it was lost. */
export interface Connection<S extends DBSchema> {
  /**
   * Runs `work` in one transaction and resolves when it has read, or when what it wrote is complete under strict durability. Whatever goes
   * wrong aborts all of it and rejects with `StoreError`. `work` awaits only the database, and runs a second time, on a new
   * handle, when the connection is lost under it.
   */
  run<M extends IDBTransactionMode, T>(
    mode: M,
    stores: readonly StoreNames<S>[],
    work: (tx: Transaction<S, M>) => Promise<T>,
  ): Promise<T>;
  close(): void;
}

export type Transaction<S extends DBSchema, M extends IDBTransactionMode = 'readwrite'> = IDBPTransaction<
  S,
  StoreNames<S>[],
  M
>;

/** Undefined when there is no such database and none is to be made. */
export async function connect<S extends DBSchema>(
  platform: Platform,
  name: string,
  options: OpenOptions,
): Promise<Connection<S> | undefined> {
  let opened: Promise<IDBPDatabase<S> | undefined> | undefined;
  let closed = false;

  function open(how: OpenOptions): Promise<IDBPDatabase<S> | undefined> {
    const mine = openDatabase<S>(platform, name, how).then((database) => {
      if (database) watch(database);
      return database;
    });
    mine.catch(forget);
    opened = mine;
    return mine;

    function watch(database: IDBPDatabase<S>): void {
      // Somebody wants to delete or upgrade it: let them, and come back when there is something to do.
      database.addEventListener('versionchange', () => {
        forget();
        database.close();
      });
      database.addEventListener('close', forget);
    }
    function forget(): void {
      if (opened === mine) opened = undefined;
    }
  }

  async function run<M extends IDBTransactionMode, T>(
    mode: M,
    stores: readonly StoreNames<S>[],
    work: (tx: Transaction<S, M>) => Promise<T>,
  ): Promise<T> {
    for (let again = true; ; again = false) {
      if (closed) throw new StoreError('failed', `${name} was closed by this page`);
      const mine = opened ?? open({});
      const database = await mine;
      // It was there and is not any more: site data were cleared, or another tab has forgotten everything.
      if (!database) throw goneError(name);
      try {
        return await transact(database, mode, stores, work);
      } catch (error) {
        const lost = opened !== mine || isLost(error);
        if (opened === mine && lost) {
          opened = undefined;
          database.close();
        }
        if (!lost || !again || error instanceof StoreError) throw storeError(error, `Storing in ${name}`);
      }
    }
  }

  if (!(await open(options))) return undefined;
  return {
    run,
    close() {
      closed = true;
      // A failure to open was told to whoever asked for it.
      opened?.then((database) => database?.close()).catch(() => undefined);
      opened = undefined;
    },
  };
}

/** One transaction, as `Connection.run`, on a handle that the caller has; rejects with the browser's own error. */
export async function transact<S extends DBSchema, M extends IDBTransactionMode, T>(
  database: IDBPDatabase<S>,
  mode: M,
  stores: readonly StoreNames<S>[],
  work: (tx: Transaction<S, M>) => Promise<T>,
): Promise<T> {
  const tx = database.transaction([...stores], mode, mode === 'readwrite' ? { durability: 'strict' } : {});
  const end = ending(unwrap(tx) as IDBTransaction);
  tx.done.catch(() => undefined); // told by `end`, with the request's error, which idb's own does not have yet
  let result: T;
  try {
    result = await work(tx);
  } catch (error) {
    abort(tx);
    // A request that failed because the whole transaction did knows less than the transaction.
    throw error instanceof DOMException ? ((await end)?.cause ?? error) : error;
  }
  // What was read is read; only for what was written does it matter how the transaction ends.
  const failure = mode === 'readonly' ? undefined : await end;
  if (failure) throw failure.cause;
  return result;
}

/** Resolves when the transaction has ended: with nothing when it is complete, else with why, as far as the browser says. */
function ending(tx: IDBTransaction): Promise<{ cause: unknown } | undefined> {
  return new Promise((resolve) => {
    let cause: unknown;
    tx.addEventListener('error', ({ target }) => (cause ??= (target as IDBRequest).error));
    tx.addEventListener('abort', () => resolve({ cause: tx.error ?? cause }));
    tx.addEventListener('complete', () => resolve(undefined));
  });
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // InvalidStateError: it has ended already.
  }
}

/** InvalidStateError: the handle is closing, as after site data were cleared. UnknownError: WebKit lost its server. */
function isLost(error: unknown): boolean {
  const name = (error as Partial<DOMException> | undefined)?.name;
  return name === 'InvalidStateError' || name === 'UnknownError';
}

/** A request whose outcome is its transaction's: one that fails aborts it, and `run` says why. */
export function inTransaction(request: Promise<unknown>): void {
  request.catch(() => undefined);
}
