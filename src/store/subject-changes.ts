/** What changes a person's database; fetched when something does. */
import type { SubjectWrites } from './store.js';
import type { Ranges, SubjectTx } from './subject-database.js';
import { writeEntries, type Memo } from './write.js';

export { sweep } from './expiry.js';

/** @param write runs in one writing transaction. */
export function writesOf(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectWrites {
  let memo: Memo | undefined;

  return {
    async write(entries, _, consent) {
      let known = memo;
      memo = undefined;
      const { memo: next, ...written } = await write((tx) => {
        const mine = known;
        known = undefined; // a second run, on a new handle, begins with nothing
        return writeEntries(tx, ranges, entries, mine, consent);
      });
      memo = next;
      return written;
    },
  };
}
