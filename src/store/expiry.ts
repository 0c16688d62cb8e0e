import type { Ms } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { isExpired } from '../facts/living.js';
import { inTransaction } from './connection.js';
import { removeMessages } from './forget.js';
import { META, type Meta, type Ranges, type SubjectTx } from './subject-database.js';
import { readMeta } from './write.js';

const DAY: Ms = 86_400_000;

/** The clock of a visit, beside that of the last visit on another day: [other day, this day], or this day alone. */
export function daysWith(days: readonly Ms[], now: Ms): readonly Ms[] {
  const latest = days.at(-1);
  if (latest === undefined) return [now];
  return sameDay(latest, now) ? days : [latest, now];
}

/**
 * What may be deleted for good: what two visits on different days both call expired. One clock that was wrong for a day
 * hides things; it destroys nothing.
 */
export function expiredSince(days: readonly Ms[]): Ms | undefined {
  return days.length > 1 ? Math.min(...days) : undefined;
}

/** Notes the day and deletes what has expired for good. Values do not change by it: what is expired is not shown anyway. */
export async function sweep(tx: SubjectTx, ranges: Ranges, now: Ms): Promise<void> {
  const meta = await readMeta(tx);
  const days = daysWith(meta.days, now);
  const limit = expiredSince(days);
  const next: Meta = { ...meta, days, changes: meta.changes + 1 };
  inTransaction(tx.objectStore('meta').put(next, META));
  if (limit === undefined) return;
  const rows = tx.objectStore('rows');
  const facts = await rows.index('until').getAllKeys(ranges.upTo(limit));
  const pages = await tx.objectStore('pages').index('until').getAllKeys(ranges.upTo(limit));
  for (const key of facts) inTransaction(rows.delete(key));
  // A conversation that loses its last fact loses its empty page as well.
  const conversations = new Set([
    ...facts.map(([key]) => conversationIdOf(key)),
    ...pages.map(([cid]) => cid),
  ]);
  for (const cid of conversations) {
    if (cid !== undefined)
      await removeMessages(tx, ranges, ranges.pagesOf(cid), ({ entry }) => isExpired(entry, limit));
  }
}

export function sameDay(a: Ms, b: Ms): boolean {
  return Math.floor(a / DAY) === Math.floor(b / DAY);
}
