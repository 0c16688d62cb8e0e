/** Faults that were found by looking for one person's words in the hands of another, and for words that were lost. */
import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  consentManager,
  failureOf,
  leftAfter,
  load,
  loadMortal,
  loaded,
  newTab,
  rememberedPerson,
  shownBy,
  testBrowser,
  until,
  type AnyMemory,
  type Tab,
  type TestBrowser,
} from './support.js';
import { ANA, benBegins, CANARY, early, SIZE } from './ana-and-ben.js';

const ONLY_IDENTITY = { device: true, purposes: ['identity'] } as never;
const tick = () => Promise.resolve();
/** As on an insecure page, where no boot record is written. */
const noLocks = { on: (platform: FakePlatform) => Object.assign(platform, { locks: undefined }) };

const sayAnother = (memory: AnyMemory) => memory.remember('preferences.other', 'x');

/** What an early page shows when its chunk has come, after a call that it was left to answer itself. */
async function shownOnceWhole(
  { memory, arrive }: ReturnType<typeof early>,
  call: (memory: AnyMemory) => Promise<unknown>,
): Promise<string> {
  call(memory).catch(() => undefined);
  await tick();
  await tick();
  arrive();
  await memory.ready;
  const shown = JSON.stringify(memory.facts());
  await memory.close();
  return shown;
}

describe('what was said before signing in, and was moved to the person named', () => {
  for (const next of [null, 'ben'])
    it(`is not shown in that tab to ${next ?? 'nobody'}, who is there after a sign-out`, async () => {
      const browser = testBrowser();
      const tab = newTab();
      const a = await loaded(browser, { tab });
      await a.memory.remember(CANARY, 'canary');
      await a.memory.close();
      const ana = await loaded(browser, { tab, says: 'ana' });
      expect(ana.memory.value(CANARY)).to.equal('canary');
      await ana.memory.close();
      const c = await loaded(browser, { tab, says: next });
      const shown = await shownBy(c);
      await c.memory.close();
      expect(shown).not.to.contain('canary');
    });
  it('is not, where anything was said as Ana', async () => {
    const browser = testBrowser();
    const tab = newTab();
    const a = await loaded(browser, { tab });
    await a.memory.remember(CANARY, 'canary');
    await a.memory.close();
    const ana = await loaded(browser, { tab, says: 'ana' });
    await ana.memory.remember(SIZE, 'M');
    await ana.memory.close();
    const c = await loaded(browser, { tab, says: null });
    const shown = await shownBy(c);
    await c.memory.close();
    expect(shown).not.to.contain('canary');
  });
});

describe('an early call on a tab whose visit names a person who was taken away elsewhere', () => {
  const noted: Record<string, (m: AnyMemory) => Promise<unknown>> = {
    remember: sayAnother,
    forget: (m) => m.forget({ key: 'preferences.other' }),
    'conversations.start': (m) => m.conversations.start({ channel: 'chat' }),
  };
  for (const [name, call] of Object.entries(noted))
    for (const how of ['forget', 'withdraw', 'notMe'] as const)
      it(`does not bring their words back: ${name}, after ${how}`, async () => {
        const browser = testBrowser();
        await rememberedPerson(browser, ANA);
        const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')]);
        const other = await loaded(browser);
        await (how === 'forget'
          ? other.memory.forget('everything')
          : how === 'notMe'
            ? other.memory.notMe()
            : other.memory.consent.withdraw());
        await other.memory.close();
        expect(await shownOnceWhole(early(browser, { tab }), call)).not.to.contain('canary');
      });
  it('does not bring back what the named person forgot', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA, { says: 'ana' });
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')], {
      says: 'ana',
    });
    const other = await loaded(browser, { says: 'ana' });
    await other.memory.forget('everything');
    await other.memory.close();
    expect(await shownOnceWhole(early(browser, { tab, says: 'ana' }), sayAnother)).not.to.contain('canary');
  });
  it('does not give them to Ben, who is remembered here, where no boot record is (an insecure page)', async () => {
    const browser = testBrowser();
    const tab = newTab();
    const a = await loaded(browser, { tab, ...noLocks });
    await a.memory.consent.grant(ONLY_IDENTITY);
    await a.memory.remember(CANARY, 'canary');
    await a.memory.close();
    await benBegins(browser, noLocks);
    const shown = await shownOnceWhole(early(browser, { tab, ...noLocks }), sayAnother);
    expect(shown).to.contain('Ben');
    expect(shown).not.to.contain('canary');
  });
  it('does not give them to the next anonymous one, said at a closed page', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')]);
    await rememberedPerson(browser, { 'identity.name': { given: 'Ben' } }, { says: 'ben' });
    const { memory } = early(browser, { tab });
    memory.remember('preferences.other', 'x').catch(() => undefined);
    await tick();
    await tick();
    const next = await loaded(browser, { tab, says: null });
    const shown = await shownBy(next);
    await next.memory.close();
    expect(shown).not.to.contain('canary');
  });
});

