/** What changes a person's database; fetched when something does. */
import type { Draft } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { StoreError } from './store-error.js';
import type { ConsentRecord, SubjectWrites, Written } from './store.js';
import type { Ranges, SubjectTx } from './subject-database.js';
import { writeEntries, type Memo } from './write.js';

export { sweep } from './expiry.js';
export { removeMessages } from './forget.js';
export { wrapped } from './wrapped.js';

/** @param write runs in one writing transaction. */
export function writesOf(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectWrites {
  let memo: Memo | undefined;

  async function writing(
    entries: readonly Draft[],
    consent: ConsentRecord | undefined,
    known?: Memo,
  ): Promise<Written> {
    const { memo: next, ...written } = await write((tx) => {
      const mine = known;
      known = undefined; // a second run, on a new handle, begins with nothing
      return writeEntries(tx, ranges, entries, mine, consent);
    });
    memo = next;
    return written;
  }

  return {
    async write(entries, _, consent) {
      const known = memo;
      memo = undefined;
      const again = () => writing(entries, consent);
      return writing(entries, consent, known)
        .catch(async (error: unknown) => {
          if (!isFor('stale', error)) throw error;
          return again();
        })
        .catch(async (error: unknown) => {
          if (!isFor('quota', error)) throw error;
          const { evict, ROOM } = await import('./evicting.js');
          const busy = new Set(
            entries.map((entry) => entry.kind !== 'forget' && conversationIdOf(entry.key)),
          );
          const { evicted } = await write((tx) => evict(tx, ranges, ROOM, busy));
          if (!evicted) throw error;
          return { ...(await again()), evicted };
        });
    },
  };
}

function isFor(reason: StoreError['reason'], error: unknown): boolean {
  return error instanceof StoreError && error.reason === reason;
}
