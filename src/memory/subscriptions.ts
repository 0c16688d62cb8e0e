import type { Remembered } from './types.js';

/**
 * Listeners of one memory: called at once, and then once for all changes of a task. One that throws is reported and does
 * not stop the others; one added or removed while the others run takes effect the next time.
 */
export interface Subscriptions {
  /** Rises with each set of changes. */
  readonly version: number;
  changed(): void;
  all(run: () => void): () => void;
  /** Calls `run` only when what is recalled under the key is another object. */
  key(key: string, run: (fact: Remembered | undefined) => void): () => void;
}

export function createSubscriptions(
  recall: (key: string) => Remembered | undefined,
  report: (error: unknown) => void,
): Subscriptions {
  const listeners = new Set<() => void>();
  let version = 0;
  let telling = false;

  /** @param listener a function of its own: one that is given twice is two subscriptions. */
  function add(listener: () => void, first: () => void): () => void {
    listeners.add(listener);
    call(first);
    return () => void listeners.delete(listener);
  }

  function call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      report(error);
    }
  }

  return {
    get version() {
      return version;
    },
    changed() {
      version += 1;
      if (telling) return;
      telling = true;
      queueMicrotask(() => {
        telling = false;
        [...listeners].forEach(call);
      });
    },
    all: (run) => add(() => run(), run),
    key(key, run) {
      let last = recall(key);
      const next = () => {
        const fact = recall(key);
        if (fact === last) return;
        last = fact;
        run(fact);
      };
      return add(next, () => run(last));
    },
  };
}
