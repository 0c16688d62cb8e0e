import { rankOf } from './authority.js';
import type { Entry, Fact, Held, Ms } from './entry.js';
import { MAX_AHEAD, wallOf } from './stamp.js';

/**
 * When an entry counts as written: its own clock, at most five minutes ahead of the endpoint's. A pending entry is not
 * clamped; when it gets a `received` its time can only go down. Nothing that lies there in its place makes this throw.
 */
export function timeOf({ entry, received = Infinity }: Held): Ms {
  return Math.min(wallOf(entry.at), Number(received) + MAX_AHEAD);
}

/** Older before newer: by time, wall, counter, id. 0 only for the same entry. */
export function compareHeld(a: Held<Entry>, b: Held<Entry>): number {
  return timeOf(a) - timeOf(b) || compareText(a.entry.at, b.entry.at) || compareText(a.entry.id, b.entry.id);
}

/** Stamps and ids are of one length and in lower case: what is greater as a text is greater. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The weaker word before the stronger, then older before newer: the last of them is the value. */
export function compareWorth(a: Held<Fact>, b: Held<Fact>): number {
  return rankOf(a.entry.authority) - rankOf(b.entry.authority) || compareHeld(a, b);
}

/** Messages by the endpoint's order, then pending ones; 0 between pending ones, so that a stable sort leaves them in local order. */
export function compareMessages(a: Held, b: Held): number {
  if (a.seq === b.seq) return 0;
  return (a.seq ?? Infinity) - (b.seq ?? Infinity);
}
