import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { IndexedDb, KeyValue } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { answer, openRaw } from '../store/support.js';
import {
  everything,
  failureOf,
  leftAfter,
  load,
  loaded,
  newTab,
  registryOf,
  rememberedPerson,
  sessionOf,
  shownBy,
  testBrowser,
  until,
  type Failure,
} from './support.js';

const SHOE = 'preferences.shoe';

describe('two pages of one browser', () => {
  it('follow each other without a reload: what is said in one is recalled in the other', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const a = await loaded(browser);
    const b = await loaded(browser);
    const shown = until(b.memory, () => b.memory.value(SHOE) === 'L');
    await a.memory.remember(SHOE, 'L');
    await shown;
    const chatted = until(b.memory, () => b.memory.conversations.recent.length === 1);
    await a.memory.conversations.start({ channel: 'chat', topic: 'Boiler' });
    await chatted;
    expect(b.memory.conversations.recent[0]).to.include({ topic: 'Boiler' });
    await Promise.all([a.memory.close(), b.memory.close()]);
    await browser.clear();
  });

  it('do not call it a failure of the device that the other one has forgotten everything meanwhile', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const a = await loaded(browser);
    const b = await loaded(browser);
    // Written before the other page is heard of.
    await Promise.all([
      a.memory.forget('everything'),
      b.memory.remember(SHOE, 'L').catch(() => undefined),
      b.memory.remember(SHOE, 'XL').catch(() => undefined),
    ]);
    await b.memory.ready;
    expect(b.memory.status.storage.device).to.not.equal('failed');
    expect(b.memory.status.storage).to.not.have.property('reason');
    await Promise.all([a.memory.close(), b.memory.close()]);
    await browser.clear();
  });

  for (const what of ['one key', 'everything', 'not you', 'withdrawn'] as const) {
    it(`follow each other when something is taken away: ${what}`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'canary', 'identity.email': 'ana@example.org' });
      const a = await loaded(browser);
      const b = await loaded(browser);
      expect(b.memory.value(SHOE)).to.equal('canary');
      const gone = until(b.memory, () => !b.memory.recall(SHOE) && b.memory.status.state === 'ready');
      if (what === 'one key') await a.memory.forget({ key: SHOE });
      if (what === 'everything') await a.memory.forget('everything');
      if (what === 'not you') await a.memory.notMe();
      if (what === 'withdrawn') await a.memory.consent.withdraw();
      await gone;
      await b.memory.ready;
      expect(await shownBy(b)).not.to.contain('canary');
      expect(b.memory.value('identity.email')).to.equal(what === 'one key' ? 'ana@example.org' : undefined);
      expect(b.memory.status.kept).to.equal(what === 'one key' ? 'device' : 'visit');
      await Promise.all([a.memory.close(), b.memory.close()]);
      if (what !== 'not you') expect(await everything(browser, a.tab, b.tab)).not.to.contain('canary');
      await browser.clear();
    });
  }

  it('lose nothing of what the other one had said and not stored, when one forgets a key', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember(SHOE, 'M');
    await memory.consent.grant({ device: true, purposes: ['preferences'] });
    await memory.close();
    const a = await loaded(browser);
    const b = await loaded(browser);
    await b.memory.remember('identity.language', 'de', { authority: 'observed' });
    await b.memory.remember('identity.company', 'Acme');
    await a.memory.forget({ key: SHOE });
    await until(b.memory, () => !b.memory.recall(SHOE) && b.memory.status.state === 'ready');
    expect(b.memory.value('identity.company')).to.equal('Acme');
    expect(b.memory.value('identity.language')).to.equal('de');
    await Promise.all([a.memory.close(), b.memory.close()]);
    await browser.clear();
  });

  for (const how of ['the conversation', 'all conversations'] as const)
    it(`do not tell somebody that a message is kept, where the other one has forgotten ${how}`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'M' });
      const deaf = await loaded(browser, { on: (platform) => ({ ...platform, channel: () => undefined }) });
      const chat = await deaf.memory.conversations.start({ channel: 'chat' });
      await chat.say({ text: 'Hello' });
      const other = await loaded(browser);
      await other.memory.forget(
        how === 'the conversation' ? { conversation: chat.id } : { under: 'conversations' },
      );
      for (const say of [
        () => chat.say({ text: 'canary' }),
        () => chat.note('canary'),
        () => chat.update({ topic: 'canary' }),
        () => chat.end({ summary: 'canary' }),
        () => chat.say({ text: 'canary' }),
      ])
        expect((await failureOf(say)).code).to.equal('unknown_conversation');
      const next = await deaf.memory.conversations.start({ channel: 'chat' });
      expect((await next.say({ text: 'Hello again' })).text).to.equal('Hello again');
      await Promise.all([deaf.memory.close(), other.memory.close()]);
      expect(await everything(browser, deaf.tab)).not.to.contain('canary');
      await browser.clear();
    });

  it('show nothing of a person who was taken away while one of them was in the back/forward cache', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const frozen = await loaded(browser, { on: (platform) => ({ ...platform, channel: () => undefined }) });
    await frozen.memory.remember('identity.name', { given: 'canary' });
    frozen.platform.advance(300);
    const other = await loaded(browser);
    await other.memory.notMe();
    await other.memory.close();
    expect(frozen.memory.value(SHOE), 'it has heard nothing').to.equal('canary');
    frozen.platform.setVisibility('restored');
    expect(frozen.memory.value(SHOE)).to.equal(undefined);
    expect(frozen.memory.recall('identity.name')).to.equal(undefined);
    await frozen.memory.ready;
    expect(await shownBy(frozen)).not.to.contain('canary');
    await frozen.memory.close();
    await browser.clear();
  });

  it('that name different people leave the browser to the later one, and stay quiet', async () => {
    const browser = testBrowser();
    const first = await loaded(browser, { says: 'x' });
    await first.memory.remember('identity.name', { given: 'canary' });
    await first.memory.consent.grant();
    const later = await loaded(browser, { says: null });
    // A turn each, and more: whoever answers the other's word would have done it by then.
    for (const page of [first, later]) await page.memory.count();
    const { gen } = browser.local();
    for (const page of [first, later, first, later]) await page.memory.count();
    expect(browser.local()['gen']).to.equal(gen);
    expect(await shownBy(later)).not.to.contain('canary');
    expect(first.memory.recall('identity.name')).to.equal(undefined);
    await first.memory.remember(SHOE, 'M');
    await first.memory.close();
    await later.memory.close();
    await browser.clear();
  });

  it('of one tab show what the tab has forgotten meanwhile no more, once they come back out of the cache', async () => {
    const browser = testBrowser();
    const cached = await loaded(browser);
    await cached.memory.remember('identity.name', { given: 'canary' });
    const later = await loaded(browser, { tab: cached.tab });
    await later.memory.forget({ key: 'identity.name' });
    await later.memory.remember(SHOE, 'M');
    await later.memory.close();
    cached.platform.setVisibility('restored');
    expect(cached.memory.recall('identity.name')).to.equal(undefined);
    await cached.memory.ready;
    expect(cached.memory.value(SHOE)).to.equal('M');
    await cached.memory.close();
    await browser.clear();
  });

  it('of one tab show it no more where the one out of the cache was still fetching what it had to do', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const other = await loaded(browser);
    const { tab } = await leftAfter(browser, ({ remember }) => [remember('preferences.bell', 'brass')]);
    const cached = load(browser, { tab });
    await Promise.resolve();
    expect(cached.memory.value(SHOE)).to.equal('canary');
    const forgotten = other.memory.forget({ key: SHOE });
    cached.platform.setVisibility('restored');
    expect(cached.memory.value(SHOE)).to.equal(undefined);
    await Promise.all([forgotten, cached.memory.ready]);
    expect(cached.memory.value(SHOE)).to.equal(undefined);
    await Promise.all([cached.memory.close(), other.memory.close()]);
    const next = await loaded(browser, { tab });
    expect(next.memory.facts().map(({ value }) => value)).to.deep.equal(['brass']);
    await next.memory.close();
    await browser.clear();
  });

  it('move what each of them has said when one of them is granted', async () => {
    const browser = testBrowser();
    const a = await loaded(browser);
    const b = await loaded(browser);
    await a.memory.remember(SHOE, 'M');
    await b.memory.remember('identity.email', 'ana@example.org');
    await b.memory.remember('identity.language', 'de', { authority: 'observed' });
    const granted = until(b.memory, () => b.memory.status.kept === 'device' && b.memory.value(SHOE) === 'M');
    await a.memory.consent.grant();
    await granted;
    await b.memory.ready;
    await b.memory.remember('identity.company', 'Acme');
    expect(b.tab.session.keys()).to.deep.equal([]);
    await Promise.all([a.memory.close(), b.memory.close()]);
    const next = await loaded(browser);
    expect(next.memory.facts().map(({ key }) => key)).to.deep.equal([
      'identity.company',
      'identity.email',
      'identity.language',
      SHOE,
    ]);
    await next.memory.close();
    await browser.clear();
  });

  it('make one person when both are granted at once', async () => {
    const browser = testBrowser();
    const a = await loaded(browser);
    const b = await loaded(browser);
    await a.memory.remember(SHOE, 'M');
    await b.memory.remember('identity.email', 'ana@example.org');
    await Promise.all([a.memory.consent.grant(), b.memory.consent.grant()]);
    await Promise.all([a.memory.close(), b.memory.close()]);
    expect((await browser.databases()).length).to.equal(2);
    const next = await loaded(browser);
    expect(next.memory.facts().map(({ key }) => key)).to.deep.equal(['identity.email', SHOE]);
    await next.memory.close();
    await browser.clear();
  });

  it('agree on the key that both have written, whichever was last', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const a = await loaded(browser);
    const b = await loaded(browser);
    await Promise.all([a.memory.remember(SHOE, 'of a'), b.memory.remember(SHOE, 'of b')]);
    await Promise.all([
      until(a.memory, () => a.memory.value(SHOE) === 'of b'),
      until(b.memory, () => b.memory.value(SHOE) === 'of b'),
    ]);
    await Promise.all([a.memory.close(), b.memory.close()]);
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('of b');
    await next.memory.close();
    await browser.clear();
  });

  it('reject, with the reason, what was being said for a person whom the other one put away', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const a = await loaded(browser);
    const b = await loaded(browser, { on: (platform) => ({ ...platform, channel: () => undefined }) });
    await a.memory.forget('everything');
    const failure = await failureOf(() => b.memory.remember(SHOE, 'canary again'));
    expect(failure.code).to.equal('put_aside');
    expect(await shownBy(b)).not.to.contain('canary');
    await Promise.all([a.memory.close(), b.memory.close()]);
    expect(await everything(browser, a.tab, b.tab)).not.to.contain('canary');
    await browser.clear();
  });

  it('forget everything at once before any grant, in both', async () => {
    const browser = testBrowser();
    const a = await loaded(browser);
    const b = await loaded(browser, { tab: newTab() });
    await b.memory.remember(SHOE, 'canary');
    const gone = until(b.memory, () => !b.memory.recall(SHOE));
    await a.memory.forget('everything');
    await gone;
    await b.memory.ready;
    expect(b.tab.session.keys()).to.deep.equal([]);
    await Promise.all([a.memory.close(), b.memory.close()]);
  });

  it('of one tab, as a page and a frame in it, lose nothing of one another and bring nothing back', async () => {
    const browser = testBrowser();
    const page = await loaded(browser);
    const frame = await loaded(browser, { tab: page.tab });
    await page.memory.remember(SHOE, 'canary');
    await frame.memory.remember('identity.company', 'Acme');
    await page.memory.forget({ key: SHOE });
    await page.memory.remember('preferences.bell', 'brass');
    await frame.memory.remember('identity.language', 'de');
    await Promise.all([page.memory.close(), frame.memory.close()]);
    const next = await loaded(browser, { tab: page.tab });
    expect(next.memory.facts().map(({ value }) => value)).to.deep.equal(['Acme', 'de', 'brass']);
    expect(await everything(browser, page.tab)).not.to.contain('canary');
    await next.memory.close();
  });

  it('of one tab write nothing back of a person who has pressed “not me” in one of them', async () => {
    const browser = testBrowser();
    const page = await loaded(browser);
    await page.memory.remember(SHOE, 'canary');
    const frame = await loaded(browser, {
      tab: page.tab,
      on: (platform) => ({ ...platform, channel: () => undefined }),
    });
    await frame.memory.remember('identity.company', 'canary');
    await page.memory.notMe();
    await page.memory.remember('preferences.bell', 'brass');
    await frame.memory.remember('identity.language', 'de');
    await Promise.all([page.memory.close(), frame.memory.close()]);
    expect(await everything(browser, page.tab))
      .to.contain('brass')
      .and.not.to.contain('canary');
  });

  for (const grants of ['which forgot', 'which had said it'] as const) {
    for (const reloaded of [false, true]) {
      it(`bring back nothing that one said and the other forgot later, when the one ${grants} is granted${reloaded ? ', after a reload' : ''}`, async () => {
        const browser = testBrowser();
        let a = await loaded(browser);
        const b = await loaded(browser);
        await a.memory.remember(SHOE, 'canary');
        b.platform.setTime(a.platform.clock.now() + 1);
        await b.memory.forget({ key: SHOE });
        a.platform.setTime(b.platform.clock.now() + 1);
        if (reloaded) {
          await a.memory.close();
          a = await loaded(browser, { tab: a.tab });
        }
        const moved = until(a.memory, () => a.memory.status.kept === 'device' && !a.memory.recall(SHOE));
        await (grants === 'which forgot' ? b : a).memory.consent.grant();
        await moved;
        await until(b.memory, () => b.memory.status.kept === 'device' && !b.memory.recall(SHOE));
        await Promise.all([a.memory.close(), b.memory.close()]);
        expect(await everything(browser, a.tab, b.tab)).not.to.contain('canary');
        await browser.clear();
      });
    }
  }

  it('bring back nothing that was forgotten meanwhile, when both are granted and have not heard of one another', async () => {
    const browser = testBrowser();
    const quiet = (platform: FakePlatform) => ({ ...platform, channel: () => undefined });
    const a = await loaded(browser, { on: quiet });
    const b = await loaded(browser, { on: quiet });
    await a.memory.remember(SHOE, 'canary');
    b.platform.setTime(a.platform.clock.now() + 1);
    await b.memory.consent.grant();
    await b.memory.forget({ key: SHOE });
    a.platform.setTime(b.platform.clock.now() + 1);
    await a.memory.consent.grant();
    expect(a.memory.recall(SHOE)).to.equal(undefined);
    await Promise.all([a.memory.close(), b.memory.close()]);
    expect(await everything(browser, a.tab, b.tab)).not.to.contain('canary');
    await browser.clear();
  });

  it('keep what was said after the other one had forgotten it', async () => {
    const browser = testBrowser();
    const a = await loaded(browser);
    const b = await loaded(browser);
    await b.memory.forget({ key: SHOE });
    a.platform.setTime(b.platform.clock.now() + 1);
    await a.memory.remember(SHOE, 'M');
    await b.memory.consent.grant();
    await until(b.memory, () => b.memory.value(SHOE) === 'M');
    await Promise.all([a.memory.close(), b.memory.close()]);
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('M');
    await next.memory.close();
    await browser.clear();
  });

  for (const attempts of [1, 3]) {
    it(`come back when the database answers again, after it has failed ${attempts === 1 ? 'once' : 'three times'} to say what was taken away`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'canary', 'identity.company': 'Acme' });
      const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
      let begun: () => void = () => undefined;
      const timer = () => new Promise<void>((resolve) => (begun = resolve));
      let waiting = timer();
      const a = await loaded(browser, {
        on(platform) {
          const { after } = platform.clock;
          platform.clock.after = (ms, run) => {
            if (ms === 5000) begun();
            return after(ms, run);
          };
          return Object.assign(platform, { indexedDB: faulty });
        },
      });
      const b = await loaded(browser);
      faulty.fail({ at: 'transaction', error: new DOMException('busy', 'AbortError') }, attempts);
      const hidden = until(a.memory, () => a.memory.status.storage.device === 'failed');
      await b.memory.forget({ key: SHOE });
      await hidden;
      expect(a.memory.recall('identity.company')).to.equal(undefined);
      await a.memory.remember('preferences.bell', 'brass');
      expect(JSON.stringify(sessionOf(browser, a.tab))).to.contain('brass');
      for (let failed = 0; failed < attempts; failed += 1) {
        expect(a.memory.recall('identity.company')).to.equal(undefined);
        await waiting; // what looks again is fetched first
        waiting = timer();
        a.platform.advance(5000);
        await a.memory.count();
      }
      expect(a.memory.status).to.include({ state: 'ready', kept: 'device' });
      expect(await shownBy(a)).not.to.contain('canary');
      expect(a.memory.value('preferences.bell')).to.equal('brass');
      await a.memory.remember('identity.language', 'de');
      expect(a.tab.session.keys()).to.deep.equal([]);
      await Promise.all([a.memory.close(), b.memory.close()]);
      await browser.clear();
    });
  }

  it('forget what the other one has said, whose clock is ahead and which has forgotten the same before', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    let reads: (() => void) | undefined;
    const { factory } = browserPlatform().indexedDB as IndexedDb;
    const keyRange = new Proxy(IDBKeyRange, {
      get(target, name) {
        reads?.();
        return Reflect.get(target, name) as unknown;
      },
    });
    const deaf = await loaded(browser, {
      on: (platform) =>
        Object.assign(platform, { channel: () => undefined, indexedDB: { factory, keyRange } }),
    });
    const other = await loaded(browser);
    other.platform.advance(60_000);
    await other.memory.forget({ purpose: 'care' });
    await other.memory.remember('care.allergy.nuts', 'canary');
    await other.memory.close();
    // It is reading what the other one has done when it is asked.
    const forgotten = new Promise((resolve) => {
      reads = () => {
        reads = undefined;
        resolve(deaf.memory.forget({ purpose: 'care' }));
      };
    });
    deaf.platform.setVisibility('shown');
    await forgotten;
    expect(await shownBy(deaf)).not.to.contain('canary');
    await deaf.memory.close();
    expect(await everything(browser, deaf.tab)).not.to.contain('canary');
    await browser.clear();
  });

  it('leave nothing for the next start of what the other one forgot before they had heard of it', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary', 'preferences.bell': 'brass' });
    const deaf = await loaded(browser, {
      on: (platform) => Object.assign(platform, { channel: () => undefined }),
    });
    const other = await loaded(browser);
    await other.memory.forget({ key: SHOE });
    await other.memory.close();
    await deaf.memory.forget({ key: 'preferences.bell' });
    await deaf.memory.close();
    const next = load(browser);
    expect(next.memory.value(SHOE)).to.equal(undefined);
    await next.memory.close();
    await browser.clear();
  });

  it('leave nothing for the next start of what was forgotten, where one finds a person of whom its storage does not know yet', async () => {
    const browser = testBrowser();
    const deafWith = (copy: ReturnType<typeof lateCopy>) =>
      loaded(browser, { on: (platform) => Object.assign(copy.on(platform), { channel: () => undefined }) });
    const early = lateCopy();
    const finds = await deafWith(early);
    early.stays();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const late = lateCopy();
    const writes = await deafWith(late);
    late.stays();
    const other = await loaded(browser);
    await other.memory.forget({ key: SHOE });
    await other.memory.close();
    const found = until(finds.memory, () => finds.memory.status.kept === 'device');
    finds.platform.setVisibility('shown');
    await found;
    await finds.memory.close();
    await writes.memory.remember('preferences.bell', 'brass');
    await writes.memory.close();
    const next = load(browser);
    expect(next.memory.value(SHOE)).to.equal(undefined);
    await next.memory.close();
    await browser.clear();
  });

  for (const what of ['forgot', 'put away'] as const) {
    it(`leave nothing for the next start of what the other one ${what} a moment before they forget something too`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'canary', 'preferences.bell': 'brass' });
      const copy = lateCopy();
      const deaf = await loaded(browser, {
        on: (platform) => Object.assign(copy.on(platform), { channel: () => undefined }),
      });
      const other = await loaded(browser);
      copy.stays();
      await (what === 'forgot' ? other.memory.forget({ key: SHOE }) : other.memory.notMe());
      await other.memory.close();
      await deaf.memory.forget({ key: 'preferences.bell' });
      copy.comes();
      await deaf.memory.close();
      const next = load(browser);
      expect(next.memory.value(SHOE)).to.equal(undefined);
      await next.memory.close();
      await browser.clear();
    });
  }

  it('show nobody once “not me” is pressed in the one that was granted for the person of the other', async () => {
    const browser = testBrowser();
    const deaf = () =>
      loaded(browser, { on: (platform) => Object.assign(platform, { channel: () => undefined }) });
    const first = await deaf();
    const second = await deaf();
    await first.memory.remember(SHOE, 'canary');
    await first.memory.consent.grant();
    await first.memory.close();
    await second.memory.consent.grant();
    const left = second.memory.notMe();
    expect(second.memory.value(SHOE)).to.equal(undefined);
    const next = load(browser);
    expect(next.memory.value(SHOE)).to.equal(undefined);
    await left;
    await Promise.all([second.memory.close(), next.memory.close()]);
    await browser.clear();
  });

  it('show alike what was said after both had forgotten it, whichever is granted', async () => {
    const browser = testBrowser();
    const deaf = await loaded(browser, {
      on: (platform) => Object.assign(platform, { channel: () => undefined }),
    });
    const granted = await loaded(browser);
    await deaf.memory.forget({ key: SHOE });
    await granted.memory.forget({ key: SHOE });
    await granted.memory.remember(SHOE, 'L');
    await granted.memory.consent.grant();
    const shown = until(deaf.memory, () => deaf.memory.value(SHOE) === 'L');
    deaf.platform.setVisibility('shown');
    await shown;
    await browser.idle();
    expect(granted.memory.value(SHOE)).to.equal('L');
    expect(deaf.memory.value(SHOE)).to.equal('L');
    await Promise.all([deaf.memory.close(), granted.memory.close()]);
    await browser.clear();
  });

  for (const meanwhile of ['nothing else happens', 'a third is granted'] as const) {
    it(`grant without a turn when the one that has it is frozen, and ${meanwhile}`, async () => {
      const browser = testBrowser();
      let thaw: () => void = () => undefined;
      const frozen = new Promise<void>((resolve) => (thaw = resolve));
      void browser.page().locks!.request(`customer-memory:${browser.site}:grant`, () => frozen);
      // A turn is waited for by the clock, which stands still while anything else is under way.
      const queued: Promise<void>[] = [];
      const page = () =>
        loaded(browser, {
          on(platform) {
            const { request } = platform.locks!;
            const asked = new Promise<void>((resolve) => {
              platform.locks!.request = (name, run) => {
                if (name.endsWith(':grant')) resolve();
                return request(name, run);
              };
            });
            queued.push(asked.then(() => platform.advance(5000)));
            return platform;
          },
        });
      const pages = [await page()];
      if (meanwhile === 'a third is granted') pages.push(await page());
      const granted = pages.map(async ({ memory }, n) => {
        await memory.remember(`preferences.p${n}`, n);
        await memory.consent.grant();
      });
      await Promise.all([...queued, ...granted]);
      thaw();
      await Promise.all(pages.map(({ memory }) => memory.close()));
      const next = await loaded(browser);
      expect(next.memory.facts()).to.have.length(pages.length);
      expect((await registryOf(browser))!.subjects).to.have.length(1);
      await next.memory.close();
      await browser.clear();
    });
  }
});

