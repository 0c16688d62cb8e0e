import type { Draft, Fact } from '../facts/entry.js';
import { frozenCopy } from '../facts/frozen.js';
import { wallOf } from '../facts/stamp.js';
import type { Remembered } from './types.js';

/** What a reader gets of a fact: frozen, so that no listener can edit what another sees. */
export function rememberedOf({ entry }: { readonly entry: Draft<Fact> }, reconfirm = false): Remembered {
  const { id, key, value, authority, at, purpose, by, why, until, discreet } = entry;
  // What is undefined is not in the copy.
  return frozenCopy({
    id,
    key,
    value,
    authority,
    at: wallOf(at),
    purpose,
    by,
    why,
    until,
    discreet: discreet || undefined,
    reconfirm: reconfirm || undefined,
  }) as Remembered;
}
