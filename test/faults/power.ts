/**
 * A computer whose power can be cut: the simulated browser, of which everything is gone that was committed and not made
 * durable yet, local storage and the tabs with it. Knows no memory beyond how one is made.
 */
import type { make as Make } from '../../src/memory/assemble.js';
import type { IndexedDb, Platform } from '../../src/platform/platform.js';
import { Browser } from '../simulation/browser.js';
import { loadMemory } from '../simulation/bundle.js';
import { globals } from '../simulation/indexeddb.js';
import { chance } from '../simulation/random.js';

export type Options = Parameters<typeof Make>[0];
export type Memory = ReturnType<typeof Make>['memory'];

export interface Computer {
  /** How durable transactions are from now on: as the code asks for it, or not. */
  durability: 'as asked' | 'relaxed';
  /** A page with its memory, once it is ready. */
  open(options?: Partial<Options>): Memory;
  /** What a script on the newest page does, to its end; throws what it rejects with. */
  run<T>(script: () => Promise<T>): T;
  /** The same as far as it comes within so many milliseconds. */
  begin(script: () => Promise<unknown>, ms: number): void;
  cutPower(): void;
  /** Everything in all databases, as text. */
  text(): string;
}

/** Longer than the longest wait of any part. */
const PATIENCE = 60_000;

/** Runs `work` with a computer of its own. Microtasks run to their end inside of it, so it is a task of its own. */
export async function withComputer<T>(
  { seed, buffersNew }: { readonly seed: number; readonly buffersNew: boolean },
  work: (computer: Computer) => T,
): Promise<T> {
  const { make } = await (loading ??= loadMemory('power'));
  Object.assign(globalThis, globals, {
    fetchSimulatedCode: (_: string, there: () => Promise<unknown>) => there(),
  });
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work(computerWith(make, seed, buffersNew)));
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}

let loading: ReturnType<typeof loadMemory> | undefined;

function computerWith(make: typeof Make, seed: number, buffersNew: boolean): Computer {
  const random = chance(seed);
  const browser = new Browser(random);
  browser.engine.buffersNew = buffersNew;
  let page: ReturnType<Browser['load']> | undefined;

  const computer: Computer = {
    durability: 'as asked',
    open(options) {
      if (page) browser.leave(page);
      const next = (page = browser.load(browser.newTab()));
      const platform = onDisk(next.platform, () => computer.durability);
      let memory: Memory | undefined;
      browser.scheduler.do(next, () => void ({ memory } = make({ site: 'shop', platform, ...options })));
      computer.run(() => (memory as Memory).ready);
      return memory as Memory;
    },
    run<T>(script: () => Promise<T>): T {
      let outcome: { value: T } | { error: unknown } | undefined;
      browser.scheduler.do(page, () => {
        script().then(
          (value) => (outcome = { value }),
          (error: unknown) => (outcome = { error }),
        );
      });
      browser.scheduler.run(PATIENCE, () => outcome !== undefined);
      if (!outcome) throw new Error('It never ended.');
      if ('error' in outcome) throw outcome.error as Error;
      return outcome.value;
    },
    begin(script, ms) {
      browser.scheduler.do(page, () => void script().catch(() => undefined));
      browser.scheduler.run(ms);
    },
    text: () => browser.engine.text(),
    cutPower() {
      // Of what is buffered nothing is left; a browser that crashes alone would lose a part of it.
      browser.scheduler.chance = { ...random, below: () => 0 };
      browser.crash(true, true);
      browser.scheduler.chance = random;
      page = undefined;
    },
  };
  return computer;
}

/**
 * The page's IndexedDB with another durability, and with databases that a frozen tab keeps from being deleted: that is a
 * courtesy, on which nothing that was accepted may rest.
 */
function onDisk(platform: Platform, durability: () => Computer['durability']): Platform {
  const { factory, keyRange } = platform.indexedDB as IndexedDb;
  return {
    ...platform,
    indexedDB: {
      keyRange,
      factory: {
        open(name: string, version?: number) {
          const request = factory.open(name, version);
          request.addEventListener('success', () => weaken(request.result, durability));
          return request;
        },
        deleteDatabase: () => ({ addEventListener: () => undefined }),
        databases: () => factory.databases(),
      } as unknown as IDBFactory,
    },
  };
}

function weaken(database: IDBDatabase, durability: () => Computer['durability']): void {
  const begin = database.transaction.bind(database);
  database.transaction = (stores, mode, options) =>
    begin(stores, mode, durability() === 'relaxed' ? { ...options, durability: 'relaxed' } : options);
}
