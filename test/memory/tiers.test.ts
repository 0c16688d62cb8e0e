import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { IndexedDb, KeyValue } from '../../src/platform/platform.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  databasesLeft,
  everything,
  failureOf,
  load,
  loaded,
  newTab,
  registryOf,
  rememberedPerson,
  sessionOf,
  testBrowser,
  type Page,
  type TestBrowser,
} from './support.js';

const SHOE = 'preferences.shoe';
const DAY = 86_400_000;

const realDatabases = (): FaultyIndexedDb => faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
const later = (ms: number) => (platform: FakePlatform) => {
  platform.setTime(platform.clock.now() + ms);
  return platform;
};

interface VisitRecord {
  readonly v: 1;
  readonly user: string | null;
  readonly since: number;
  readonly entries: readonly {
    readonly id: string;
    readonly kind: string;
    readonly key?: string;
    readonly authority?: string;
  }[];
}

async function talkative(browser: TestBrowser, options = {}): Promise<Page> {
  const page = await loaded(browser, options);
  const { memory } = page;
  await memory.remember('identity.name', { given: 'Ana' });
  await memory.remember(SHOE, 'M', { authority: 'observed' });
  await memory.remember('preferences.colour', 'red', { authority: 'inferred' });
  const chat = await memory.conversations.start({ channel: 'chat' });
  await chat.say({ text: 'Hello' });
  return page;
}

