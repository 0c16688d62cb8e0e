/** What the tests of the memory share: page loads of one browser, pages that die, and a look at everything that is kept. */
import { createMemory } from '../../src/index.js';
import { leave } from '../../src/memory/table.js';
import type { Memory, MemoryOptions, Schemas } from '../../src/memory/types.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { IndexedDb, KeyValue, Platform } from '../../src/platform/platform.js';
import type { ConsentSource, Grant } from '../../src/memory/types.js';
import { newTab, testBrowser, type Tab, type TestBrowser } from '../helpers/site.js';
import { dump } from '../store/support.js';

export { newTab, testBrowser, type Tab, type TestBrowser };

/** As the tests use it: keys of any spelling, values of any kind. */
export type AnyMemory = Memory<Schemas, Schemas> & {
  remember(key: string, value: unknown, options?: object): Promise<{ id: string; value: unknown }>;
  recall(
    key: string,
  ):
    | { id: string; value: unknown; authority: string; reconfirm?: true; why?: string; until?: number }
    | undefined;
  value(key: string, fallback?: unknown): unknown;
  subscribe(key: string, run: (fact: { value: unknown } | undefined) => void): () => void;
  subscribe(run: (memory: AnyMemory) => void): () => void;
  ask(key: string, asker: (context: { signal: AbortSignal }) => unknown, options?: object): Promise<unknown>;
};

export interface Page {
  readonly memory: AnyMemory;
  readonly platform: FakePlatform;
  readonly tab: Tab;
}

/** What a page says about who is signed in; nothing when absent. */
export interface Load extends Partial<
  Omit<MemoryOptions<Schemas, Schemas>, 'platform' | 'site' | 'identity'>
> {
  readonly tab?: Tab;
  readonly says?: string | null;
  /** Another platform made of the page's own. */
  readonly on?: (platform: FakePlatform) => FakePlatform;
}

/** Loads a page. It has its own table of memories, as pages have, so that several can be open at once. */
export function load(
  browser: TestBrowser,
  { tab = newTab(), says, on = (same) => same, ...options }: Load = {},
): Page {
  const platform = on(browser.page(tab));
  const memory = createMemory({
    site: browser.site,
    platform,
    ...(says !== undefined && { identity: { user: says } }),
    ...options,
  } as MemoryOptions<Schemas, Schemas>);
  leave(memory as unknown as Memory);
  return { memory: memory as unknown as AnyMemory, platform, tab };
}

export async function loaded(browser: TestBrowser, options?: Load): Promise<Page> {
  const page = load(browser, options);
  await page.memory.ready;
  return page;
}

/** A person's memory on the device, and nobody's page open. */
export async function rememberedPerson(
  browser: TestBrowser,
  facts: Record<string, unknown>,
  options: Load = {},
): Promise<void> {
  const { memory } = await loaded(browser, options);
  for (const [key, value] of Object.entries(facts)) await memory.remember(key, value);
  await memory.consent.grant();
  await memory.close();
}

/** Everything that is kept of a site anywhere in this browser, as text, less when a visit was last written to. */
export async function everything(browser: TestBrowser, ...tabs: Tab[]): Promise<string> {
  const databases: unknown[] = [];
  for (const name of await browser.databases())
    databases.push([name, await dump(`customer-memory:${browser.site}${name}`)]);
  const sessions = tabs.map(({ session }) => session.keys().map((key) => [key, session.get(key)]));
  const { visited, ...local } = browser.local();
  void visited;
  return JSON.stringify([databases, local, sessions]);
}

export interface Registry {
  readonly gen: string | undefined;
  readonly active: string | undefined;
  readonly subjects: readonly { local: string; user?: string; state: 'open' | 'aside' }[];
}

/** The registry as it lies in the browser; undefined where there is none. */
export async function registryOf(browser: TestBrowser): Promise<Registry | undefined> {
  if (!(await browser.databases()).includes('')) return undefined;
  const { registry = [], subjects = [] } = await dump(`customer-memory:${browser.site}`);
  const values = Object.fromEntries(registry.map(({ key, value }) => [String(key), value])) as {
    gen?: string;
    active?: string;
  };
  return {
    gen: values.gen,
    active: values.active,
    subjects: subjects.map(({ value }) => value) as Registry['subjects'],
  };
}

/** The databases that are left once the browser has done what it was asked; deleting is asked for and not waited for. */
export async function databasesLeft(browser: TestBrowser): Promise<string[]> {
  let left = await browser.databases();
  for (let turn = 0; left.length && turn < 200; turn += 1) left = await browser.databases();
  return left;
}

/** Somebody else is writing to the person's database, until it is released. */
export async function occupied(browser: TestBrowser): Promise<() => void> {
  const local = (await browser.databases()).find((name) => name !== '')!;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(`customer-memory:${browser.site}${local}`);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
  const tx = database.transaction(database.objectStoreNames, 'readwrite');
  let held = true;
  const again = () => {
    if (held) tx.objectStore('meta').get('nothing').onsuccess = again;
  };
  again();
  return () => {
    held = false;
    database.close();
  };
}

