/** What is chosen on a page whose script is still on its way: WebKit and Firefox show the page before it, and Chromium lets it be pressed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { puppeteerHands, visitorOf } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { onPage, settled } from './shop-visitor.js';

describe('a choice that is made before the page’s own script is there', () => {
  let shop: OpenShop;
  let browser: Browser;
  before(async () => {
    shop = await openShop();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('stays made, and is kept', async () => {
    const tab = await browser.newPage();
    const visitor = visitorOf(puppeteerHands(browser, tab));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    shop.before = (path) => (path === '/shop/product.js' ? held : undefined);
    const coming = visitor.goto(`${shop.url}/bicycles/furt`);
    try {
      assert.equal(await visitor.until(pressed), 'L');
    } finally {
      release();
      shop.before = () => undefined;
      await coming;
    }
    await onPage(visitor, '/bicycles/furt');
    await settled(visitor);
    assert.equal(await visitor.until(remembered), 'L');
    assert.equal(await visitor.run(chosen), 'L');
  });
});

/** In the page, once all of it is there but its script: presses, and gives what is chosen. */
const pressed = (): string | undefined => {
  if (!document.querySelector('.foot')) return undefined;
  document.querySelector<HTMLInputElement>('input[name="frameSize"][value="L"]')?.click();
  return document.querySelector<HTMLInputElement>('input[name="frameSize"]:checked')?.value;
};

/** In the page. */
const chosen = (): string | undefined =>
  document.querySelector<HTMLInputElement>('input[name="frameSize"]:checked')?.value;

/** In the page: what is remembered of it, as soon as anything is. */
const remembered = (): unknown =>
  (window as unknown as { customerMemory: { value(key: string): unknown } }).customerMemory.value(
    'preferences.frameSize',
  );
