/** Rows 18 to 42 of the fault table that a real Chromium brings about, and what several tabs do to one another. */
import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'puppeteer-core';
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

const NAME = 'identity.name';
const ANA = { given: 'Ana' };

describe('what several tabs of Chromium do', () => {
  let stage: Stage;
  let context: BrowserContext;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  it('row 30, eight tabs writing one key and keys of their own: every word is kept, and all agree on the last one, the boot record too', async () => {
    context = await stage.context();
    const first = await stage.open(context);
    await rememberOnDevice(first, { [NAME]: ANA });
    const tabs = [first, ...(await Promise.all(Array.from({ length: 7 }, () => stage.open(context))))];
    const ids = await Promise.all(tabs.map((tab, n) => tab.evaluate(sayOften, n, 10)));

    // A page that begins now reads what the database has.
    const later = await stage.open(context);
    const facts = await later.evaluate(() => customerMemory.facts('preferences').map(({ key }) => key));
    const own = tabs.flatMap((_, n) => Array.from({ length: 10 }, (__, time) => `preferences.t${n}-${time}`));
    assert.deepEqual(facts, [...own, 'preferences.size'].sort());
    assert.equal(new Set(ids.flat()).size, 8 * 20, 'row 31, no id is given twice');
    const last = await valueOf(later, 'preferences.size');
    await Promise.all(tabs.map((tab) => tab.evaluate(comesTo, 'preferences.size', last)));

    // The boot record, which all of them have written in turn, says the same: without a database there is nothing else.
    await Promise.all([...tabs, later].map((tab) => tab.evaluate(() => customerMemory.close())));
    const tab = await context.newPage();
    await tab.evaluateOnNewDocument(() => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    });
    await tab.goto(stage.site.url);
    assert.equal((await statusOf(tab)).state, 'provisional');
    assert.equal(await tab.evaluate(() => customerMemory.facts().length), 8 * 10 + 2);
    assert.equal(await valueOf(tab, 'preferences.size'), last);
    await context.close();
  });

  it('a tab shows what another one was told, without a reload', async () => {
    context = await stage.context();
    const one = await stage.open(context);
    await rememberOnDevice(one, { [NAME]: ANA });
    const two = await stage.open(context);
    assert.equal(await remember(one, 'preferences.size', 'M'), 'done');
    await two.evaluate(comesTo, 'preferences.size', 'M');
    assert.equal(await remember(two, 'preferences.size', 'L'), 'done');
    await one.evaluate(comesTo, 'preferences.size', 'L');
    await one.evaluate(() => customerMemory.forget({ key: 'preferences.size' }));
    await two.evaluate(comesTo, 'preferences.size', null);
    await context.close();
  });

  it('what a tab is writing while another one forgets everything is nowhere afterwards', async () => {
    context = await stage.context();
    const writer = await stage.open(context);
    await rememberOnDevice(writer, { [NAME]: ANA });
    const wiper = await stage.open(context);
    const writing = writer.evaluate(sayWhileAnaIsHere);
    await wiper.evaluate(comesToAny, 'preferences.n0');
    await wiper.evaluate(() => customerMemory.forget('everything'));
    await writing;
    await writer.evaluate(hasLooked);
    assert.equal(await valueOf(writer, NAME), null);
    for (const tab of [writer, wiper]) assert.doesNotMatch((await kept(tab)).text, /Ana|canary/);
    const next = await stage.open(context);
    assert.deepEqual(await next.evaluate(() => customerMemory.facts()), []);
    await context.close();
  });

  it('row 32, a tab that is frozen, with its databases open: nobody waits for it, and it shows nobody when it wakes', async () => {
    context = await stage.context();
    const frozen = await stage.open(context);
    await rememberOnDevice(frozen, { [NAME]: ANA });
    const other = await stage.open(context);
    // Deleting waits for the frozen tab; what is in a database is seen by who has it open.
    const witness = await stage.open(context, '/blank');
    await witness.evaluate(holdDatabases);
    const [pid, otherPid] = [await rendererOf(frozen), await rendererOf(other)];
    assert.notEqual(pid, otherPid, 'each tab has a process of its own');
    kill(pid, 'SIGSTOP');
    try {
      assert.equal(await remember(other, 'preferences.size', 'canary'), 'done');
      const third = await stage.open(context);
      assert.equal(await valueOf(third, 'preferences.size'), 'canary');
      assert.match(await witness.evaluate(readHeld), /Ana.*canary/);
      await third.evaluate(() => customerMemory.forget('everything'));
      await other.evaluate(comesTo, NAME, null);
      assert.equal(await witness.evaluate(readHeld), '[{"gone":true},{"gone":true}]');
      assert.equal(await third.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), '{}');
    } finally {
      kill(pid, 'SIGCONT');
    }
    await witness.close();
    await frozen.evaluate(comesTo, NAME, null);
    assert.equal(await remember(frozen, 'preferences.colour', 'red'), 'done');
    assert.equal((await statusOf(frozen)).kept, 'visit');
    await context.close();
  });

  it('row 38, a tab discarded without an event: what it was told is there when it comes back', async () => {
    context = await stage.context();
    const tab = await stage.open(context);
    assert.equal(await remember(tab, 'preferences.size', 'M'), 'done');
    await discard(tab);
    await visit(tab, stage.site.url);
    assert.equal(await valueOf(tab, 'preferences.size'), 'M', 'before a grant');
    await rememberOnDevice(tab, { [NAME]: ANA });
    assert.equal(await remember(tab, 'preferences.colour', 'red'), 'done');
    await discard(tab);
    await visit(tab, stage.site.url);
    assert.equal(await valueOf(tab, 'preferences.colour'), 'red', 'after it');
    assert.deepEqual(await valueOf(tab, NAME), ANA);
    await context.close();
  });

  it('a tab that was duplicated, session storage and all, says nothing twice and brings nothing back', async () => {
    context = await stage.context();
    const tab = await stage.open(context);
    await remember(tab, NAME, ANA);
    await remember(tab, 'preferences.size', 'M');
    await tab.evaluate(() => customerMemory('conversations.start', { channel: 'chat', topic: 'Boiler' }));
    const opened = new Promise<Page>((resolve) => tab.once('popup', (page) => resolve(page as Page)));
    await tab.evaluate(() => void window.open(location.href));
    const copy = await opened;
    await copy.waitForFunction(() => 'customerMemory' in window);
    await copy.evaluate(() => customerMemory.ready);
    assert.deepEqual(await valueOf(copy, NAME), ANA, 'session storage is copied');
    await tab.evaluate(() => customerMemory.forget({ key: 'preferences.size' }));
    await tab.evaluate(() => customerMemory.consent.grant());
    await copy.evaluate(() => customerMemory.consent.grant());
    const later = await stage.open(context);
    assert.deepEqual(await later.evaluate(() => customerMemory.facts().map(({ key }) => key)), [NAME]);
    assert.equal(await later.evaluate(() => customerMemory.conversations.recent.length), 1);
    const entries = await later.evaluate(async () => {
      const { entries } = (await customerMemory('export')) as { entries: { id: string }[] };
      return entries.map(({ id }) => id);
    });
    assert.equal(new Set(entries).size, entries.length);
    await context.close();
  });

  it('row 7, an upgrade that a frozen tab blocks: a page goes on for the visit, and with the device when it can', async () => {
    context = await stage.context();
    await rememberOnDevice(await stage.open(context), { [NAME]: ANA });
    const old = await stage.open(context, '/blank');
    await old.evaluate(holdDatabases);
    const upgrader = await stage.open(context, '/blank');
    assert.equal(await upgrader.evaluate(beginUpgrade), 'blocked');
    const page = await stage.open(context);
    const { state, kept: where, storage } = await statusOf(page);
    assert.deepEqual([state, where, storage.device], ['ready', 'visit', 'blocked']);
    assert.equal(await remember(page, 'preferences.size', 'M'), 'done');
    // It takes its upgrade back, and the frozen tab is gone.
    await upgrader.close();
    await old.close();
    await visit(page, stage.site.url);
    assert.equal((await statusOf(page)).kept, 'device');
    assert.deepEqual(await valueOf(page, NAME), ANA);
    assert.equal(await valueOf(page, 'preferences.size'), 'M');
    await context.close();
  });

  it('row 9, an upgrade with an old tab open: the old one gives way, and keeps what it is told for the visit', async () => {
    context = await stage.context();
    const page = await stage.open(context);
    await rememberOnDevice(page, { [NAME]: ANA });
    const upgrader = await stage.open(context, '/blank');
    assert.equal(await upgrader.evaluate(beginUpgrade), 'upgraded');
    assert.equal(await remember(page, 'preferences.size', 'M'), 'storage_failed');
    assert.equal(await valueOf(page, 'preferences.size'), 'M');
    assert.match((await statusOf(page)).storage.reason ?? '', /later version/);
    await visit(page, stage.site.url);
    assert.equal((await statusOf(page)).kept, 'visit');
    assert.equal(await valueOf(page, 'preferences.size'), 'M');
    assert.match((await kept(page)).text, /Ana/, 'nothing that the later version has is touched');
    await context.close();
  });

  it('row 18, in a frame on another site: a memory apart, with locks and a channel of its own (row 19)', async () => {
    context = await stage.context();
    const tab = await stage.open(context);
    await rememberOnDevice(tab, { [NAME]: ANA });
    stage.site.pages.set(
      '/around',
      `<!doctype html><title>Another site</title><iframe src="${stage.site.url}/"></iframe>`,
    );
    const around = await context.newPage();
    await around.goto(`${stage.site.url.replace('localhost', '127.0.0.1')}/around`);
    const inside = around.frames().find((frame) => frame !== around.mainFrame());
    assert.ok(inside);
    await inside.evaluate(() => customerMemory.ready);
    assert.equal(await inside.evaluate(() => customerMemory.value('identity.name') ?? null), null);
    await inside.evaluate(async () => {
      await customerMemory.remember('identity.name', { given: 'Ben' });
      await customerMemory.consent.grant();
    });
    assert.equal(await inside.evaluate(() => customerMemory.status.kept), 'device');
    await inside.evaluate(() => customerMemory.forget('everything'));
    assert.deepEqual(await valueOf(tab, NAME), ANA);
    assert.equal(await remember(tab, 'preferences.size', 'M'), 'done');
    assert.equal(await inside.evaluate(() => customerMemory.value('preferences.size') ?? null), null);
    await context.close();
  });

  describe('with the back/forward cache', () => {
    it('row 35, a page that comes back with its databases open goes on where it was', async () => {
      context = await stage.context();
      const tab = await stage.open(context);
      await rememberOnDevice(tab, { [NAME]: ANA });
      await leaveAndComeBack(tab, () => Promise.resolve());
      assert.deepEqual(await valueOf(tab, NAME), ANA);
      assert.equal(await remember(tab, 'preferences.size', 'M'), 'done');
      assert.equal((await statusOf(tab)).kept, 'device');
      const other = await stage.open(context);
      assert.equal(await valueOf(other, 'preferences.size'), 'M');
      await context.close();
    });

    it('row 37, a page of the person before comes back and shows nobody, from its first frame on', async () => {
      context = await stage.context();
      const tab = await stage.open(context);
      await rememberOnDevice(tab, { [NAME]: ANA });
      // As another tab does it whose message was lost: one that came through would put the page out of the cache.
      await leaveAndComeBack(tab, () => tab.evaluate(putAside));
      assert.deepEqual(await tab.evaluate(() => Reflect.get(window, 'shown')), [null], 'what pageshow found');
      await tab.evaluate(() => customerMemory.ready);
      assert.equal(await valueOf(tab, NAME), null);
      await context.close();
    });

    it('row 36, an upgrade while a page is in it goes through, and the page begins anew', async () => {
      context = await stage.context();
      const tab = await stage.open(context);
      await rememberOnDevice(tab, { [NAME]: ANA });
      await tab.goto(`${stage.site.url}/blank`);
      const events = await tab.evaluate(async () => {
        const request = indexedDB.open('customer-memory:acme', 2);
        const events: string[] = [];
        request.onblocked = () => events.push('blocked');
        request.onupgradeneeded = () => events.push('upgrade');
        await new Promise((resolve) => (request.onsuccess = resolve));
        request.result.close();
        return events;
      });
      assert.deepEqual(events, ['upgrade']);
      await tab.goBack();
      await tab.evaluate(() => customerMemory.ready);
      const { kept: where, storage } = await statusOf(tab);
      assert.deepEqual([where, storage.device], ['visit', 'failed']);
      assert.match(storage.reason ?? '', /later version/);
      await context.close();
    });
  });

  /** Leaves the page for one without a tag, does something there, and comes back to the very same page. */
  async function leaveAndComeBack(tab: Page, meanwhile: () => Promise<void>): Promise<void> {
    await tab.evaluate(() => {
      const shown: unknown[] = [];
      Reflect.set(window, 'shown', shown);
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) shown.push(customerMemory.value('identity.name') ?? null);
      });
    });
    await tab.goto(`${stage.site.url}/blank`);
    await meanwhile();
    await tab.goBack();
    assert.equal(await tab.evaluate(() => Reflect.has(window, 'shown')), true, 'it came out of the cache');
  }
});

