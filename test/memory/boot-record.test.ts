import { expect } from '@open-wc/testing';
import { z } from 'zod';
import type { FakePlatform } from '../../src/platform/fake.js';
import { load, loaded, occupied, rememberedPerson, testBrowser, type TestBrowser } from './support.js';

const SIZE = 'preferences.size';
const DELIVERY = 'preferences.delivery';

/** Loads a page that says nothing, and leaves it. Returns how often it wrote the boot record. */
async function visit(browser: TestBrowser): Promise<number> {
  let writes = 0;
  const on = (platform: FakePlatform): FakePlatform => ({
    ...platform,
    local: platform.local && {
      ...platform.local,
      set(name, value) {
        if (name.endsWith(':boot')) writes += 1;
        platform.local?.set(name, value);
      },
    },
  });
  const { memory } = await loaded(browser, { on });
  await memory.close();
  return writes;
}

describe('the boot record, as a visit leaves it', () => {
  it('is not written again by a visit that found it as it is', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const { boot } = browser.local();
    expect(await visit(browser)).to.equal(0);
    expect(boot).to.be.a('string');
    expect(browser.local()['boot']).to.equal(boot);
    await browser.clear();
  });

  it('is written by a visit that found none', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const { boot } = browser.local();
    const { local } = browser.page();
    local?.remove(`customer-memory:${browser.site}:boot`);
    await visit(browser);
    expect(browser.local()['boot']).to.equal(boot);
    await browser.clear();
  });

  it('is written by a visit that found what an earlier one had not come to write', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const stale = browser.local()['boot'] as string;
    const before = await loaded(browser);
    await before.memory.remember(SIZE, 'L');
    await before.memory.close();
    const { local } = browser.page();
    local?.set(`customer-memory:${browser.site}:boot`, stale);
    await visit(browser);
    const { memory } = load(browser);
    expect(memory.value(SIZE)).to.equal('L');
    await memory.close();
    await browser.clear();
  });

  it('has nothing that was taken away while the page it was written by was still looking', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'canary' });
    const [gen, boot] = ['gen', 'boot'].map((name) => `customer-memory:${browser.site}:${name}`) as [
      string,
      string,
    ];
    let told: string | undefined;
    const page = await loaded(browser, {
      on: ({ local, ...platform }) => ({
        ...platform,
        channel: () => undefined,
        // What another tab writes is seen late.
        local: local && { ...local, get: (name) => (name === gen && told) || local.get(name) },
      }),
    });
    await page.memory.remember(DELIVERY, 'pickup');
    told = browser.page().local!.get(gen);
    const other = await loaded(browser, { on: (platform) => ({ ...platform, locks: undefined }) });
    await other.memory.forget({ key: SIZE });
    await other.memory.close();
    const release = await occupied(browser);
    page.platform.setVisibility('shown');
    told = undefined;
    const { locks, local } = browser.page();
    // It has begun to look, and cannot read; now it is time to write.
    await locks!.request('nobody', () => Promise.resolve());
    page.platform.advance(250);
    await locks!.request(boot, () => Promise.resolve());
    expect(local!.get(boot) ?? '').not.to.contain('canary');
    release();
    await page.memory.close();
    expect(local!.get(boot)).to.contain('pickup').and.not.to.contain('canary');
    await browser.clear();
  });

  it('loses what has expired since, and keeps the rest', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    const soon = first.platform.clock.now() + 500;
    await first.memory.remember(SIZE, 'canary', { until: soon });
    await first.memory.remember(DELIVERY, 'pickup');
    await first.memory.consent.grant();
    await first.memory.close();
    expect(JSON.stringify(browser.local()['boot'])).to.contain('canary');
    await visit(browser);
    expect(JSON.stringify(browser.local()['boot'])).to.contain('pickup').and.not.to.contain('canary');
    await browser.clear();
  });

  it('gets device preferences that an earlier visit had not come to tell', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const stale = browser.local()['boot'] as string;
    const devicePreferences = { theme: z.string() };
    const before = await loaded(browser, { devicePreferences });
    await before.memory.remember('preferences.theme', 'dark');
    await before.memory.close();
    expect(JSON.stringify(browser.local()['boot'])).to.contain('dark');
    const { local } = browser.page();
    local?.set(`customer-memory:${browser.site}:boot`, stale);
    const again = await loaded(browser, { devicePreferences });
    await again.memory.close();
    expect(JSON.stringify(browser.local()['boot'])).to.contain('dark');
    await browser.clear();
  });

  it('is contradicted about a device preference too', async () => {
    const browser = testBrowser();
    const devicePreferences = { theme: z.string() };
    const first = await loaded(browser, { devicePreferences });
    await first.memory.consent.grant();
    await first.memory.remember('preferences.theme', 'dark');
    await first.memory.close();
    const told = browser.local()['boot'] as string;
    const { local } = browser.page();
    local?.set(`customer-memory:${browser.site}:boot`, told.replace('"dark"', '"canary"'));
    const { memory } = load(browser, { devicePreferences });
    memory.recall('preferences.theme');
    await memory.ready;
    expect(memory.value('preferences.theme')).to.equal('dark');
    await memory.close();
    expect(browser.local()['boot']).to.equal(told);
    await browser.clear();
  });

  it('is written anew where another script has put another consent in it', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    await first.memory.remember(SIZE, 'M');
    await first.memory.consent.grant({ device: true, purposes: ['preferences'] });
    await first.memory.close();
    const told = browser.local()['boot'] as string;
    browser
      .page()
      .local?.set(`customer-memory:${browser.site}:boot`, told.replace('["preferences"]', '["canary"]'));
    const { memory } = await loaded(browser);
    expect(memory.consent.purposes).to.deep.equal(['preferences']);
    await memory.close();
    expect(browser.local()['boot']).to.equal(told);
    await browser.clear();
  });

  const altered = {
    'another value': { value: 'canary' },
    'a value that its schema refuses': { value: 7 },
    'another reason': { why: 'canary' },
    'another end': { until: 4e12 },
    'what was to be discreet': { discreet: undefined },
    'another authority': { authority: 'inferred' },
  };
  for (const [what, other] of Object.entries(altered))
    it(`is contradicted by the database where another script has put ${what} in it`, async () => {
      const browser = testBrowser();
      const options = { preferences: { size: z.string() } };
      const first = await loaded(browser, options);
      await first.memory.remember(SIZE, 'M', { why: 'it fits', until: 5e12, discreet: true });
      await first.memory.consent.grant();
      await first.memory.close();
      const told = browser.local()['boot'] as string;
      const name = `customer-memory:${browser.site}:boot`;
      const record = JSON.parse(told) as { facts: object[] };
      const { local } = browser.page();
      local?.set(
        name,
        JSON.stringify({ ...record, facts: record.facts.map((fact) => ({ ...fact, ...other })) }),
      );
      const { memory } = load(browser, options);
      memory.recall(SIZE);
      await memory.ready;
      const { value, why, until, discreet, authority } = memory.recall(SIZE) ?? {};
      expect([value, why, until, discreet, authority]).to.deep.equal(['M', 'it fits', 5e12, true, 'stated']);
      await memory.close();
      expect(browser.local()['boot']).to.equal(told);
      await browser.clear();
    });
});
