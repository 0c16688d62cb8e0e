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
    shown = '[part="toggle"]',
  ): Promise<{ tab: Page; fetched: string[]; errors: string[]; said: string }> {
    site.pages.set(
      `/${lang}`,
      `<!doctype html><html lang="${lang}"><head><title>A page</title><script src="/customer-memory.js" data-site="acme"></script></head><body><memory-center>Your account</memory-center><memory-consent when="now"></memory-consent></body></html>`,
    );
    const tab = await browser.newPage();
    const fetched: string[] = [];
    tab.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    await tab.goto(`${site.url}/${lang}`);
    const found = await tab.waitForFunction(
      (selector) => document.querySelector('memory-center')?.shadowRoot?.querySelector(selector),
      {},
      shown,
    );
    const said = await tab.evaluate((element) => (element as Element).textContent?.trim() ?? '', found);
    return { tab, fetched, errors, said };
  }

  const chunkOf = async (language: string) =>
    `/customer-memory/${(await readdir(join(built.dir, 'customer-memory'))).find((name) => name.startsWith(`${language}-`))}`;

  /** Whoever asks for it gets something else than was built. */
  async function breakOff(path: string): Promise<void> {
    site.pages.set(path, `${await readFile(join(built.dir, path), 'utf8')}//`);
  }

  it('come to a page in that language alone', async () => {
    const { tab, fetched, said } = await open('en');
    assert.equal(said, 'What we remember about you');
    const languages = await Promise.all(['ar', 'de', 'en'].map(chunkOf));
    assert.deepEqual([...new Set(fetched.filter((path) => languages.includes(path)))], [await chunkOf('en')]);
    await tab.close();
  });

  it('come once where they are spoken, before anything is said in English', async () => {
    const { tab, fetched, said } = await open('de');
    const consent = await tab.waitForFunction(() =>
      document
        .querySelector('memory-consent')
        ?.shadowRoot?.querySelector('[part="text"]')
        ?.textContent?.trim(),
    );
    assert.equal(await consent.jsonValue(), 'Auf diesem Gerät an mich erinnern');
    assert.equal(said, 'Was wir über Sie wissen');
    const path = await chunkOf('de');
    assert.deepEqual([...new Set(fetched.filter((one) => one === path))], [path]);
    for (const other of ['ar', 'en']) assert.ok(!fetched.includes(await chunkOf(other)), other);
    await tab.close();
  });

  it('leave the page English when they cannot be had', async () => {
    const path = await chunkOf('ar');
    await breakOff(path);
    const { tab, said, errors } = await open('ar');
    assert.equal(said, 'What we remember about you');
    assert.deepEqual(errors, []);
    await tab.close();
  });

  it('leave the page as it was when no words can be had', async () => {
    for (const language of ['de', 'en']) await breakOff(await chunkOf(language));
    const { tab, errors } = await open('de', 'slot');
    assert.deepEqual(errors, []);
    assert.equal(await tab.$eval('memory-center', (element) => element.shadowRoot?.textContent?.trim()), '');
    await tab.close();
  });
});
