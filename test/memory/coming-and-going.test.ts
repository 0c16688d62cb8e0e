import { expect } from '@open-wc/testing';
import { createEarlyMemory } from '../../src/memory/early.js';
import { settingsOf } from '../../src/memory/settings.js';
import { findMemory, leave } from '../../src/memory/table.js';
import {
  everything,
  leftAfter,
  load,
  loaded,
  loadMortal,
  newTab,
  rememberedPerson,
  sessionOf,
  testBrowser,
} from './support.js';

const key = 'preferences.size';

const quiet = (work: Promise<unknown>) => void work.catch(() => undefined);

describe('while somebody comes or goes, the memory', () => {
  for (const how of ['forget everything', 'notMe'] as const)
    it(`takes away what was noted with ${how}, also after another forget`, async () => {
      const browser = testBrowser();
      const first = await loaded(browser);
      await first.memory.remember(key, 'S');
      await first.memory.close();
      const { tab } = first;
      const { memory, kill } = loadMortal(browser, { tab });
      quiet(memory.remember('identity.name', { given: 'canary' }));
      quiet(memory.forget({ key }));
      await Promise.resolve();
      quiet(how === 'notMe' ? memory.notMe() : memory.forget('everything'));
      kill();
      expect(await everything(browser, tab)).not.to.contain('canary');
      const next = await loaded(browser, { tab });
      expect(next.memory.recall('identity.name')).to.equal(undefined);
      await next.memory.close();
      await browser.clear();
    });

  for (const how of ['forget everything', 'notMe'] as const)
    it(`does not take a grant of who leaves with ${how} for one of who comes`, async () => {
      const browser = testBrowser();
      const { memory } = await loaded(browser);
      await memory.remember(key, 'M');
      const [granted] = await Promise.allSettled([
        memory.consent.grant(),
        how === 'notMe' ? memory.notMe() : memory.forget('everything'),
      ]);
      expect([granted.status, memory.consent.state]).to.deep.equal(['rejected', 'undecided']);
      await memory.close();
      expect(browser.local()).to.deep.equal({});
      await browser.clear();
    });

  it('takes nothing from who signs in next by a forget of who left', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [key]: 'L' }, { says: 'bob' });
    const first = await loaded(browser, { says: null });
    await first.memory.remember(key, 'S');
    await first.memory.close();
    const { tab } = first;
    const page = load(browser, { tab, says: null });
    quiet(page.memory.forget({ key }));
    await page.memory.notMe();
    await page.memory.close();
    expect(sessionOf(browser, tab)).to.deep.equal({});
    const next = await loaded(browser, { tab, says: 'bob' });
    expect(next.memory.value(key)).to.equal('L');
    await next.memory.close();
    await browser.clear();
  });

  it('loses nothing of the visit by what is said in a conversation after hours on one page', async () => {
    const browser = testBrowser();
    const page = await loaded(browser);
    await page.memory.remember(key, 'S');
    const chat = await page.memory.conversations.start({ channel: 'chat', topic: 'Boiler' });
    page.platform.setTime(page.platform.clock.now() + 5 * 3_600_000);
    await chat.say({ text: 'still there?' });
    const here = [page.memory.value(key), page.memory.conversations.recent.length];
    await page.memory.close();
    const next = await loaded(browser, {
      tab: page.tab,
      on: (platform) => (platform.setTime(page.platform.clock.now() + 1000), platform),
    });
    expect([here, [next.memory.value(key), next.memory.conversations.recent.length]]).to.deep.equal([
      ['S', 1],
      ['S', 1],
    ]);
    await next.memory.close();
    await browser.clear();
  });

  it('leaves what a later page noted to the next one, when a page comes out of the back/forward cache', async () => {
    const browser = testBrowser();
    const p = await loaded(browser);
    await leftAfter(browser, ({ remember }) => [remember(key, 'M')], { tab: p.tab });
    expect(JSON.stringify(sessionOf(browser, p.tab))).to.contain('"M"');
    p.platform.setVisibility('restored');
    await p.memory.ready;
    await p.memory.close();
    const next = await loaded(browser, { tab: p.tab });
    expect(next.memory.value(key)).to.equal('M');
    await next.memory.close();
    await browser.clear();
  });

  it('leaves to the next page what was said before the page came out of the back/forward cache', async () => {
    const browser = testBrowser();
    const p = await loaded(browser);
    const said = p.memory.remember(key, 'M').then(
      () => 'said',
      (error: { code: string }) => error.code,
    );
    await Promise.resolve();
    p.platform.setVisibility('restored');
    const outcome = await said;
    await p.memory.ready;
    await p.memory.close();
    const next = await loaded(browser, { tab: p.tab });
    expect([outcome, next.memory.value(key)]).to.deep.equal(['put_aside', 'M']);
    await next.memory.close();
    await browser.clear();
  });

  it('keeps nobody from their memory because of an intent that is none', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [key]: 'S' });
    const { memory: m } = await loaded(browser);
    const [fact] = (await m.export()).entries;
    await m.close();
    const { local, id } = { local: '', id: 'a' };
    browser.world.local.set(
      `customer-memory:${browser.site}:forgetting:${id}`,
      JSON.stringify({ id, local, what: { seen: 0, ...(fact as object) } }),
    );
    const { memory } = await loaded(browser);
    expect([memory.status.storage.device, memory.value(key)]).to.deep.equal(['ok', 'S']);
    await memory.close();
    await browser.clear();
  });

  for (const calls of [[null], [1], [{}]])
    it(`begins whatever another script has noted: ${JSON.stringify(calls)}`, () => {
      const browser = testBrowser();
      const tab = newTab();
      const platform = browser.page(tab);
      tab.session.set(
        `customer-memory:${browser.site}:visit`,
        JSON.stringify({ v: 1, user: null, since: platform.clock.now(), entries: [], calls }),
      );
      const options = { site: browser.site, platform };
      createEarlyMemory(settingsOf(options), options, () => new Promise(() => undefined), undefined);
      const memory = findMemory(browser.site);
      expect(memory?.status.state).to.equal('starting');
      if (memory) leave(memory);
    });

  it('makes a boot record whole that lacks a fact of another tab', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [key]: 'S' });
    const a = await loaded(browser);
    const b = await loaded(browser, {
      on: (platform) => Object.assign(platform, { channel: () => undefined }),
    });
    await a.memory.remember('preferences.bell', 'loud');
    await b.memory.remember('preferences.lang', 'pt');
    await a.memory.close();
    await b.memory.close();
    const next = await loaded(browser);
    expect(next.memory.value('preferences.bell')).to.equal('loud');
    await next.memory.close();
    expect(browser.local()['boot']).to.contain('loud');
    await browser.clear();
  });
});
