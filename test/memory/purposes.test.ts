import { expect } from '@open-wc/testing';
import { failureOf, load, loaded, rememberedPerson, testBrowser, type AnyMemory } from './support.js';

const purposes = {
  support: {
    title: { en: 'Helping you', de: 'Ihnen helfen' },
    keys: ['care', 'preferences.tone'],
    reads: ['identity.name', 'preferences'],
  },
  fitting: { title: 'Fitting', keys: ['preferences.shoe'] },
} as const;

const view = (memory: AnyMemory, purpose: string) => memory.for(purpose) as unknown as AnyMemory;

describe('a view with a purpose', () => {
  it('sees what the purpose reads and covers, and writes what it covers', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { purposes });
    await memory.remember('identity.name', { given: 'Ana' });
    await memory.remember('identity.email', 'ana@example.org');
    await memory.remember('preferences.shoe', 'M');
    const support = view(memory, 'support');
    await support.remember('care.repair.r1', 'chain');
    await support.remember('preferences.tone', 'brief');
    expect(support.facts().map(({ key }) => key)).to.deep.equal([
      'care.repair.r1',
      'identity.name',
      'preferences.shoe',
      'preferences.tone',
    ]);
    expect(support.recall('identity.email')).to.equal(undefined);
    expect(support.value('identity.email', 'nobody@example.org')).to.equal('nobody@example.org');
    expect(support.recall('identity.name')).to.equal(memory.recall('identity.name'));
    const failure = await failureOf(() => support.remember('preferences.shoe', 'canary'));
    expect(failure).to.include({ code: 'not_permitted' });
    expect(failure.message).to.contain('support').and.contain('preferences.shoe').and.not.contain('canary');
    expect(memory.value('preferences.shoe')).to.equal('M');
    expect(
      view(memory, 'fitting')
        .facts()
        .map(({ key }) => key),
    ).to.deep.equal(['preferences.shoe']);
    expect(
      view(memory, 'identity')
        .facts()
        .map(({ key }) => key),
    ).to.deep.equal(['identity.email', 'identity.name']);
    await memory.close();
  });

  it('says which line is missing, where the purpose is not declared', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { purposes });
    for (const purpose of ['marketing', '', 'toString', '__proto__', 7, undefined]) {
      const failure = await failureOf(() => memory.for(purpose as never));
      expect(failure, String(purpose)).to.include({ code: 'unknown_purpose' });
    }
    expect((await failureOf(() => memory.for('marketing'))).message).to.contain(
      "purposes: { marketing: { title: '…'",
    );
    await memory.close();
  });

  it('decides under which purpose a fact is kept and forgotten, and nobody else does', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { purposes });
    await memory.remember('preferences.shoe', 'M');
    await memory.remember('preferences.bell', 'brass');
    await memory.remember('care.repair.r1', 'chain');
    expect(memory.facts().map(({ key, purpose }) => [key, purpose])).to.deep.equal([
      ['care.repair.r1', 'support'],
      ['preferences.bell', 'preferences'],
      ['preferences.shoe', 'fitting'],
    ]);
    expect(await memory.forget({ purpose: 'fitting' })).to.include({ facts: 1 });
    expect(memory.facts().map(({ key }) => key)).to.deep.equal(['care.repair.r1', 'preferences.bell']);
    await memory.close();
  });
});