/** The process that a tab runs in. */
async function rendererOf(tab: Page): Promise<number> {
  await tab.tracing.start({ categories: ['disabled-by-default-devtools.timeline'] });
  const trace = JSON.parse(new TextDecoder().decode(await tab.tracing.stop())) as {
    traceEvents: {
      name: string;
      args: { data?: { frames?: { frame: string; processId?: number }[] } };
    }[];
  };
  const started = trace.traceEvents.find(({ name }) => name === 'TracingStartedInBrowser');
  const target = tab.target() as unknown as { _targetId: string };
  const frame = started?.args.data?.frames?.find(({ frame }) => frame === target._targetId);
  if (!frame?.processId) throw new Error('the trace does not tell the process of this tab');
  return frame.processId;
}

/** Ends the process of a tab, as Chromium does when it is short of memory. */
async function discard(tab: Page): Promise<void> {
  const ended = new Promise((resolve) => tab.once('error', resolve));
  kill(await rendererOf(tab), 'SIGKILL');
  await ended;
}

// --- in the page ------------------------------------------------------------------------------

/** Puts whoever is remembered aside, without any of our code. */
const putAside = async (): Promise<void> => {
  const gen = 'fedcba9876543210';
  localStorage.setItem('customer-memory:acme:gen', gen);
  localStorage.removeItem('customer-memory:acme:boot');
  const opening = indexedDB.open('customer-memory:acme');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const tx = opening.result.transaction(['registry', 'subjects'], 'readwrite');
  const subjects = tx.objectStore('subjects');
  tx.objectStore('registry').put(gen, 'gen');
  tx.objectStore('registry').delete('active');
  const all: IDBRequest<object[]> = subjects.getAll();
  all.onsuccess = () => all.result.forEach((one) => subjects.put({ ...one, state: 'aside' }));
  await new Promise((resolve) => (tx.oncomplete = resolve));
  opening.result.close();
};

