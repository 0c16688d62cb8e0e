import type { Ms } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { isExpired } from '../facts/living.js';
import { dropSetAside, removeMessages } from './forget.js';
import { readMeta } from './read-start.js';
import { startingWith } from './row-key.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';
import { result } from './transaction.js';

/** How many facts, and how many pages, one transaction takes at most. */
const SLICE = 50;

/**
 * Deletes some of what had expired at `limit`; gives whether there may be more. Values do not change by it: what is
 * expired is not shown anyway.
 */
export async function sweep(tx: SubjectTx, ranges: Ranges, limit: Ms): Promise<boolean> {
  const meta = await readMeta(tx);
  const due = ranges.upperBound(limit);
  const lost = await dropSetAside(tx, meta, (entry) => (entry.until ?? Infinity) <= limit);
  tx.objectStore('meta').put({ ...meta, ...lost, changes: meta.changes + 1 }, META);
  const rows = tx.objectStore('rows');
  const facts = await result(rows.index('until').getAllKeys(due, SLICE));
  const pages = await result(tx.objectStore('pages').index('until').getAllKeys(due, SLICE));
  for (const key of facts) rows.delete(key);
  // A conversation that loses its last fact loses its empty page as well.
  const conversations = new Set([
    ...facts.map(([key]) => conversationIdOf(key)),
    ...pages.map(([cid]) => cid),
  ]);
  let gone = facts.length;
  for (const cid of conversations) {
    if (cid === undefined) continue;
    const within = startingWith(ranges, cid);
    gone += (await removeMessages(tx, ranges, within, ({ entry }) => isExpired(entry, limit))).messages;
  }
  // Where nothing went nothing would the next time.
  return gone > 0 && (facts.length === SLICE || pages.length === SLICE);
}
