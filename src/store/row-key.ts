import type { Fact, Forget, Uuid } from '../facts/entry.js';
import { FORGET } from './subject-database.js';

/** Where a fact or a forget lies among the rows. */
export function rowKey(entry: Fact | Forget): [string, Uuid] {
  return [entry.kind === 'forget' ? FORGET : entry.key, entry.id];
}
