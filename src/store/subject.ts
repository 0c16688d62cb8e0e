/**
 * One person's database: what is kept of them on this device. It knows how entries lie in it; it does not know who the
 * person is, nor what is shown. What a start does not need is fetched when it is asked for.
 */
import type { Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { connect, type Connection } from './connection.js';
import { daysWith, noteDay } from './days.js';
import { readStart, type Start } from './read-start.js';
import { StoreError } from './store-error.js';
import type { Subject } from './store.js';
import {
  rangesOf,
  STORES,
  subjectName,
  type Ranges,
  type SubjectDatabase,
  type SubjectTx,
} from './subject-database.js';
import type { SubjectReads } from './subject-reading.js';
import type { Memo } from './write.js';

const changes = () => import('./subject-changes.js');

/**
 * Opens the database of one person, or makes it when `create`. Undefined when there is none or it was wiped.
 *
 * @param local the random name of it on this device.
 */
export async function openSubject(
  platform: Platform,
  site: string,
  local: string,
  { create }: { create: boolean },
): Promise<Subject | undefined> {
  const connection = await connect<SubjectDatabase>(platform, subjectName(site, local), {
    make: create ? (await import('./layouts.js')).makeSubject : undefined,
    // Whoever asks has found it in the registry.
    expected: true,
  });
  if (!platform.indexedDB) return undefined;
  // WebKit lists what was opened and aborted; nobody else can be making a database of this name.
  if (!connection)
    return void (await removed(platform.indexedDB.factory.deleteDatabase(subjectName(site, local))));
  const ranges = rangesOf(platform.indexedDB.keyRange);
  const at = platform.clock.now();
  const start = create ? undefined : await startOf(connection, ranges, at);
  if (create || start) return subjectOn(connection, local, ranges, start && { ...start, at });
  connection.close();
  return undefined;
}

/** A second later hardly anything else has expired. */
const FRESH: Ms = 1000;

/** @param found what was read at `at`, when it was looked whether the person is there at all: the first load needs it. */
function subjectOn(
  connection: Connection<SubjectDatabase>,
  local: string,
  ranges: Ranges,
  found: (Start & { readonly at: Ms }) | undefined,
): Subject {
  let memo: Memo | undefined;

  const read = <T>(work: (tx: SubjectTx<'readonly'>) => Promise<T>) =>
    connection.run('readonly', STORES, work);
  const write = <T>(work: (tx: SubjectTx) => Promise<T>) => {
    found = undefined;
    return connection.run('readwrite', STORES, work);
  };
  let reading: SubjectReads | undefined;
  const reads = async () => (reading ??= (await import('./subject-reading.js')).readsOf(read, ranges));

  return {
    local,
    async load(now) {
      const fresh = found && Math.abs(now - found.at) < FRESH ? found : undefined;
      found = undefined;
      const { days, ...loaded } = fresh ?? (await read((tx) => readStart(tx, ranges, now)));
      if (daysWith(days, now) !== days) {
        // Not waited for, and tried again with the next visit: a start is not the moment to fail because of old content.
        write((tx) => noteDay(tx, ranges, now))
          .then(async (limit) => {
            if (limit === undefined) return;
            const { sweep } = await changes();
            await write((tx) => sweep(tx, ranges, limit));
          })
          .catch(() => undefined);
      }
      return loaded;
    },
    async write(entries) {
      const { writeEntries } = await changes();
      let known = memo;
      memo = undefined;
      const { memo: next, ...written } = await write((tx) => {
        const mine = known;
        known = undefined; // a second run, on a new handle, begins with nothing
        return writeEntries(tx, ranges, entries, mine);
      });
      memo = next;
      return written;
    },
    async setConsent(consent) {
      const { setConsent } = await changes();
      await write((tx) => setConsent(tx, consent));
    },
    conversations: async (...query) => (await reads()).conversations(...query),
    conversation: async (...query) => (await reads()).conversation(...query),
    messages: async (...query) => (await reads()).messages(...query),
    count: async (...query) => (await reads()).count(...query),
    has: async (...query) => (await reads()).has(...query),
    async *entries(now) {
      yield* (await reads()).entries(now);
    },
    close: () => connection.close(),
  };
}

/** Undefined when the person is gone. */
async function startOf(
  connection: Connection<SubjectDatabase>,
  ranges: Ranges,
  now: Ms,
): Promise<Start | undefined> {
  try {
    return await connection.run('readonly', STORES, (tx) => readStart(tx, ranges, now));
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'gone') return undefined;
    connection.close();
    throw error;
  }
}

function removed(request: IDBOpenDBRequest): Promise<unknown> {
  return new Promise((resolve) => {
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}
