/** Everything in a person's database, to be carried away, or compared with what is brought in. Fetched for that. */
import type { Held, Uuid } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import type { ReadTx } from './read-start.js';
import { sound } from './sound.js';
import type { SubjectCarrying } from './store.js';
import type { Ranges } from './subject-database.js';
import { result } from './transaction.js';

const BATCH = 500;
const PAGES_A_BATCH = 10;

/** @param read runs in one reading transaction. */
export function carryingOf(
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectCarrying {
  return {
    async *entries(now) {
      for await (const batch of batches()) yield batch.filter(({ entry }) => !isExpired(entry, now));
    },
    setAside: () => read((tx) => result(tx.objectStore('quarantine').getAll())),
    async has(ids) {
      const found = new Set<Uuid>();
      for await (const batch of batches()) for (const { entry } of batch) found.add(entry.id);
      return new Set(ids.filter((id) => found.has(id)));
    },
  };

  /** One transaction a batch, so that whoever writes meanwhile waits for one of them at most. */
  async function* batches(): AsyncGenerator<readonly Held[], void> {
    for (const readBatch of [readRows, readPages]) {
      let range: IDBKeyRange | null = null;
      for (;;) {
        const from = range;
        const batch = await read((tx) => readBatch(tx, from));
        if (!batch) break;
        range = ranges.lowerBound(batch.last, true);
        yield batch.held;
      }
    }
  }
}

interface Batch {
  readonly held: readonly Held[];
  /** The key to go on from. */
  readonly last: IDBValidKey;
}

/** Facts and forgets; undefined when there are no more. */
async function readRows(tx: ReadTx, range: IDBKeyRange | null): Promise<Batch | undefined> {
  const rows = tx.objectStore('rows');
  const [held, keys] = await Promise.all([
    result(rows.getAll(range, BATCH)),
    result(rows.getAllKeys(range, BATCH)),
  ]);
  const last = keys.at(-1);
  return last && { held: sound(held), last };
}

/** Messages, as `readRows`. */
async function readPages(tx: ReadTx, range: IDBKeyRange | null): Promise<Batch | undefined> {
  const pages = await result(tx.objectStore('pages').getAll(range, PAGES_A_BATCH));
  const last = pages.at(-1);
  return last && { held: sound(pages.flatMap(({ messages }) => messages)), last: [last.cid, last.n] };
}
