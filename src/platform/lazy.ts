/**
 * Something whose code is fetched when it is first needed. `lazy(run)` runs at once when it is here, else as soon as it
 * is, in the order asked; rejects when it cannot be fetched, and tries again the next time.
 */
export interface Lazy<T> {
  <R>(run: (there: T) => R | Promise<R>): Promise<R>;
  readonly here: () => boolean;
  /** Resolves when it is here, or could not be fetched, where it has been asked for; at once where it has not. */
  readonly come: () => Promise<unknown>;
}

/** @param working holds all that is asked of it, until it is done. */
export function lazy<T>(fetch: () => Promise<T>, working?: Set<Promise<unknown>>): Lazy<T> {
  let there: T | undefined;
  let coming: Promise<T> | undefined;

  async function use<R>(run: (there: T) => R | Promise<R>): Promise<R> {
    try {
      there ??= await (coming ??= fetch());
    } catch (error) {
      coming = undefined;
      throw error;
    }
    return run(there);
  }

  return Object.assign(
    <R>(run: (there: T) => R | Promise<R>) => {
      const work = use(run);
      working?.add(work);
      const done = () => working?.delete(work);
      work.then(done, done);
      return work;
    },
    {
      here: () => there !== undefined,
      come: async () => coming?.catch(() => undefined),
    },
  );
}
