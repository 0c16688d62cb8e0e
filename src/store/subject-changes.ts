/** What changes a person's database; fetched when something does. */
import { readMeta } from './read-start.js';
import type { SubjectWrites } from './store.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';
import { writeEntries, type Memo } from './write.js';

export { sweep } from './expiry.js';

/** @param write runs in one writing transaction. */
export function writesOf(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectWrites {
  let memo: Memo | undefined;

  return {
    async write(entries) {
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
    setConsent: (consent, now) =>
      write(async (tx) => {
        const meta = await readMeta(tx);
        // Everything begins with a consent: the first day is noted with it.
        const days = meta.days.length > 0 ? meta.days : [now];
        tx.objectStore('meta').put({ ...meta, days, consent, rev: meta.rev + 1 }, META);
      }),
  };
}
