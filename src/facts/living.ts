import { covers } from './cover.js';
import type { Entry, Fact, Forget, Held, Message, Ms } from './entry.js';

/** @param now endpoint time: own clock plus skew. An entry lives up to its `until`, not at it. */
export function isExpired(entry: Entry, now: Ms): boolean {
  return entry.kind !== 'forget' && entry.until !== undefined && entry.until <= now;
}

/** Those that no forget covers and that have not expired, in the order given. */
export function living<E extends Fact | Message>(
  rows: readonly Held<E>[],
  forgets: readonly Held<Forget>[],
  now: Ms,
): Held<E>[] {
  return rows.filter(
    (held) => !isExpired(held.entry, now) && !forgets.some((forget) => covers(forget, held)),
  );
}
