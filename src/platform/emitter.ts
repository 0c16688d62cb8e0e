/**
 * A set of listeners. One that throws is reported and does not stop the others; one added or removed
 * while the others run takes effect the next time.
 */
export interface Emitter<T> {
  readonly size: number;
  on(run: (value: T) => void): () => void;
  emit(value: T): void;
}

export function emitter<T>(report: (error: unknown) => void): Emitter<T> {
  const listeners = new Set<{ run: (value: T) => void }>();
  return {
    get size() {
      return listeners.size;
    },
    on(run) {
      // A box each, so that one function given twice is two subscriptions.
      const box = { run };
      listeners.add(box);
      return () => void listeners.delete(box);
    },
    emit(value) {
      for (const { run } of [...listeners]) {
        try {
          run(value);
        } catch (error) {
          report(error);
        }
      }
    },
  };
}
