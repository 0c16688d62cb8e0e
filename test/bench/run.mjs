/**
 * `npm run bench`: how long a returning visitor's page waits until it knows who they are, after the
 * browser was closed and opened again; against IndexedDB written by hand, in one interleaved run.
 * Ends with 1 when a bar is missed. `--share ci` is a small share, which leaves RESULTS.md as it is; what
 * misses a bar there is measured again, and judged by all its samples: other work only ever adds to a time.
 * `--known "<name>"` tells a bar that is not met yet, and counts it neither as passed nor as failed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../helpers/find-browser.mjs';
import { addTotals } from '../helpers/totals.mjs';
import { contestantsOf } from './contestants.mjs';
import { judge, print, save } from './results.mjs';
import { serve } from './serve.mjs';

/** `again`: for how many milliseconds what misses a bar is measured again. */
const SHARES = {
  all: { relaunches: 15, sizes: [5, 5_000], again: 0 },
  ci: { relaunches: 7, sizes: [500], again: 120_000 },
};
/** From the third visit on the browser runs a script from the code it has kept of it. */
const WARM_UPS = 3;

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: 'all' },
    known: { type: 'string', multiple: true, default: [] },
  },
});
const share = SHARES[values.share];
if (!share) {
  console.error(`There is no share "${values.share}": choose among ${Object.keys(SHARES).join(', ')}.`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'customer-memory-bench-'));
const site = await serve();
try {
  const contestants = contestantsOf(share.sizes);
  for (const one of contestants) await fill(one);
  const { results, relaunches, browser } = await measure(contestants);
  const about = {
    share: values.share,
    relaunches,
    browser,
    node: process.version,
    cores: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    load: loadavg()[1],
    date: new Date(),
  };
  print(results, about);
  if (values.share === 'all') await save(results, about);
  const failed = results.filter(isMissed).length;
  addTotals({ passed: results.filter(({ passed }) => passed).length, failed });
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  site.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Each profile is filled by what will read it. */
async function fill({ page, ask, profile, conversations }) {
  const started = performance.now();
  await inBrowser(profile, page, (tab) =>
    tab.evaluate((...given) => globalThis.bench.fill(...given), conversations, ask),
  );
  console.log(`${profile} filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function measure(contestants) {
  const samples = contestants.map(() => []);
  let browser = '';
  let results;
  const until = performance.now() + share.again;
  await rounds(WARM_UPS, contestants, () => undefined);
  do {
    await rounds(share.relaunches, contestants, (place, answer) => {
      samples[place].push(answer.took);
      browser = answer.browser;
    });
    results = judge(contestants, samples, values.known);
  } while (results.some(isMissed) && performance.now() < until);
  return { results, relaunches: samples[0].length, browser };
}

function isMissed({ passed, known }) {
  return passed === false && !known;
}

/** One relaunch of each contestant in a round, and in each round another one begins: what the machine does besides meets all. */
async function rounds(number, contestants, take) {
  for (let round = 0; round < number; round += 1)
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const place = (round + turn) % contestants.length;
      take(place, await relaunch(contestants[place]));
    }
}

async function relaunch({ title, page, ask, profile, conversations, how }) {
  const answer = await inBrowser(profile, `${page}?${ask}`, async (tab) => ({
    ...(await tab.evaluate(() => globalThis.bench.answered)),
    browser: await tab.browser().version(),
  }));
  const topics = [1, 2, 3, 4, 5].map((n) => `Question ${conversations - n} about the gears`);
  // Who answers fast and wrong has not answered.
  if (
    answer.name !== 'Ana' ||
    answer.size !== 'M' ||
    answer.topics.join() !== topics.join() ||
    answer.how !== how
  )
    throw new Error(`${title} answered ${JSON.stringify(answer)}.`);
  return answer;
}

/** A new browser process on that profile, until it has ended. */
async function inBrowser(profile, address, use) {
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    args: chromiumArgs,
    headless: true,
    userDataDir: join(folder, profile),
    protocolTimeout: 600_000,
  });
  const ended = new Promise((resolve) => browser.process().once('exit', resolve));
  try {
    const [tab] = await browser.pages();
    // Another origin's page, as whoever opens a browser sees one first: what follows waits for no part of the browser that is still to be started.
    await tab.goto(`http://127.0.0.1:${site.port}/`);
    await tab.goto(`http://localhost:${site.port}/${address}`);
    return await use(tab);
  } finally {
    await browser.close();
    await ended;
  }
}
