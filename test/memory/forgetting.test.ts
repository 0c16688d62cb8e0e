import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { answer, openRaw } from '../store/support.js';
import {
  databasesLeft,
  everything,
  failureOf,
  leftAfter,
  load,
  loaded,
  newTab,
  rememberedPerson,
  sessionOf,
  shownBy,
  testBrowser,
  type AnyMemory,
  type Page,
  type TestBrowser,
} from './support.js';

const SHOE = 'preferences.shoe';
const canary = 'canary';

async function withEverything(browser: TestBrowser, granted: boolean): Promise<Page> {
  const page = await loaded(browser);
  const { memory } = page;
  await memory.remember('identity.name', { given: canary });
  await memory.remember('identity.addresses.home', { streetAddress: canary });
  await memory.remember(SHOE, canary);
  await memory.remember('care.repair.r1', { note: canary });
  const chat = await memory.conversations.start({ channel: 'chat', topic: canary });
  await chat.say({ text: canary });
  await chat.end({ summary: canary });
  if (granted) await memory.consent.grant();
  return page;
}

async function chatOf(memory: AnyMemory): Promise<string> {
  const [chat] = await memory.conversations.latest();
  return chat!.id;
}

describe('forgetting', () => {
  for (const granted of [false, true]) {
    const where = granted ? 'on the device' : 'in the visit';
    const cases: [
      string,
      (memory: AnyMemory) => Promise<Parameters<AnyMemory['forget']>[0]>,
      { facts: number; messages: number; conversations: number },
      readonly string[],
    ][] = [
      ['one key', async () => ({ key: SHOE }), { facts: 1, messages: 0, conversations: 0 }, [SHOE]],
      [
        'everything under a prefix',
        async () => ({ under: 'identity' }),
        { facts: 2, messages: 0, conversations: 0 },
        ['identity.name', 'identity.addresses.home'],
      ],
      [
        'a purpose',
        async () => ({ purpose: 'care' }),
        { facts: 1, messages: 0, conversations: 0 },
        ['care.repair.r1'],
      ],
      [
        'a conversation',
        async (memory) => ({ conversation: await chatOf(memory) }),
        { facts: 0, messages: 1, conversations: 1 },
        [],
      ],
      [
        'everything',
        async () => 'everything',
        { facts: 4, messages: 1, conversations: 1 },
        [SHOE, 'identity.name', 'identity.addresses.home', 'care.repair.r1'],
      ],
    ];
    for (const [what, selectorOf, counted, keys] of cases) {
      it(`takes ${what} away, ${where}, and says how much that was`, async () => {
        const browser = testBrowser();
        const page = await withEverything(browser, granted);
        const { memory, tab } = page;
        const count = await memory.count();
        expect(count).to.deep.equal({ facts: 4, messages: 1, conversations: 1 });
        const selector = await selectorOf(memory);
        const receipt = await memory.forget(selector);
        const { facts, messages, conversations, at } = receipt;
        expect({ facts, messages, conversations }).to.deep.equal(counted);
        expect(at).to.equal(page.platform.clock.now());
        for (const key of keys) expect(memory.recall(key)).to.equal(undefined);
        if (counted.conversations) {
          expect(memory.conversations.recent).to.deep.equal([]);
          expect(await memory.conversations.latest()).to.deep.equal([]);
        }
        expect(await memory.count()).to.deep.equal({
          facts: 4 - facts,
          messages: 1 - messages,
          conversations: 1 - conversations,
        });
        await memory.close();
        const next = await loaded(browser, { tab });
        for (const key of keys) expect(next.memory.recall(key)).to.equal(undefined);
        if (selector === 'everything') expect(await shownBy(next)).not.to.contain(canary);
        await next.memory.close();
        const kept = await everything(browser, tab);
        if (selector === 'everything') {
          expect(await databasesLeft(browser)).to.deep.equal([]);
          expect(browser.local()).to.deep.equal({});
          expect(sessionOf(browser, tab)).to.deep.equal({});
        } else {
          // Deleted, not hidden: of what was forgotten, no more is left than was kept beside it.
          expect(kept.split(canary).length - 1).to.equal(await remaining(selector, granted));
        }
        await browser.clear();
      });
    }
  }

  /** How often the canary stands in a browser that never had what the selector names. */
  async function remaining(selector: Parameters<AnyMemory['forget']>[0], granted: boolean): Promise<number> {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser);
    const { key, under, purpose, conversation } = selector as Record<string, string | undefined>;
    if (under !== 'identity') {
      await memory.remember('identity.name', { given: canary });
      await memory.remember('identity.addresses.home', { streetAddress: canary });
    }
    if (key !== SHOE) await memory.remember(SHOE, canary);
    if (purpose !== 'care') await memory.remember('care.repair.r1', { note: canary });
    if (!conversation) {
      const chat = await memory.conversations.start({ channel: 'chat', topic: canary });
      await chat.say({ text: canary });
      await chat.end({ summary: canary });
    }
    if (granted) await memory.consent.grant();
    await memory.close();
    const next = await loaded(browser, { tab });
    await next.memory.close();
    const kept = await everything(browser, tab);
    await browser.clear();
    return kept.split(canary).length - 1;
  }

  it('counts a value once, however often it was corrected', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.consent.grant();
    for (const size of ['M', 'L', 'XL']) await memory.remember(SHOE, size);
    expect(await memory.count()).to.include({ facts: 1 });
    expect(await memory.forget({ key: SHOE })).to.include({ facts: 1 });
    await memory.close();
    await browser.clear();
  });

  it('counts what is said and forgotten at the same time once', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.consent.grant();
    const [, receipt] = await Promise.all([memory.remember(SHOE, 'M'), memory.forget({ key: SHOE })]);
    expect(receipt.facts).to.be.at.most(1);
    await memory.close();
    await browser.clear();
  });

  it('counts what two forgets take away apart', async () => {
    const browser = testBrowser();
    const page = await withEverything(browser, true);
    const receipts = await Promise.all([
      page.memory.forget({ key: SHOE }),
      page.memory.forget({ under: 'identity' }),
      page.memory.forget({ purpose: 'care' }),
    ]);
    expect(receipts.map(({ facts }) => facts)).to.deep.equal([1, 2, 1]);
    await page.memory.close();
    await browser.clear();
  });

  it('lets live what is stated again afterwards, and not what a page observes', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, tab } = await withEverything(browser, granted);
      await memory.forget({ key: SHOE });
      await memory.remember(SHOE, 'seen', { authority: 'observed' });
      await memory.remember(SHOE, 'guessed', { authority: 'inferred' });
      expect(memory.recall(SHOE)).to.equal(undefined);
      await memory.remember(SHOE, 'said again');
      expect(memory.value(SHOE)).to.equal('said again');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(next.memory.value(SHOE)).to.equal('said again');
      await next.memory.close();
      await browser.clear();
    }
  });

  it('lets live what is stated in the same task after it', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, tab } = await withEverything(browser, granted);
      await Promise.all([memory.forget({ key: SHOE }), memory.remember(SHOE, 'after')]);
      expect(memory.value(SHOE)).to.equal('after');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(next.memory.value(SHOE)).to.equal('after');
      await next.memory.close();
      await browser.clear();
    }
  });

  it('is final for a conversation: nothing written to it later is kept', async () => {
    const browser = testBrowser();
    const { memory } = await withEverything(browser, true);
    const [chat] = await memory.conversations.latest();
    await memory.forget({ conversation: chat!.id });
    const failure = await failureOf(() => chat!.say({ text: 'are you there?' }));
    expect(failure.code).to.equal('unknown_conversation');
    expect(await memory.conversations.get(chat!.id)).to.equal(undefined);
    expect(await everything(browser)).not.to.contain('are you there');
    await memory.close();
    await browser.clear();
  });

  it('takes away a value that is wrong, and a device preference that is', async () => {
    const browser = testBrowser();
    const schema = {
      '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) },
    };
    const { memory } = await loaded(browser, { devicePreferences: { theme: schema } });
    const { id } = await memory.remember(SHOE, 'M');
    const theme = await memory.remember('preferences.theme', 'dark');
    expect(await memory.wrong('01900000-0000-7000-8000-000000000001')).to.include({ facts: 0 });
    expect(await memory.wrong(id)).to.include({ facts: 1 });
    expect(await memory.wrong(theme.id)).to.include({ facts: 1 });
    expect(memory.facts()).to.deep.equal([]);
    await memory.close();
    await browser.clear();
  });

  it('asks to be remembered no more in the visit in which everything was forgotten', async () => {
    const browser = testBrowser();
    const { memory, tab } = await withEverything(browser, true);
    await memory.forget('everything');
    expect(memory.consent).to.include({ state: 'undecided', useful: false });
    await memory.remember('identity.name', { given: 'Somebody' });
    expect(memory.consent.useful).to.equal(false);
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Somebody' });
    expect(memory.status.kept).to.equal('visit');
    await memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    void tab;
    await browser.clear();
  });

  it('forgets everything while another person stays put aside, device preferences too', async () => {
    const browser = testBrowser();
    const devicePreferences = {
      theme: {
        '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) },
      },
    };
    await rememberedPerson(browser, { [SHOE]: 'of x' }, { says: 'x' });
    await rememberedPerson(
      browser,
      { [SHOE]: canary, 'preferences.theme': canary },
      { says: 'y', devicePreferences },
    );
    const page = await loaded(browser, { says: 'y', devicePreferences });
    expect(page.memory.value('preferences.theme')).to.equal(canary);
    await page.memory.forget('everything');
    expect(page.memory.facts()).to.deep.equal([]);
    await page.memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    const x = await loaded(browser, { says: 'x', devicePreferences });
    expect(x.memory.value(SHOE)).to.equal('of x');
    expect(x.memory.value('preferences.theme')).to.equal(undefined);
    await x.memory.close();
    await browser.clear();
  });

  it('waits for the device where it is asked before that has answered', async () => {
    for (const boot of [true, false]) {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: canary, 'identity.name': { given: canary } });
      if (!boot) browser.world.local.remove(`customer-memory:${browser.site}:boot`);
      const page = load(browser);
      const forgotten = page.memory.forget({ key: SHOE });
      await forgotten;
      expect(page.memory.recall(SHOE)).to.equal(undefined);
      expect(page.memory.value('identity.name')).to.deep.equal({ given: canary });
      await page.memory.close();
      expect((await everything(browser)).includes(`"value":"${canary}"`)).to.equal(false);
      const wiping = load(browser);
      await wiping.memory.forget('everything');
      expect(await everything(browser)).not.to.contain(canary);
      await wiping.memory.close();
      await browser.clear();
    }
  });

  it('holds where it is asked before the device has answered, and the clock has gone back since the last time', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const before = await loaded(browser, {
      on: (platform) => {
        platform.setTime(platform.clock.now() + 86_400_000);
        return platform;
      },
    });
    await before.memory.forget({ key: SHOE });
    await before.memory.remember(SHOE, 'canary');
    await before.memory.close();
    // Nothing tells the page how far the last stamp was ahead.
    browser.page().local!.remove(`customer-memory:${browser.site}:boot`);
    const { memory, platform, tab } = load(browser);
    const forgotten = memory.forget({ key: SHOE });
    // It looks again before it has written.
    platform.setVisibility('shown');
    await forgotten;
    expect(memory.value(SHOE)).to.equal(undefined);
    await memory.close();
    expect(await everything(browser, tab)).not.to.contain('canary');
    await browser.clear();
  });

  it('is out of sight from the first view on where it was left to this page, whatever the boot record says', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: canary });
    const boot = `customer-memory:${browser.site}:boot`;
    const { local } = browser.page();
    const before = local!.get(boot)!;
    await leftAfter(browser, (memory) => [memory.forget({ key: SHOE })]);
    // Another tab, which had not been told, has written again what it knew.
    const gen = local!.get(`customer-memory:${browser.site}:gen`)!;
    local!.set(boot, JSON.stringify({ ...(JSON.parse(before) as object), gen }));
    const { memory, tab } = load(browser);
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.ready;
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.close();
    expect(await everything(browser, tab)).not.to.contain(canary);
    await browser.clear();
  });

  it('has a database deleted that was emptied by a page which was closed on it, and that nobody lists any more', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const [local] = (await browser.databases()).filter(Boolean);
    const name = 'f'.repeat(32);
    (await openRaw(`customer-memory:${browser.site}:${name}`)).close();
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    const note = JSON.stringify({ id, local: name, what: 'wipe' });
    browser.page().local!.set(`customer-memory:${browser.site}:forgetting:${id}`, note);
    const { memory } = await loaded(browser);
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
    expect((await browser.databases()).filter(Boolean)).to.deep.equal([local]);
    expect(Object.keys(browser.local()).join()).not.to.contain('forgetting');
    await browser.clear();
  });

  it('is out of sight where the disk is full, says so, and is done with the next visit', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: canary, 'identity.name': { given: 'Ana' } });
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    faulty.fail({ at: 'commit', error: new DOMException('full', 'QuotaExceededError') });
    expect(await failureOf(() => memory.forget({ key: SHOE }))).to.include({ code: 'quota' });
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.recall(SHOE)).to.equal(undefined);
    expect(next.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await next.memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    expect(Object.keys(browser.local()).sort()).to.deep.equal(['boot', 'gen', 'visited']);
    await browser.clear();
  });

  it('takes everything away from a full disk, although what was to be forgotten before found no room', async () => {
    const browser = testBrowser();
    const { memory: first } = await withEverything(browser, true);
    await first.close();
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    faulty.fail({ at: 'commit', error: new DOMException('full', 'QuotaExceededError') }, Infinity);
    expect(await failureOf(() => memory.forget({ key: SHOE }))).to.include({ code: 'quota' });
    expect(await memory.forget('everything')).to.include({ conversations: 1, messages: 1 });
    expect(memory.status.storage).to.deep.equal({ session: 'ok', device: 'unused' });
    await memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
    await browser.clear();
  });

  it('says that there is no room where a full disk lets nothing be opened, whether to take away or to read', async () => {
    const browser = testBrowser();
    const { memory: first } = await withEverything(browser, true);
    await first.close();
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    const full = new DOMException('full', 'QuotaExceededError');
    faulty.fail({ at: 'value', is: () => true, error: full }, Infinity);
    for (const read of ['count', 'export'] as const) {
      const { code, message } = await failureOf(() => memory[read]());
      expect(code).to.equal('quota');
      expect(message).to.match(/^\w+: the browser has no room left for this site\. Ask /);
    }
    faulty.fail({ at: 'open', error: full }, Infinity);
    expect(await failureOf(() => memory.forget('everything'))).to.include({ code: 'quota' });
    expect(memory.facts()).to.deep.equal([]);
    await memory.close();
    await (await loaded(browser)).memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    await browser.clear();
  });

  it('takes everything away also where it cannot be counted', async () => {
    const browser = testBrowser();
    const { memory } = await withEverything(browser, true);
    await memory.close();
    const [person] = (await browser.databases()).filter((name) => name !== '');
    const raw = await openRaw(`customer-memory:${browser.site}${person}`);
    const pages = raw.transaction('pages', 'readwrite').objectStore('pages');
    for (const page of await answer<object[]>(pages.getAll()))
      await answer(pages.put({ ...page, earlier: 5n }));
    raw.close();
    const next = await loaded(browser);
    await next.memory.forget('everything');
    await next.memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    await browser.clear();
  });

  it('refuses what names nothing, and forgets nothing then', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember(SHOE, 'M');
    const cases: [unknown, string][] = [
      [undefined, 'invalid_selector'],
      [null, 'invalid_selector'],
      ['all', 'invalid_selector'],
      [{}, 'invalid_selector'],
      [{ key: SHOE, under: 'identity' }, 'invalid_selector'],
      [{ keys: SHOE }, 'invalid_selector'],
      [{ key: 'preferences' }, 'malformed_key'],
      [{ key: 7 }, 'malformed_key'],
      [{ under: '' }, 'malformed_key'],
      [{ under: 'everything' }, 'unknown_root'],
      [{ under: '__proto__' }, 'malformed_key'],
      [{ purpose: 'marketing' }, 'unknown_purpose'],
      [{ conversation: 'not-an-id' }, 'invalid_selector'],
      [{ conversation: undefined }, 'invalid_selector'],
      [{ conversation: Object.create(null) }, 'invalid_selector'],
      [{ purpose: Object.create(null) }, 'invalid_selector'],
      [{ key: Object.create(null) }, 'malformed_key'],
    ];
    for (const [selector, code] of cases) {
      expect(await failureOf(() => memory.forget(selector as never)), JSON.stringify(selector)).to.include({
        code,
      });
    }
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
    await browser.clear();
  });

  it('by a selector goes by what is in it, whatever a page has put on the prototype of all objects', async () => {
    const prototype = Object.prototype as { key?: string; purpose?: string };
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember(SHOE, 'M');
    await memory.remember('identity.company', 'Acme');
    prototype.key = 'identity.company';
    prototype.purpose = 'identity';
    try {
      expect(await failureOf(() => memory.forget(Object.create({ key: SHOE }) as never))).to.include({
        code: 'invalid_selector',
      });
      await memory.forget({ under: 'preferences' });
      expect(memory.value(SHOE)).to.equal(undefined);
      await memory.remember(SHOE, 'L');
      await memory.consent.grant();
      await memory.forget({ under: 'preferences' });
    } finally {
      delete prototype.key;
      delete prototype.purpose;
    }
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.facts().map(({ key }) => key)).to.deep.equal(['identity.company']);
    await next.memory.close();
    await browser.clear();
  });

  it('leaves no trace of having looked where nothing was ever kept', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser, { tab: newTab() });
    await memory.forget('everything');
    await memory.forget({ under: 'identity' });
    await memory.notMe();
    await memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
    void tab;
  });
});
