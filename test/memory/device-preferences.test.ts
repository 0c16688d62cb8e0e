import { expect } from '@open-wc/testing';
import { z } from 'zod/mini';
import {
  databasesLeft,
  everything,
  failureOf,
  load,
  loaded,
  newTab,
  rememberedPerson,
  sessionOf,
  testBrowser,
  until,
} from './support.js';

const devicePreferences = { theme: z.enum(['light', 'dark']) };
const THEME = 'preferences.theme';
const SHOE = 'preferences.shoe';

describe('a device preference', () => {
  it('is shown by every gate, at once, whoever is here', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [THEME]: 'dark', [SHOE]: 'canary' }, { devicePreferences, says: 'x' });
    for (const [says, boot] of [
      ['x', true],
      ['x', false],
      [undefined, true],
      [undefined, false],
      ['x', false],
      [null, true],
      [undefined, false],
      ['y', false],
    ] as const) {
      if (!boot) browser.world.local.remove(`customer-memory:${browser.site}:boot`);
      const { memory } = load(browser, { devicePreferences, ...(says !== undefined && { says }) });
      if (boot) expect(memory.value(THEME), `at once, ${says}`).to.equal('dark');
      await memory.ready;
      expect(memory.value(THEME), String(says)).to.equal('dark');
      expect(memory.facts().map(({ key }) => key)).to.include(THEME);
      if (says !== 'x') expect(memory.recall(SHOE)).to.equal(undefined);
      await memory.close();
    }
    await browser.clear();
  });

  it('follows the tiers: the visit before a grant, the device after it, nothing after a withdrawal', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser, { devicePreferences });
    await memory.remember(THEME, 'dark');
    expect(await browser.databases()).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
    expect(JSON.stringify(sessionOf(browser, tab))).to.contain('dark');
    await memory.consent.grant();
    expect(tab.session.keys()).to.deep.equal([]);
    await memory.remember(THEME, 'light');
    expect(memory.value(THEME)).to.equal('light');
    await memory.close();
    const next = load(browser, { devicePreferences });
    expect(next.memory.value(THEME)).to.equal('light');
    await next.memory.consent.withdraw();
    expect(next.memory.recall(THEME)).to.equal(undefined);
    await next.memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(Object.keys(browser.local())).to.deep.equal(['refused']);
  });

  it('stays in the visit where its purpose was not granted', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser, { devicePreferences });
    await memory.remember('identity.company', 'Acme');
    await memory.consent.grant({ device: true, purposes: ['identity'] });
    await memory.remember(THEME, 'dark');
    expect(await everything(browser)).not.to.contain('dark');
    expect(JSON.stringify(sessionOf(browser, tab))).to.contain('dark');
    await memory.close();
    await browser.clear();
  });

  it('goes with its purpose where a narrower grant does not cover that any more, on every page', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [THEME]: 'dark', 'identity.company': 'Acme' }, { devicePreferences });
    const a = await loaded(browser, { devicePreferences });
    const b = await loaded(browser, { devicePreferences, tab: newTab() });
    const gone = until(b.memory, () => !b.memory.recall(THEME) && b.memory.status.state === 'ready');
    await a.memory.consent.grant({ device: true, purposes: ['identity'] });
    expect(a.memory.recall(THEME)).to.equal(undefined);
    await gone;
    await Promise.all([a.memory.close(), b.memory.close()]);
    expect(await everything(browser))
      .to.contain('Acme')
      .and.not.to.contain('dark');
    const next = load(browser, { devicePreferences });
    expect(next.memory.value('identity.company')).to.equal('Acme');
    await next.memory.ready;
    expect(next.memory.recall(THEME)).to.equal(undefined);
    await next.memory.close();
    await browser.clear();
  });

  it('is forgotten only by its key or with everything', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [THEME]: 'dark', [SHOE]: 'M' }, { devicePreferences });
    const { memory } = await loaded(browser, { devicePreferences });
    await memory.forget({ under: 'preferences' });
    await memory.forget({ purpose: 'preferences' });
    expect(memory.recall(SHOE)).to.equal(undefined);
    expect(memory.value(THEME)).to.equal('dark');
    await memory.notMe();
    expect(memory.value(THEME)).to.equal('dark');
    expect(await memory.forget({ key: THEME })).to.include({ facts: 1 });
    expect(memory.recall(THEME)).to.equal(undefined);
    expect(await everything(browser)).not.to.contain('dark');
    await memory.remember(THEME, 'light');
    expect(memory.value(THEME)).to.equal('light');
    await memory.forget('everything');
    expect(memory.recall(THEME)).to.equal(undefined);
    await memory.close();
    await browser.clear();
  });

  it('goes with everything that a visit holds', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser, { devicePreferences });
    await memory.remember(THEME, 'dark');
    await memory.forget('everything');
    expect(memory.recall(THEME)).to.equal(undefined);
    expect(tab.session.keys()).to.deep.equal([]);
    await memory.remember(THEME, 'light');
    await memory.forget({ key: THEME });
    expect(memory.recall(THEME)).to.equal(undefined);
    await memory.close();
    const next = await loaded(browser, { devicePreferences, tab });
    expect(next.memory.recall(THEME)).to.equal(undefined);
    await next.memory.close();
  });

  it('is not in what a person carries away', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [THEME]: 'dark', [SHOE]: 'M' }, { devicePreferences });
    const { memory } = await loaded(browser, { devicePreferences });
    await memory.remember(THEME, 'light');
    const { entries } = await memory.export();
    expect(entries.map((entry) => entry.kind === 'fact' && entry.key)).to.deep.equal([SHOE]);
    await memory.close();
    await browser.clear();
  });

  it('is followed by the other pages', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [THEME]: 'dark' }, { devicePreferences });
    const a = await loaded(browser, { devicePreferences });
    const b = await loaded(browser, { devicePreferences, tab: newTab() });
    const light = until(b.memory, () => b.memory.value(THEME) === 'light');
    await a.memory.remember(THEME, 'light');
    await light;
    const gone = until(b.memory, () => !b.memory.recall(THEME) && b.memory.status.state === 'ready');
    await a.memory.forget({ key: THEME });
    await gone;
    await Promise.all([a.memory.close(), b.memory.close()]);
    await browser.clear();
  });

  it('is held to its schema', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { devicePreferences });
    expect(await failureOf(() => memory.remember(THEME, 'blue'))).to.include({
      code: 'invalid_value',
      path: THEME,
    });
    expect(memory.recall(THEME)).to.equal(undefined);
    await memory.close();
  });
});
