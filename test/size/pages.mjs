/**
 * `npm run size:pages`: what a page of the demo loads of customer-memory before anybody does anything,
 * as brotli, on a first and on a return visit, against one budget a page; and, for information, what
 * the first act on it adds. The shop's own scripts and letters are counted apart. `--files` names what each loads.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { register } from 'tsx/esm/api';
import { ensureBuilt } from '../../build/fresh.mjs';
import { chromiumArgs, findChromium } from '../helpers/find-browser.mjs';
import { addTotals } from '../helpers/totals.mjs';
import { brotliOf } from './weigh.mjs';

const BUDGET = 30_000;
const DIST = join(import.meta.dirname, '../../dist/');
const CHOICE = 'item=furt&frameSize=M&colour=bottle&delivery=pickup';
const PAGES = [
  '/',
  '/bicycles/furt',
  `/checkout?${CHOICE}`,
  `/thanks?${CHOICE}&number=K-123456`,
  '/workshop',
  '/workshop/promise?service=gears&day=2026-11-26',
  '/support',
  '/account',
  '/nowhere',
  // The heaviest, in the languages whose words come beside them.
  ...['/de', '/ar'].flatMap((language) => [`${language}/support`, `${language}/account`]),
];

const sizes = new Map();
const { values: options } = parseArgs({ options: { files: { type: 'boolean', default: false } } });

ensureBuilt();
register();
const { shop } = await import('../../demo/app.ts');
const { buildClient } = await import('../../demo/build-client.ts');
const { listen } = await import('../../demo/listen.ts');

const scripts = await buildClient();
const { server, port } = await listen(shop({ dist: DIST, scripts }), 0);
const browser = await puppeteer.launch({
  executablePath: findChromium(),
  args: chromiumArgs,
  headless: true,
});
try {
  const known = await becomeKnown();
  const pages = [];
  for (const path of PAGES)
    pages.push({
      path,
      first: await asStranger((context) => visit(context, path)),
      again: await visit(known, path, recognised),
    });
  const acts = [];
  for (const { name, path, steps } of acting())
    acts.push({ name, path, files: await asStranger((context) => visit(context, path, ...steps)) });
  report(pages, acts);
} finally {
  await browser.close();
  server.close();
}

/** What people do first on a page. */
function acting() {
  return [
    { path: '/bicycles/furt', name: 'a size is chosen', steps: [choose] },
    { path: '/support', name: 'something is said', steps: [say] },
    { path: '/support', name: 'and the box is ticked', steps: [say, agree] },
    { path: '/account', name: 'the second-visit button is pressed', steps: [becomeReturning] },
  ];
}

async function choose(tab) {
  await tab.click('label:has(input[type="radio"][value="L"])');
  await tab.waitForFunction(() => globalThis.customerMemory.recall('preferences.frameSize'));
}

async function say(tab) {
  await tab.type('#text', 'My gears rattle when I go uphill');
  await tab.click('[name="send"]');
  await tab.waitForFunction(() => globalThis.customerMemory.conversations.recent.length > 0);
}

async function agree(tab) {
  // It comes when something was said, and a selector is not told of what changes in a shadow root.
  const box = await tab.waitForFunction(() =>
    document.querySelector('memory-consent').shadowRoot?.querySelector('[part="box"]'),
  );
  await box.click();
  await tab.waitForFunction(() => globalThis.customerMemory.consent.state === 'granted');
}

async function becomeReturning(tab) {
  await Promise.all([tab.waitForNavigation({ waitUntil: 'load' }), tab.click('[data-act="returning"]')]);
}

/** Gives a name, and talks about more than a start has at hand. */
async function talkOften(tab) {
  await tab.evaluate(async () => {
    const { customerMemory: memory } = globalThis;
    await memory.remember('identity.name', { given: 'Ana', family: 'Martins' });
    for (const topic of ['Fork', 'Brakes', 'A lost key', 'Saddle', 'Lamp', 'Delivery']) {
      const talk = await memory.conversations.start({
        channel: 'chat',
        topic,
        with: { kind: 'person', name: 'Mike' },
      });
      for (const by of ['visitor', 'agent', 'visitor']) await talk.say({ by, text: `About it: ${topic}` });
      await talk.end({ outcome: 'solved', summary: `${topic}: settled` });
    }
  });
}

