import type { Ms } from '../facts/entry.js';
import type { IndexedDb, Platform } from '../platform/platform.js';
import { StoreError, storeError } from './store-error.js';

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
 * with nothing left behind. Tries twice. Rejects with `unavailable`, `newer` or `quota`; the cause of what took too long is
 * a promise that is settled when the database can be asked again.
 */
export function openDatabase(
  { indexedDB, clock }: Platform,
  name: string,
  { make, newest = VERSION, expected }: OpenOptions,
): Promise<IDBDatabase | undefined> {
  let late = false;
  // What failed may succeed at once, as in Chromium after site data were cleared.
  const opening = open().catch((error: Error) => (late ? Promise.reject(error) : open()));
  return new Promise((resolve, reject) => {
    const cancel = clock.after(OPEN_WITHIN, () => {
      late = true;
      reject(new StoreError('unavailable', `${name}: nothing in ${OPEN_WITHIN} ms`, opening));
    });
    void opening
      .then(resolve, (error: unknown) => reject(storeError(error, name, 'unavailable')))
      .then(cancel);
  });

  async function open(): Promise<IDBDatabase | undefined> {
    const { factory } = indexedDB as IndexedDb; // TypeError where it has been taken away meanwhile
    // Opening one to see, and aborting that, leaves an empty one of version 0 listed in WebKit (2.50; Chromium and Firefox
    // leave nothing), and deleting it could hit what another tab has just made. TODO: only open and abort when WebKit
    // removes it too. Before Firefox 126 nobody can be asked, and aborting leaves nothing.
    const listed = expected || make ? undefined : await factory.databases?.().catch(() => undefined);
    if (listed?.every((one) => one.name !== name || !one.version)) return undefined;
    return new Promise((resolve, reject) => {
      let nothing = false;
      const request = factory.open(name, make && newest); // SecurityError where the page has no origin
      request.onupgradeneeded = () => {
        if (make && !late) return make(request.result);
        nothing = true;
        request.transaction?.abort();
      };
      request.onsuccess = () => {
        const database = request.result;
        if (!late && database.version <= newest) {
          if (database.objectStoreNames[0]) return resolve(database);
          // Another script has made it, and nothing could ever be kept in it: the second attempt finds none.
          factory.deleteDatabase(name);
        }
        // Nobody waits for it any more, and an open connection would block whoever wants to delete the database.
        database.close();
        reject({ name: 'VersionError' } as DOMException);
      };
      request.onerror = (event) => {
        event.preventDefault(); // Firefox would print it on the console of the page
        if (nothing) resolve(undefined);
        else reject(request.error as DOMException);
      };
    });
  }
}
