import type { Platform } from '../platform/platform.js';
import { openDatabase } from './open-database.js';
import { storeError } from './store-error.js';
import { META, type Gone, type Meta } from './subject-database.js';
import { result, transact, type Transaction } from './transaction.js';

/** Where a wiped database says that it is gone, by its stores: every writing transaction reads it first. */
const MARKS = [
  { store: 'meta', key: META },
  { store: 'registry', key: 'gone' },
] as const;

/** A database of either kind, as it is known here: all it is given is the mark. */
type Marked = Record<string, { key: string; value: Gone }>;

/**
 * Empties a database, and asks at once for it to be deleted: a page that is left then leaves none behind.
 *
 * @param isKept as for `emptyDatabase`.
 */
export async function wipeDatabase(
  platform: Platform,
  name: string,
  isKept?: (meta: Partial<Meta>) => boolean,
): Promise<boolean> {
  const emptied = await emptyDatabase(platform, name, isKept);
  if (emptied) deleteDatabase(platform, name);
  return emptied;
}

/**
 * Empties a database in one transaction, whatever version of this project made it, and leaves nothing in it but the mark
 * that makes every later write in another tab fail with `gone`. Nothing to do where there is no such database.
 *
 * @param isKept whether what is known of the person, as that transaction finds it, says to leave it as it is: then false.
 */
async function emptyDatabase(
  platform: Platform,
  name: string,
  isKept?: (meta: Partial<Meta>) => boolean,
): Promise<boolean> {
  const database = await openDatabase(platform, name, { newest: Infinity });
  if (!database) return true;
  try {
    return await alsoWithoutRoom((room) =>
      transact(database, 'readwrite', async (tx: Transaction<Marked>) => {
        if (isKept && (await holds(tx, isKept))) return false;
        for (const store of tx.objectStoreNames) tx.objectStore(store).clear();
        for (const { store, key } of room ? MARKS : []) {
          if (tx.objectStoreNames.contains(store)) tx.objectStore(store).put({ gone: true }, key);
        }
        return true;
      }),
    );
  } catch (error) {
    throw storeError(error, `Wiping ${name}`);
  } finally {
    database.close();
  }
}

/** Whether it is so of what is known of the person. Where that is not there, or cannot be read, it is not. */
async function holds(tx: Transaction<Marked>, is: (meta: Partial<Meta>) => boolean): Promise<boolean> {
  try {
    const request = tx.objectStore('meta').get(META);
    // It does not end the transaction.
    request.addEventListener('error', (event) => event.preventDefault());
    return is((await result(request)) as unknown as Partial<Meta>);
  } catch {
    return false;
  }
}

/**
 * Takes something away, and says so where it lay; on a full disk the first alone, which needs no room: a person's database
 * in which there is nothing, no mark either, is gone as well.
 */
export async function alsoWithoutRoom<T>(run: (room: boolean) => Promise<T>): Promise<T> {
  try {
    return await run(true);
  } catch (error) {
    if (storeError(error, '').reason !== 'quota') throw error;
    return run(false);
  }
}

/** Asks for a database to be deleted and does not wait: a frozen tab can hold it open for as long as it likes. */
export function deleteDatabase({ indexedDB }: Platform, name: string): void {
  try {
    indexedDB?.factory.deleteDatabase(name).addEventListener('error', (event) => event.preventDefault());
  } catch {
    // SecurityError: there is no origin here, so there is no database.
  }
}

/** The databases of this origin whose names begin so; none where the browser does not tell. */
export async function databasesNamed({ indexedDB }: Platform, prefix: string): Promise<string[]> {
  try {
    const all = (await indexedDB?.factory.databases?.()) ?? [];
    return all.flatMap(({ name }) => (name?.startsWith(prefix) ? name : []));
  } catch {
    return []; // UnknownError: the list is only for what the registry has lost sight of
  }
}