describe('before a grant', () => {
  it('has nothing to ask for where only the site has observed or guessed something', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    for (const authority of ['observed', 'inferred'] as const) {
      await memory.remember('preferences.colour', authority, { authority });
      expect(memory.consent.useful, authority).to.equal(false);
    }
    await memory.remember('preferences.colour', 'red');
    expect(memory.consent.useful).to.equal(true);
    await memory.close();
  });

  it('keeps nothing but what was stated or said, in this tab', async () => {
    const browser = testBrowser();
    const { memory, tab, platform } = await talkative(browser);
    expect(memory.status).to.include({ kept: 'visit', gate: 'open', sync: 'off' });
    expect(memory.status.storage).to.deep.equal({ session: 'ok', device: 'unused' });
    expect(memory.consent).to.include({ state: 'undecided', by: 'ask', useful: true, refusedAt: undefined });
    expect(await browser.databases()).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
    expect(document.cookie).not.to.contain(browser.site);
    expect(tab.session.keys()).to.deep.equal([`customer-memory:${browser.site}:visit`]);
    const visit = sessionOf(browser, tab)['visit'] as VisitRecord;
    expect(Object.keys(visit).sort()).to.deep.equal(['entries', 'since', 'user', 'v']);
    expect(visit).to.include({ v: 1, user: null, since: platform.clock.now() });
    expect(
      visit.entries.map(({ kind, key }) => `${kind} ${key?.replace(/[\da-f]{8}-[\da-f-]{27}/g, '<id>')}`),
    ).to.deep.equal(['fact identity.name', 'fact conversations.<id>', 'message conversations.<id>.m.<id>']);
    expect(JSON.stringify(visit)).not.to.match(/observed|inferred|"red"|"M"/);
    // On this page what was observed is known all the same.
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
  });

  it('is the same person on the next page of the tab, and nobody in another tab', async () => {
    const browser = testBrowser();
    const first = await talkative(browser);
    await first.memory.close();
    const second = load(browser, { tab: first.tab });
    expect(second.memory.value('identity.name'), 'at once').to.deep.equal({ given: 'Ana' });
    expect(second.memory.conversations.recent).to.have.length(1);
    await second.memory.ready;
    expect(
      (await (await second.memory.conversations.latest())[0]!.messages()).map(({ text }) => text),
    ).to.deep.equal(['Hello']);
    expect(second.memory.recall(SHOE)).to.equal(undefined);
    await second.memory.close();
    const other = await loaded(browser);
    expect(other.memory.facts()).to.deep.equal([]);
    await other.memory.close();
  });

  it('ends with four hours of idleness', async () => {
    const browser = testBrowser();
    const { memory, tab } = await talkative(browser);
    await memory.close();
    const awake = await loaded(browser, { tab, on: later(3 * 3_600_000) });
    expect(awake.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await awake.memory.close();
    const idle = load(browser, { tab, on: later(8 * 3_600_000) });
    expect(idle.memory.recall('identity.name')).to.equal(undefined);
    await idle.memory.ready;
    expect(tab.session.keys()).to.deep.equal([]);
    await idle.memory.close();
  });

  it('drops unread what belongs to somebody else than the page names', async () => {
    for (const says of [undefined, null, 'y'] as const) {
      const browser = testBrowser();
      const x = await talkative(browser, { says: 'x' });
      await x.memory.close();
      const next = load(browser, { tab: x.tab, ...(says !== undefined && { says }) });
      expect(next.memory.recall('identity.name')).to.equal(undefined);
      expect(x.tab.session.keys()).to.deep.equal([]);
      await next.memory.close();
    }
  });

  it('moves what nobody in particular wrote in this visit to the person named', async () => {
    const browser = testBrowser();
    const { memory, tab } = await talkative(browser);
    await memory.close();
    const named = await loaded(browser, { tab, says: 'x' });
    expect(named.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await named.memory.close();
  });
});

describe('refusing', () => {
  it('keeps one thing besides, its date, and asks no more for 180 days', async () => {
    const browser = testBrowser();
    const { memory, tab, platform } = await talkative(browser);
    const before = sessionOf(browser, tab);
    await memory.consent.refuse();
    expect(memory.consent).to.include({ state: 'refused', refusedAt: platform.clock.now(), useful: false });
    expect(browser.local()).to.deep.equal({ refused: new Date(platform.clock.now()).toISOString() });
    expect(await browser.databases()).to.deep.equal([]);
    expect(sessionOf(browser, tab)).to.deep.equal(before);
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await memory.close();

    const month = await loaded(browser, { on: later(179 * DAY) });
    await month.memory.remember(SHOE, 'M');
    expect(month.memory.consent).to.include({ state: 'refused', useful: false });
    await month.memory.close();
    const year = await loaded(browser, { on: later(181 * DAY) });
    await year.memory.remember(SHOE, 'M');
    expect(year.memory.consent).to.include({ state: 'undecided', useful: true, refusedAt: undefined });
    await year.memory.close();
  });

  it('can be changed to a grant, which leaves no date', async () => {
    const browser = testBrowser();
    const { memory } = await talkative(browser);
    await memory.consent.refuse();
    await memory.consent.grant();
    expect(memory.consent).to.include({ state: 'granted', refusedAt: undefined });
    await memory.close();
    expect(Object.keys(browser.local()).sort()).to.deep.equal(['boot', 'gen', 'visited']);
    await browser.clear();
  });
});

describe('granting', () => {
  it('moves everything to the device, under the same ids, and empties the visit', async () => {
    const browser = testBrowser();
    const { memory, tab } = await talkative(browser);
    const before = memory.facts();
    const [chat] = await memory.conversations.latest();
    const said = await chat!.messages();
    await memory.consent.grant();
    expect(memory.consent).to.include({ state: 'granted', useful: false, purposes: undefined });
    expect(memory.status.kept).to.equal('device');
    expect(memory.status.storage.device).to.equal('ok');
    for (const [index, fact] of memory.facts().entries()) expect(fact).to.equal(before[index]);
    expect(tab.session.keys()).to.deep.equal([]);
    await memory.close();

    const next = await loaded(browser);
    expect(next.memory.facts()).to.deep.equal(before);
    const [again] = await next.memory.conversations.latest();
    expect(await again!.messages()).to.deep.equal(said);
    expect(next.memory.consent.state).to.equal('granted');
    await next.memory.close();
    expect(Object.keys(browser.local()).sort()).to.deep.equal(['boot', 'gen', 'visited']);
    await browser.clear();
  });

  it('makes one person, however often it is given at once', async () => {
    const browser = testBrowser();
    const { memory } = await talkative(browser);
    await Promise.all([
      memory.consent.grant(),
      memory.consent.grant(),
      memory.remember(SHOE, 'L'),
      memory.consent.grant(),
    ]);
    expect((await registryOf(browser))!.subjects).to.have.length(1);
    expect(await browser.databases()).to.have.length(2);
    await memory.close();
    await browser.clear();
  });

  it('keeps the purposes that were not granted in the visit, from before and from then on', async () => {
    const browser = testBrowser();
    const { memory, tab } = await talkative(browser);
    await memory.consent.grant({ device: true, purposes: ['preferences'] });
    expect([...memory.consent.purposes!]).to.deep.equal(['preferences']);
    await memory.remember('identity.email', 'ana@example.org');
    await memory.remember('preferences.bell', 'brass');
    const chat = await memory.conversations.start({ channel: 'chat', topic: 'Brakes' });
    await chat.say({ text: 'They squeak' });
    const kept = await everything(browser);
    expect(kept).to.match(/brass/);
    expect(kept).not.to.match(/Ana|ana@example|Hello|squeak|Brakes/);
    expect(JSON.stringify(sessionOf(browser, tab))).to.match(/Ana.*Hello.*ana@example.*Brakes.*squeak/);
    expect(await memory.count()).to.deep.equal({ facts: 5, conversations: 2, messages: 2 });
    await memory.close();

    const next = await loaded(browser, { tab });
    expect(next.memory.facts().map(({ key }) => key)).to.deep.equal([
      'identity.email',
      'identity.name',
      'preferences.bell',
      'preferences.colour',
      SHOE,
    ]);
    expect(next.memory.conversations.recent).to.have.length(2);
    // Granted too, later: what is still in the visit moves.
    await next.memory.consent.grant();
    expect(tab.session.keys()).to.deep.equal([]);
    await next.memory.close();
    const later = await loaded(browser);
    expect(later.memory.facts()).to.have.length(5);
    expect(later.memory.conversations.recent).to.have.length(2);
    await later.memory.close();
    await browser.clear();
  });

  it('takes from the device what a narrower grant does not cover any more', async () => {
    const browser = testBrowser();
    const { memory, tab } = await talkative(browser);
    await memory.consent.grant();
    await memory.consent.grant({ device: true, purposes: ['preferences'] });
    expect(memory.recall('identity.name')).to.equal(undefined);
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
    expect(await everything(browser, tab)).not.to.match(/Ana|Hello/);
    await browser.clear();
  });

  for (const [when, atOnce] of [
    ['although it had not heard of the wider one of another tab', false],
    ['although another tab is granted more at the same time', true],
  ] as const)
    it(`takes from the device what a narrower grant does not cover, ${when}`, async () => {
      const browser = testBrowser();
      const here = await loaded(browser, {
        on: (platform) => Object.assign(platform, { channel: () => undefined }),
      });
      await here.memory.remember(SHOE, 'M');
      const there = await loaded(browser, { tab: newTab() });
      await there.memory.remember('identity.company', 'Acme');
      const wider = there.memory.consent.grant();
      if (!atOnce) await wider;
      await Promise.all([wider, here.memory.consent.grant({ device: true, purposes: ['preferences'] })]);
      await Promise.all([here, there].map(({ memory }) => memory.close()));
      const { memory } = await loaded(browser);
      expect(memory.consent.purposes).to.deep.equal(['preferences']);
      expect(memory.value('identity.company')).to.equal(undefined);
      expect(memory.value(SHOE)).to.equal('M');
      await memory.close();
      expect(await everything(browser)).not.to.include('Acme');
      await browser.clear();
    });

  it('refuses what it does not understand', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    expect(await failureOf(() => memory.consent.grant({ device: false }))).to.include({
      code: 'invalid_option',
    });
    expect(await failureOf(() => memory.consent.grant({ device: true, purposes: ['marketing'] }))).to.include(
      { code: 'unknown_purpose' },
    );
    expect(await failureOf(() => memory.consent.grant('yes' as never))).to.include({
      code: 'invalid_option',
    });
    expect(await failureOf(() => memory.consent.grant(null as never))).to.include({ code: 'invalid_option' });
    expect(
      await failureOf(() => memory.consent.grant({ device: true, purposes: 'identity' } as never)),
    ).to.include({ code: 'invalid_option' });
    expect(await browser.databases()).to.deep.equal([]);
    await memory.close();
  });
});

