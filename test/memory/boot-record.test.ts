import { expect } from '@open-wc/testing';
import { z } from 'zod';
import type { FakePlatform } from '../../src/platform/fake.js';
import { load, loaded, rememberedPerson, testBrowser, type TestBrowser } from './support.js';

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
});
