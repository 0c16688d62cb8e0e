/** People who see the shop otherwise: with text twice the size, on a narrow phone, in colours of their own. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import type { Memory } from '../../src/memory/types.js';
import { puppeteerHands, visitorOf, type Visitor } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { FURTHER, says, settled } from './shop-visitor.js';

const LANGUAGES = ['', '/de', '/ar'] as const;
const PATHS = ['/', '/bicycles/furt', ...FURTHER] as const;

describe('for any eyes', () => {
  let shop: OpenShop;
  let browser: Browser;
  let tab: Page;
  let visitor: Visitor;
  before(async () => {
    shop = await openShop();
    browser = await launchChromium();
    tab = await browser.newPage();
    visitor = visitorOf(puppeteerHands(browser, tab));
    await visitor.goto(shop.url);
    await settled(visitor);
    await visitor.run(talkOften);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  const windows = {
    'a narrow phone': { width: 320, text: '' },
    'a phone, with text twice the size': { width: 390, text: '200%' },
  };
  for (const [name, { width, text }] of Object.entries(windows)) {
    it(`no page is wider than ${name}`, async () => {
      await tab.setViewport({ width, height: 844, isMobile: true, hasTouch: true });
      const wide: Record<string, string[]> = {};
      for (const path of LANGUAGES.flatMap((language) => PATHS.map((path) => language + path))) {
        await visitor.goto(shop.url + path);
        await settled(visitor);
        await visitor.until(says, ['memory-greeting', '[part="greeting"]'], 'Ana');
        const over = await visitor.run(beyond, text);
        if (over.length > 0) wide[path] = over;
      }
      assert.deepEqual(wide, {});
    });
  }

  describe('where colours are forced', () => {
    before(async () => {
      await tab.setViewport({ width: 390, height: 844 });
      const session = await tab.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: 'active' }],
      });
    });

    it('the menu marks the page that is shown, and no other', async () => {
      await visitor.goto(`${shop.url}/support`);
      assert.deepEqual(await visitor.run(marked), ['Ask Mike']);
    });

    it('no border runs through words', async () => {
      const crossed: string[] = [];
      await visitor.goto(`${shop.url}/support`);
      await visitor.press(['memory-conversations', '[part="toggle"]']);
      await visitor.until(says, ['memory-conversations', '[part="list"]'], 'Fork 1');
      crossed.push(...(await visitor.run(crossings)));
      await visitor.goto(`${shop.url}/account`);
      await visitor.press(['memory-center', '[part="correct"]']);
      await visitor.until(says, ['memory-center', '[part="correction"]'], 'Save');
      await visitor.press(['memory-center', '[part="forget-all"]']);
      await visitor.until(says, ['memory-center', '[part="question"]'], 'Forget');
      crossed.push(...(await visitor.run(crossings)));
      const context = await browser.createBrowserContext();
      const stranger = await context.newPage();
      await stranger.setViewport({ width: 390, height: 844 });
      const session = await stranger.createCDPSession();
      await session.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: 'active' }],
      });
      const asked = visitorOf(puppeteerHands(browser, stranger));
      await asked.goto(`${shop.url}/support`);
      await asked.type('#text', 'It leaks');
      await asked.press('[name="send"]');
      await asked.until(says, ['memory-consent', '[part="choice"]'], 'No thanks');
      crossed.push(...(await asked.run(crossings)));
      await context.close();
      assert.deepEqual(crossed, []);
    });
  });
});

// --- in the page ------------------------------------------------------------------------------

const talkOften = async (): Promise<void> => {
  const { customerMemory: memory } = window as unknown as { customerMemory: Memory };
  await memory.consent.grant();
  await memory.remember('identity.name', { given: 'Ana', family: 'Martins' });
  await memory.remember('preferences.frameSize', 'L');
  for (let nth = 1; nth <= 7; nth++) {
    const talk = await memory.conversations.start({
      channel: 'chat',
      topic: `Fork ${nth}`,
      with: { kind: 'person', name: 'Mike' },
      messages: [{ text: 'It leaks' }, { by: 'agent', text: 'Bring it in' }],
    });
    await talk.end({ outcome: 'solved' });
  }
};

/** What reaches beyond the window, once the text has its size. */
const beyond = async (size: string): Promise<string[]> => {
  document.documentElement.style.fontSize = size;
  await document.fonts.ready;
  for (let left = 3; left > 0; left -= 1) await new Promise(requestAnimationFrame);
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const over = [...document.querySelectorAll('body *')].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > width + 1 || left < -1;
  });
  return [
    `${document.documentElement.scrollWidth} > ${width}`,
    ...over.slice(0, 8).map((one) => `${one.localName}.${one.className}`),
  ];
};

/** The entries of the menu that have a line which can be seen. */
const marked = (): string[] =>
  [...document.querySelectorAll('.menu a')]
    .filter((entry) => {
      const { borderBlockStartColor, borderBlockEndColor } = getComputedStyle(entry);
      const paper = getComputedStyle(document.body).backgroundColor;
      return [borderBlockStartColor, borderBlockEndColor].some((colour) => colour !== paper);
    })
    .map((entry) => entry.textContent?.trim() ?? '');

/** Words of an element that one of its borders runs through. */
const crossings = (): string[] => {
  const found: string[] = [];
  for (const { shadowRoot } of document.querySelectorAll('*')) {
    if (!shadowRoot) continue;
    const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode())
      if (walker.currentNode.textContent?.trim()) texts.push(walker.currentNode as Text);
    for (const control of shadowRoot.querySelectorAll('button, input, select, textarea')) {
      const box = control.getBoundingClientRect();
      for (const text of texts.filter((one) => !control.contains(one))) {
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const words of range.getClientRects()) {
          const across = Math.min(box.right, words.right) - Math.max(box.left, words.left);
          const down = Math.min(box.bottom, words.bottom) - Math.max(box.top, words.top);
          if (across > 0.5 && down > 0.5)
            found.push(`${control.getAttribute('part')} over "${text.textContent?.trim()}" by ${down}`);
        }
      }
    }
  }
  return found;
};
