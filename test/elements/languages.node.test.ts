import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { buildTag, serveSite, type TestSite } from '../helpers/built-tag.js';
import { launchChromium } from '../helpers/launch-chromium.js';

describe('the languages of the tag', () => {
  let browser: Browser;
  let site: TestSite;
  let built: Awaited<ReturnType<typeof buildTag>>;

  before(async () => {
    built = await buildTag();
    site = await serveSite(built.dir);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await built?.remove();
  });

  /** A page in a language with two elements that come later; what was fetched, and what it said first. */
  async function open(
    lang: string,
  ): Promise<{ tab: Page; fetched: string[]; errors: string[]; said: string }> {
    site.pages.set(
      `/${lang}`,
      `<!doctype html><html lang="${lang}"><head><title>A page</title><script src="/customer-memory.js" data-site="acme"></script></head><body><memory-center></memory-center><memory-consent when="now"></memory-consent></body></html>`,
    );
    const tab = await browser.newPage();
    const fetched: string[] = [];
    tab.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    await tab.goto(`${site.url}/${lang}`);
    const words = await tab.waitForFunction(() =>
      document
        .querySelector('memory-center')
        ?.shadowRoot?.querySelector('[part="toggle"]')
        ?.textContent?.trim(),
    );
    return { tab, fetched, errors, said: (await words.jsonValue()) ?? '' };
  }

  const chunkOf = async (language: string) =>
    `/customer-memory/${(await readdir(join(built.dir, 'customer-memory'))).find((name) => name.startsWith(`${language}-`))}`;

  it('do not come to an English page', async () => {
    const { tab, fetched, said } = await open('en');
    assert.equal(said, 'What we remember about you');
    const languages = await Promise.all(['ar', 'de'].map(chunkOf));
    assert.deepEqual(
      fetched.filter((path) => languages.includes(path)),
      [],
    );
    await tab.close();
  });

  it('come once where they are spoken, before anything is said in English', async () => {
    const { tab, fetched, said } = await open('de');
    assert.equal(said, 'Was wir über Sie wissen');
    const path = await chunkOf('de');
    assert.deepEqual([...new Set(fetched.filter((one) => one === path))], [path], 'for two elements');
    assert.ok(!fetched.includes(await chunkOf('ar')));
    await tab.close();
  });

  it('leave the page English when they cannot be had', async () => {
    const path = await chunkOf('ar');
    site.pages.set(path, `${await readFile(join(built.dir, path), 'utf8')}//`);
    const { tab, said, errors } = await open('ar');
    assert.equal(said, 'What we remember about you');
    assert.deepEqual(errors, []);
    await tab.close();
  });
});
