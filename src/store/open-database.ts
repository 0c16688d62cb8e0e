import { wrap, type DBSchema, type IDBPDatabase } from 'idb';
import type { Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { newerDatabase, StoreError, storeError } from './store-error.js';

/** How long opening may take; a frozen tab can block it for ever. */
export const OPEN_WITHIN: Ms = 3000;

/** The greatest version that this code knows, of the registry and of a person's database alike. */
export const VERSION = 1;

export interface OpenOptions {
  /** Makes the stores of a new database, inside its first transaction; without it none is made. */
  readonly make?: ((database: IDBDatabase) => void) | undefined;
  /** Default `VERSION`. */
  readonly newest?: number;
  /** It is most likely there: no time is spent on looking first. */
  readonly expected?: boolean;
}

/**
 * Opens a database. Without `make` it opens whatever version is there, and undefined is the answer when nothing is,
 * with nothing left behind. Rejects with `unavailable`, `newer` or `quota`.
 */
export function openDatabase<S extends DBSchema>(
  { indexedDB, clock }: Platform,
  name: string,
  { make, newest = VERSION, expected = make !== undefined }: OpenOptions,
): Promise<IDBPDatabase<S> | undefined> {
  const doing = `Opening ${name}`;
  return new Promise((resolve, reject) => {
    if (!indexedDB) throw new StoreError('unavailable', `${doing}: this browser has no IndexedDB here`);
    const { factory } = indexedDB;
    let late = false;
    const cancel = clock.after(OPEN_WITHIN, () => {
      late = true;
      reject(new StoreError('unavailable', `${doing} took more than ${OPEN_WITHIN} ms`));
    });
    if (expected) open();
    else
      void isMissing(factory, name).then((missing) => (missing ? settle(() => resolve(undefined)) : open()));

    function open(): void {
      let nothing = false;
      const request = openRequest(factory, name, make && newest, (error) => settle(() => reject(error)));
      if (!request) return;
      request.onupgradeneeded = ({ oldVersion }) => {
        nothing = late || (oldVersion === 0 && !make);
        if (nothing) request.transaction?.abort();
        else make?.(request.result);
      };
      request.onsuccess = () => {
        const database = request.result;
        // Nobody waits for it any more, and an open connection would block whoever wants to delete the database.
        if (late) return database.close();
        if (database.version <= newest)
          return settle(() => resolve(wrap(database) as unknown as IDBPDatabase<S>));
        database.close();
        settle(() => reject(newerDatabase(doing)));
      };
      request.onerror = (event) => {
        event.preventDefault(); // Firefox would print it on the console of the page
        settle(() =>
          nothing ? resolve(undefined) : reject(storeError(request.error, doing, 'unavailable')),
        );
      };
    }

    function settle(how: () => void): void {
      cancel();
      how();
    }
  });
}

/**
 * Whether the browser says that there is no such database. Opening one to see, and aborting that, leaves an empty one of
 * version 0 listed in WebKit (2.50; Chromium and Firefox leave nothing), and deleting it could hit what another tab has
 * just made. TODO: only open and abort when WebKit removes it too.
 */
async function isMissing(factory: IDBFactory, name: string): Promise<boolean> {
  try {
    return !(await factory.databases()).some((one) => one.name === name && one.version !== 0);
  } catch {
    return false; // TypeError before Firefox 126, where aborting leaves nothing
  }
}

function openRequest(
  factory: IDBFactory,
  name: string,
  version: number | undefined,
  refuse: (error: StoreError) => void,
): IDBOpenDBRequest | undefined {
  try {
    return factory.open(name, version);
  } catch (error) {
    refuse(storeError(error, `Opening ${name}`, 'unavailable')); // SecurityError where the page has no origin
    return undefined;
  }
}
