/**
 * `npm run kill`: kills a real browser on a real profile while it writes, and looks each time whether all that was
 * accepted is there, and nothing that was forgotten.
 *
 *   --times N            so many kills (default 20)
 *   --browser firefox    instead of Chromium
 *   --seed N             the same plans again (default: from the commit); what exactly a kill hits is the machine's
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addTotals } from '../helpers/totals.mjs';
import { firstSeed } from '../simulation/first-seed.js';
import { chance } from '../simulation/random.js';
import type { BrowserName } from './browsers.js';
import { Ledger } from './ledger.js';
import { reportOf } from './report.js';
import { playRound, type Outcome } from './round.js';
import { serveKills } from './serve.js';

const { values: given } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    browser: { type: 'string', default: 'chromium' },
    seed: { type: 'string' },
  },
});
const times = Number(given.times);
const seed = Number(given.seed ?? firstSeed());
const browser = given.browser as BrowserName;
if (!['chromium', 'firefox'].includes(browser) || !(times > 0) || !Number.isInteger(seed))
  throw new Error('Write: npm run kill -- [--times N] [--browser chromium|firefox] [--seed N]');

/** So many rounds on one profile, about. */
const LIFE = 25;

const began = Date.now();
const folder = await mkdtemp(join(tmpdir(), 'customer-memory-kills-'));
const site = await serveKills();
const outcomes: Outcome[] = [];
let profiles = 0;
let faulty = false;
try {
  for (let round = 0; kills() < times;) round = await liveOn(round);
} finally {
  site.close();
  if (faulty) console.error(`What was found lies in ${folder}`);
  else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
const seconds = Math.round((Date.now() - began) / 1000);
console.log(reportOf(outcomes, { browser, profiles, seed, seconds }));
const failed = outcomes.filter(({ faults }) => faults.some(({ kind }) => kind !== 'thrown away')).length;
addTotals({ passed: outcomes.length - failed, failed });
process.exitCode = failed > 0 ? 1 : 0;

/** One profile, from its first page to its last; gives the number of the next round. */
async function liveOn(first: number): Promise<number> {
  const profile = join(folder, `profile-${(profiles += 1)}`);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const journal = `${profile}.jsonl`;
  const setting = { site, browser, profile, temporary, journal, ledger: new Ledger() };
  const random = chance(seed + first);
  const rounds = 1 + random.below(2 * LIFE);
  let round = first;
  for (; round < first + rounds && kills() < times; round += 1)
    tell(round, await playRound(setting, round, chance(seed + round * 7919)));
  // What was accepted last is looked for, too.
  tell(round, await playRound(setting, round, random, true));
  if (!faulty) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  return round + 1;
}

function tell(round: number, outcome: Outcome): void {
  outcomes.push(outcome);
  faulty ||= outcome.faults.length > 0;
  for (const { kind, what } of outcome.faults) console.error(`✖ round ${round}, ${kind}: ${what}`);
  if (outcomes.length % 50 === 0) console.log(`${kills()} kills`);
}

function kills(): number {
  return outcomes.filter(({ moment }) => moment !== 'never').length;
}
