import type { Ms } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { isExpired } from '../facts/living.js';
import { removeMessages } from './forget.js';
import { readMeta } from './read-start.js';
import { startingWith } from './row-key.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';
import { inTransaction, wrapped } from './wrapped.js';

/** Deletes what had expired at `limit`. Values do not change by it: what is expired is not shown anyway. */
export async function sweep(raw: SubjectTx, ranges: Ranges, limit: Ms): Promise<void> {
  const meta = await readMeta(raw);
  const tx = wrapped(raw);
  const due = ranges.upperBound(limit);
  inTransaction(tx.objectStore('meta').put({ ...meta, changes: meta.changes + 1 }, META));
  const rows = tx.objectStore('rows');
  const facts = await rows.index('until').getAllKeys(due);
  const pages = await tx.objectStore('pages').index('until').getAllKeys(due);
  for (const key of facts) inTransaction(rows.delete(key));
  // A conversation that loses its last fact loses its empty page as well.
  const conversations = new Set([
    ...facts.map(([key]) => conversationIdOf(key)),
    ...pages.map(([cid]) => cid),
  ]);
  for (const cid of conversations) {
    if (cid !== undefined)
      await removeMessages(tx, ranges, startingWith(ranges, cid), ({ entry }) => isExpired(entry, limit));
  }
}
