import { MemoryError } from '../platform/errors.js';
import { lazy, type Lazy } from '../platform/lazy.js';

/** A part of the memory whose code is fetched when it is first needed; rejects with `storage_failed` when it cannot be. */
export function part<T>(fetch: () => Promise<T>, working?: Set<Promise<unknown>>): Lazy<T> {
  return lazy(
    () =>
      fetch().catch((cause: unknown) => {
        throw new MemoryError('storage_failed', 'memory', 'its code could not be loaded', { cause });
      }),
    working,
  );
}
