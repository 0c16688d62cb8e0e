/** One hook; it neither makes a memory nor closes one. */
import { useCallback, useSyncExternalStore } from 'react';
import { findMemory, onMemoriesChange } from './memory/table.js';
import type { AnyPreferences, KeyOf, NoPreferences, Remembered, ValueOf } from './memory/types.js';

type Key = KeyOf<AnyPreferences>;
type Fact<K extends Key> = Remembered<K, ValueOf<AnyPreferences, NoPreferences, K>>;

/**
 * What is remembered under a key, as it changes; undefined while it is not known, on a server, and
 * until there is a memory of that site (default: the page's only one).
 *
 * @example const delivery = useMemory('preferences.delivery')?.value;
 */
export function useMemory<K extends Key>(key: K, site?: string): Fact<K> | undefined {
  const subscribe = useCallback((run: () => void) => watch(key, site, run), [key, site]);
  const recall = () => findMemory(site)?.recall(key) as Fact<K> | undefined;
  return useSyncExternalStore(subscribe, recall, () => undefined);
}

/** Follows the memory that is there, and the next one when it is made or closed. */
function watch(key: Key, site: string | undefined, run: () => void): () => void {
  let unfollow: (() => void) | undefined;
  const follow = () => {
    unfollow?.();
    unfollow = findMemory(site)?.subscribe(key, run);
    run();
  };
  const stop = onMemoriesChange(follow);
  follow();
  return () => {
    stop();
    unfollow?.();
  };
}
