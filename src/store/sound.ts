import type { Held } from '../facts/entry.js';
import { isStoredEntry } from './stored-entry.js';
import { must } from './subject-database.js';

/** The same rows, each of which must be an entry. */
export function sound<H extends Held>(rows: readonly H[]): readonly H[] {
  must(rows.every(({ entry }) => isStoredEntry(entry)));
  return rows;
}
