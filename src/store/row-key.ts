/** Where rows and pages lie, for those who change and search them; a start reads them without it. */
import type { Fact, Forget, Key, Uuid } from '../facts/entry.js';
import type { Ranges } from './subject-database.js';

/** Forgets sort first, then care, conversations, identity and preferences: a start reads two ranges and no conversation. */
export const FORGET = '!';

/** Where a fact or a forget lies among the rows. */
export function rowKey(entry: Fact | Forget): [string, Uuid] {
  return [entry.kind === 'forget' ? FORGET : entry.key, entry.id];
}

/** Of rows, all of a key; of pages, all of a conversation. */
export function startingWith(ranges: Ranges, first: Key | Uuid): IDBKeyRange {
  // In IndexedDB an array is greater than any string or number: [x, []] ends everything that begins with x.
  return ranges.bound([first], [first, []]);
}
