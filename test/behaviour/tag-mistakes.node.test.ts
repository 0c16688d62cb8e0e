/** What a developer reads in the console when the tag is not written as it should be; the page goes on. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { buildTag, serveSite, type TestSite } from '../helpers/built-tag.js';
import { launchChromium } from '../helpers/launch-chromium.js';
import { until } from '../helpers/until.js';

const tagOf = (attributes: string) => `<script src="/customer-memory.js" ${attributes}></script>`;
const tag = tagOf('data-site="acme"');
const blockOf = (text: string) => `<script type="application/json" data-customer-memory>${text}</script>`;
const line = '<script src="/customer-memory.js" data-site="acme"';

interface Api {
  (name: string, ...given: unknown[]): Promise<unknown>;
  ready: Promise<void>;
  remember(key: string, value: unknown): Promise<{ value: unknown }>;
  subscribe(...given: unknown[]): () => void;
  describe(fact: unknown): unknown;
  title(name: string): string;
  status: { storage: { reason?: string } };
}
declare const customerMemory: Api;
/** What `failureOf` gives of an error. */
interface Failure {
  readonly name: string;
  readonly code: string;
  readonly operation: string;
  readonly message: string;
}

/** What the tag lends its chunks, by the version that is built for tests. */
const KIT = 'customer-memory.kit.0.0.0-test';
type Kits = Record<symbol, { readonly chunks: object }>;

