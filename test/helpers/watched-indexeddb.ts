import type { IndexedDb } from '../../src/platform/platform.js';

/** An IndexedDB that knows whether anything that was asked of it is still to be answered. */
export interface WatchedIndexedDb extends IndexedDb {
  /** Resolves when every opening, look and transaction has ended; at once when none is under way. */
  idle(): Promise<void>;
}

/** Deleting is not watched: whoever asks for it does not wait for it, and a frozen page may block it for ever. */
export function watchedIndexedDb({ factory, keyRange }: IndexedDb): WatchedIndexedDb {
  const underWay = new Set<Promise<unknown>>();

  function watch(ended: Promise<unknown>): void {
    underWay.add(ended);
    void ended.then(() => underWay.delete(ended));
  }

  function open(name: string, version?: number): IDBOpenDBRequest {
    const request = factory.open(name, version);
    watch(firstOf(request, ['success', 'error']));
    request.addEventListener('success', () => {
      const database = request.result;
      const begin = database.transaction.bind(database);
      database.transaction = (stores, mode, options) => {
        const tx = begin(stores, mode, options);
        watch(firstOf(tx, ['complete', 'abort']));
        return tx;
      };
    });
    return request;
  }

  function databases(): Promise<IDBDatabaseInfo[]> {
    const looking = factory.databases();
    watch(looking.catch(() => undefined));
    return looking;
  }

  return {
    keyRange,
    factory: {
      open,
      databases,
      deleteDatabase: (name) => factory.deleteDatabase(name),
      cmp: (a, b) => factory.cmp(a, b),
    } as IDBFactory,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function firstOf(target: EventTarget, names: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const name of names) target.addEventListener(name, () => resolve());
  });
}
