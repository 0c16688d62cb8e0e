/** One hook, which neither makes a memory nor closes one; and the elements as JSX knows them. */
import { useCallback, useSyncExternalStore, type DetailedHTMLProps, type HTMLAttributes } from 'react';
import type { ElementProperties } from './elements/properties.js';
import { findMemory, onMemoriesChange } from './memory/table.js';
import type { AnyPreferences, KeyOf, Memory, NoPreferences, Remembered, ValueOf } from './memory/types.js';

/** `useMemory` with the keys and values of one site's schemas. */
export type UseMemory<P, D> = <K extends KeyOf<P, D>>(
  key: K,
  site?: string,
) => Remembered<K, ValueOf<P, D, K>> | undefined;

/**
 * What is remembered under a key, as it changes; undefined while it is not known, on a server, and
 * until there is a memory of that site (default: the page's only one).
 *
 * @example const delivery = useMemory('preferences.delivery')?.value;
 */
export const useMemory: UseMemory<AnyPreferences, NoPreferences> = (key, site) => {
  const subscribe = useCallback((run: () => void) => watch(key, site, run), [key, site]);
  const recall = () => findMemory(site)?.recall(key);
  return useSyncExternalStore(subscribe, recall, () => undefined);
};

/**
 * The same hook, typed by what a site's memory was made with.
 *
 * @example export const useShop = createUseMemory<typeof memory>();
 */
export function createUseMemory<M>(): M extends Memory<infer P, infer D, infer _U> ? UseMemory<P, D> : never {
  return useMemory as never;
}

/** Follows the memory that is there, and the next one when it is made or closed. */
function watch(key: KeyOf<AnyPreferences>, site: string | undefined, run: () => void): () => void {
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

type InJsx<E extends HTMLElement, Own> = DetailedHTMLProps<HTMLAttributes<E>, E> & Own;
type Elements = {
  [Name in keyof ElementProperties]: InJsx<HTMLElementTagNameMap[Name], ElementProperties[Name]>;
};

declare module 'react' {
  // eslint-disable-next-line no-restricted-syntax -- React asks for its own namespace to be added to.
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
