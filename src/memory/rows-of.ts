import type { Fact, Held, Key } from '../facts/entry.js';
import type { Hand } from './hand.js';

/** Which of a key's facts the device has, and which were said here and are not there. */
export function rowsOf({ facts, pending }: Hand, key: Key): Record<'known' | 'said', Held<Fact>[]> {
  const rows = facts.get(key) ?? [];
  const isSaid = (row: Held<Fact>) => pending.get(row.entry.id) === row;
  return { known: rows.filter((row) => !isSaid(row)), said: rows.filter(isSaid) };
}
