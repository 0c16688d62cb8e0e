import { wrap, type DBSchema, type IDBPDatabase } from 'idb';
import type { Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { newerDatabase, StoreError, storeError } from './store-error.js';

/** How a database of ours is laid out. */
export interface Layout {
  readonly version: number;
  /** Makes the stores of a new database, inside its first transaction. */
  readonly make: (database: IDBDatabase) => void;
}

/** How long opening may take; a frozen tab can block it for ever. */
export const OPEN_WITHIN: Ms = 3000;

/**
 * Opens a database. Without `create` it opens whatever version is there, and undefined is the answer when nothing is:
 * the empty database that opening makes is aborted and not left behind. Rejects with `unavailable`, `newer` or `quota`.
 */
export function openDatabase<S extends DBSchema>(
  { indexedDB, clock }: Platform,
  name: string,
  layout: Layout,
  { create }: { create: boolean },
): Promise<IDBPDatabase<S> | undefined> {
  const doing = `Opening ${name}`;
  return new Promise((resolve, reject) => {
    if (!indexedDB) throw new StoreError('unavailable', `${doing}: this browser has no IndexedDB here`);
    let late = false;
    let nothing = false;
    const request = openRequest(indexedDB.factory, name, create ? layout.version : undefined);
    const cancel = clock.after(OPEN_WITHIN, () => {
      late = true;
      reject(new StoreError('unavailable', `${doing} took more than ${OPEN_WITHIN} ms`));
    });
    request.onupgradeneeded = ({ oldVersion }) => {
      nothing = late || (oldVersion === 0 && !create);
      if (nothing) request.transaction?.abort();
      else layout.make(request.result);
    };
    request.onsuccess = () => {
      const database = request.result;
      cancel();
      // Nobody waits for it any more, and an open connection would block whoever wants to delete the database.
      if (late) return database.close();
      if (database.version <= layout.version) return resolve(wrap(database) as unknown as IDBPDatabase<S>);
      database.close();
      reject(newerDatabase(doing));
    };
    request.onerror = (event) => {
      event.preventDefault(); // Firefox would print it on the console of the page
      cancel();
      if (nothing) resolve(undefined);
      else reject(storeError(request.error, doing, 'unavailable'));
    };
  });
}

function openRequest(factory: IDBFactory, name: string, version: number | undefined): IDBOpenDBRequest {
  try {
    return factory.open(name, version);
  } catch (error) {
    throw storeError(error, `Opening ${name}`, 'unavailable'); // SecurityError where the page has no origin
  }
}
