/** What changes a person's database; fetched when something does. */
import { StoreError } from './store-error.js';
import type { SubjectWrites, Written } from './store.js';
import type { Ranges, SubjectTx } from './subject-database.js';
import type { Place } from './tell-pages.js';
import { writeEntries, type Memo } from './write.js';

export { sweep } from './expiry.js';
export { removeMessages } from './forget.js';
export { isPage } from './sound-page.js';

/** @param write runs in one writing transaction. */
export function writesOf(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
  place: Place,
): SubjectWrites {
  let memo: Memo | undefined;
  /** How many conversations went to make room, and nothing has been stored since: more would go in vain. */
  let made = 0;

  return {
    async write(entries, consent, said) {
      const known = memo;
      memo = undefined;
      return once(known)
        .catch(async (error: unknown) => {
          if (!isFor('stale', error)) throw error;
          return once();
        })
        .catch(async (error: unknown) => {
          if (made || !isFor('quota', error)) throw error;
          const { makeRoom } = await import('./evicting.js');
          made = await makeRoom(place, write, ranges, entries);
          if (!made) throw error;
          return once();
        });

      async function once(before?: Memo): Promise<Written> {
        const { memo: next, ...written } = await write((tx) => {
          const mine = before;
          before = undefined; // a second run, on a new handle, begins with nothing
          const still = entries.filter(({ kind, id }) => kind === 'forget' || !said || said.has(id));
          return writeEntries(tx, ranges, still, mine, consent);
        });
        memo = next;
        made = 0;
        return written;
      }
    },
  };
}

function isFor(reason: StoreError['reason'], error: unknown): boolean {
  return error instanceof StoreError && error.reason === reason;
}
