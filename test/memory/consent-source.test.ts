import { expect } from '@open-wc/testing';
import {
  consentManager,
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
  until,
} from './support.js';

const SHOE = 'preferences.shoe';

describe('a consent manager', () => {
  it('that has not answered yet: nothing is shown from the device, and nothing is wiped', async () => {
    const browser = testBrowser();
    const first = await loaded(browser, { consent: consentManager({ device: true }) });
    await first.memory.remember(SHOE, 'canary');
    await first.memory.close();
    const before = await everything(browser);
    const consent = consentManager();
    const { memory, tab } = load(browser, { consent });
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.ready;
    expect(memory.recall(SHOE)).to.equal(undefined);
    expect(memory.consent).to.include({ state: 'unknown', by: 'host', useful: false });
    expect(memory.status.gate).to.equal('waiting-for-consent');
    await memory.remember('preferences.bell', 'brass');
    expect(await everything(browser)).to.equal(before);
    expect(browser.local()).not.to.have.property('visited');

    // It answers, late: everything is there, with what was said meanwhile.
    const shown = until(
      memory,
      () =>
        memory.value(SHOE) === 'canary' && memory.status.kept === 'device' && tab.session.keys().length === 0,
    );
    consent.say({ device: true });
    await shown;
    expect(memory.consent.state).to.equal('granted');
    expect(memory.status.gate).to.equal('open');
    expect(memory.value('preferences.bell')).to.equal('brass');
    await memory.close();
    const next = load(browser, { consent });
    expect(next.memory.value('preferences.bell'), 'from the boot record').to.equal('brass');

    // It withdraws: everything is wiped.
    await next.memory.ready;
    const gone = until(next.memory, () => !next.memory.recall(SHOE) && next.memory.status.state === 'ready');
    consent.say({ device: false });
    expect(next.memory.recall(SHOE), 'at once').to.equal(undefined);
    await gone;
    expect(next.memory.consent.state).to.equal('refused');
    expect(next.memory.facts()).to.deep.equal([]);
    await next.memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
  });

  it('that says no from the start: what was kept is wiped without having been shown', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const { memory } = load(browser, { consent: consentManager({ device: false }) });
    expect(memory.recall(SHOE)).to.equal(undefined);
    await memory.ready;
    expect(memory.status.corrected).to.equal(false);
    await memory.remember(SHOE, 'M');
    expect(memory.status.kept).to.equal('visit');
    await memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
  });

  it('that grants: the first thing said makes the database, and only that', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser, { consent: consentManager({ device: true }) });
    expect(await databasesLeft(browser)).to.deep.equal([]);
    await Promise.all([memory.remember(SHOE, 'M'), memory.remember('preferences.bell', 'brass')]);
    expect(memory.status.kept).to.equal('device');
    expect((await registryOf(browser))!.subjects).to.have.length(1);
    expect(tab.session.keys()).to.deep.equal([]);
    await memory.close();
    await browser.clear();
  });

  it('that withdraws after a page said something for the visit alone: nothing of the device is left', async () => {
    const browser = testBrowser();
    const consent = consentManager({ device: true, purposes: ['preferences'] });
    const { memory, tab } = await loaded(browser, { consent });
    await memory.remember(SHOE, 'M');
    await memory.remember('identity.name', { given: 'Ana' });
    expect(await everything(browser)).not.to.contain('Ana');
    expect(JSON.stringify(sessionOf(browser, tab))).to.contain('Ana');
    // It widens, then narrows, then withdraws.
    const kept = until(memory, () => tab.session.keys().length === 0);
    consent.say({ device: true });
    await kept;
    expect(await everything(browser)).to.contain('Ana');
    const narrowed = until(memory, () => !memory.recall('identity.name') && memory.status.state === 'ready');
    consent.say({ device: true, purposes: ['preferences'] });
    await narrowed;
    expect(await everything(browser)).not.to.contain('Ana');
    const gone = until(memory, () => !memory.recall(SHOE) && memory.status.state === 'ready');
    consent.say({ device: false });
    await gone;
    await memory.close();
    expect(await databasesLeft(browser)).to.deep.equal([]);
  });

  it('cannot be overruled by the page', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { consent: consentManager({ device: false }), tab: newTab() });
    for (const act of [
      () => memory.consent.grant(),
      () => memory.consent.refuse(),
      () => memory.consent.withdraw(),
    ]) {
      expect(await failureOf(act)).to.include({ code: 'misuse' });
    }
    expect(browser.local()).to.deep.equal({});
    await memory.close();
  });

  it('on a browser that keeps no databases: what is said is kept for the visit, and nothing rejects', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, {
      consent: consentManager({ device: true }),
      on: (platform) => ({ ...platform, indexedDB: undefined }),
    });
    await memory.remember(SHOE, 'M');
    await memory.remember(SHOE, 'L');
    expect(memory.value(SHOE)).to.equal('L');
    expect(memory.status).to.include({ kept: 'visit' });
    expect(memory.status.storage.device).to.equal('blocked');
    await memory.close();
  });

  const fails = () => {
    throw new ReferenceError('__tcfapi is not defined');
  };
  for (const [what, consent] of [
    ['asked', { current: fails, subscribe: () => () => undefined }],
    ['subscribed to', { current: () => ({ device: true }), subscribe: fails }],
  ] as const)
    it(`that a blocker has broken and that throws as it is ${what}: nothing throws, and nothing else rejects`, async () => {
      const browser = testBrowser();
      const { memory } = await loaded(browser, { consent });
      expect(memory.consent.state).to.equal(what === 'asked' ? 'unknown' : 'granted');
      await memory.remember(SHOE, 'M');
      expect(memory.value(SHOE)).to.equal('M');
      await memory.close();
      await browser.clear();
    });

  it('of the site’s own kind: the host calls grant, and the element does not ask', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { consent: 'host' });
    await memory.remember(SHOE, 'M');
    expect(memory.consent).to.include({ by: 'host', state: 'undecided', useful: false });
    await memory.consent.grant();
    expect(memory.consent.state).to.equal('granted');
    await memory.close();
    await browser.clear();
  });
});