describe('labels', () => {
  const labels = {
    'preferences.delivery': {
      title: { en: 'Delivery', de: 'Lieferung', ar: 'التوصيل' },
      values: { pickup: { en: 'I pick it up', de: 'Ich hole es ab' }, home: 'To my door' },
    },
    'preferences.gift': { title: 'Gift wrap', values: { true: 'Yes, please' } },
  };
  const described = async (language: string, key: string, value: unknown) => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser, { labels, purposes, language });
    await memory.remember(key, value);
    const words = memory.describe(memory.facts()[0]!);
    await memory.close();
    return { ...words, warnings: platform.warnings };
  };

  it('give words instead of keys and values, in the language asked for, else its base, else English', async () => {
    expect(await described('de-AT', 'preferences.delivery', 'pickup')).to.deep.equal({
      title: 'Lieferung',
      value: 'Ich hole es ab',
      warnings: [],
    });
    expect(await described('fr', 'preferences.delivery', 'pickup')).to.include({
      title: 'Delivery',
      value: 'I pick it up',
    });
    expect(await described('ar', 'preferences.delivery', 'home')).to.include({
      title: 'التوصيل',
      value: 'To my door',
    });
    expect(await described('en', 'preferences.gift', true)).to.include({ value: 'Yes, please' });
    expect(await described('en', 'preferences.gift', false)).to.include({ value: '–' });
    expect(await described('de', 'preferences.delivery', 1234.5)).to.include({ value: '1.234,5' });
    expect(await described('en', 'preferences.delivery', ['a', 'b'])).to.include({ value: 'a, b' });
    expect(await described('en', 'preferences.delivery', 'toString')).to.include({ value: 'toString' });
  });

  it('say which values there are to choose among, in words', async () => {
    const { memory } = await loaded(testBrowser(), { labels, purposes, language: 'de' });
    expect(memory.choices('preferences.delivery')).to.deep.equal([
      ['pickup', 'Ich hole es ab'],
      ['home', 'To my door'],
    ]);
    for (const key of ['preferences.shoe', 'preferences.toString', 'identity'])
      expect(memory.choices(key)).to.deep.equal([]);
    await memory.close();
  });

  it('that are missing are made of the key, and the developer is told once', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser, { labels, purposes, language: 'en' });
    expect(memory.title('preferences.shoeSize')).to.equal('shoe size');
    expect(memory.title('preferences.shoeSize')).to.equal('shoe size');
    expect(memory.title('preferences.toString')).to.equal('to string');
    expect(platform.warnings.filter((warning) => warning.includes('preferences.shoeSize'))).to.have.length(1);
    expect(platform.warnings[0]).to.contain("labels: { 'preferences.shoeSize': { title: '…' } }");
    expect(memory.title('support')).to.equal('Helping you');
    expect(memory.title('identity.email')).to.equal('email');
    expect(platform.warnings).to.have.length(2);
    await memory.close();
  });
});

describe('what a memory says of itself', () => {
  it('is written out, and frozen', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.shoe': 'M' });
    const { memory } = load(browser);
    expect(memory.site).to.equal(browser.site);
    expect(memory.language).to.equal('en');
    expect(memory.status).to.deep.equal({
      state: 'provisional',
      kept: 'visit',
      storage: { session: 'ok', device: 'unused' },
      gate: 'open',
      sync: 'off',
      unfit: 0,
      corrected: false,
    });
    await memory.ready;
    expect(memory.status).to.deep.equal({
      state: 'ready',
      kept: 'device',
      storage: { session: 'ok', device: 'ok' },
      gate: 'open',
      sync: 'off',
      unfit: 0,
      corrected: false,
    });
    expect(Object.isFrozen(memory.status)).to.equal(true);
    await memory.close();
    expect(memory.status.state).to.equal('closed');
    await browser.clear();
  });

  it('tells that what was shown first was not so', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.shoe': 'M' });
    const name = `customer-memory:${browser.site}:boot`;
    const boot = browser.world.local.get(name)!;
    const person = await loaded(browser);
    await person.memory.forget('everything');
    await person.memory.close();
    // Another browser's profile, put back over this one: the generation fits, the database is missing.
    browser.world.local.set(name, boot);
    browser.world.local.set(`customer-memory:${browser.site}:gen`, (JSON.parse(boot) as { gen: string }).gen);
    const { memory } = load(browser);
    expect(memory.value('preferences.shoe')).to.equal('M');
    await memory.ready;
    expect(memory.recall('preferences.shoe')).to.equal(undefined);
    expect(memory.status).to.include({ corrected: true, kept: 'visit' });
    expect(browser.local()).not.to.have.property('boot');
    await memory.close();
    await browser.clear();
  });
});
