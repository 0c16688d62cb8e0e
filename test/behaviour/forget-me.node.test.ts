/**
 * Somebody presses "Forget me" and is gone before anything can have been written: next time nobody is
 * greeted. The databases are kept busy meanwhile, so that it is certain which of the two came first.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import {
  chromium,
  inEveryPage,
  puppeteerHands,
  visitorOf,
  type Place,
  type Visitor,
} from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { becomeKnown, says, settled, textAt, withProfile } from './shop-visitor.js';

const GREETING = ['memory-greeting', '[part="greeting"]'];
const QUESTION = ['memory-center', '[part="question"]'];
const SURE = ['memory-center', '[part="sure"]'];

interface Way {
  readonly path: string;
  /** What is pressed before, and what that brings. */
  readonly first?: { readonly press: Place; readonly brings: readonly string[] };
  /** The press after which the page is closed at once. */
  readonly press: Place;
}

const ALL: Readonly<Record<string, Way>> = {
  '“Forget me” in the strip': { path: '/', press: '[data-act="forget"]' },
  '“Forget me” in what is remembered': {
    path: '/account',
    first: { press: ['memory-center', '[part="forget-all"]'], brings: QUESTION },
    press: SURE,
  },
  '“Don’t remember me on this device”': {
    path: '/account',
    first: { press: ['memory-center', '[part="withdraw"]'], brings: QUESTION },
    press: SURE,
  },
  '“Not Ana?”': { path: '/', press: ['memory-greeting', '[part="not-me"]'] },
};
const NAME: Way = {
  path: '/account',
  press: ['memory-center', '[data-key="identity.name"] [part="forget"]'],
};

describe('a page closed the moment somebody is forgotten', () => {
  let shop: OpenShop;
  let browser: Browser;
  before(async () => {
    shop = await openShop();
    browser = await launchChromium({ defaultViewport: { width: 1280, height: 900 } });
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  for (const [name, way] of Object.entries(ALL)) {
    it(`${name}: the next visit greets nobody and knows nothing`, () =>
      inTwoTabs(way, async (visitor) => {
        assert.deepEqual(await visitor.run(known), []);
        await visitor.goto(`${shop.url}/checkout?item=furt`);
        await settled(visitor);
        assert.deepEqual(await visitor.run(fields), ['', '']);
        await visitor.goto(`${shop.url}/account`);
        await visitor.until(says, ['memory-center', '[part="empty"]'], 'Nothing.');
      }));
  }

  it('the name alone: the next visit greets nobody, and still knows the rest', () =>
    inTwoTabs(NAME, async (visitor) => {
      const keys = await visitor.run(known);
      assert.ok(!keys.includes('identity.name') && keys.includes('identity.email'), String(keys));
      await visitor.goto(`${shop.url}/checkout?item=furt`);
      await settled(visitor);
      assert.deepEqual(await visitor.run(fields), ['', 'ana@example.com']);
    }));

  it('and the whole browser with it', () =>
    withProfile(async (profile) => {
      const before = await chromium.open(profile);
      await becomeKnown(before, shop.url);
      await before.goto(shop.url);
      await before.until(says, GREETING, 'Welcome back, Ana.');
      await before.run(keepBusy);
      await before.press('[data-act="forget"]');
      await before.close();
      const visitor = await chromium.open(profile);
      try {
        await visitor.goto(shop.url);
        await settled(visitor);
        assert.equal(await visitor.run(textAt, GREETING), '');
        assert.deepEqual(await visitor.run(known), []);
      } finally {
        await visitor.close();
      }
    }));

  async function inTwoTabs(way: Way, next: (visitor: Visitor) => Promise<void>): Promise<void> {
    const context = await browser.createBrowserContext();
    try {
      const tab = await context.newPage();
      const visitor = visitorOf(puppeteerHands(browser, tab));
      await becomeKnown(visitor, shop.url);
      await visitor.goto(shop.url + way.path);
      await settled(visitor);
      await visitor.until(says, GREETING, 'Welcome back, Ana.');
      if (way.first) {
        await visitor.press(way.first.press);
        await visitor.until(textAt, way.first.brings);
      }
      await visitor.run(keepBusy);
      await visitor.press(way.press);
      await tab.close();

      const later = await context.newPage();
      await inEveryPage(later, noteGreetings);
      const again = visitorOf(puppeteerHands(browser, later));
      await again.goto(shop.url);
      await settled(again);
      assert.equal(await again.run(textAt, GREETING), '');
      assert.equal(await greetings(later), 0, 'nobody was greeted on the way there either');
      await next(again);
    } finally {
      await context.close();
    }
  }
});

// --- in the page ------------------------------------------------------------------------------

/** Holds every database in a transaction that does not end: whatever is asked of them now waits. */
async function keepBusy(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name ?? '');
    await new Promise((opened) => (opening.onsuccess = opened));
    const stores = [...opening.result.objectStoreNames];
    const held = opening.result.transaction(stores, 'readwrite').objectStore(stores[0] ?? '');
    const again = (): void => void (held.count().onsuccess = again);
    again();
  }
}

/** Counts the frames in which somebody is greeted. */
function noteGreetings(): void {
  const seen = window as unknown as { greetings: number };
  seen.greetings = 0;
  const look = (): void => {
    if (document.querySelector('memory-greeting')?.shadowRoot?.querySelector('[part="name"]'))
      seen.greetings += 1;
    requestAnimationFrame(look);
  };
  look();
}

const greetings = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { greetings: number }).greetings);

const known = (): string[] =>
  (window as unknown as { customerMemory: { facts(): { key: string }[] } }).customerMemory
    .facts()
    .map(({ key }) => key);

const fields = (): string[] =>
  ['name', 'email'].map((name) => document.querySelector<HTMLInputElement>(`#${name}`)?.value ?? '?');
