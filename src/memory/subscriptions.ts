import { emitter } from '../platform/emitter.js';
import type { Remembered } from './types.js';

/** Listeners of one memory: called at once, and then once for all changes of a task. */
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
  const listeners = emitter<void>(report);
  let version = 0;
  let telling = false;

  function add(listener: () => void, first: () => void): () => void {
    const stop = listeners.on(listener);
    try {
      first();
    } catch (error) {
      report(error);
    }
    return stop;
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
        listeners.emit();
      });
    },
    all: (run) => add(run, run),
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