/** A browser gives each process a copy of local storage, to which what others have written comes late. */
function lateCopy() {
  const copies: { stays(): void; comes(): void }[] = [];
  return {
    on(platform: FakePlatform): FakePlatform {
      const local = platform.local!;
      let mine: Map<string, string> | undefined;
      copies.push({
        stays: () => void (mine = new Map(local.keys().map((key) => [key, local.get(key) ?? '']))),
        comes: () => void (mine = undefined),
      });
      const late: KeyValue = {
        get: (key) => (mine ? mine.get(key) : local.get(key)),
        set: (key, value) => void [local.set(key, value), mine?.set(key, value)],
        remove: (key) => void [local.remove(key), mine?.delete(key)],
        keys: () => [...(mine?.keys() ?? local.keys())],
      };
      return Object.assign(platform, { local: late });
    },
    /** From here on the copy is as it is now, but for what its own page writes. */
    stays: () => copies.forEach(({ stays }) => stays()),
    comes: () => copies.forEach(({ comes }) => comes()),
  };
}

describe('a page to which another speaks without pause', () => {
  it('is ready all the same', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    let hear: (message: unknown) => void = () => undefined;
    const onMessage = (run: typeof hear) => void (hear = run);
    const { memory } = load(browser, {
      on: (platform) =>
        Object.assign(platform, {
          channel: () => ({ post: () => undefined, onMessage, close: () => undefined }),
        }),
    });
    let ready = false;
    const waiting = memory.ready.then(() => (ready = true));
    for (let turn = 0; turn < 300 && !ready; turn += 1) {
      hear({});
      await browser.databases();
    }
    const found = [ready, memory.status.state, memory.value(SHOE)];
    await waiting;
    await memory.close();
    await browser.clear();
    expect(found).to.deep.equal([true, 'ready', 'M']);
  });
});

