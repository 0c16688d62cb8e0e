/** Rows 7 to 13: databases of another version, or of no shape at all. They run in every engine. */
import { expect } from '@open-wc/testing';
import { openDatabase } from '../../src/store/open-database.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  failureOf,
  load,
  loaded,
  newTab,
  rememberedPerson,
  sessionOf,
  testBrowser,
  type Page,
  type TestBrowser,
} from '../memory/support.js';
import { databasesOf, deleted, dump, openRaw, realDatabases, reasonOf } from '../store/support.js';

const SIZE = 'preferences.size';

describe('an upgrade, in an old tab and in a new one', () => {
  let browser: TestBrowser;
  let registry: string;
  beforeEach(async () => {
    browser = testBrowser();
    registry = `customer-memory:${browser.site}`;
    await rememberedPerson(browser, { [SIZE]: 'M' });
  });
  afterEach(() => browser.clear());

  it('row 7, blocked for ever: the page goes on for the visit after three seconds, and the next one has everything', async () => {
    const frozen = await openRaw(registry); // nobody answers its versionchange
    const upgrade = await beginUpgrade(registry);
    const tab = newTab();
    const page = load(browser, { tab });
    expect(page.memory.value(SIZE)).to.equal('M');
    const remembering = page.memory.remember('preferences.bell', 'brass');
    await gaveUp(page);
    expect(page.memory.status.storage).to.include({ device: 'blocked' });
    expect(page.memory.status.storage.reason).to.match(/3000 ms/);
    await remembering;
    expect(page.memory.value('preferences.bell')).to.equal('brass');
    expect(page.memory.status.kept).to.equal('visit');
    expect(JSON.stringify(sessionOf(browser, tab))).to.contain('brass');

    frozen.close();
    expect(await upgrade.undo()).to.equal('AbortError');
    await page.memory.close();
    const next = await loaded(browser, { tab });
    expect(next.memory.facts().map(({ value }) => value)).to.deep.equal(['brass', 'M']);
    expect(next.memory.status).to.deep.include({ kept: 'device' });
    await next.memory.close();
  });

  it('row 7, blocked by an old tab: the code that upgrades gives up, and holds nothing when its turn comes after all', async () => {
    const frozen = await openRaw(registry);
    const platform = realDatabases();
    let blocked: () => void = () => undefined;
    const isBlocked = new Promise<void>((resolve) => (blocked = resolve));
    const { factory } = platform.indexedDB ?? {};
    const watched = new Proxy(factory as IDBFactory, {
      get: (target, name) => (name === 'open' ? open : (Reflect.get(target, name) as unknown)),
    });
    let request: IDBOpenDBRequest | undefined;
    function open(...given: [string, number?]): IDBOpenDBRequest {
      request = (factory as IDBFactory).open(...given);
      request.addEventListener('blocked', blocked);
      return request;
    }
    const making = reasonOf(
      openDatabase({ ...platform, indexedDB: { factory: watched, keyRange: IDBKeyRange } }, registry, {
        make: () => expect.fail('it is too late'),
        newest: 2,
      }),
    );
    await isBlocked;
    platform.advance(3000);
    expect(await making).to.equal('unavailable');
    const ended = new Promise((resolve) => {
      for (const event of ['success', 'error']) request?.addEventListener(event, resolve);
    });
    frozen.close();
    await ended;
    const database = await openRaw(registry);
    expect(database.version).to.equal(1);
    database.close();
  });

  it('row 9, an old tab that is asked to give way does, and says that a later version has written', async () => {
    const tab = newTab();
    const page = await loaded(browser, { tab });
    const upgrade = await beginUpgrade(registry);
    expect(upgrade.blocked).to.equal(false);
    const subject = (await databasesOf(browser.site)).find((name) => name !== registry) ?? '';
    const second = await beginUpgrade(subject);
    expect(second.blocked).to.equal(false);
    for (const one of [upgrade, second]) await one.keep();

    const failure = await failureOf(() => page.memory.remember('preferences.bell', 'brass'));
    expect(failure.code).to.equal('storage_failed');
    expect(page.memory.value('preferences.bell')).to.equal('brass');
    expect(page.memory.status.storage).to.include({ device: 'failed' });
    expect(page.memory.status.storage.reason).to.match(/later version/);
    expect(JSON.stringify(sessionOf(browser, tab))).to.contain('brass');
    await page.memory.close();
  });

  it('row 10, older code opens what newer code has written: it goes on for the visit and touches nothing', async () => {
    await (await beginUpgrade(registry)).keep();
    const before = await dump(registry);
    const { memory } = await loaded(browser);
    expect(memory.value(SIZE)).to.equal(undefined);
    expect(memory.status.storage.reason).to.match(/later version/);
    await memory.remember('preferences.bell', 'brass');
    expect(memory.status.kept).to.equal('visit');
    expect((await failureOf(() => memory.consent.grant())).code).to.equal('storage_failed');
    expect(memory.value('preferences.bell')).to.equal('brass');
    await memory.close();
    expect(await dump(registry)).to.deep.equal(before);
  });

  it('row 11, an upgrade that ends half-way: the old version is there, whole, and the next attempt succeeds', async () => {
    const before = await dump(registry);
    const faulty = faultyIndexedDb(realDatabases().indexedDB as FaultyIndexedDb);
    const platform = realDatabases({ overrides: { indexedDB: faulty } });
    const make = (database: IDBDatabase) => {
      database.deleteObjectStore('device');
      database.createObjectStore('later');
    };
    faulty.fail({ at: 'upgrade' }, 2);
    expect(await reasonOf(openDatabase(platform, registry, { make, newest: 2 }))).to.equal('unavailable');
    expect(await dump(registry)).to.deep.equal(before);
    const database = await openDatabase(platform, registry, { make, newest: 2 });
    expect(database?.version).to.equal(2);
    expect([...(database?.objectStoreNames ?? [])])
      .to.include('later')
      .and.not.include('device');
    database?.close();
  });

  it('row 11, a first database that is undone as it is made is made again, and what was said is in it', async () => {
    const other = testBrowser();
    const faulty = faultyIndexedDb(realDatabases().indexedDB as FaultyIndexedDb);
    const { memory } = await loaded(other, { on: (page) => Object.assign(page, { indexedDB: faulty }) });
    await memory.remember(SIZE, 'M');
    faulty.fail({ at: 'upgrade' });
    await memory.consent.grant();
    expect(memory.status.kept).to.equal('device');
    await memory.close();
    const next = await loaded(other);
    expect(next.memory.value(SIZE)).to.equal('M');
    await next.memory.close();
    await other.clear();
  });

  for (const which of ['the registry', 'the person’s database', 'both'] as const)
    it(`row 13, made anew without stores by another script (${which}): nobody is shown, and somebody new can be remembered`, async () => {
      const names = (await databasesOf(browser.site)).filter(
        (name) => which === 'both' || (name === registry) === (which === 'the registry'),
      );
      for (const name of names) {
        await deleted(name);
        (await openRaw(name)).close();
      }
      const page = await loaded(browser);
      expect(page.memory.value(SIZE)).to.equal(undefined);
      expect(page.memory.status).to.include({ state: 'ready', kept: 'visit' });
      await page.memory.remember('preferences.bell', 'brass');
      await page.memory.consent.grant();
      expect(page.memory.status.kept).to.equal('device');
      await page.memory.close();
      const next = await loaded(browser);
      expect(next.memory.facts().map(({ value }) => value)).to.deep.equal(['brass']);
      await next.memory.forget('everything');
      await next.memory.close();
      const last = await loaded(browser);
      expect(last.memory.facts()).to.deep.equal([]);
      await last.memory.close();
    });
});

interface Upgrade {
  /** A tab has not given way. */
  readonly blocked: boolean;
  /** Lets the next version stand. */
  keep(): Promise<void>;
  /** Takes it back when its turn comes; gives the name of the error that ends it. */
  undo(): Promise<string | undefined>;
}

/** Begins to upgrade a database to the next version, as later code in another tab does; resolves when it runs or is blocked. */
async function beginUpgrade(name: string): Promise<Upgrade> {
  const request = indexedDB.open(name, 2);
  const ended = new Promise<string | undefined>((resolve) => {
    request.onsuccess = () => {
      request.result.close();
      resolve(undefined);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(request.error?.name);
    };
  });
  let undone = false;
  const blocked = await new Promise<boolean>((resolve) => {
    request.onblocked = () => resolve(true);
    request.onupgradeneeded = () => {
      if (undone) request.transaction?.abort();
      else request.result.createObjectStore('later');
      resolve(false);
    };
  });
  return {
    blocked,
    async keep() {
      await ended;
    },
    undo() {
      undone = true;
      return ended;
    },
  };
}

/** Lets time pass until the page has given up waiting for its database. */
async function gaveUp({ memory, platform }: Page): Promise<void> {
  while (memory.status.state !== 'ready') {
    platform.advance(1000);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
