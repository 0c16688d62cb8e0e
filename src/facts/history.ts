import type { Fact, Held, Ms } from './entry.js';
import { compareHeld, compareWorth } from './order.js';

/**
 * The facts of one key that can still become its value or its newest word: now, when others have expired, after a
 * further forget, or after a merge is undone; and the newest four for the person to read. `rows` are living and of one
 * key; what is not returned may be deleted. Holds for what one device or endpoint can have, not for arbitrary sets of rows.
 *
 * @param newest how many of the newest stay for the reader of a history, whether or not they can still matter.
 */
export function compact(rows: readonly Held<Fact>[], newest = 4): Held<Fact>[] {
  const groups = new Map<string, Held<Fact>[]>();
  for (const row of rows) {
    const group = groups.get(groupOf(row));
    if (group) group.push(row);
    else groups.set(groupOf(row), [row]);
  }
  const kept = new Set<Held<Fact>>();
  for (const group of groups.values()) {
    for (const row of unsurpassed(group, compareWorth)) kept.add(row);
    for (const row of unsurpassed(group, compareHeld)) kept.add(row);
    for (const row of [...group].sort((a, b) => compareHeld(b, a)).slice(0, newest)) kept.add(row);
  }
  return rows.filter((row) => kept.has(row));
}

/**
 * Rows that come and go together: a forget takes them by purpose, an undo by merge. And a pending row surpasses no
 * accepted one: an endpoint that refuses it takes it away alone, and its `received` may set it back.
 */
function groupOf({ entry, received }: Held<Fact>): string {
  return `${entry.purpose} ${entry.merge ?? ''} ${received === undefined}`;
}

/** Those with no greater one that lives at least as long. */
function unsurpassed(
  group: readonly Held<Fact>[],
  compare: (a: Held<Fact>, b: Held<Fact>) => number,
): Held<Fact>[] {
  let longest: Ms = -Infinity;
  return [...group]
    .sort((a, b) => compare(b, a))
    .filter(({ entry: { until = Infinity } }) => {
      if (until <= longest) return false;
      longest = until;
      return true;
    });
}
