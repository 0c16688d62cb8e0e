import type { Fact, Held, Ms, Selector, Uuid } from './entry.js';
import { resolveKey } from './value.js';

export type Wrong = { readonly forget: Selector } | { readonly hide: Uuid };

/**
 * What to do when the person says that one fact is wrong: if it is what its key stands for, the key is forgotten, or the
 * next weaker guess would take its place; otherwise that fact alone is shown nowhere. Undefined when it is not there.
 *
 * @param rows the living facts of its key.
 */
export function wrong(id: Uuid, rows: readonly Held<Fact>[], now: Ms): Wrong | undefined {
  const held = rows.find((row) => row.entry.id === id);
  if (!held) return undefined;
  return resolveKey(rows, now)?.held === held ? { forget: { key: held.entry.key } } : { hide: id };
}
