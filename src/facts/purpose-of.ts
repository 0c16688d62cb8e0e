import type { Key, PurposeName } from './entry.js';
import { rootOf, under } from './key.js';
import type { Purposes } from './purpose.js';

/** The purpose with the longest prefix that matches the key, else the key's root. */
export function purposeOf(key: Key, purposes: Purposes = {}): PurposeName {
  let purpose: PurposeName = rootOf(key);
  let longest = 0;
  for (const [name, { keys = [] }] of Object.entries(purposes)) {
    for (const prefix of keys) {
      if (prefix.length > longest && under(prefix, key)) {
        purpose = name;
        longest = prefix.length;
      }
    }
  }
  return purpose;
}