/** Opens every database, and lets nobody delete them. */
const holdDatabases = async (): Promise<void> => {
  const held: IDBDatabase[] = [];
  Reflect.set(window, 'held', held);
  for (const { name = '' } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    await new Promise((resolve) => (opening.onsuccess = resolve));
    held.push(opening.result);
  }
};

/** Upgrades every database to the next version, as later code does; says what comes first. */
const beginUpgrade = async (): Promise<'blocked' | 'upgraded'> => {
  const names = (await indexedDB.databases()).map(({ name = '' }) => name);
  const first = names.map((name) => {
    const opening = indexedDB.open(name, 2);
    opening.onsuccess = () => opening.result.close();
    return new Promise<'blocked' | 'upgraded'>((resolve) => {
      opening.onblocked = () => resolve('blocked');
      opening.addEventListener('success', () => resolve('upgraded'));
    });
  });
  return (await Promise.all(first))[0] ?? 'upgraded';
};

/** All that is in the databases that are held, as text. */
const readHeld = async (): Promise<string> => {
  const rows: unknown[] = [];
  for (const database of Reflect.get(window, 'held') as IDBDatabase[]) {
    const stores = [...database.objectStoreNames];
    const tx = database.transaction(stores);
    for (const store of stores) {
      const reading: IDBRequest<unknown[]> = tx.objectStore(store).getAll();
      await new Promise((resolve) => (reading.onsuccess = resolve));
      rows.push(...reading.result);
    }
  }
  return JSON.stringify(rows);
};

