/**
 * `npm run hunt`: plays histories until the time is up, or one fails.
 *
 *   --minutes N     for so long (default 1)
 *   --histories N   or so many
 *   --seed N        this one alone, shrunk and told; with --bug NAME in the code that has it
 *   --trace         and what happens in the short one, as it happens
 *   --from N        the first seed (default: from the commit)
 *   --all           goes on after one has failed, and names each that does
 *   --bugs          each seeded bug until it is found; `--bug NAME` one of them
 *   --as-is         without the repairs of what is known (known.ts)
 *   --write         puts the table of the bugs into README.md
 *   --most N        for the bugs: seeds to try at most (default 2,000)
 *   --rounds N      for the bugs: from so many first seeds, for a median (default 3)
 *   --after NAME    for the bugs: only those that come after it
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BUGS } from './bugs.js';
import { loadMemory } from './bundle.js';
import { firstSeed } from './first-seed.js';
import { play } from './history.js';
import { shrink, story } from './shrink.js';
import { planOf } from './steps.js';
import type { Found } from './worker.js';
import { everyWorker, WORKERS } from './workers.js';

const HEAD = ['| bug | median seeds until it is found | from – to | found as |', '| --- | --- | --- | --- |'];
const given = process.argv.slice(2);
const flag = (name: string) => given.includes(`--${name}`);
const option = (name: string) => {
  const at = given.indexOf(`--${name}`);
  return at < 0 ? undefined : given[at + 1];
};
const ROUNDS = Number(option('rounds') ?? 3);
const from = Number(option('from') ?? firstSeed());

if (option('seed') !== undefined) await tellOne(Number(option('seed')), option('bug'));
else if (flag('bugs') || option('bug') !== undefined) await findBugs(Number(option('most') ?? 2000));
else await hunt(Number(option('histories') ?? Infinity), Number(option('minutes') ?? 1));

async function tellOne(seed: number, name?: string): Promise<void> {
  const bug = BUGS.find((one) => one.name === name);
  const { make } = await loadMemory(bug?.name, bug?.patches, flag('as-is') ? [] : undefined);
  const plan = planOf(seed);
  const { violation, steps } = await play(plan, make);
  if (!violation) return console.log(`Seed ${seed}: ${steps} steps, and all that must hold does.`);
  console.log(`Seed ${seed}, before it was shrunk: ${violation.id}, ${violation.what}\n`);
  const short = await shrink(plan, violation, make);
  console.log(story(short));
  if (flag('trace')) {
    process.env['TRACE'] = 'on';
    await play(short.plan, make);
  }
  process.exitCode = 1;
}

async function hunt(histories: number, minutes: number): Promise<void> {
  const until =
    Date.now() + (histories < Infinity && option('minutes') === undefined ? Infinity : minutes * 60_000);
  const began = Date.now();
  let next = from;
  let played = 0;
  let tasks = 0;
  let steps = 0;
  const counts = { evicted: 0, spoilt: 0, aside: 0 };
  const all = flag('all');
  const failed: Found['failed'][number][] = [];
  const last = from + histories;
  const batch = () => {
    if ((failed.length && !all) || next >= last || Date.now() > until) return undefined;
    const first = next;
    next = Math.min(last, next + 20);
    return { first, count: next - first, all };
  };
  await everyWorker({ asIs: flag('as-is') }, batch, (found) => {
    played += found.histories;
    tasks += found.tasks;
    steps += found.steps;
    counts.evicted += found.counts.evicted;
    counts.spoilt += found.counts.spoilt;
    counts.aside += found.counts.aside;
    for (const one of found.failed) {
      failed.push(one);
      if (all) console.log(`Seed ${one.seed}: ${one.violation.id}, ${one.violation.what.split('\n')[0]}`);
    }
  });
  const seconds = (Date.now() - began) / 1000;
  const each = (sum: number) => Math.round(sum / Math.max(1, played));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  console.log(
    `${played} histories from seed ${from} on (${commit}): ${(played / seconds).toFixed(1)} a second with ${WORKERS} workers; ${each(steps)} steps and ${each(tasks)} tasks each, ${steps} steps in all; ${counts.evicted} conversations went for want of room, ${counts.spoilt} records were spoilt and ${counts.aside} set aside; ${failed.length || 'none'} failed.`,
  );
  const [first] = failed.sort((a, b) => a.seed - b.seed);
  if (!first) return;
  process.exitCode = 1;
  if (all) return;
  console.log(`\nSeed ${first.seed} fails:`);
  await tellOne(first.seed);
}

async function findBugs(most: number): Promise<void> {
  const bugs = option('bug') === undefined ? [...BUGS] : BUGS.filter(({ name }) => name === option('bug'));
  if (option('after') !== undefined)
    bugs.splice(0, bugs.findIndex(({ name }) => name === option('after')) + 1);
  const rows: { name: string; seeds: number[]; ids: Set<string> }[] = [];
  for (const { name } of bugs) {
    const row = { name, seeds: [] as number[], ids: new Set<string>() };
    // Several times over, from seeds of their own, for a median.
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = from + round * most;
      let next = start;
      let at = Infinity;
      await everyWorker(
        { bug: name },
        () => {
          if (next >= start + most || next > at) return undefined;
          const first = next;
          next += 4;
          return { first, count: 4 };
        },
        ({ failed: [first] }) => {
          if (!first) return;
          at = Math.min(at, first.seed);
          row.ids.add(first.violation.id);
        },
      );
      row.seeds.push(at - start + 1);
      if (at === Infinity) break;
    }
    rows.push(row);
    console.log(line(row));
  }
  const missed = rows.filter(({ seeds }) => seeds.includes(Infinity));
  const total = `${rows.length - missed.length} of ${rows.length} seeded bugs found from each of ${ROUNDS} first seeds (${from} and every ${most} further), each within ${most} seeds.`;
  console.log(`\n${total}`);
  if (flag('write')) writeTable([...HEAD, ...rows.map(line), '', total]);
  if (missed.length) process.exitCode = 1;
}

function writeTable(lines: readonly string[]): void {
  const file = resolve(import.meta.dirname, 'README.md');
  const [before = '', , after = ''] = readFileSync(file, 'utf8').split(/<!-- \/?bugs -->/);
  writeFileSync(file, `${before}<!-- bugs -->\n\n${lines.join('\n')}\n\n<!-- /bugs -->${after}`);
}

function line({ name, seeds, ids }: { name: string; seeds: readonly number[]; ids: ReadonlySet<string> }) {
  const sorted = [...seeds].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
  return `| ${name} | ${median} | ${sorted[0]}–${sorted.at(-1)} | ${[...ids].sort().join(', ')} |`;
}