describe('withdrawing', () => {
  it('leaves nothing but its date', async () => {
    const browser = testBrowser();
    const { memory, tab, platform } = await talkative(browser);
    await memory.consent.grant();
    await memory.consent.withdraw();
    expect(memory.consent).to.include({ state: 'refused', refusedAt: platform.clock.now() });
    expect(memory.facts()).to.deep.equal([]);
    expect(memory.conversations.recent).to.deep.equal([]);
    expect(memory.status.kept).to.equal('visit');
    await memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(Object.keys(browser.local())).to.deep.equal(['refused']);
    expect(tab.session.keys()).to.deep.equal([]);
  });
});

describe('unused memory', () => {
  it('is out of sight thirteen months after the last visit, or when the site says, and gone when a second day agrees', async () => {
    for (const [days, keep, there] of [
      [380, undefined, true],
      [400, undefined, false],
      [40, 'P30D', false],
    ] as const) {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'canary' });
      for (const day of [days, days, days + 1]) {
        const { memory } = await loaded(browser, { on: later(day * DAY), ...(keep && { keep }) });
        expect(memory.value(SHOE)).to.equal(there ? 'canary' : undefined);
        await memory.close();
        expect((await everything(browser)).includes('canary')).to.equal(there || day === days);
      }
      await browser.clear();
    }
  });

  it('comes back after a visit with a clock that is years ahead', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const { memory } = await loaded(browser, { on: later(800 * DAY) });
    expect(memory.recall(SHOE)).to.equal(undefined);
    expect(memory.status).to.include({ kept: 'visit', gate: 'open' });
    await memory.close();
    const next = await loaded(browser, { on: later(DAY) });
    expect(next.memory.value(SHOE)).to.equal('M');
    await next.memory.close();
    await browser.clear();
  });

  it('that is out of sight is not given to who begins anew, and is forgotten with everything', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const { memory } = await loaded(browser, { on: later(800 * DAY) });
    await memory.remember('identity.name', { given: 'Ana' });
    await memory.consent.grant();
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.close();
    await browser.clear();

    const other = testBrowser();
    await rememberedPerson(other, { [SHOE]: 'canary' });
    const ahead = await loaded(other, { on: later(800 * DAY) });
    await ahead.memory.forget('everything');
    await ahead.memory.close();
    expect(await everything(other, ahead.tab)).not.to.contain('canary');
    await other.clear();
  });

  it('stays as long as the person comes back', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    for (const days of [200, 400, 600, 800]) {
      const { memory } = await loaded(browser, { on: later(days * DAY) });
      expect(memory.value(SHOE)).to.equal('M');
      await memory.close();
    }
    await browser.clear();
  });
});

