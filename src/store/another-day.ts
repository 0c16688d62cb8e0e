/** What the first visit of a day notes. Fetched on that visit, which waits for none of it: the next one tries again. */
import type { Ms } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import { PAGE_SIZE } from './page-size.js';
import { readMeta } from './read-start.js';
import type { Registry } from './registry.js';
import { sameDay } from './same-day.js';
import { META, type Ranges, type SubjectTx } from './subject-database.js';
import { tellPages } from './tell-pages.js';
import { result } from './transaction.js';

/** Most that one person's messages take for longer than a day, in characters. */
const BUDGET = 20_000_000;

/**
 * Notes that the person was here, and the day; then, which is not waited for, deletes for good what two visits on different
 * days both call expired, and what there is no room for. One clock that was wrong for a day hides things; it destroys
 * nothing.
 *
 * @param local name of the person's database.
 * @param write runs in one writing transaction on it.
 * @param budget of messages, in characters.
 */
export async function noteDay(
  registry: Registry,
  local: string,
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
  now: Ms,
  budget = BUDGET,
): Promise<void> {
  const { clock } = registry.platform;
  // By the clock that says how long they were away.
  await noteUse(registry, local, clock.now()).catch(() => undefined);
  const { limit, isDue, pages, skew } = await write(async (tx) => {
    const meta = await readMeta(tx);
    const days = daysWith(meta.days, now);
    tx.objectStore('meta').put({ ...meta, days }, META);
    const pages = await result(tx.objectStore('pages').count());
    const found = { pages, skew: meta.skew, limit: undefined, isDue: false };
    if (days.length < 2) return found;
    const limit = Math.min(...days);
    const expired = ranges.upperBound(limit);
    const due = await Promise.all([
      result(tx.objectStore('rows').index('until').getKey(expired)),
      result(tx.objectStore('pages').index('until').getKey(expired)),
    ]);
    return { ...found, limit, isDue: !!meta.lost?.unreadable || due.some(Boolean) };
  });
  clean().catch(() => undefined);

  /** One transaction after another: whoever is interrupted leaves the rest to another day. */
  async function clean(): Promise<void> {
    if (limit !== undefined) {
      // A clock that was wrong on both days may have been set right since.
      const expired = () => Math.min(limit, clock.now() + skew);
      await sweepDevice(registry, expired()).catch(() => undefined);
      if (isDue) {
        const { sweep } = await import('./subject-changes.js');
        while (await write((tx) => sweep(tx, ranges, expired()))) continue;
      }
    }
    if (pages * PAGE_SIZE <= budget) return;
    const { keepBudget } = await import('./evicting.js');
    if (await keepBudget(write, ranges, budget)) tellPages(registry);
  }
}

function noteUse({ connection }: Registry, local: string, now: Ms): Promise<void> {
  return connection.run('readwrite', async (tx) => {
    const subjects = tx.objectStore('subjects');
    const record = await result(subjects.get(local));
    // A clock that is set right again must not make somebody look unused for years.
    if (record && record.usedAt < now) subjects.put({ ...record, usedAt: now });
  });
}

/** What belongs to the device and had expired at `limit`. It is not shown any more, so nobody has to hear of it. */
function sweepDevice({ connection }: Registry, limit: Ms): Promise<void> {
  return connection.run('readwrite', async (tx) => {
    const device = tx.objectStore('device');
    for (const { entry } of await result(device.getAll()))
      if (isExpired(entry, limit)) device.delete(entry.key);
  });
}

/** The clock of a visit, beside that of the last visit on another day: [other day, this day], or this day alone. */
function daysWith(days: readonly Ms[], now: Ms): readonly Ms[] {
  const latest = days.at(-1);
  if (latest === undefined) return [now];
  return sameDay(latest, now) ? days : [latest, now];
}
