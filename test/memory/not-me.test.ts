import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { everything, load, loaded, registryOf, rememberedPerson, shownBy, testBrowser } from './support.js';

const SHOE = 'preferences.shoe';
const full = new DOMException('full', 'QuotaExceededError');

/** A local storage that takes nothing more, and a page that holds no turn in writing there. */
function withFullLocal(platform: FakePlatform): FakePlatform {
  const set = () => {
    throw full;
  };
  return Object.assign(platform, { local: { ...platform.local, set }, locks: undefined });
}

describe('“not you?”', () => {
  it('shows nobody at once, begins with a new person, and lets the old one not come back by itself', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary', 'identity.name': { given: 'canary' } });
    const page = await loaded(browser);
    const { memory } = page;
    expect(memory.visitor.assurance).to.equal('claimed');
    const done = memory.notMe();
    expect(memory.recall(SHOE), 'at once').to.equal(undefined);
    expect(memory.conversations.recent).to.deep.equal([]);
    await done;
    expect(memory.visitor.assurance).to.equal('anonymous');
    expect(await shownBy(page)).not.to.contain('canary');
    expect((await registryOf(browser))!.subjects.map(({ state }) => state)).to.deep.equal(['aside']);
    expect(browser.local()).not.to.have.property('boot');
    await memory.remember(SHOE, 'mine');
    expect(memory.status.kept).to.equal('visit');
    expect(memory.consent.useful).to.equal(true);
    await memory.consent.grant();
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('mine');
    expect(await shownBy(next)).not.to.contain('canary');
    await next.memory.close();
    await browser.clear();
  });

  it('shows nobody at once where local storage took nothing from the page, and another one has written there since', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const { local } = browser.page();
    for (const name of local!.keys()) local!.remove(name);
    const page = await loaded(browser, { on: withFullLocal });
    expect(page.memory.value(SHOE)).to.equal('canary');
    const other = await loaded(browser);
    await other.memory.close();
    expect(browser.local()).to.have.property('boot');
    const done = page.memory.notMe();
    expect(page.memory.value(SHOE), 'at once').to.equal(undefined);
    await done;
    expect(await shownBy(page)).not.to.contain('canary');
    await page.memory.close();
    await browser.clear();
  });

  it('shows nobody out of the back/forward cache where it could be neither done nor noted, whatever was written since', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const page = await loaded(browser, {
      on: (platform) => withFullLocal(Object.assign(platform, { indexedDB: faulty })),
    });
    faulty.fail({ at: 'commit', error: full });
    await page.memory.notMe();
    const other = await loaded(browser);
    await other.memory.close();
    expect(browser.local()['boot'], 'written since').to.contain('canary');
    page.platform.setVisibility('restored');
    expect(page.memory.value(SHOE), 'at once').to.equal(undefined);
    await page.memory.ready;
    expect(await shownBy(page)).not.to.contain('canary');
    expect((await registryOf(browser))!.subjects.map(({ state }) => state)).to.deep.equal(['aside']);
    await page.memory.close();
    await browser.clear();
  });

  it('puts a verified person aside until they are named again', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' }, { says: 'x' });
    const page = await loaded(browser, { says: 'x' });
    await page.memory.notMe();
    expect(await shownBy(page)).not.to.contain('canary');
    expect(page.memory.visitor).to.deep.equal({ assurance: 'anonymous' });
    await page.memory.remember(SHOE, 'of somebody else');
    await page.memory.close();
    const next = load(browser, { says: 'x' });
    expect(next.memory.recall(SHOE)).to.equal(undefined);
    await next.memory.ready;
    expect(next.memory.value(SHOE)).to.equal('canary');
    await next.memory.close();
    await browser.clear();
  });

  it('stands when it is said once more, on a page that goes on naming them', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' }, { says: 'x' });
    const page = await loaded(browser, { says: 'x' });
    await page.memory.notMe();
    await page.memory.notMe();
    // They are back in another tab, which tells this one.
    const other = await loaded(browser, { says: 'x' });
    await other.memory.remember(SHOE, 'canary again');
    await page.memory.ready;
    expect(await shownBy(page)).not.to.contain('canary');
    expect(page.memory.visitor).to.deep.equal({ assurance: 'anonymous' });
    await Promise.all([page.memory.close(), other.memory.close()]);
    await browser.clear();
  });

  it('drops what was said in the visit, and stores nothing of what was on its way', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const page = await loaded(browser);
      const { memory, tab } = page;
      await memory.remember('preferences.bell', 'brass');
      if (granted) await memory.consent.grant();
      const saying = memory.remember(SHOE, 'canary').catch((error: { code: string }) => error.code);
      await memory.notMe();
      await saying;
      expect(await shownBy(page)).not.to.contain('canary');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(await shownBy(next)).not.to.match(/canary|brass/);
      await next.memory.close();
      if (!granted) expect(await everything(browser, tab)).not.to.match(/canary|brass/);
      await browser.clear();
    }
  });

  it('can be said twice, and before the database has answered', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const page = load(browser);
    await Promise.all([page.memory.notMe(), page.memory.notMe(), page.memory.forget('everything')]);
    expect(await shownBy(page)).not.to.contain('canary');
    await page.memory.close();
    const next = await loaded(browser);
    expect(await shownBy(next)).not.to.contain('canary');
    await next.memory.close();
    await browser.clear();
  });

  for (const says of ['ben', null])
    it(`gives nothing of ${says ?? 'an anonymous person'} to who was granted in another tab, whenever it is pressed during a grant`, async () => {
      let pressed = true;
      for (let turn = 1; pressed; turn += 1) {
        pressed = false;
        const browser = testBrowser();
        await rememberedPerson(browser, { [SHOE]: 'L' }, { says: 'ana' });
        const steps = counted(turn, () => {
          pressed = true;
          return page.memory.notMe();
        });
        const page = await loaded(browser, { on: steps.on, says });
        await page.memory.remember('identity.company', 'canary');
        const other = await loaded(browser, { says: null });
        await other.memory.remember(SHOE, 'M');
        await other.memory.consent.grant();
        steps.begin();
        await page.memory.consent.grant().catch((error: { code: string }) => {
          expect(error.code).to.equal('put_aside');
        });
        await steps.done();
        if (pressed) {
          expect(await shownBy(page), `at step ${turn}`).not.to.contain('canary');
          // Whose memory an anonymous person comes into by a grant it is from then on, and is put aside with all of it.
          if (says) {
            await other.memory.count();
            expect(await shownBy(other), `at step ${turn}`).not.to.contain('canary');
          }
        }
        await Promise.all([page.memory.close(), other.memory.close()]);
        const next = await loaded(browser, { says: null });
        if (pressed) expect(await shownBy(next), `at step ${turn}`).not.to.contain('canary');
        await next.memory.close();
        await browser.clear();
      }
    });
});

/** A page that hears of no other, and does something when it has begun its `turn`th transaction from `begin` on. */
function counted(turn: number, act: () => Promise<unknown>) {
  let left = Infinity;
  let acting: Promise<unknown> | undefined;
  return {
    on(platform: FakePlatform): FakePlatform {
      const { factory, keyRange } = platform.indexedDB as IndexedDb;
      const open = (name: string, version?: number) => {
        const request = factory.open(name, version);
        request.addEventListener('success', () => {
          const database = request.result;
          const begin = database.transaction.bind(database);
          database.transaction = (...given) => {
            if ((left -= 1) === 0) queueMicrotask(() => void (acting = act()));
            return begin(...given);
          };
        });
        return request;
      };
      const counting = new Proxy(factory, {
        get(target, name) {
          if (name === 'open') return open;
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      return Object.assign(platform, {
        indexedDB: { factory: counting, keyRange },
        channel: () => undefined,
      });
    },
    begin: () => void (left = turn),
    done: async () => void (await acting),
  };
}
