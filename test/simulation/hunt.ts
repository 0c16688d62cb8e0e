/**
 * `npm run hunt`: plays histories until the time is up, or one fails.
 *
 *   --minutes N     for so long (default 1)
 *   --histories N   or so many
 *   --seed N        this one alone, shrunk and told; with --bug NAME in the code that has it
 *   --from N        the first seed (default: from the commit)
 *   --bugs          each seeded bug until it is found; `--bug NAME` one of them
 *   --as-is         without the repairs of what is known (known.ts)
 *   --most N        for the bugs: seeds to try at most (default 2,000)
 */
import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { BUGS } from './bugs.js';
import { loadMemory } from './bundle.js';
import { firstSeed } from './first-seed.js';
import { play } from './history.js';
import { shrink, story } from './shrink.js';
import { planOf } from './steps.js';
import type { Found, Job } from './worker.js';

const WORKERS = 2;
const ROUNDS = 3;
const given = process.argv.slice(2);
const flag = (name: string) => given.includes(`--${name}`);
const option = (name: string) => {
  const at = given.indexOf(`--${name}`);
  return at < 0 ? undefined : given[at + 1];
};
const from = Number(option('from') ?? firstSeed());

if (option('seed') !== undefined) await tellOne(Number(option('seed')), option('bug'));
else if (flag('bugs') || option('bug') !== undefined) await findBugs(Number(option('most') ?? 2000));
else await hunt(Number(option('histories') ?? Infinity), Number(option('minutes') ?? 1));

async function tellOne(seed: number, name?: string): Promise<void> {
  const bug = BUGS.find((one) => one.name === name);
  const { make } = await loadMemory(bug?.name, bug?.patches, flag('as-is') ? [] : undefined);
  const plan = planOf(seed);
  const { violation } = await play(plan, make);
  if (!violation)
    return console.log(`Seed ${seed}: ${plan.steps.length} steps, and all that must hold does.`);
  console.log(`Seed ${seed}, before it was shrunk: ${violation.id}, ${violation.what}\n`);
  console.log(story(await shrink(plan, violation, make)));
  process.exitCode = 1;
}

async function hunt(histories: number, minutes: number): Promise<void> {
  const until =
    Date.now() + (histories < Infinity && option('minutes') === undefined ? Infinity : minutes * 60_000);
  const began = Date.now();
  let next = from;
  let played = 0;
  let tasks = 0;
  let failed: Found | undefined;
  const last = from + histories;
  const batch = () => {
    if (failed || next >= last || Date.now() > until) return undefined;
    const first = next;
    next = Math.min(last, next + 20);
    return { first, count: next - first };
  };
  await everyWorker({ asIs: flag('as-is') }, batch, (found, count) => {
    played += count;
    tasks += found.tasks;
    if (found.violation) failed ??= found;
  });
  const seconds = (Date.now() - began) / 1000;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  console.log(
    `${played} histories from seed ${from} on (${commit}): ${(played / seconds).toFixed(1)} a second with ${WORKERS} workers, ${Math.round(tasks / Math.max(1, played))} tasks each.`,
  );
  if (!failed) return;
  console.log(`\nSeed ${failed.seed} fails:`);
  await tellOne(failed.seed as number);
}

async function findBugs(most: number): Promise<void> {
  const bugs = option('bug') === undefined ? BUGS : BUGS.filter(({ name }) => name === option('bug'));
  const rows: { name: string; seeds: number[]; ids: Set<string>; seconds: number }[] = [];
  for (const { name } of bugs) {
    const row = { name, seeds: [] as number[], ids: new Set<string>(), seconds: 0 };
    const began = Date.now();
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
        ({ seed, violation }) => {
          if (!violation || seed === undefined) return;
          at = Math.min(at, seed);
          row.ids.add(violation.id);
        },
      );
      row.seeds.push(at - start + 1);
      if (at === Infinity) break;
    }
    row.seconds = (Date.now() - began) / 1000;
    rows.push(row);
    console.log(line(row));
  }
  const missed = rows.filter(({ seeds }) => seeds.includes(Infinity));
  console.log(
    `\n${rows.length - missed.length} of ${rows.length} seeded bugs found, each within ${most} seeds.`,
  );
  if (missed.length) process.exitCode = 1;
}

function line({
  name,
  seeds,
  ids,
  seconds,
}: {
  name: string;
  seeds: number[];
  ids: Set<string>;
  seconds: number;
}) {
  const sorted = [...seeds].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
  return `| ${name} | ${median} | ${sorted[0]}–${sorted.at(-1)} | ${[...ids].join(', ')} | ${seconds.toFixed(0)} s |`;
}

/** Gives each worker one batch after another, until there is none. */
async function everyWorker(
  how: Job,
  batch: () => { first: number; count: number } | undefined,
  done: (found: Found, count: number) => void,
): Promise<void> {
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
        workerData: how,
        // A history leaves much behind, and all of it at once.
        resourceLimits: { maxYoungGenerationSizeMb: 96 },
      });
      try {
        for (let one = batch(); one; one = batch()) {
          const { count } = one;
          worker.postMessage(one);
          done(
            await new Promise<Found>((resolve, reject) => {
              worker.removeAllListeners().once('message', resolve).once('error', reject);
            }),
            count,
          );
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}
