/** A guest in somebody's page: nothing is reported under a strict policy, nothing is thrown, and nothing moves. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { inEveryPage, puppeteerHands, visitorOf, type Visitor } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { until } from '../helpers/until.js';
import { askAndAgree, becomeKnown, introduce, PAGES, says, settled, textAt } from './shop-visitor.js';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };

describe('a polite guest', () => {
  let shop: OpenShop;
  let browser: Browser;
  before(async () => {
    shop = await openShop();
    browser = await launchChromium({ defaultViewport: DESK });
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('is never reported under the shop’s strict policy, and throws nothing, whoever walks through it', () =>
    alone(async (tab, visitor) => {
      const complaints: string[] = [];
      tab.on('pageerror', (error) => complaints.push(`${tab.url()}: ${String(error)}`));
      await tab.exposeFunction('complain', (text: string) => void complaints.push(text));
      await inEveryPage(tab, reportViolations);

      // A policy that nobody breaks proves nothing unless a breach would be seen.
      await visitor.goto(shop.url);
      await visitor.run(breakThePolicy);
      await visitor.until(() => (window as unknown as { violations: number }).violations);
      assert.match(complaints.splice(0).join(), /style-src/);
      await until(() => shop.reports.length > 0);
      shop.reports.length = 0;

      const everyPage = async (): Promise<void> => {
        for (const path of PAGES) {
          await visitor.goto(shop.url + path);
          await quiet(visitor);
        }
      };
      await everyPage();
      await introduce(visitor, shop.url);
      await everyPage();
      await askAndAgree(visitor, shop.url);
      await everyPage();
      await visitor.goto(`${shop.url}/account`);
      await visitor.press(['memory-center', '[data-key="preferences.frameSize"] [part="forget"]']);
      await visitor.until(says, ['memory-center', '[part="status"]'], 'Gone');
      await visitor.press(['memory-center', '[part="forget-all"]']);
      await visitor.until(textAt, ['memory-center', '[part="question"]']);
      await visitor.press(['memory-center', '[part="sure"]']);
      await visitor.until(says, ['memory-center', '[part="empty"]'], 'Nothing.');
      await visitor.goto(shop.url);
      await visitor.run(() => void document.body.classList.add('before'));
      await visitor.press('[data-act="returning"]');
      await visitor.until(() => document.body && !document.body.matches('.before'));
      await visitor.until(says, ['memory-greeting', '[part="greeting"]'], 'Welcome back');
      await everyPage();
      await visitor.press(['memory-greeting', '[part="not-me"]']);
      await everyPage();

      assert.deepEqual(complaints, []);
      assert.deepEqual(shop.reports, []);
    }));

  it('speaks in words from the first, although the memory that has them comes last', () =>
    alone(async (tab, visitor) => {
      await becomeKnown(visitor, shop.url);
      await tab.setCacheEnabled(false);
      await inEveryPage(tab, noteKeys);
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      shop.before = (path) => (/\/memory-/.test(path) ? held : undefined);
      try {
        await tab.goto(`${shop.url}/account`, { waitUntil: 'domcontentloaded' });
        await visitor.until(() =>
          performance.getEntriesByType('resource').some(({ name }) => name.includes('/center-')),
        );
        await frames(visitor, 10);
      } finally {
        release();
        shop.before = () => undefined;
      }
      await visitor.until(says, ['memory-center', '[part="facts"]'], 'Ana Martins');
      assert.deepEqual(await visitor.run(() => (window as unknown as { keys: string[] }).keys), []);
    }));

  const persons = { 'who said much': becomeKnown, 'who said little': becomeAName };
  for (const [who, become] of Object.entries(persons)) {
    for (const [name, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      it(`moves nothing when somebody ${who} comes back, on any page, at a ${name}`, () =>
        alone(async (tab, visitor) => {
          await become(visitor, shop.url);
          await tab.setViewport(viewport);
          await inEveryPage(tab, noteShifts);
          const moved: Record<string, string[]> = {};
          for (const cached of [true, false]) {
            await tab.setCacheEnabled(cached);
            for (const path of PAGES) {
              await visitor.goto(shop.url + path);
              await quiet(visitor);
              const shifts = await visitor.run(() => (window as unknown as { shifts: string[] }).shifts);
              if (shifts.length > 0) moved[`${path}${cached ? '' : ' (nothing cached)'}`] = shifts;
            }
          }
          assert.deepEqual(moved, {});
        }));
    }
  }

  async function alone(use: (tab: Page, visitor: Visitor) => Promise<void>): Promise<void> {
    const context = await browser.createBrowserContext();
    try {
      const tab = await context.newPage();
      await use(tab, visitorOf(puppeteerHands(browser, tab)));
    } finally {
      await context.close();
    }
  }
});

/** A name, a question and the box: a first visit that was short. */
async function becomeAName(visitor: Visitor, url: string): Promise<void> {
  await visitor.goto(`${url}/checkout?item=furt`);
  await visitor.type('#name', 'Ana Martins');
  await visitor.press('form.checkout button.act');
  await visitor.until(() => document.querySelector('.wrong') && document.readyState === 'complete');
  await askAndAgree(visitor, url);
}

/** Until the page has everything: its memory, the elements that have something to show, its letters, and has painted it. */
async function quiet(visitor: Visitor): Promise<void> {
  await settled(visitor);
  await visitor.run(async () => {
    const fetched = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')];
    const names = [...document.querySelectorAll(':not(:defined)')]
      .map((element) => element.localName)
      .filter((name) => fetched.some(({ href }) => href.includes(`/${name.replace('memory-', '')}-`)));
    await Promise.all([...names.map((name) => customElements.whenDefined(name)), document.fonts.ready]);
  });
  await frames(visitor, 4);
}

const frames = (visitor: Visitor, number: number): Promise<void> =>
  visitor.run(async (left) => {
    for (; left > 0; left -= 1) await new Promise(requestAnimationFrame);
  }, number);

// --- in the page ------------------------------------------------------------------------------

function reportViolations(): void {
  const page = window as unknown as { violations: number; complain(text: string): void };
  page.violations = 0;
  addEventListener(
    'securitypolicyviolation',
    ({ documentURI, effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      page.violations += 1;
      page.complain(
        `${documentURI}: ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`,
      );
    },
  );
}

function breakThePolicy(): void {
  document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
}

/** Every text of the center with a key, or a value that is none, where words should be. */
function noteKeys(): void {
  const keys: string[] = [];
  (window as unknown as { keys: string[] }).keys = keys;
  const look = (): void => {
    const text = document.querySelector('memory-center')?.shadowRoot?.textContent ?? '';
    if (/identity\.|preferences\.|\[object/.test(text)) keys.push(text.replace(/\s+/g, ' '));
    requestAnimationFrame(look);
  };
  look();
}

/** Every layout shift, and what it moved. */
function noteShifts(): void {
  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly sources: readonly {
      readonly node?: Node;
      readonly previousRect: DOMRect;
      readonly currentRect: DOMRect;
    }[];
  }
  const shifts: string[] = [];
  (window as unknown as { shifts: string[] }).shifts = shifts;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[]) {
      const moved = sources.map(({ node, previousRect, currentRect }) => {
        const element = node instanceof Element ? node : node?.parentElement;
        return `${element?.localName}.${element?.className} ${previousRect.y}→${currentRect.y} ${previousRect.height}→${currentRect.height}`;
      });
      shifts.push(`${value.toFixed(4)} ${moved.join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
