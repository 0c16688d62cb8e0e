/** What the first visit of a day notes. Fetched on that visit, which waits for none of it: the next one tries again. */
import type { Ms } from '../facts/entry.js';
import { readMeta } from './read-start.js';
import type { Registry } from './registry.js';
import { DAY, sameDay } from './same-day.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';
import { result } from './transaction.js';

/** As `Device.used`. */
export function noteUse({ connection }: Registry, local: string, now: Ms): Promise<void> {
  return connection.run('readwrite', async (tx) => {
    const subjects = tx.objectStore('subjects');
    const record = await result(subjects.get(local));
    if (record && now - record.usedAt >= DAY) subjects.put({ ...record, usedAt: now });
  });
}

/**
 * Notes the day of this visit, and deletes for good what two visits on different days both call expired. One clock that
 * was wrong for a day hides things; it destroys nothing.
 *
 * @param write runs in one writing transaction on a person's database.
 */
export async function noteDay(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
  now: Ms,
): Promise<void> {
  const limit = await write(async (tx) => {
    const meta = await readMeta(tx);
    const days = daysWith(meta.days, now);
    tx.objectStore('meta').put({ ...meta, days }, META);
    if (days.length < 2) return undefined;
    const limit = Math.min(...days);
    const expired = ranges.upperBound(limit);
    const due = await Promise.all([
      result(tx.objectStore('rows').index('until').getKey(expired)),
      result(tx.objectStore('pages').index('until').getKey(expired)),
    ]);
    return due.some(Boolean) ? limit : undefined;
  });
  if (limit === undefined) return;
  const { sweep } = await import('./subject-changes.js');
  await write((tx) => sweep(tx, ranges, limit));
}

/** The clock of a visit, beside that of the last visit on another day: [other day, this day], or this day alone. */
function daysWith(days: readonly Ms[], now: Ms): readonly Ms[] {
  const latest = days.at(-1);
  if (latest === undefined) return [now];
  return sameDay(latest, now) ? days : [latest, now];
}