/** What stands in a tab's session storage, by the end of its name. */
export function sessionOf(browser: TestBrowser, { session }: Tab): Record<string, unknown> {
  const prefix = `customer-memory:${browser.site}:`;
  return Object.fromEntries(
    session
      .keys()
      .map((name) => [name.slice(prefix.length), JSON.parse(session.get(name) ?? 'null') as unknown]),
  );
}

/** Resolves when a memory has come to say so. */
export function until(memory: AnyMemory, is: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let done = false;
    const stop = memory.subscribe((): void => {
      if (done || !is()) return;
      done = true;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** All that a page shows of a person, as text. */
export async function shownBy({ memory }: Page): Promise<string> {
  const chats = await memory.conversations.latest(50);
  const messages = await Promise.all(chats.map((chat) => chat.messages()));
  return JSON.stringify([
    memory.facts(),
    memory.conversations.recent,
    chats,
    messages,
    await memory.export(),
    memory.visitor,
    memory.recall('identity.name'),
  ]);
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly path: string | undefined;
}

/** The MemoryError that a call rejects with or throws. */
export async function failureOf(run: () => unknown): Promise<Failure> {
  try {
    await run();
  } catch (error) {
    const { name, code, message, path } = error as Failure & { name: string };
    if (name !== 'MemoryError') throw error;
    return { code, message, path };
  }
  return { code: 'none', message: 'nothing was thrown', path: undefined };
}

/** A consent manager that a test decides for. */
export function consentManager(first?: Grant): ConsentSource & { say(grant: Grant | undefined): void } {
  let grant = first;
  const listeners = new Set<() => void>();
  return {
    current: () => grant,
    subscribe(run) {
      listeners.add(run);
      return () => void listeners.delete(run);
    },
    say(next) {
      grant = next;
      for (const run of [...listeners]) run();
    },
  };
}

/** Loads a page that can be killed: nothing that it had not committed by then comes to pass. */
export function loadMortal(browser: TestBrowser, options: Load = {}): Page & { kill(): void } {
  let kill: () => void = () => undefined;
  const on = (platform: FakePlatform) => {
    const page = mortal(platform);
    kill = () => page.kill();
    return page;
  };
  return { ...load(browser, { ...options, on }), kill: () => kill() };
}

/** A page that is left at the end of the task in which `act` is called: no code that it needs has been fetched. */
export async function leftAfter(
  browser: TestBrowser,
  act: (memory: AnyMemory) => Promise<unknown>[],
  options: Load = {},
): Promise<Page> {
  const page = loadMortal(browser, options);
  await page.memory.ready;
  for (const work of act(page.memory)) work.catch(() => undefined);
  await Promise.resolve();
  page.kill();
  return page;
}

/**
 * A page that can be killed, as when its tab is closed: what it had not committed is lost with it, and
 * from then on nothing that it still does has an effect.
 */
export function mortal(platform: FakePlatform): FakePlatform & { kill(): void } {
  let dead = false;
  const { locks, local, session, channel: open } = platform;
  const writing = new Set<IDBTransaction>();
  const real = platform.indexedDB as IndexedDb;

  const factory = new Proxy(real.factory, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (dead) return new EventTarget();
        const request: unknown = Reflect.apply(value, target, given);
        if (name === 'open') watch(request as IDBOpenDBRequest);
        return request;
      };
    },
  });

  function watch(request: IDBOpenDBRequest): void {
    request.addEventListener('success', () => {
      const database = request.result;
      if (dead) return database.close();
      databases.add(database);
      const begin = database.transaction.bind(database);
      database.transaction = (stores, mode, options) => {
        if (dead) throw new DOMException('the page is gone', 'AbortError');
        const tx = begin(stores, mode, options);
        if (mode === 'readwrite') writing.add(tx);
        tx.addEventListener('complete', () => writing.delete(tx));
        return tx;
      };
    });
  }
  const databases = new Set<IDBDatabase>();
  let release: () => void = () => undefined;
  const died = new Promise<never>(
    (_, reject) => (release = () => reject(new DOMException('the page is gone', 'AbortError'))),
  );
  died.catch(() => undefined);

  const alive = (store: KeyValue | undefined): KeyValue | undefined =>
    store && {
      get: (key) => store.get(key),
      keys: () => store.keys(),
      set: (key, value) => void (dead || store.set(key, value)),
      remove: (key) => void (dead || store.remove(key)),
    };

  return Object.assign(platform, {
    indexedDB: { factory, keyRange: real.keyRange },
    local: alive(local),
    session: alive(session),
    // The browser takes back the locks of a page that is gone.
    locks: {
      ...locks,
      request: <T>(name: string, run: () => Promise<T>) =>
        locks?.request(name, () => Promise.race([died, run()])),
    },
    channel: (name: string) => {
      const channel = open(name);
      return (
        channel && {
          ...channel,
          post: (message: unknown) => void (dead || channel.post(message)),
          onMessage: (run: (message: unknown) => void) =>
            channel.onMessage((message) => void (dead || run(message))),
        }
      );
    },
    kill() {
      dead = true;
      release();
      for (const tx of writing) tx.abort();
      for (const database of databases) database.close();
    },
  });
}

export type { Platform };