describe('a browser that keeps less', () => {
  const deny = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  const denying: KeyValue = { get: deny, set: deny, remove: deny, keys: deny };
  const full: KeyValue = {
    get: () => undefined,
    set: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    remove: () => undefined,
    keys: () => [],
  };

  for (const [what, session] of [
    ['none', undefined],
    ['one that throws', denying],
    ['one that is full', full],
  ] as const) {
    it(`says that only this page keeps it, where the session storage is ${what}`, async () => {
      const browser = testBrowser();
      const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, session }) });
      await memory.remember('identity.name', { given: 'Ana' });
      expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
      expect(memory.status.kept).to.equal('page');
      expect(memory.status.storage.session).to.equal('blocked');
      await memory.consent.grant();
      expect(memory.status.kept).to.equal('device');
      await memory.close();
      const next = await loaded(browser);
      expect(next.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
      await next.memory.close();
      await browser.clear();
    });
  }

  it('keeps the visit, with the reason, where IndexedDB is denied or missing', async () => {
    const throwing = {
      factory: { open: deny, databases: deny, deleteDatabase: deny } as unknown as IDBFactory,
      keyRange: IDBKeyRange,
    };
    for (const indexedDB of [undefined, throwing]) {
      const browser = testBrowser();
      const { memory, tab, platform } = await loaded(browser, { on: (real) => ({ ...real, indexedDB }) });
      await memory.remember('identity.name', { given: 'Ana' });
      expect(memory.status.kept).to.equal('visit');
      expect(await failureOf(() => memory.consent.grant())).to.include({ code: 'storage_failed' });
      expect(memory.status.storage.device).to.equal('blocked');
      if (indexedDB) expect(memory.status.storage.reason).to.be.a('string');
      expect(memory.consent.state).to.equal('undecided');
      expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
      await memory.forget({ key: 'identity.name' });
      await memory.forget('everything');
      expect(platform.reported).to.deep.equal([]);
      expect(tab.session.keys()).to.deep.equal([]);
      expect(browser.local()).to.deep.equal({});
      await memory.close();
    }
  });

  it('goes on without local storage: nothing is shown before the database, and everything after it', async () => {
    const browser = testBrowser();
    const on = (platform: FakePlatform): FakePlatform => ({ ...platform, local: undefined });
    const first = await talkative(browser, { on });
    await first.memory.consent.grant();
    first.platform.setVisibility('shown');
    await first.memory.remember(SHOE, 'L');
    expect(first.memory.value(SHOE)).to.equal('L');
    await first.memory.close();
    const second = load(browser, { on });
    expect(second.memory.recall('identity.name')).to.equal(undefined);
    await second.memory.ready;
    expect(second.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await second.memory.forget({ key: SHOE });
    await second.memory.notMe();
    expect(second.memory.recall('identity.name')).to.equal(undefined);
    await second.memory.close();
    const third = await loaded(browser, { on });
    expect(third.memory.recall('identity.name')).to.equal(undefined);
    await third.memory.close();
    await browser.clear();
  });

  it('does not wait for a database that does not open', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const faulty = realDatabases();
    faulty.fail({ at: 'open' }, 99);
    const { memory, platform } = load(browser, { on: (real) => Object.assign(real, { indexedDB: faulty }) });
    expect(memory.status.state).to.equal('provisional');
    expect(memory.value(SHOE)).to.equal('M');
    const remembered = memory.remember('preferences.bell', 'brass');
    // It gives up by the clock; before that it may still look whether there is a database at all.
    while (memory.status.state !== 'ready') {
      platform.advance(1000);
      await browser.databases();
    }
    expect(memory.status.storage).to.include({ device: 'blocked' });
    expect(memory.status.storage.reason).to.match(/3000 ms/);
    await remembered;
    expect(memory.value('preferences.bell')).to.equal('brass');
    expect(memory.status.kept).to.equal('visit');
    await memory.close();
    await browser.clear();
  });

  it('tells of a full disk, keeps what was said in view and in the visit, and stores it with the next', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const faulty = realDatabases();
    const { memory, tab } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    for (const error of [new DOMException('full', 'QuotaExceededError'), null]) {
      faulty.fail({ at: 'commit', error });
      const failure = await failureOf(() => memory.remember('preferences.bell', 'brass'));
      expect(failure.code).to.equal(error ? 'quota' : 'storage_failed');
      expect(failure.message).not.to.contain('brass');
      expect(memory.value('preferences.bell')).to.equal('brass');
      expect(memory.status.storage.device).to.equal('failed');
      expect(JSON.stringify(sessionOf(browser, tab))).to.contain('brass');
    }
    await memory.remember('preferences.saddle', 'leather');
    expect(memory.status.storage).to.deep.equal({ session: 'ok', device: 'ok' });
    expect(tab.session.keys()).to.deep.equal([]);
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.facts().map(({ value }) => value)).to.deep.equal(['brass', 'leather', 'M']);
    await next.memory.close();
    await browser.clear();
  });

  it('does not call a device that could not be opened in order before the grant has brought it back', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const faulty = realDatabases();
    faulty.fail({ at: 'open', error: new DOMException('broken', 'UnknownError') }, 2);
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    expect(memory.status.storage.device).to.equal('blocked');
    const told = new Set<string>();
    const is = () => (told.add(memory.status.storage.device), false);
    faulty.fail({ at: 'value', is, error: new DOMException('never', 'DataError') });
    await memory.consent.grant();
    expect([...told]).to.deep.equal(['blocked']);
    expect(memory.status.storage).to.deep.equal({ session: 'ok', device: 'ok' });
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
    await browser.clear();
  });

  it('loses nothing where the disk is full at the grant', async () => {
    const browser = testBrowser();
    const faulty = realDatabases();
    const { memory, tab } = await talkative(browser, {
      on: (platform: FakePlatform) => ({ ...platform, indexedDB: faulty }),
    });
    faulty.fail({ at: 'commit', error: new DOMException('full', 'QuotaExceededError') });
    expect(await failureOf(() => memory.consent.grant())).to.include({ code: 'quota' });
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    expect(JSON.stringify(sessionOf(browser, tab))).to.match(/Ana.*Hello/);
    await memory.consent.grant();
    expect(memory.status.kept).to.equal('device');
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    expect(await browser.databases()).to.have.length(2);
    await next.memory.close();
    await browser.clear();
  });

  it('is left alone where it is shared: nothing outlives the visit', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const { memory, tab } = load(browser, { shared: true });
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.ready;
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.remember('identity.name', { given: 'Ana' });
    expect(memory.consent).to.include({ useful: false, by: 'host' });
    expect(await failureOf(() => memory.consent.grant())).to.include({ code: 'misuse' });
    expect(memory.status.kept).to.equal('visit');
    expect(browser.local()).not.to.have.property('boot');
    await memory.close();
    expect(await everything(browser)).not.to.contain('Ana');
    expect(Object.keys(sessionOf(browser, tab))).to.deep.equal(['visit']);
    await browser.clear();
  });
});