/** Whoever is not known any more would be measured as a stranger. */
async function recognised(tab) {
  const known = await tab.evaluate(() => {
    const { customerMemory: memory } = globalThis;
    return [memory.recall('preferences.frameSize')?.value, memory.conversations.recent.length];
  });
  if (String(known) !== 'L,5') throw new Error(`${tab.url()} does not know who was there before: ${known}.`);
}

/** A browser that knows somebody well: a name, a choice, seven conversations, and that they agreed. */
async function becomeKnown() {
  const context = await browser.createBrowserContext();
  await visit(context, '/support', say, agree);
  await visit(context, '/bicycles/furt', choose, talkOften);
  return context;
}

async function asStranger(run) {
  const context = await browser.createBrowserContext();
  try {
    return await run(context);
  } finally {
    await context.close();
  }
}

/** Gives the names of the scripts that were loaded, after the steps. A tab of its own: it has no session from before. */
async function visit(context, path, ...steps) {
  const tab = await context.newPage();
  const underWay = new Set();
  tab.on('request', (request) => underWay.add(request));
  for (const end of ['requestfinished', 'requestfailed']) tab.on(end, (request) => underWay.delete(request));
  await tab.goto(`http://localhost:${port}${path}`, { waitUntil: 'load' });
  await settle(tab, underWay);
  for (const step of steps) {
    await step(tab);
    await settle(tab, underWay);
  }
  const files = await tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((name) => name.endsWith('.js')),
  );
  await tab.evaluate(() => globalThis.customerMemory.close()); // what is still to be written is written
  await tab.close();
  return [...new Set(files)].sort();
}

/**
 * Until nothing more is loaded: the memory has its database, every element has rendered, the page is
 * idle, and nothing was asked for meanwhile. Each of these can begin another, so it takes two calm rounds.
 */
async function settle(tab, underWay) {
  for (let calm = 0, before = -1; calm < 2;) {
    const asked = await tab.evaluate(async () => {
      await globalThis.customerMemory.ready;
      const elements = [...document.querySelectorAll('*')];
      await Promise.all(elements.map((element) => element.updateComplete));
      await new Promise((idle) => requestIdleCallback(idle));
      return performance.getEntriesByType('resource').length;
    });
    calm = underWay.size === 0 && asked === before ? calm + 1 : 0;
    before = asked;
  }
}

function report(pages, acts) {
  const line = (name, ...cells) =>
    console.log(name.padEnd(52) + cells.map((cell) => cell.toLocaleString('en').padStart(14)).join(''));
  line('brotli, bytes', 'first visit', 'return visit', 'budget');
  for (const { path, first, again } of pages) line(titleOf(path), total(first), total(again), BUDGET);
  console.log('');
  line('on a first visit, when', 'in all', '', '');
  for (const { name, path, files } of acts) line(`${titleOf(path)}: ${name}`, total(files));
  console.log('');
  line('not counted: the shop’s own scripts', 'first visit');
  for (const { path, first } of pages)
    line(
      path,
      total(first, (file) => !isOurs(file)),
    );
  if (options.files) tellFiles([...pages, ...acts]);

  const over = pages.filter(({ first, again }) => Math.max(total(first), total(again)) > BUDGET);
  for (const { path, first, again } of over)
    console.error(
      `✖ ${titleOf(path)} is ${Math.max(total(first), total(again)) - BUDGET} bytes over its budget`,
    );
  addTotals({ passed: pages.length - over.length, failed: over.length });
  process.exitCode = over.length > 0 ? 1 : 0;
}

/** `npm run size:pages -- --files`: what each of them is made of. */
function tellFiles(all) {
  for (const { path, name, first, again, files } of all) {
    const lists = files
      ? [[name, files]]
      : [
          ['first visit', first],
          ['return visit', again],
        ];
    for (const [title, list] of lists) {
      console.log(`\n${titleOf(path)}: ${title}`);
      for (const file of list.filter(isOurs))
        console.log(`${size(file).toLocaleString('en').padStart(9)}  ${file}`);
    }
  }
}

function titleOf(path) {
  return path.split('?')[0];
}

function isOurs(file) {
  return file.startsWith('/customer-memory');
}

function total(files, counts = isOurs) {
  return files.filter(counts).reduce((sum, file) => sum + size(file), 0);
}

function size(file) {
  if (!sizes.has(file)) sizes.set(file, brotliOf(contentOf(file)));
  return sizes.get(file);
}

function contentOf(file) {
  return isOurs(file) ? readFileSync(join(DIST, file), 'utf8') : scripts.get(basename(file));
}