describe('a forget that was noted in a tab for a person who was put aside since', () => {
  it('is not done to whoever is remembered now, where there is no boot record for a moment', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const tab = newTab();
    const { memory } = early(browser, { tab });
    memory.forget({ key: SIZE }).catch(() => undefined);
    await tick();
    await tick();
    await benBegins(browser);
    // Ben forgets something else and leaves: the boot record has gone, and nobody has written a new one.
    await leftAfter(browser, (m) => [m.forget({ key: 'preferences.nothing' })]);
    const back = await loaded(browser, { tab });
    await back.memory.close();
    const ben = await loaded(browser);
    expect(ben.memory.value('identity.name')).to.deep.equal({ given: 'Ben' });
    expect(ben.memory.value(SIZE)).to.equal('S');
    await ben.memory.close();
  });
});

describe('an early call made where nothing was kept yet, when another tab has had somebody kept since', () => {
  it('is not done for the one after them', async () => {
    const browser = testBrowser();
    const { memory, arrive } = early(browser);
    const asked = failureOf(() => memory.remember(CANARY, 'canary'));
    await tick();
    await rememberedPerson(browser, ANA);
    await benBegins(browser);
    arrive();
    const { code } = await asked;
    const shown = JSON.stringify(memory.facts());
    await memory.close();
    expect([code, shown.includes('canary')]).to.deep.equal(['put_aside', false]);
  });
  for (const how of ['forget everything', 'refuse', 'withdraw'])
    it(`takes nothing away from who was granted later: ${how}`, async () => {
      const browser = testBrowser();
      const { memory, arrive } = early(browser);
      const asked = failureOf(() =>
        how === 'refuse'
          ? memory.consent.refuse()
          : how === 'withdraw'
            ? memory.consent.withdraw()
            : memory.forget('everything'),
      );
      await tick();
      await rememberedPerson(browser, ANA);
      arrive();
      await asked;
      await memory.close();
      const next = await loaded(browser);
      const size = next.memory.value(SIZE);
      await next.memory.close();
      expect(size).to.equal('M');
    });
});

describe('a page that is hidden, and whose database fails to say why, after somebody signed in in another tab', () => {
  for (const what of ['export', 'messages'] as const)
    it(`gives out nothing of the person before: ${what}`, async () => {
      const browser = testBrowser();
      const first = await loaded(browser);
      await first.memory.remember(SIZE, 'canary');
      await first.memory.conversations.start({ channel: 'chat', messages: [{ text: 'canary' }] });
      await first.memory.consent.grant();
      await first.memory.close();
      const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
      const a = await loaded(browser, { on: (p) => Object.assign(p, { indexedDB: faulty }) });
      const [handle] = await a.memory.conversations.latest();
      faulty.fail({ at: 'transaction', error: new DOMException('busy', 'AbortError') }, 1);
      const hidden = until(a.memory, () => a.memory.status.storage.device === 'failed');
      const ben = await loaded(browser, { says: 'ben' });
      await hidden;
      expect(a.memory.value(SIZE)).to.equal(undefined);
      const got = what === 'export' ? await a.memory.export() : await handle!.messages();
      expect(JSON.stringify(got)).not.to.contain('canary');
      await Promise.all([a.memory.close(), ben.memory.close()]);
    });
});

describe('what somebody says after “not me” on a page that names Ana', () => {
  it('is not given to Ana when the site still names her on the next page', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA, { says: 'ana' });
    const tab = newTab();
    const p = await loaded(browser, { tab, says: 'ana' });
    await p.memory.notMe();
    await p.memory.remember(CANARY, 'canary');
    await p.memory.close();
    const next = await loaded(browser, { tab, says: 'ana' });
    await next.memory.close();
    const ana = await loaded(browser, { says: 'ana' });
    const shown = await shownBy(ana);
    await ana.memory.close();
    expect(shown).to.contain('Ana');
    expect(shown).not.to.contain('canary');
  });
});

