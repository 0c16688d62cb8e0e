import type { Platform } from '../platform/platform.js';
import { openDatabase, type OpenOptions } from './open-database.js';
import { goneError, StoreError, storeError } from './store-error.js';
import { transact, type Schema, type Transaction } from './transaction.js';

/** One database, opened when needed and again after it was lost. */
export interface Connection<S extends Schema> {
  /**
   * Runs `work` in one transaction over the whole database and resolves when it has read, or when what it wrote is
   * complete under strict durability. Whatever goes wrong aborts all of it and rejects with `StoreError`. `work` awaits
   * only the database, and runs a second time, on a new handle, when the connection is lost under it.
   */
  run<M extends IDBTransactionMode, T>(mode: M, work: (tx: Transaction<S, M>) => Promise<T>): Promise<T>;
  readonly close: () => void;
}

/** Undefined when there is no such database and none is to be made. */
export async function connect<S extends Schema>(
  platform: Platform,
  name: string,
  options: OpenOptions,
): Promise<Connection<S> | undefined> {
  let opened: Promise<IDBDatabase | undefined> | undefined;
  let closed = false;

  function open(how: OpenOptions): Promise<IDBDatabase | undefined> {
    const mine = (opened = openDatabase(platform, name, how));
    // Somebody wants to delete or upgrade it: let them, and come back when there is something to do. What is being deleted is
    // not waited for: a frozen tab can have it open for as long as it likes.
    const leaveIt = ({ newVersion }: Partial<IDBVersionChangeEvent>) =>
      leave(mine, newVersion === null ? Promise.resolve(undefined) : undefined);
    mine.then((database) => {
      if (database) database.onversionchange = database.onclose = leaveIt;
    }, leaveIt);
    return mine;
  }

  /** What is to be done next opens another handle, unless there is another already. */
  function leave(handle: typeof opened, next?: typeof opened): void {
    if (opened === handle) opened = next;
    // A failure to open was told to whoever asked for it.
    handle?.then((database) => database?.close()).catch(() => undefined);
  }

  async function run<M extends IDBTransactionMode, T>(
    mode: M,
    work: (tx: Transaction<S, M>) => Promise<T>,
    again = true,
  ): Promise<T> {
    if (closed) throw new StoreError('failed', 'closed');
    const mine = opened ?? open({});
    const database = await mine;
    // It was there and is not any more: site data were cleared, or another tab has forgotten everything.
    if (!database) throw goneError();
    try {
      return await transact(database, mode, work);
    } catch (error) {
      const failure = storeError(error, name);
      // InvalidStateError: the handle is closing, as after site data were cleared. UnknownError: WebKit lost its server.
      const lost = opened !== mine || /^(InvalidState|Unknown)Error$/.test(String(Object(error).name));
      if (lost) leave(mine);
      // What cannot be read is set aside, and everything else can be.
      const mended = () =>
        import('./mending.js').then(({ mend }) => mend(platform, database, error)).catch(() => false);
      if (again && (lost || (failure.reason === 'failed' && (await mended())))) return run(mode, work, false);
      throw failure;
    }
  }

  if (!(await open(options))) return undefined;
  return {
    run,
    close() {
      closed = true;
      leave(opened);
    },
  };
}