describe('a page that hears of a wipe before its copy of the local storage does', () => {
  it('leaves nothing of what was said meanwhile to somebody who is not there any more', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    // A message can be faster than what was written before it.
    const copy = lateCopy();
    const writer = await loaded(browser, { on: copy.on });
    const wiper = await loaded(browser);
    copy.stays();
    let saying: Promise<unknown> | undefined;
    writer.memory.subscribe(() => {
      saying ??= writer.memory.remember('preferences.bell', 'canary').catch(({ code }: Failure) => code);
      copy.comes();
    });
    await wiper.memory.forget('everything');
    await wiper.memory.close();
    await until(writer.memory, () => !!saying);
    expect(await saying).to.equal('put_aside');
    await writer.memory.ready;
    expect(writer.memory.facts()).to.deep.equal([]);
    expect(await everything(browser, writer.tab, wiper.tab)).not.to.contain('canary');
    await writer.memory.remember('preferences.bell', 'brass');
    expect(writer.memory.facts().map(({ value }) => value)).to.deep.equal(['brass']);
    await writer.memory.close();
    await browser.clear();
  });
});

describe('forgetting everything, while a frozen tab keeps the databases from being deleted', () => {
  for (const withLocks of [true, false])
    it(`is done once where another page hears of it, ${withLocks ? 'with' : 'without'} Web Locks`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SHOE]: 'canary' });
      const frozen = await Promise.all(
        (await browser.databases()).map((local) => openRaw(`customer-memory:${browser.site}${local}`)),
      );
      let goOn: () => void = () => undefined;
      const goesOn = new Promise<void>((resolve) => (goOn = resolve));
      for (const database of frozen)
        if (database.name.endsWith(browser.site)) database.onversionchange = goOn;
      const other = await loaded(browser, {
        on(platform) {
          const { locks } = platform;
          const request = <T>(name: string, run: () => Promise<T>) => {
            if (name.endsWith(':forgetting')) goOn();
            return locks!.request(name, run);
          };
          return Object.assign(platform, { locks: withLocks ? { request } : undefined });
        },
      });
      // It is so slow that by then the other one has done it, or waits for it.
      const asked = await loaded(browser, {
        on(platform) {
          const { factory, keyRange } = platform.indexedDB as IndexedDb;
          const databases = async () => {
            await goesOn;
            return factory.databases();
          };
          const indexedDB = { factory: { ...factory, databases }, keyRange };
          return Object.assign(platform, { indexedDB }, !withLocks && { locks: undefined });
        },
      });
      expect(await asked.memory.forget('everything')).to.include({ facts: 1 });
      await other.memory.ready;
      for (const database of frozen) {
        const tx = database.transaction(database.objectStoreNames);
        const left = [...tx.objectStoreNames].map((name) => answer(tx.objectStore(name).getAll()));
        expect((await Promise.all(left)).flat()).to.deep.equal([{ gone: true }]);
        database.close();
      }
      expect(browser.local()).to.deep.equal({});
      await Promise.all([asked.memory.close(), other.memory.close()]);
      await browser.clear();
    });
});
