import type { Fact, Held, Ms } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import { compareHeld } from '../facts/order.js';
import { resolveKey } from '../facts/value.js';
import { uncovered, type Hand } from './hand.js';
import { rowsOf } from './rows-of.js';

/** The device's facts that decide what is shown, for the boot record. */
export function deciding(hand: Hand, now: Ms): Fact[] {
  return [...hand.facts.keys()].flatMap((key) => {
    // What is being forgotten is still stored for a moment, and no page may begin with it.
    const rows = uncovered(hand, rowsOf(hand, key).known);
    const found = resolveKey(rows, now);
    if (!found) return [];
    return found.reconfirm ? [found.held.entry, newestOf(rows, now)] : [found.held.entry];
  });
}

function newestOf(rows: readonly Held<Fact>[], now: Ms): Fact {
  const living = rows.filter(({ entry }) => !isExpired(entry, now)).sort(compareHeld);
  return (living.at(-1) as Held<Fact>).entry;
}