describe('what a remembered person said for the visit alone', () => {
  async function saidInTab(browser: TestBrowser, options = {}): Promise<Tab> {
    const tab = newTab();
    const a = await loaded(browser, { tab, ...options });
    await a.memory.consent.grant(ONLY_IDENTITY);
    await a.memory.remember(CANARY, 'said');
    await a.memory.close();
    return tab;
  }
  it('becomes Ana\u2019s on the first page that names her', async () => {
    const browser = testBrowser();
    const tab = await saidInTab(browser);
    const { memory } = await loaded(browser, { tab, says: 'ana' });
    expect(memory.value(CANARY)).to.equal('said');
    await memory.close();
  });
  it('is hers with the tag, too', async () => {
    const browser = testBrowser();
    const tab = await saidInTab(browser);
    const { memory, arrive } = early(browser, { tab, says: 'ana' });
    arrive();
    await memory.ready;
    const value = memory.value(CANARY);
    await memory.close();
    expect(value).to.equal('said');
  });
  it('is hers on the second page, too', async () => {
    const browser = testBrowser();
    const tab = await saidInTab(browser);
    const first = await loaded(browser, { tab, says: 'ana' });
    await first.memory.close();
    const { memory } = await loaded(browser, { tab, says: 'ana' });
    expect(memory.value(CANARY)).to.equal('said');
    await memory.close();
  });
  it('is hers when her first page comes out of the back/forward cache', async () => {
    const browser = testBrowser();
    const tab = await saidInTab(browser);
    const { memory, platform } = await loaded(browser, { tab, says: 'ana' });
    platform.setVisibility('restored');
    await memory.ready;
    expect(memory.value(CANARY)).to.equal('said');
    await memory.close();
  });
});

describe('what is said on a page whose boot record tells of somebody the database does not have', () => {
  it('is there on the next page of the tab: site data cleared in part', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    await browser.clear();
    const tab = newTab();
    const page = await loaded(browser, { tab });
    await page.memory.remember(CANARY, 'said');
    expect(page.memory.value(CANARY)).to.equal('said');
    await page.memory.close();
    const next = await loaded(browser, { tab });
    expect(next.memory.value(CANARY)).to.equal('said');
    await next.memory.close();
  });
  it('is there on the next page of the tab: thirteen months later', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const tab = newTab();
    const on = <P extends { clock: { now(): number }; setTime(to: number): void }>(p: P) => (
      p.setTime(p.clock.now() + 500 * 86_400_000),
      p
    );
    const page = await loaded(browser, { tab, on });
    expect(page.memory.value(SIZE)).to.equal(undefined);
    await page.memory.remember(CANARY, 'said');
    await page.memory.close();
    const next = await loaded(browser, { tab, on });
    expect(next.memory.value(CANARY)).to.equal('said');
    await next.memory.close();
  });
});

describe('a page of a person whom a later page has taken the browser from', () => {
  it('can still forget one thing', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'M' }, { says: 'ana' });
    const { memory } = await loaded(browser, { says: 'ana' });
    await rememberedPerson(browser, { [SIZE]: 'S' }, { says: 'ben' });
    await memory.count();
    const { code } = await failureOf(() => memory.forget({ key: SIZE }));
    await memory.close();
    const next = await loaded(browser, { says: 'ana' });
    const size = next.memory.value(SIZE);
    await next.memory.close();
    expect([code, size]).to.deep.equal(['none', undefined]);
  });
});

describe('while a consent source has not answered', () => {
  for (const ready of [false, true])
    for (const how of ['forget everything', 'not me'])
      it(`${how} holds when it does, asked ${ready ? 'when the page was ready' : 'at once'}`, async () => {
        const browser = testBrowser();
        const a = await loaded(browser, { consent: consentManager({ device: true } as never) });
        await a.memory.remember(SIZE, 'M');
        await a.memory.close();
        const source = consentManager();
        const { memory } = load(browser, { consent: source });
        if (ready) await memory.ready;
        await (how === 'not me' ? memory.notMe() : memory.forget('everything'));
        source.say({ device: true } as never);
        await memory.count();
        const size = memory.value(SIZE);
        await memory.close();
        expect(size).to.equal(undefined);
      });
});

