import type { Ms } from '../facts/entry.js';
import { inTransaction } from './connection.js';
import { readMeta } from './read-start.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';

const DAY: Ms = 86_400_000;

/** The clock of a visit, beside that of the last visit on another day: [other day, this day], or this day alone. */
export function daysWith(days: readonly Ms[], now: Ms): readonly Ms[] {
  const latest = days.at(-1);
  if (latest === undefined) return [now];
  return sameDay(latest, now) ? days : [latest, now];
}

/**
 * Notes the day of this visit. Gives the time up to which there is something to delete for good: what two visits on
 * different days both call expired. One clock that was wrong for a day hides things; it destroys nothing.
 */
export async function noteDay(tx: SubjectTx, ranges: Ranges, now: Ms): Promise<Ms | undefined> {
  const meta = await readMeta(tx);
  const days = daysWith(meta.days, now);
  inTransaction(tx.objectStore('meta').put({ ...meta, days }, META));
  const limit = days.length > 1 ? Math.min(...days) : -1;
  const due = await Promise.all([
    tx.objectStore('rows').index('until').getKey(ranges.upTo(limit)),
    tx.objectStore('pages').index('until').getKey(ranges.upTo(limit)),
  ]);
  return due.some(Boolean) ? limit : undefined;
}

export function sameDay(a: Ms, b: Ms): boolean {
  return Math.floor(a / DAY) === Math.floor(b / DAY);
}
