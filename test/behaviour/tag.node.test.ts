import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import { buildTag, serveSite, type TestSite } from '../helpers/built-tag.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { until } from '../helpers/until.js';

const strict = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types customer-memory; report-uri /csp",
};
const tag = '<script src="/customer-memory.js" data-site="acme"></script>';
const page = (body: string, head = tag) =>
  `<!doctype html><html lang="en"><head><title>A page</title>${head}</head><body>${body}</body></html>`;

/** What the page's `customerMemory` is, seen from inside. */
interface Api {
  (name: string, ...given: unknown[]): Promise<unknown>;
  ready: Promise<void>;
  recall(key: string): { value: unknown } | undefined;
  remember(key: string, value: unknown): Promise<{ value: unknown }>;
  status: { state: string; kept: string; elements?: string; storage: { reason?: string } };
  consent: { grant(): Promise<void> };
}
declare const customerMemory: Api;

describe('the tag', () => {
  let browser: Browser;
  let site: TestSite;
  let built: Awaited<ReturnType<typeof buildTag>>;
  let context: BrowserContext;

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

  /** A tab of a browser that has never been here. */
  async function open(path: string): Promise<{ tab: Page; errors: string[]; warnings: string[] }> {
    context = await browser.createBrowserContext();
    const tab = await context.newPage();
    const errors: string[] = [];
    const warnings: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    tab.on('console', (message) => message.type() === 'warn' && warnings.push(message.text()));
    await tab.goto(site.url + path);
    return { tab, errors, warnings };
  }

  async function chunkOf(chunk: string): Promise<string> {
    const file = (await readdir(join(built.dir, 'customer-memory'))).find((name) =>
      name.startsWith(`${chunk}-`),
    );
    return `/customer-memory/${file}`;
  }

  /** Says who they are, and lets this browser remember. */
  async function becomeAna(tab: Page): Promise<void> {
    await tab.evaluate(async () => {
      await customerMemory.remember('identity.name', { given: 'Ana' });
      await customerMemory.consent.grant();
    });
    await tab.waitForFunction(() => localStorage.getItem('customer-memory:acme:boot'));
  }

  async function beginTalk(tab: Page): Promise<void> {
    await tab.evaluate(async () => {
      await customerMemory('conversations.start', { channel: 'chat', topic: 'Boiler' });
    });
  }

  /** A part of an element when it is shown; nothing in the document changes then, which is what selectors wait for. */
  async function shown(tab: Page, element: string, part: string): Promise<ElementHandle<HTMLElement>> {
    const found = await tab.waitForFunction(
      (name, one) => document.querySelector(name)?.shadowRoot?.querySelector<HTMLElement>(`[part="${one}"]`),
      {},
      element,
      part,
    );
    return found as ElementHandle<HTMLElement>;
  }

  /** Presses a part wherever it is: what comes from the database may be moving it. */
  async function press(tab: Page, element: string, part: string): Promise<void> {
    await (await shown(tab, element, part)).evaluate((button) => button.click());
  }

  it('carries the whole API once it has loaded', async () => {
    site.pages.set('/', page(''));
    const { tab, errors } = await open('/');
    const value = await tab.evaluate(async () => {
      await customerMemory.remember('preferences.delivery', 'pickup');
      return [
        customerMemory.recall('preferences.delivery')?.value,
        await customerMemory('value', 'preferences.delivery'),
      ];
    });
    assert.deepEqual(value, ['pickup', 'pickup']);
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('does in order what was asked for before it loaded, through our stub and through a tag manager’s', async () => {
    site.pages.set(
      '/stub.js',
      `
      window.customerMemory = function () { (customerMemory.q = customerMemory.q || []).push(arguments); };
      customerMemory('remember', 'preferences.first', 1);
      const call = ['recall', 'preferences.first'];
      window.answer = new Promise((y, n) => { call.y = y; call.n = n; });
      customerMemory('ready');
      customerMemory.q.push(call);`,
    );
    site.pages.set('/queue', page('', `<script src="/stub.js"></script>${tag}`));
    const { tab, errors } = await open('/queue');
    await tab.evaluate(() => customerMemory.ready);
    assert.equal(
      await tab.evaluate(async () => (await customerMemory('value', 'preferences.first')) as number),
      1,
    );
    assert.equal(
      await tab.evaluate(
        async () => 'answer' in window && (await Promise.race([window.answer, 'pending'])) !== 'pending',
      ),
      true,
    );
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('loaded twice, or in two versions, is the first one', async () => {
    const other = await buildTag('9.9.9');
    site.pages.set('/other.js', await readFile(join(other.dir, 'customer-memory.js'), 'utf8'));
    site.pages.set(
      '/twice',
      page(
        '<memory-greeting>Welcome.</memory-greeting>',
        `${tag}<script src="/keep.js"></script>${tag}<script src="/other.js" data-site="acme"></script>`,
      ),
    );
    site.pages.set('/keep.js', 'window.first = customerMemory');
    const { tab, errors } = await open('/twice');
    assert.equal(
      await tab.evaluate(() => customerMemory === (window as never as { first: unknown }).first),
      true,
    );
    assert.deepEqual(errors, []);
    await context.close();
    await other.remove();
  });

  it('works under a strict Content Security Policy with Trusted Types, without one report', async () => {
    site.pages.set('/strict', {
      headers: strict,
      body: page(
        '<memory-greeting>Welcome.</memory-greeting><memory-consent when="now"></memory-consent><memory-conversations></memory-conversations><memory-center></memory-center>',
      ),
    });
    const { tab, errors } = await open('/strict');
    const defined = (...names: string[]) =>
      tab.waitForFunction((all) => all.every((name) => customElements.get(name)), {}, names);
    await defined('memory-consent', 'memory-center');
    await becomeAna(tab);
    await beginTalk(tab);
    await defined('memory-conversations');
    await tab.reload();
    await tab.waitForFunction(() =>
      document.querySelector('memory-greeting')?.shadowRoot?.textContent?.includes('Ana'),
    );
    await defined('memory-conversations', 'memory-center');
    await press(tab, 'memory-center', 'toggle');
    await press(tab, 'memory-center', 'forget-all');
    await shown(tab, 'memory-center', 'question');
    await press(tab, 'memory-conversations', 'toggle');
    await shown(tab, 'memory-conversations', 'open');
    assert.deepEqual(site.reports, []);
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('fetches an element when one of it has something to show, and not before', async () => {
    const elements =
      '<memory-consent></memory-consent><memory-conversations><p slot="empty">None yet.</p></memory-conversations>';
    site.pages.set('/quiet', page(elements));
    const { tab, errors } = await open('/quiet');
    const fetched = async () => {
      const names = await tab.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => name.replace(/^.*\//, '')),
      );
      return ['consent', 'conversations'].filter((chunk) =>
        names.some((name) => name.startsWith(`${chunk}-`)),
      );
    };
    await tab.evaluate(() => customerMemory.ready);
    assert.deepEqual(await fetched(), []);
    assert.equal(await tab.$eval('body', (body) => (body as HTMLElement).innerText.trim()), 'None yet.');

    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
    await press(tab, 'memory-consent', 'box');
    await tab.waitForFunction(() => localStorage.getItem('customer-memory:acme:boot'));
    assert.deepEqual(await fetched(), ['consent']);

    await tab.reload();
    await tab.evaluate(() => customerMemory.ready);
    assert.deepEqual(await fetched(), [], 'who has agreed is not asked');
    await beginTalk(tab);
    await tab.waitForFunction(() => customElements.get('memory-conversations'));
    await tab.reload();
    await shown(tab, 'memory-conversations', 'toggle');
    assert.deepEqual(await fetched(), ['conversations']);
    assert.deepEqual(errors, []);
    await context.close();
  });

  for (const asking of [
    '<memory-consent when="now"></memory-consent>',
    '<memory-consent><p slot="hint">The shop’s own words.</p></memory-consent>',
  ])
    it(`fetches at once what would otherwise not ask, or be read: ${asking}`, async () => {
      site.pages.set('/asking', page(asking));
      const { tab } = await open('/asking');
      await tab.waitForFunction(() => customElements.get('memory-consent'));
      await tab.evaluate(() => customerMemory.ready);
      assert.equal(await tab.evaluate(() => customerMemory.recall('preferences.size')), undefined);
      await context.close();
    });

  it('keeps the slots and says why where its policy is not listed', async () => {
    const headers = {
      'content-security-policy':
        "script-src 'self'; require-trusted-types-for 'script'; trusted-types none-of-ours",
    };
    site.pages.set('/refused', { headers, body: page('<memory-greeting>Welcome.</memory-greeting>') });
    const { tab, errors } = await open('/refused');
    await tab.evaluate(() => customerMemory.remember('identity.name', { given: 'Ana' }));
    assert.match(
      (await tab.evaluate(() => customerMemory.status.elements)) ?? '',
      /trusted-types customer-memory/,
    );
    assert.equal(await tab.$eval('memory-greeting', (element) => element.shadowRoot), null);
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('greets at the first contentful paint of a streamed page, and moves nothing', async () => {
    site.pages.set('/', page(''));
    site.pages.set(
      '/shift.js',
      // What a frame paints is what is there after its callbacks: the greeting is the first content there is.
      `requestAnimationFrame(function look() {
        const greeting = document.querySelector('memory-greeting');
        if (greeting) window.greeted = greeting.shadowRoot?.textContent ?? '';
        else requestAnimationFrame(look);
      });
      window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });`,
    );
    const { tab } = await open('/');
    await becomeAna(tab);
    let finish: () => void = () => undefined;
    site.pages.set('/streamed', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write(
        `<!doctype html><html lang="en"><head><title>Streamed</title><script src="/shift.js"></script>${tag}</head><body><memory-greeting>Welcome to Acme.</memory-greeting><p>Some text that is painted.</p>${' '.repeat(4096)}`,
      );
      finish = () => response.end('<p>The end.</p></body></html>');
    });
    const arrived = tab.goto(`${site.url}/streamed`);
    await tab.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const greeted = await tab.evaluate(() => (window as never as { greeted: string }).greeted);
    assert.match(greeted.replace(/\s+/g, ' '), /Welcome back, Ana/);
    finish();
    await arrived;
    await tab.evaluate(() => customerMemory.ready);
    assert.equal(await tab.evaluate(() => (window as never as { shift: number }).shift), 0);
    await context.close();
  });

  it('does not lose what is remembered on a page that is left before the memory has been fetched', async () => {
    site.pages.set('/hasty', page(''));
    const chunk = await chunkOf('memory');
    const held = new Set<() => void>();
    site.pages.set(chunk, (_request, response) => void held.add(() => response.destroy()));
    const hasty = await open('/hasty');
    await hasty.tab.evaluate(() => {
      void customerMemory.remember('identity.addresses.home', {
        streetAddress: '1 Main St',
        postalCode: '12345',
      });
      void customerMemory.remember('preferences.note', 'my password is 4111 1111 1111 1111');
    });
    const stored = await hasty.tab.evaluate(() => sessionStorage.getItem('customer-memory:acme:visit'));
    assert.match(stored ?? '', /1 Main St/);
    assert.doesNotMatch(stored ?? '', /4111.?1111/);
    site.pages.delete(chunk);
    for (const drop of held) drop();
    await hasty.tab.goto(`${site.url}/hasty`);
    await hasty.tab.evaluate(() => customerMemory.ready);
    assert.deepEqual(
      await hasty.tab.evaluate(() => customerMemory.recall('identity.addresses.home')?.value),
      { streetAddress: '1 Main St', postalCode: '12345' },
    );
    await context.close();
  });

  it('does not lose what is remembered while a page is left, and leaves nothing of it in the tab', async () => {
    site.pages.set('/leave', page(''));
    const { tab: leaving } = await open('/leave');
    await leaving.evaluate(async () => {
      await customerMemory.ready;
      await customerMemory.remember('preferences.shoe', 'M');
      await customerMemory.consent.grant();
    });
    const left = leaving.waitForNavigation();
    await leaving.evaluate(() => {
      addEventListener('pagehide', () => void customerMemory.remember('preferences.bell', 'brass'));
      setTimeout(() => {
        void customerMemory.remember('preferences.shoe', 'L');
        location.href = '/leave?next';
      });
    });
    await left;
    const found = await leaving.evaluate(async () => {
      await customerMemory.ready;
      await customerMemory.remember('preferences.colour', 'red');
      return {
        kept: customerMemory.status.kept,
        values: ['shoe', 'bell', 'colour'].map((name) => customerMemory.recall(`preferences.${name}`)?.value),
        tab: Object.keys(sessionStorage),
      };
    });
    assert.deepEqual(found, { kept: 'device', values: ['L', 'brass', 'red'], tab: [] });
    await context.close();
  });

  it('refuses a chunk that is not the one that was built, and the page goes on', async () => {
    site.pages.set('/tampered', page('<memory-greeting>Welcome.</memory-greeting>'));
    const path = await chunkOf('memory');
    site.pages.set(path, `${await readFile(join(built.dir, path), 'utf8')};window.stolen = true`);
    const { tab: victim, errors } = await open('/tampered');
    await victim.evaluate(() => customerMemory.ready);
    assert.equal(await victim.evaluate(() => 'stolen' in window), false);
    assert.match(
      (await victim.evaluate(() => customerMemory.status.storage.reason)) ?? '',
      /not the file that was built/,
    );
    assert.deepEqual(errors, []);
    site.pages.delete(path);
    await context.close();
  });

  it('puts a wrong person aside even where what it would say then cannot be fetched, and says nothing', async () => {
    site.pages.set('/shared', page('<memory-greeting>Welcome to Acme.</memory-greeting>'));
    const first = await open('/shared');
    await becomeAna(first.tab);
    await first.tab.close();
    const path = await chunkOf('apology');
    const asked: string[] = [];
    site.pages.set(path, (request, response) => {
      asked.push(request.url ?? '');
      response.destroy();
    });
    const tab = await context.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    await tab.goto(`${site.url}/shared`);
    const greeted = () =>
      tab.$eval('memory-greeting', ({ shadowRoot }) => shadowRoot?.textContent?.replace(/\s+/g, ' ').trim());
    assert.match((await greeted()) ?? '', /^Welcome back, Ana\./);
    await tab.evaluate(() => customerMemory.ready);
    assert.deepEqual(asked, [], 'before it is needed');
    const told = new Promise<string>((tell) =>
      tab.on('console', (message) => message.type() === 'warn' && tell(message.text())),
    );
    const changed = tab.evaluate(
      () => new Promise((done) => document.addEventListener('memory-person-change', () => done(true))),
    );
    await (await tab.waitForSelector('memory-greeting >>> [part="not-me"]'))?.click();
    await changed;
    assert.match(await told, /is not there/);
    assert.equal(await tab.evaluate(() => customerMemory.recall('identity.name')), undefined);
    assert.equal(await greeted(), '');
    assert.deepEqual(errors, []);
    site.pages.delete(path);
    await context.close();
  });

  it('forgets even where what is said then cannot be fetched, and does nothing that has to be asked first', async () => {
    site.pages.set('/center', page('<memory-center open></memory-center>'));
    const path = await chunkOf('acts');
    site.pages.set(path, (_request, response) => void response.destroy());
    const { tab, errors } = await open('/center');
    await tab.evaluate(() => customerMemory.remember('identity.name', { given: 'Ana' }));
    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
    await shown(tab, 'memory-center', 'facts');
    const forgotten = tab.evaluate(
      () => new Promise((done) => document.addEventListener('memory-forgotten', () => done(true))),
    );
    await press(tab, 'memory-center', 'forget');
    await forgotten;
    const left = () =>
      tab.evaluate(() =>
        ['identity.name', 'preferences.size'].map((key) => customerMemory.recall(key) !== undefined),
      );
    assert.deepEqual(await left(), [false, true]);
    assert.deepEqual(errors, []);
    await press(tab, 'memory-center', 'forget-all');
    await tab.waitForFunction(() =>
      /That did not work/.test(document.querySelector('memory-center')?.shadowRoot?.textContent ?? ''),
    );
    assert.deepEqual(await left(), [false, true]);
    // A rejection nobody handles is told some time after it happened.
    await until(() => errors.length > 0);
    assert.match(errors.join(), /is not there/);
    site.pages.delete(path);
    await context.close();
  });

  it('shows the slot and keeps quiet in a sandboxed frame, and without JavaScript', async () => {
    site.pages.set(
      '/watch.js',
      `window.rejections = 0; addEventListener('unhandledrejection', () => (window.rejections += 1));`,
    );
    site.pages.set(
      '/framed',
      page('<memory-greeting>Welcome to Acme.</memory-greeting>', `<script src="/watch.js"></script>${tag}`),
    );
    site.pages.set('/frame', page('<iframe sandbox="allow-scripts" src="/framed"></iframe>', ''));
    const { tab, errors } = await open('/frame');
    const frame = tab.frames().find((one) => one.url().endsWith('/framed'));
    assert.ok(frame);
    assert.equal(
      await frame.evaluate(async () => (await customerMemory.ready, customerMemory.status.kept)),
      'page',
    );
    assert.equal(await frame.evaluate(() => (window as never as { rejections: number }).rejections), 0);
    assert.deepEqual(errors, []);
    await tab.setJavaScriptEnabled(false);
    await tab.goto(`${site.url}/framed`);
    assert.match(await tab.$eval('body', (body) => (body as HTMLElement).innerText), /Welcome to Acme/);
    await context.close();
  });

  it('warns once where it is put inline without saying where its parts are', async () => {
    const code = await readFile(join(built.dir, 'customer-memory.js'), 'utf8');
    site.pages.set(
      '/inline',
      page('', `<script data-site="acme">${code.replaceAll('</script', '<\\/script')}</script>`),
    );
    const { tab, errors } = await open('/inline');
    await tab.evaluate(() => customerMemory.ready);
    assert.match((await tab.evaluate(() => customerMemory.status.storage.reason)) ?? '', /data-base/);
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('does nothing on a server or in a worker', async () => {
    const code = await readFile(join(built.dir, 'customer-memory.js'), 'utf8');
    const server = {};
    runInNewContext(code, server);
    assert.deepEqual(Object.keys(server), []);
    site.pages.set(
      '/worker.js',
      `importScripts('/customer-memory.js'); postMessage('customerMemory' in self);`,
    );
    site.pages.set('/work', page('', ''));
    const { tab } = await open('/work');
    assert.equal(
      await tab.evaluate(
        () =>
          new Promise((resolve) => {
            new Worker('/worker.js').onmessage = ({ data }) => resolve(data);
          }),
      ),
      false,
    );
    await context.close();
  });
});
