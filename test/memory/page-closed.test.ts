import { expect } from '@open-wc/testing';
import type { IndexedDb } from '../../src/platform/platform.js';
import {
  everything,
  load,
  loadMortal,
  loaded,
  newTab,
  rememberedPerson,
  shownBy,
  testBrowser,
  type AnyMemory,
  type TestBrowser,
} from './support.js';

const canary = 'canary';
const devicePreferences = {
  theme: { '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) } },
};

/** A page that is closed at once: `act` is called, and nothing that it had not committed by then comes to pass. */
async function closedRightAfter(
  browser: TestBrowser,
  { ready, says, tab = newTab() }: { ready: boolean; says?: string; tab?: ReturnType<typeof newTab> },
  act: (memory: AnyMemory) => Promise<unknown>,
): Promise<void> {
  const { memory, kill } = loadMortal(browser, {
    tab,
    devicePreferences,
    ...(says !== undefined && { says }),
  });
  if (ready) await memory.ready;
  act(memory).catch(() => undefined);
  // What is asked for has to be safe by the end of the task in which it was asked.
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  kill();
}

describe('a page that is closed right after', () => {
  for (const ready of [true, false]) {
    it(`remembering what is granted has not lost it${ready ? '' : ', asked before the database had answered'}; nor is it left in the tab once it is stored`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { 'preferences.shoe': 'M' });
      const tab = newTab();
      await closedRightAfter(browser, { ready, tab }, async (memory) => {
        await memory.remember('preferences.shoe', 'L');
      });
      const next = await loaded(browser, { tab });
      expect(next.memory.value('preferences.shoe')).to.equal('L');
      await next.memory.remember('identity.company', 'Acme');
      expect(tab.session.keys()).to.deep.equal([]);
      await next.memory.close();
      const other = await loaded(browser);
      expect(other.memory.value('preferences.shoe')).to.equal('L');
      await other.memory.close();
      await browser.clear();
    });
  }

  const acts: [string, (memory: AnyMemory) => Promise<unknown>][] = [
    ['forgetting a key', (memory) => memory.forget({ key: 'identity.name' })],
    ['forgetting a prefix', (memory) => memory.forget({ under: 'identity' })],
    ['forgetting a purpose', (memory) => memory.forget({ purpose: 'identity' })],
    ['forgetting everything', (memory) => memory.forget('everything')],
    ['withdrawing', (memory) => memory.consent.withdraw()],
    ['“not you?”', (memory) => memory.notMe()],
  ];
  for (const [what, act] of acts) {
    for (const ready of [true, false]) {
      it(`${what} greets nobody next time${ready ? '' : ', asked before the database had answered'}`, async () => {
        const browser = testBrowser();
        await rememberedPerson(browser, { 'identity.name': { given: canary } });
        await closedRightAfter(browser, { ready }, act);
        const next = load(browser);
        expect(next.memory.recall('identity.name'), 'at once').to.equal(undefined);
        await next.memory.ready;
        expect(next.memory.recall('identity.name'), 'when the database has answered').to.equal(undefined);
        expect(await shownBy(next)).not.to.contain(canary);
        await next.memory.close();
        if (what !== '“not you?”') expect(await everything(browser)).not.to.contain(canary);
        const left = Object.keys(browser.local()).filter(
          (name) => !['boot', 'gen', 'refused', 'visited'].includes(name),
        );
        expect(left, 'nothing is left of having been interrupted').to.deep.equal([]);
        await browser.clear();
      });
    }
  }

  it('forgetting a key leaves the one who signs in then what they had remembered of it', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.shoe': 'hers' }, { says: 'ana' });
    const tab = newTab();
    const { memory, platform, kill } = loadMortal(browser, { tab, says: null });
    await memory.remember('preferences.shoe', 'somebody’s');
    await memory.consent.grant();
    memory.forget({ key: 'preferences.shoe' }).catch(() => undefined);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    platform.setVisibility('hidden');
    kill();
    // Another page writes down for the next start who was here.
    await (await loaded(browser, { says: null })).memory.close();
    expect(browser.local()).to.have.property('boot');
    const hers = await loaded(browser, { tab, says: 'ana' });
    await hers.memory.remember('identity.company', 'Acme');
    expect(hers.memory.value('preferences.shoe')).to.equal('hers');
    await hers.memory.close();
    expect(await everything(browser, tab)).not.to.contain('somebody’s');
    await browser.clear();
  });

  it('being granted leaves nobody who is taken for the person who is named later', async () => {
    // Whether the one that is left comes before the other is left to chance.
    for (let times = 0; times < 6; times += 1) {
      const browser = testBrowser();
      const page = loadMortal(browser, { says: 'ana' });
      await page.memory.ready;
      const { factory, keyRange } = page.platform.indexedDB as IndexedDb;
      const listed = new Promise<void>((resolve) => {
        const open = (name: string, version?: number) => {
          if (name.split(':').length > 2) {
            page.kill();
            resolve();
          }
          return factory.open(name, version);
        };
        const mine = new Proxy(factory, {
          get: (target, name) =>
            name === 'open' ? open : (Reflect.get(target, name, target) as () => unknown).bind(target),
        });
        Object.assign(page.platform, { indexedDB: { factory: mine, keyRange } });
      });
      page.memory.consent.grant().catch(() => undefined);
      // The person is listed, and their database is about to be made.
      await listed;
      await rememberedPerson(browser, { 'identity.company': 'Acme' }, { says: 'ana' });
      await (await loaded(browser, { says: null })).memory.close();
      const ana = await loaded(browser, { says: 'ana' });
      expect(ana.memory.value('identity.company')).to.equal('Acme');
      await ana.memory.close();
      await browser.clear();
    }
  });

  it('“not you?” does not show the verified person to a page that says nothing', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'identity.name': { given: canary } }, { says: 'x' });
    await closedRightAfter(browser, { ready: true, says: 'x' }, (memory) => memory.notMe());
    const next = await loaded(browser);
    expect(await shownBy(next)).not.to.contain(canary);
    await next.memory.close();
    const back = await loaded(browser, { says: 'x' });
    expect(back.memory.value('identity.name')).to.deep.equal({ given: canary });
    await back.memory.close();
    await browser.clear();
  });

  it('forgetting a device preference does not show it again', async () => {
    const browser = testBrowser();
    await rememberedPerson(
      browser,
      { 'preferences.theme': canary, 'preferences.size': 'M' },
      { devicePreferences },
    );
    await closedRightAfter(browser, { ready: true }, (memory) => memory.forget({ key: 'preferences.theme' }));
    const next = load(browser, { devicePreferences });
    expect(next.memory.recall('preferences.theme')).to.equal(undefined);
    await next.memory.ready;
    expect(next.memory.recall('preferences.theme')).to.equal(undefined);
    expect(next.memory.value('preferences.size')).to.equal('M');
    await next.memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    await browser.clear();
  });

  it('saying something keeps it for this tab, where the database has not answered or may not have it', async () => {
    for (const ready of [true, false]) {
      for (const granted of [false, true]) {
        if (ready && granted) continue; // its transaction has been begun, and is as safe as the browser makes it
        const browser = testBrowser();
        const tab = newTab();
        if (granted) await rememberedPerson(browser, { 'preferences.size': 'M' });
        await closedRightAfter(browser, { ready, tab }, (memory) =>
          memory.remember('identity.name', { given: 'Ana' }),
        );
        const next = await loaded(browser, { tab });
        expect(next.memory.value('identity.name'), `ready ${ready}, granted ${granted}`).to.deep.equal({
          given: 'Ana',
        });
        await next.memory.close();
        await browser.clear();
      }
    }
  });

  it('forgetting what another person of this browser may have too leaves theirs alone', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'identity.name': { given: 'X' } }, { says: 'x' });
    await rememberedPerson(browser, { 'identity.name': { given: canary } }, { says: 'y' });
    await closedRightAfter(browser, { ready: true, says: 'y' }, (memory) => memory.forget('everything'));
    const x = await loaded(browser, { says: 'x' });
    expect(x.memory.value('identity.name')).to.deep.equal({ given: 'X' });
    await x.memory.close();
    expect(await everything(browser)).not.to.contain(canary);
    await browser.clear();
  });
});
