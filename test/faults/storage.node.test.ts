/** Rows 2 to 26 of the fault table that a real Chromium brings about: what it does to what is kept. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../helpers/launch-chromium.js';
import {
  kept,
  openStage,
  remember,
  rememberOnDevice,
  statusOf,
  valueOf,
  visit,
  type Api,
  type Stage,
} from './chromium.js';

declare const customerMemory: Api;

describe('what Chromium does to what is kept', () => {
  let stage: Stage;
  let profiles: string;
  before(async () => {
    stage = await openStage();
    profiles = await mkdtemp(join(tmpdir(), 'customer-memory-profiles-'));
  });
  after(async () => {
    await stage?.close();
    await rm(profiles, { recursive: true, force: true, maxRetries: 5 });
  });

  it('row 4, no room at the commit: the write rejects, nothing said is lost, and it is stored when there is room', async () => {
    const context = await stage.context();
    const tab = await context.newPage();
    const browser = await tab.createCDPSession();
    // Before the first write: Chromium asks once how much room there is, and counts down from that for a while.
    await browser.send('Storage.overrideQuotaForOrigin', { origin: stage.site.url, quotaSize: 200_000 });
    await visit(tab, stage.site.url);
    await rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } });

    assert.equal(await tab.evaluate(sayMuch, 10), 'quota');
    assert.equal((await statusOf(tab)).storage.device, 'failed');
    assert.equal(await tab.evaluate(() => customerMemory.conversations.recent.length), 1);
    assert.match(await tab.evaluate(() => JSON.stringify({ ...sessionStorage })), /It leaks/);
    const stored = await stage.open(context);
    assert.equal(await stored.evaluate(() => customerMemory.conversations.recent.length), 0);
    await stored.close();

    await browser.send('Storage.overrideQuotaForOrigin', { origin: stage.site.url });
    assert.equal(await remember(tab, 'preferences.colour', 'red'), 'done');
    assert.equal((await statusOf(tab)).storage.device, 'ok');
    assert.equal(await tab.evaluate(() => JSON.stringify({ ...sessionStorage })), '{}');
    const other = await stage.open(context);
    assert.equal(await valueOf(other, 'preferences.colour'), 'red');
    assert.deepEqual(await other.evaluate(() => customerMemory('count')), {
      facts: 2,
      conversations: 1,
      messages: 10,
    });
    await context.close();
  });

  it('row 4, no room, and conversations that have ended: the oldest go, the write is stored, and the page says so', async () => {
    const context = await stage.context();
    const tab = await context.newPage();
    const browser = await tab.createCDPSession();
    await browser.send('Storage.overrideQuotaForOrigin', { origin: stage.site.url, quotaSize: 3_000_000 });
    await visit(tab, stage.site.url);
    await rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } });
    const outcomes = await tab.evaluate(sayAndEnd, 20);
    assert.deepEqual([...new Set(outcomes)], ['done'], outcomes.join());
    const { evicted = 0 } = await statusOf(tab);
    assert.ok(evicted > 0, `${evicted}`);
    const next = await stage.open(context);
    assert.deepEqual(await valueOf(next, 'identity.name'), { given: 'Ana' });
    await context.close();
  });

  it('row 2, a backing store that was damaged on the disk: the page goes on for the visit and says why, and nothing throws', async () => {
    const profile = await newProfile();
    await during(profile, (tab) => rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } }));
    const folder = join(profile, 'Default', 'IndexedDB');
    const stores = (await readdir(folder)).filter((name) => name.endsWith('.leveldb'));
    assert.equal(stores.length, 1);
    for (const store of stores) await writeFile(join(folder, store, 'CURRENT'), 'MANIFEST-999999\n');
    await during(profile, async (tab, thrown) => {
      const { kept: where, storage } = await statusOf(tab);
      assert.deepEqual([where, storage.device], ['visit', 'blocked']);
      assert.match(storage.reason ?? '', /UnknownError/);
      assert.equal(await remember(tab, 'preferences.size', 'M'), 'done');
      await visit(tab, stage.site.url);
      assert.equal(await valueOf(tab, 'preferences.size'), 'M');
      assert.deepEqual(thrown, []);
    });
  });

  it('row 12, site data cleared while a page is open: it goes on for the visit and stores nothing again', async () => {
    const context = await stage.context();
    const tab = await stage.open(context);
    await rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } });
    await clear(tab);

    assert.notEqual(
      await remember(tab, 'preferences.size', 'M'),
      'done',
      'what it showed is not there any more',
    );
    assert.equal(await remember(tab, 'preferences.colour', 'red'), 'done');
    assert.equal((await statusOf(tab)).kept, 'visit');
    const left = await kept(tab);
    assert.deepEqual(left.databases, []);
    assert.doesNotMatch(left.text, /Ana/);
    const other = await stage.open(context);
    assert.equal(await valueOf(other, 'identity.name'), null);
    assert.equal(await valueOf(other, 'preferences.colour'), null);
    // Whoever is asked again and agrees is remembered as somebody new.
    await rememberOnDevice(tab, {});
    await tab.reload();
    await tab.evaluate(() => customerMemory.ready);
    assert.equal(await valueOf(tab, 'preferences.colour'), 'red');
    assert.equal(await valueOf(tab, 'identity.name'), null);
    await context.close();
  });

  for (const row of ['row 16, deletion after seven days', 'row 17, eviction of the whole origin'])
    it(`${row}: the next visit is that of a stranger, and asks the browser for no promise`, async () => {
      const context = await stage.context();
      const tab = await context.newPage();
      await tab.evaluateOnNewDocument(() => {
        StorageManager.prototype.persist = () => {
          throw new Error('asked to persist');
        };
      });
      const thrown: unknown[] = [];
      tab.on('pageerror', (error) => thrown.push(error));
      await visit(tab, stage.site.url);
      await rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } });
      await visit(tab, `${stage.site.url}/blank`);
      await clear(tab);
      await tab.evaluate(() => sessionStorage.clear());
      await visit(tab, stage.site.url);
      assert.equal(await valueOf(tab, 'identity.name'), null);
      assert.deepEqual((await kept(tab)).databases, []);
      await rememberOnDevice(tab, { 'identity.name': { given: 'Ben' } });
      assert.equal((await statusOf(tab)).kept, 'device');
      assert.deepEqual(thrown, []);
      await context.close();
    });

  it('row 15, storage denied by a setting of the browser: the page is a stranger’s and nothing throws', async () => {
    const profile = await newProfile({ default_content_setting_values: { cookies: 2 } });
    await during(profile, async (tab, thrown) => {
      assert.match(
        await tab.evaluate(() => {
          try {
            return typeof localStorage;
          } catch (error) {
            return (error as Error).name;
          }
        }),
        /SecurityError/,
      );
      assert.equal(await remember(tab, 'identity.name', { given: 'Ana' }), 'done');
      assert.deepEqual(await valueOf(tab, 'identity.name'), { given: 'Ana' });
      const { kept: where, storage } = await statusOf(tab);
      assert.deepEqual([where, storage.device], ['page', 'blocked']);
      await visit(tab, stage.site.url);
      assert.equal(await valueOf(tab, 'identity.name'), null);
      assert.deepEqual(thrown, []);
    });
  });

  it('row 26, a profile copied to a second computer: both go on, and no entry of one is taken for one of the other', async () => {
    const first = await newProfile();
    await during(first, (tab) => rememberOnDevice(tab, { 'identity.name': { given: 'Ana' } }));
    const second = join(profiles, 'copy');
    await cp(first, second, { recursive: true });
    const exported: string[] = [];
    for (const [profile, size] of [
      [first, 'M'],
      [second, 'L'],
    ] as const)
      await during(profile, async (tab) => {
        assert.deepEqual(await valueOf(tab, 'identity.name'), { given: 'Ana' });
        assert.equal(await remember(tab, 'preferences.size', size), 'done');
        exported.push(await tab.evaluate(exportAll));
      });
    const ids = exported.map((text) => idsOf(text));
    const [mine = [], theirs = []] = ids;
    assert.equal(
      mine.filter((id) => theirs.includes(id)).length,
      mine.length - 1,
      'only what was copied is shared',
    );

    const values: unknown[] = [];
    for (const [profile, other] of [
      [first, exported[1]],
      [second, exported[0]],
    ] as const)
      await during(profile, async (tab) => {
        await tab.evaluate((text) => customerMemory('import', JSON.parse(text ?? 'null')), other);
        values.push(await valueOf(tab, 'preferences.size'));
        assert.deepEqual(idsOf(await tab.evaluate(exportAll)), [...new Set([...mine, ...theirs])].sort());
      });
    assert.equal(values[0], values[1], 'both agree on the value');
  });

  /** A folder for a Chromium of its own, with settings of its own. */
  async function newProfile(settings: object = {}): Promise<string> {
    const profile = await mkdtemp(join(profiles, 'profile-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: settings }));
    return profile;
  }

  /** One visit in a Chromium on this profile, which is closed at its end. */
  async function during(
    userDataDir: string,
    visitor: (tab: Page, thrown: unknown[]) => Promise<void>,
  ): Promise<void> {
    const browser: Browser = await launchChromium({ userDataDir });
    try {
      const tab = await browser.newPage();
      const thrown: unknown[] = [];
      tab.on('pageerror', (error) => thrown.push(error));
      await visit(tab, stage.site.url);
      await visitor(tab, thrown);
    } finally {
      await browser.close();
    }
  }

  /** As “Clear site data”, or the browser itself, does it. */
  async function clear(tab: Page): Promise<void> {
    const browser = await tab.createCDPSession();
    await browser.send('Storage.clearDataForOrigin', { origin: stage.site.url, storageTypes: 'all' });
    await browser.detach();
  }
});

/** Begins a conversation of so many long messages: `done`, or the code of the error. */
const sayMuch = (many: number): Promise<string> => {
  const text = 'It leaks. '.repeat(3_000);
  return customerMemory('conversations.start', {
    channel: 'chat',
    messages: Array.from({ length: many }, () => ({ text })),
  }).then(
    () => 'done',
    (error: { code?: string }) => String(error.code ?? error),
  );
};

/** Begins and ends conversations of some 250 kB, one after another: `done` for each, or the code of its error. */
const sayAndEnd = async (many: number): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const text = Array.from({ length: 700 }, () => crypto.randomUUID()).join();
    outcomes.push(
      await customerMemory('conversations.start', {
        channel: 'chat',
        messages: Array.from({ length: 10 }, () => ({ text })),
      })
        .then((chat) => (chat as { end(): Promise<unknown> }).end())
        .then(
          () => 'done',
          (error: { code?: string }) => String(error.code ?? error),
        ),
    );
  }
  return outcomes;
};

const exportAll = async (): Promise<string> => JSON.stringify(await customerMemory('export'));

function idsOf(exported: string): string[] {
  return (JSON.parse(exported) as { entries: { id: string }[] }).entries.map(({ id }) => id).sort();
}