const sayOften = async (tab: number, times: number): Promise<string[]> => {
  const said = Array.from({ length: times }, (_, time) => [
    customerMemory.remember('preferences.size', `${tab}-${time}`),
    customerMemory.remember(`preferences.t${tab}-${time}`, time),
  ]);
  return (await Promise.all(said.flat())).map((fact) => (fact as unknown as { id: string }).id);
};

/** Says five things at a time for as long as somebody is shown. */
const sayWhileAnaIsHere = async (): Promise<void> => {
  for (let n = 0; customerMemory.value('identity.name') !== undefined; n += 5) {
    const five = [0, 1, 2, 3, 4].map((nth) => customerMemory.remember(`preferences.n${n + nth}`, 'canary'));
    await Promise.allSettled(five);
  }
};

/** Resolves when the value of a key is this one. */
const comesTo = (key: string, value: unknown): Promise<void> =>
  new Promise((resolve) => {
    customerMemory.subscribe(key, (fact) => (fact?.value ?? null) === value && resolve());
  });

/** Resolves when the page has been told by its databases who is there. */
const hasLooked = (): Promise<void> =>
  new Promise((resolve) => {
    customerMemory.subscribe(() => customerMemory.status.state === 'ready' && resolve());
  });

/** Resolves when a key has a value. */
const comesToAny = (key: string): Promise<void> =>
  new Promise((resolve) => {
    customerMemory.subscribe(key, (fact) => fact && resolve());
  });
