/** Where scripts do not run, or have nowhere to keep anything, every page of the shop still does what it is for. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { CARD, PAGES } from './shop-visitor.js';

const ANA = {
  name: 'Ana Martins',
  email: 'ana@example.com',
  street: 'Rua das Flores 12',
  postcode: '1200-195',
  city: 'Lisboa',
};

describe('every page of the shop works', () => {
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

  it('without JavaScript', () =>
    alone(async (tab) => {
      await tab.setJavaScriptEnabled(false);
      const open = async (path: string): Promise<Frame> => {
        await tab.goto(shop.url + path);
        return tab.mainFrame();
      };
      for (const path of PAGES) {
        const frame = await open(path);
        assert.equal(await readable(frame), '', path);
        assert.deepEqual(await frame.$$eval('button', idle), [], path);
      }
      await buy(open);
      await book(open);
      await chat(open);
    }));

  for (const sandbox of ['allow-scripts allow-forms', 'allow-forms']) {
    it(`in a frame with sandbox="${sandbox}"`, () =>
      alone(async (tab) => {
        const errors: string[] = [];
        tab.on('pageerror', (error) => errors.push(String(error)));
        const open = (path: string): Promise<Frame> => framed(tab, sandbox, path);
        for (const path of PAGES) {
          const frame = await open(path);
          if (sandbox.includes('allow-scripts')) await placed(frame);
          assert.equal(await readable(frame), '', path);
        }
        await buy(open);
        await book(open);
        await chat(open);
        assert.deepEqual(errors, []);
      }));
  }

  it('in a frame with sandbox="allow-scripts", and says that nothing outlives the page', () =>
    alone(async (tab) => {
      const errors: string[] = [];
      tab.on('pageerror', (error) => errors.push(String(error)));
      for (const path of PAGES) {
        const frame = await framed(tab, 'allow-scripts', path);
        await placed(frame);
        assert.equal(await readable(frame), '', path);
        assert.equal(await frame.evaluate(keptWhere), 'page', path);
      }
      assert.deepEqual(errors, []);
    }));

  /** What stands below the memory center is shown when the center is there, or two seconds later all the same. */
  async function placed(frame: Frame): Promise<void> {
    await frame.waitForFunction(() => {
      const foot = document.querySelector('.foot');
      return !foot || getComputedStyle(foot).visibility === 'visible';
    });
  }

  async function alone(use: (tab: Page) => Promise<void>): Promise<void> {
    const context = await browser.createBrowserContext();
    try {
      await use(await context.newPage());
    } finally {
      await context.close();
    }
  }

  async function framed(tab: Page, sandbox: string, path: string): Promise<Frame> {
    const page = `/frame?${encodeURIComponent(path)}`;
    shop.pages.set(
      '/frame',
      `<!doctype html><title>Frame</title><iframe sandbox="${sandbox}" width="1200" height="800" src="${path.replaceAll('&', '&amp;')}"></iframe>`,
    );
    await tab.goto(shop.url + page);
    const frame = tab.frames().find((one) => one.parentFrame() !== null);
    assert.ok(frame, 'there is a frame');
    return frame;
  }

  /** From a product to the thanks; what is missing is said, and what was written is still there. */
  async function buy(open: (path: string) => Promise<Frame>): Promise<void> {
    const frame = await open('/bicycles/furt');
    await click(frame, 'label:has(input[value="L"])');
    await submit(frame, 'form.product button.act', '/checkout?');
    await type(frame, '#name', ANA.name);
    await submit(frame, 'form.checkout button.act', '/checkout', '.wrong');
    assert.equal(await frame.$eval('#name', (field) => field.getAttribute('value')), ANA.name);
    for (const [name, text] of Object.entries({ ...ANA, ...CARD }))
      if (name !== 'name') await type(frame, `#${name}`, text);
    await submit(frame, 'form.checkout button.act', '/thanks?');
    assert.match(await wordsOf(frame), /K-\d+/);
    const { fields } = shop.posted.findLast(({ path }) => path === '/checkout') ?? {};
    assert.deepEqual([fields?.['name'], fields?.['frameSize']], [ANA.name, 'L']);
  }

  async function book(open: (path: string) => Promise<Frame>): Promise<void> {
    const frame = await open('/workshop');
    await click(frame, 'label:has(input[value="brakes"])');
    for (const [name, text] of Object.entries({ bicycle: 'A red Holm', name: ANA.name, email: ANA.email }))
      await type(frame, `#${name}`, text);
    await submit(frame, 'form[data-repair] button.act', '/workshop/promise?');
    assert.match(await wordsOf(frame), /brakes/i);
  }

  async function chat(open: (path: string) => Promise<Frame>): Promise<void> {
    const frame = await open('/support');
    await type(frame, '#text', 'My gears rattle');
    await click(frame, '[name="send"]');
    await frame.waitForSelector('.spoken-mike');
    assert.match(await wordsOf(frame), /barrel adjuster/);
  }
});

async function click(frame: Frame, selector: string): Promise<void> {
  const element = await frame.waitForSelector(selector);
  await element?.click();
}

async function type(frame: Frame, selector: string, text: string): Promise<void> {
  await click(frame, selector);
  await frame.page().keyboard.type(text);
}

/** Presses and waits until the answer is there: a page at that path, with that element in it. */
async function submit(frame: Frame, selector: string, path: string, brings = 'h1'): Promise<void> {
  await Promise.all([frame.waitForNavigation(), click(frame, selector)]);
  assert.ok(frame.url().includes(path), `${frame.url()} is not ${path}`);
  await frame.waitForSelector(brings);
}

const wordsOf = (frame: Frame): Promise<string> => frame.$eval('main', (main) => main.innerText);

/** What a person would miss on this page; empty where nothing is missing. */
const readable = (frame: Frame): Promise<string> =>
  frame.evaluate(() => {
    return ['main h1, main h2', '.menu', 'memory-greeting', '.foot']
      .filter((one) => !document.querySelector<HTMLElement>(one)?.innerText.trim())
      .join(', ');
  });

/** Buttons that can be seen and do nothing by themselves: without a script nobody answers them. */
const idle = (buttons: HTMLButtonElement[]): string[] =>
  buttons
    .filter((one) => one.getClientRects().length > 0 && (one.type !== 'submit' || one.form === null))
    .map((one) => one.outerHTML);

/** What the memory says of where it keeps things, once it is there. */
const keptWhere = async (): Promise<string> => {
  const memory = (window as unknown as { customerMemory: { ready: Promise<void>; status: { kept: string } } })
    .customerMemory;
  await memory.ready;
  return memory.status.kept;
};
