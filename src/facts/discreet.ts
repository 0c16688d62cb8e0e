import type { Key } from './entry.js';
import { rootOf } from './key.js';

/** Whether facts of this key are never shown unasked, whatever their writer said. */
export function isAlwaysDiscreet(key: Key): boolean {
  return rootOf(key) === 'care';
}
