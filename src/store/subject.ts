/**
 * One person's database: what is kept of them on this device. It knows how entries lie in it; it does not know who the
 * person is, nor what is shown. What a start does not need is fetched when it is asked for.
 */
import { connect, type Connection } from './connection.js';
import { nameOf } from './names.js';
import { readStart, type Start } from './read-start.js';
import type { Registry } from './registry.js';
import { sameDay } from './same-day.js';
import type { StoreError } from './store-error.js';
import type { Subject, SubjectWrites } from './store.js';
import type { Ranges, SubjectDatabase, SubjectTx } from './subject-database.js';

/**
 * Opens the database of one person. Undefined when there is none or it was wiped.
 *
 * @param local the random name of it on this device.
 * @param make makes a new one, inside its first transaction; without it none is made.
 */
export async function openSubject(
  registry: Registry,
  local: string,
  make?: (database: IDBDatabase) => void,
): Promise<Subject | undefined> {
  const { platform, site } = registry;
  const { indexedDB, clock } = platform;
  if (!indexedDB) return undefined;
  const name = nameOf(site, local);
  // Whoever asks has found it in the registry.
  const connection = await connect<SubjectDatabase>(platform, name, { make, expected: true });
  // WebKit lists what was opened and aborted; nobody else can be making a database of this name.
  if (!connection) return void indexedDB.factory.deleteDatabase(name);
  const ranges = indexedDB.keyRange;
  try {
    // It is looked whether the person is there at all, and the first load needs what was read.
    const found = make
      ? undefined
      : await connection.run('readonly', (tx) => readStart(tx, ranges, clock.now()));
    return subjectOn(registry, connection, local, ranges, found);
  } catch (error) {
    connection.close();
    if ((error as StoreError).reason === 'gone') return undefined;
    throw error;
  }
}

/** @param found what was read when it was opened: the first load comes with it, if nothing was written before. */
function subjectOn(
  registry: Registry,
  connection: Connection<SubjectDatabase>,
  local: string,
  ranges: Ranges,
  found: Start | undefined,
): Subject {
  let writing: SubjectWrites | undefined;
  let noted: Promise<void> | undefined;

  const read = <T>(work: (tx: SubjectTx<'readonly'>) => Promise<T>) => connection.run('readonly', work);
  const write = <T>(work: (tx: SubjectTx) => Promise<T>) => {
    found = undefined;
    return connection.run('readwrite', work);
  };
  const reads = async () => (await import('./subject-reading.js')).readsOf(read, ranges);
  const writes = async () =>
    (writing ??= (await import('./subject-changes.js')).writesOf(write, ranges, registry));

  return {
    local,
    async load(now, budget) {
      const start = found ?? (await read((tx) => readStart(tx, ranges, now)));
      found = undefined;
      if (!sameDay(start.days.at(-1) ?? 0, now)) {
        // Not waited for: a start is not the moment to fail because of old content.
        noted = import('./another-day.js')
          .then(({ noteDay }) => noteDay(registry, local, write, ranges, now, budget))
          .catch(() => undefined);
      }
      return start;
    },
    reads,
    writes,
    close: () => (noted ? noted.then(connection.close) : connection.close()),
  };
}