describe('a tag that is not written as it should be', () => {
  let browser: Browser;
  let site: TestSite;
  let built: Awaited<ReturnType<typeof buildTag>>;
  let context: BrowserContext;
  let errors: string[];
  let warnings: string[];
  /** Resolves with the first: what is wrong is looked up when something may be. */
  let warned: Promise<void>;
  let told: () => void;

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
  afterEach(async () => {
    await context.close();
    site.pages.clear();
  });

  /** A page with this in its head, in a browser that has never been here; `first` runs before everything. */
  async function open(head: string, body = '', first?: () => void): Promise<Page> {
    site.pages.set('/', `<!doctype html><title>A page</title>${head}<body>${body}<p>The page</p>`);
    context = await browser.createBrowserContext();
    const tab = await context.newPage();
    errors = [];
    warnings = [];
    warned = new Promise((resolve) => (told = resolve));
    tab.on('pageerror', (error) => errors.push(String(error)));
    tab.on('console', (message) => {
      if (message.type() !== 'warn') return;
      warnings.push(message.text());
      told();
    });
    if (first) await tab.evaluateOnNewDocument(first);
    await tab.goto(site.url);
    // Everything the tag does by itself is done.
    await tab.evaluate(async () => {
      if ('customerMemory' in window && 'ready' in customerMemory) await customerMemory.ready;
    });
    return tab;
  }

  async function chunk(name: string): Promise<string> {
    const files = await readdir(join(built.dir, 'customer-memory'));
    return `/customer-memory/${files.find((file) => file.startsWith(`${name}-`))}`;
  }

  const failureOf = (tab: Page, run: string): Promise<Failure> =>
    tab.evaluate(
      `(async () => { try { await ${run}; } catch ({ name, code, operation, message }) { return { name, code, operation, message }; } })()`,
    ) as Promise<Failure>;

  /** One warning, which names what is wrong and the line to write. */
  async function assertWarned(...parts: (string | RegExp)[]): Promise<void> {
    await warned;
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0] ?? '', /^customer-memory: /);
    for (const part of parts) {
      if (typeof part === 'string') assert.ok(warnings[0]?.includes(part), warnings[0]);
      else assert.match(warnings[0] ?? '', part);
    }
    assert.deepEqual(errors, []);
  }

  it('and has no site, is told so once, and leaves the slots', async () => {
    const tab = await open(
      tagOf(''),
      '<memory-greeting>Welcome.</memory-greeting><memory-center></memory-center>',
    );
    await assertWarned('data-site', line);
    assert.match(await tab.$eval('body', (body) => body.innerText), /Welcome\.\s*The page/);
  });

  it('and is a module, is told to be a classic script', async () => {
    await open(tagOf('type="module" data-site="acme"'), '<memory-center></memory-center>');
    await assertWarned('type="module"', line);
  });

  it('and has a site that names no memory, is told what a site looks like, once for all calls', async () => {
    const tab = await open(tagOf('data-site="my shop"'));
    for (const value of [1, 2]) {
      const failure = await failureOf(tab, `customerMemory.remember('preferences.size', ${value})`);
      assert.equal(failure.code, 'invalid_option');
    }
    await assertWarned('site takes 1 to 64 letters', line);
  });

  it('and asks for consent in a way there is not, is told the ways there are', async () => {
    await open(tagOf('data-site="acme" data-consent="always"'));
    await assertWarned('data-consent="always"', 'takes "ask" or "host"');
    assert.doesNotMatch(warnings[0] ?? '', /subscribe|data-site/);
  });

  it('and has attributes nobody knows, is told which; those of others are left alone', async () => {
    const tab = await open(tagOf('data-site="acme" data-language="de" data-usr="7" data-cfasync="false"'));
    await assertWarned('data-language, data-usr', line);
    assert.doesNotMatch(warnings[0] ?? '', /cfasync/);
    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
  });

  it('and has a block that is not JSON, is told so, and works without it', async () => {
    const tab = await open(blockOf('{ labels: {} }') + tag);
    await assertWarned('not JSON', 'data-customer-memory');
    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
  });

  it('and has an option in its block that there is not, is told which', async () => {
    await open(blockOf('{ "lables": {} }') + tag);
    await assertWarned('data-customer-memory', 'there is no option lables; write labels');
    assert.doesNotMatch(warnings[0] ?? '', /data-site/);
  });

  it('and has one there that is like none there is, is told all there are', async () => {
    await open(blockOf('{ "colour": "red" }') + tag);
    await assertWarned('there is no option colour', 'labels, purposes');
  });

  it('and has a value in its block that does not fit, is told where it stands', async () => {
    await open(blockOf('{ "keep": "a year" }') + tag);
    await assertWarned('data-customer-memory', 'keep: ');
    assert.doesNotMatch(warnings[0] ?? '', /data-site/);
  });

  for (const [what, head] of Object.entries({
    'a site that names no memory': tagOf('data-site="my shop"'),
    'a way of asking that there is not': tagOf('data-site="acme" data-consent="yes"'),
    'an option in its block that there is not': blockOf('{ "label": {} }') + tag,
  }))
    it(`and has ${what}, leaves every slot, and says nothing of the browser`, async () => {
      const slots = ['greeting', 'consent', 'conversations', 'center'] as const;
      const tab = await open(
        head,
        slots.map((name) => `<memory-${name} open when="now">Slot of ${name}</memory-${name}>`).join(''),
      );
      for (const name of slots)
        await tab.evaluate((name) => customerMemory('define', `memory-${name}`), name);
      const shown = await tab.evaluate(async (names) => {
        const elements = names.map((name) => document.querySelector(`memory-${name}`));
        await Promise.all(
          elements.map((element) => (element as unknown as { updateComplete: unknown }).updateComplete),
        );
        return elements.map((element) => element?.shadowRoot?.innerHTML.replace(/<!--.*?-->/g, '').trim());
      }, slots);
      assert.deepEqual(
        shown,
        slots.map(() => '<slot></slot>'),
      );
      await assertWarned();
    });

  it('and has its block after it, is told to put it before', async () => {
    await open(tag, blockOf('{ "labels": { "care": { "title": "Care" } } }'));
    await assertWarned('before', 'data-customer-memory');
  });

  it('and is there twice, for two sites, is told that the first one counts', async () => {
    const tab = await open(tag, tagOf('data-site="other"'));
    await assertWarned('data-site="other"', '"acme"');
    assert.equal(await tab.evaluate(() => (customerMemory as unknown as { site: string }).site), 'acme');
  });

  it('is said nothing of where nothing is wrong', async () => {
    const tab = await open(
      `${blockOf('{ "labels": {} }')}${tagOf('data-site="acme" data-user="" data-consent="host" data-shared data-lang="de" data-base="/"')}${tag}<script src="https://example.invalid/x.js" data-site="7" type="text/plain"></script>`,
      '<memory-center></memory-center>',
    );
    // It is asked all the same, for the scripts that come after it.
    await tab.waitForFunction(
      (kit) => 'advice' in ((globalThis as unknown as Kits)[Symbol.for(kit)]?.chunks ?? {}),
      {},
      KIT,
    );
    assert.deepEqual(warnings, []);
    assert.deepEqual(errors, []);
  });

  it('and whose memory cannot be fetched, rejects with a code, says where its parts belong, and raises nothing', async () => {
    const path = await chunk('memory');
    site.pages.set(path, (_request, response) => response.writeHead(404).end());
    const tab = await open(tag);
    for (const run of ["customerMemory.remember('preferences.size', 'M')", "customerMemory('count')"]) {
      const failure = await failureOf(tab, run);
      assert.deepEqual([failure.name, failure.code], ['MemoryError', 'storage_failed']);
      assert.match(failure.message, /memory-.*\.js/);
    }
    await assertWarned(
      /customer-memory\/memory-[\w-]+\.js is not there/,
      'serve customer-memory/ beside customer-memory.js',
    );
  });

  it('and whose elements cannot be fetched, keeps their slots and says so once', async () => {
    const path = await chunk('center');
    site.pages.set(path, `${await readFile(join(built.dir, path), 'utf8')};window.stolen = true`);
    const tab = await open(tag, '<memory-center></memory-center>');
    await tab.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('center')),
    );
    const failure = await failureOf(tab, "customerMemory('define', 'memory-center')");
    assert.deepEqual([failure.name, failure.code], ['MemoryError', 'storage_failed']);
    await assertWarned(/center-.*\.js/);
  });

  it('and is called by a name there is not, lists the names there are', async () => {
    const tab = await open(tag);
    const failure = await failureOf(tab, "customerMemory('rememberr', 'preferences.size', 'M')");
    assert.deepEqual([failure.name, failure.code], ['MemoryError', 'misuse']);
    assert.match(failure.message, /"rememberr".*\bdefine\b.*\bremember\b.*\bforget\b/);
    assert.match((await failureOf(tab, "customerMemory('conversations.begin')")).message, /start.*latest/);
    assert.match((await failureOf(tab, "customerMemory('talks.start')")).message, /conversations/);
    assert.equal((await failureOf(tab, "customerMemory('define', 'memory-centre')")).name, 'MemoryError');
  });

  it('and subscribes without a function, throws as the package does', async () => {
    const tab = await open(tag);
    const failure = await failureOf(tab, "customerMemory.subscribe('preferences.size')");
    assert.deepEqual([failure.name, failure.code, failure.operation], ['MemoryError', 'misuse', 'subscribe']);
    assert.deepEqual(errors, []);
  });

  it('and whose queued call fails, reports it once', async () => {
    site.pages.set(
      '/stub.js',
      `window.customerMemory = function () { (customerMemory.q = customerMemory.q || []).push(arguments); };
       customerMemory('remember', 'shoes.size', 1);`,
    );
    const tab = await open(`<script src="/stub.js"></script>${tag}`);
    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
    // A rejection nobody handles is told some time after it happened.
    await until(() => errors.length > 0);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0] ?? '', /unknown_root/);
    // Nor is it done again, and reported again, on the next page.
    await tab.reload();
    await tab.evaluate(() => customerMemory.ready);
    await until(() => errors.length > 1);
    assert.equal(errors.filter((error) => error.includes('unknown_root')).length, 2, errors.join('\n'));
    assert.deepEqual(warnings, []);
  });

  it('works where reportError and MutationObserver are missing', async () => {
    const tab = await open(tag, '', () => {
      const page = globalThis as { reportError?: unknown; MutationObserver?: unknown };
      delete page.reportError;
      delete page.MutationObserver;
    });
    await tab.evaluate(() => customerMemory.remember('preferences.size', 'M'));
    assert.deepEqual(errors, []);
    assert.deepEqual(warnings, []);
  });
});
