import { browserPlatform } from '../../src/platform/browser.js';
import {
  fakeKeyValue,
  fakePlatform,
  fakeWorld,
  type FakePlatform,
  type FakeWorld,
} from '../../src/platform/fake.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { watchedIndexedDb } from './watched-indexeddb.js';

/**
 * One browser as a test sees it: a site name nobody else uses, the real IndexedDB, and everything else
 * under the test's control. `page()` is a page load of it; pages of one `tab` share session storage.
 */
export interface TestBrowser {
  readonly site: string;
  readonly world: FakeWorld;
  page(tab?: Tab): FakePlatform;
  databases(): Promise<string[]>;
  /** Resolves when no page of it waits for the database. */
  idle(): Promise<void>;
  /** What stands in local storage, by the end of its name. */
  local(): Record<string, string>;
  clear(): Promise<void>;
}

export interface Tab {
  readonly session: ReturnType<typeof fakeKeyValue>;
}

let count = 0;

export function testBrowser(): TestBrowser {
  const site = `t${crypto.randomUUID().slice(0, 13)}-${(count += 1)}`;
  const prefix = `customer-memory:${site}`;
  const world = fakeWorld();
  const indexedDB = watchedIndexedDb(browserPlatform().indexedDB as IndexedDb);
  let pages = 0;
  let now = Date.now();
  const databases = async () =>
    (await indexedDB.factory.databases()).flatMap(({ name }) =>
      name?.startsWith(prefix) ? [name.slice(prefix.length)] : [],
    );
  return {
    site,
    world,
    page: (tab = newTab()) =>
      fakePlatform({
        seed: count * 1000 + (pages += 1),
        now: (now += 1000),
        world,
        overrides: { indexedDB, session: tab.session },
      }),
    databases,
    idle: indexedDB.idle,
    local: () =>
      Object.fromEntries(
        world.local.keys().map((name) => [name.slice(prefix.length + 1), world.local.get(name) ?? '']),
      ),
    async clear() {
      for (const name of await databases()) indexedDB.factory.deleteDatabase(prefix + name);
    },
  };
}

export function newTab(): Tab {
  return { session: fakeKeyValue() };
}