describe('when somebody leaves in one tab', () => {
  for (const how of ['forget everything', 'not me'])
    it(`nothing is lost of what the person whom another tab names has said there: ${how}`, async () => {
      const browser = testBrowser();
      const anonymous = await loaded(browser);
      const ben = await loaded(browser, { says: 'ben' });
      await ben.memory.remember(SIZE, 'said');
      await (how === 'not me' ? anonymous.memory.notMe() : anonymous.memory.forget('everything'));
      await ben.memory.count();
      const size = ben.memory.value(SIZE);
      await Promise.all([anonymous.memory.close(), ben.memory.close()]);
      expect(size).to.equal('said');
    });
});

describe('an early page', () => {
  it('does not show what an early page of this tab was asked to forget, and was left', async () => {
    const browser = testBrowser();
    const tab = newTab();
    const p = await loaded(browser, { tab });
    await p.memory.remember(SIZE, 'canary');
    await p.memory.close();
    early(browser, { tab })
      .memory.forget({ key: SIZE })
      .catch(() => undefined);
    await tick();
    await tick();
    expect(early(browser, { tab }).memory.value(SIZE)).to.equal(undefined);
  });
});

describe('“not me” on a page that is hidden while its database does not answer', () => {
  it('is followed by the other tabs', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const a = await loaded(browser, { on: (p) => Object.assign(p, { indexedDB: faulty }) });
    const b = await loaded(browser);
    faulty.fail({ at: 'transaction', error: new DOMException('busy', 'AbortError') }, 1);
    const hidden = until(a.memory, () => a.memory.status.storage.device === 'failed');
    await b.memory.forget({ key: 'preferences.x' });
    await hidden;
    await a.memory.notMe();
    await b.memory.count();
    const size = b.memory.value(SIZE);
    await Promise.all([a.memory.close(), b.memory.close()]);
    expect(size).to.equal(undefined);
  });
});

describe('a boot record in which another script has altered the name of the database', () => {
  for (const how of ['bundle', 'tag'])
    it(`keeps nobody from their memory: ${how}`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, ANA);
      const name = `customer-memory:${browser.site}:boot`;
      browser.world.local.set(
        name,
        JSON.stringify({ ...JSON.parse(browser.world.local.get(name) ?? '{}'), local: 'zzz' }),
      );
      let memory: AnyMemory;
      if (how === 'tag') {
        const page = early(browser);
        memory = page.memory;
        page.arrive();
      } else ({ memory } = load(browser));
      await memory.ready;
      expect(memory.value(SIZE)).to.equal('M');
      await memory.close();
      await browser.clear();
    });
});

describe('a local storage that is older than the database (the browser crashed before it was written, a profile was brought back)', () => {
  it('keeps nobody from their memory', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const before = browser.local();
    await benBegins(browser);
    for (const [part, text] of Object.entries(before))
      browser.world.local.set(`customer-memory:${browser.site}:${part}`, text);
    const { memory } = load(browser);
    await memory.ready;
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Ben' });
    await memory.close();
    await browser.clear();
  });
});

describe('in a tab before any grant, what is said again after it was forgotten, on a page that is left at once', () => {
  for (const apart of [true, false])
    it(`is there on every later page of the tab, ${apart ? 'forgotten on an earlier page' : 'forgotten on the same page'}`, async () => {
      const browser = testBrowser();
      const tab = newTab();
      if (apart) {
        const first = await loaded(browser, { tab });
        await first.memory.remember(SIZE, 'M');
        await first.memory.forget({ key: SIZE });
        await first.memory.close();
      }
      const left = loadMortal(browser, { tab });
      if (!apart) left.memory.forget({ key: SIZE }).catch(() => undefined);
      left.memory.remember(SIZE, 'XL').catch(() => undefined);
      await tick();
      await tick();
      left.kill();
      const next = await loaded(browser, { tab });
      const shown = next.memory.value(SIZE);
      await next.memory.close();
      const later = await loaded(browser, { tab });
      const kept = later.memory.value(SIZE);
      await later.memory.close();
      expect([shown, kept]).to.deep.equal(['XL', 'XL']);
    });
});
