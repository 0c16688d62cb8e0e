import type { Fact, Forget, Held, Key, PurposeName, Uuid } from './entry.js';
import { includes } from './includes.js';
import { isBy, isFinal, matches } from './selector.js';

/**
 * What a new entry says its writer had heard of. To be read in the transaction that stores the entry.
 *
 * @param head highest `seq` up to which this device has applied every row (its cursor); 0 with no endpoint.
 * @param forgets the forgets this device holds.
 */
export function seenAndAfter(
  target: { readonly key: Key; readonly purpose: PurposeName },
  head: number,
  forgets: readonly Held<Forget>[],
): { seen: number; after?: Uuid[] } {
  // An own forget may be acknowledged before the cursor has come up to it: `head` does not speak for it yet.
  const after = forgets
    .filter(({ entry, seq = Infinity }) => !(seq <= head) && matches(entry.of, target as Fact))
    .map(({ entry }) => entry.id);
  return after.length > 0 ? { seen: head, after } : { seen: head };
}

/**
 * Ids of the pending forgets that a new one makes needless, to be dropped in the transaction that stores it. One that
 * is final, or that names a key and so keeps observed facts of it away for good, only yields to one as strong. One of a
 * later time stays, though it was asked before by a clock that is ahead: what is written now has to name it, in case that
 * another page does it again.
 *
 * @param unsent pending forgets that were never sent. One that was may be at the endpoint although no answer came, and
 * what is written from now on has to name it in `after`.
 */
export function forgetsDroppedBy(newForget: Forget, unsent: readonly Held<Forget>[]): Uuid[] {
  return unsent
    .filter(({ entry, seq }) => seq === undefined && entry.at < newForget.at && replaces(newForget, entry))
    .map(({ entry }) => entry.id);
}

function replaces(later: Forget, earlier: Forget): boolean {
  if (!includes(later.of, earlier.of)) return false;
  if (isFinal(later.of)) return true;
  return !isFinal(earlier.of) && (isBy(later.of, 'key') || !isBy(earlier.of, 'key'));
}
