/** A page of a shop stays open for days: what comes and goes on it leaves nothing behind. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { launchChromium } from '../helpers/launch-chromium.js';
import { count, countsOf, instancesOf, type Counts } from './counters.js';
import type * as there from './page.js';

const TIMES = 100;
/** So that what is fetched, made once and kept for good is there before anything is counted. */
const FIRST = 3;
const ELEMENTS = ['memory-greeting', 'memory-conversations', 'memory-center', 'memory-consent'] as const;

let server: Server;
let browser: Browser;
let page: Page;
let devtools: CDPSession;

before(async () => {
  server = await serve();
  browser = await launchChromium();
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  // What was said in an earlier visit is what a greeting tells of.
  page = await browser.newPage();
  await page.goto(url);
  await run('fill');
  page = await browser.newPage();
  devtools = await page.createCDPSession();
  await page.evaluateOnNewDocument(count);
  await page.goto(url);
  await run('open');
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** How often it is counted before what is still there counts as left behind: a courtesy asked of the browser takes a moment. */
const LOOKS = 40;

/** What a hundred times leave behind: of what runs by itself all that does, of the rest what has grown. */
async function leftBy(name: keyof typeof there, ...given: readonly unknown[]): Promise<Counts> {
  await run(name, ...given, FIRST);
  const first = await countsOf(page, devtools);
  shown = await run(name, ...given, TIMES);
  let left = grown(first, await countsOf(page, devtools));
  for (let look = 1; look < LOOKS && !isDeepStrictEqual(left, NOTHING); look += 1)
    left = grown(first, await countsOf(page, devtools));
  return left;
}

function grown(first: Counts, { nodes, listeners, connections, channels, ...running }: Counts): Counts {
  const more = (before: number, now: number) => Math.max(0, now - before);
  return {
    nodes: more(first.nodes, nodes),
    listeners: more(first.listeners, listeners),
    connections: more(first.connections, connections),
    channels: more(first.channels, channels),
    ...running,
  };
}

/** Of the last run, how many elements showed more than their slot. */
let shown: unknown;

const run = (name: keyof typeof there, ...given: readonly unknown[]) =>
  page.evaluate(
    (called, args) =>
      (globalThis as unknown as { leaks: Record<string, (...all: unknown[]) => unknown> }).leaks[called]?.(
        ...args,
      ),
    name,
    given,
  );

const NOTHING: Counts = { nodes: 0, listeners: 0, timers: [], connections: 0, channels: 0, locks: 0 };

describe('on a page that stays open', () => {
  for (const name of ELEMENTS) {
    it(`a hundred of <${name}> that come and go leave nothing behind`, async () => {
      assert.deepEqual(await leftBy('comeAndGo', name), NOTHING);
      assert.equal(shown, TIMES);
      assert.equal(await instancesOf(page, name), 0);
    });

    it(`a <${name}> that is put on it and taken off a hundred times leaves nothing behind`, async () => {
      assert.deepEqual(await leftBy('moveAbout', name), NOTHING);
      assert.equal(shown, TIMES);
      assert.equal(await instancesOf(page, name), 0);
    });

    it(`a hundred of <${name}> taken off before they showed anything leave nothing behind`, async () => {
      assert.deepEqual(await leftBy('passBy', name), NOTHING);
      assert.equal(await instancesOf(page, name), 0);
    });
  }

  for (const [name, title] of [
    ['openAndClose', 'a memory made, used and closed'],
    ['closeAtOnce', 'a memory made and closed at once'],
    ['forgetAndClose', 'a memory made, told to forget everything and closed'],
  ] as const)
    it(`${title} a hundred times leaves no connection, channel, lock, timer or listener behind`, async () => {
      assert.deepEqual(await leftBy(name), NOTHING);
      assert.equal(await instancesOf(page, 'BroadcastChannel'), 2, 'those of the memories that stay open');
      assert.equal(await run('held'), 0, 'no memory that was closed');
    });
});

async function serve(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    ignoreAnnotations: true, // what package.json says of side effects names the built files
    format: 'iife',
    globalName: 'leaks',
    define: { __VERSION__: '"0.0.0-test"', __CHUNKS__: '{}' },
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  const started = createServer(({ url }, response) =>
    url === '/page.js'
      ? response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      : response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><title>Leaks</title><body><script src="/page.js"></script>'),
  );
  await new Promise<void>((listening) => started.listen(0, '127.0.0.1', listening));
  return started;
}
