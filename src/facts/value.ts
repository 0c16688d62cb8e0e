import { equalJson } from './equal.js';
import type { Fact, Held, Ms } from './entry.js';
import { isExpired } from './living.js';
import { compareHeld, compareWorth } from './order.js';

/** What a key's value is, and whether something newer but weaker says otherwise ("still size M?"). */
export interface Resolved {
  readonly held: Held<Fact>;
  readonly reconfirm: boolean;
}

/** The strongest living word on one key, the newest of equally strong ones; undefined when nothing lives. `rows` are of one key and not covered. */
export function resolveKey(rows: readonly Held<Fact>[], now: Ms): Resolved | undefined {
  let held: Held<Fact> | undefined;
  let newest: Held<Fact> | undefined;
  for (const row of rows) {
    if (isExpired(row.entry, now)) continue;
    if (!held || compareWorth(row, held) > 0) held = row;
    if (!newest || compareHeld(row, newest) > 0) newest = row;
  }
  // A weaker word that says the same is no reason to ask again.
  return (
    held && newest && { held, reconfirm: newest !== held && !equalJson(newest.entry.value, held.entry.value) }
  );
}
