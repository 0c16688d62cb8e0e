/** What changes a person's database; fetched when something does. */
import type { Draft } from '../facts/entry.js';
import { StoreError } from './store-error.js';
import type { ConsentRecord, SubjectWrites } from './store.js';
import type { Ranges, SubjectTx } from './subject-database.js';
import { writeEntries, type Memo } from './write.js';

export { sweep } from './expiry.js';

/** @param write runs in one writing transaction. */
export function writesOf(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectWrites {
  let memo: Memo | undefined;

  function writing(
    entries: readonly Draft[],
    consent: ConsentRecord | undefined,
    known?: Memo,
  ): ReturnType<typeof writeEntries> {
    return write((tx) => {
      const mine = known;
      known = undefined; // a second run, on a new handle, begins with nothing
      return writeEntries(tx, ranges, entries, mine, consent);
    });
  }

  return {
    async write(entries, _, consent) {
      const known = memo;
      memo = undefined;
      const { memo: next, ...written } = await writing(entries, consent, known).catch((error: unknown) => {
        if (error instanceof StoreError && error.reason === 'stale') return writing(entries, consent);
        throw error;
      });
      memo = next;
      return written;
    },
  };
}
