import { parentPort, workerData } from 'node:worker_threads';
import { BUGS } from './bugs.js';
import { loadMemory } from './bundle.js';
import { play, type Outcome, type Violation } from './history.js';
import { planOf } from './steps.js';

export interface Job {
  readonly bug?: string;
  readonly asIs?: boolean;
}

export interface Found {
  readonly failed: readonly { readonly seed: number; readonly violation: Violation }[];
  readonly histories: number;
  readonly tasks: number;
  readonly steps: number;
  readonly counts: Outcome['counts'];
}

export interface Batch {
  readonly first: number;
  readonly count: number;
  /** Not only until one fails. */
  readonly all?: boolean;
}

// Stacks are for who looks into one history; taking them is slow.
Error.stackTraceLimit = 0;
const { bug: name, asIs } = workerData as Job;
const bug = BUGS.find((one) => one.name === name);
const { make } = await loadMemory(bug?.name, bug?.patches, asIs ? [] : undefined);
const clean = bug && (await loadMemory());

parentPort?.on('message', (batch: Batch) => {
  void playAll(batch).then((found) => parentPort?.postMessage(found));
});

async function playAll({ first, count, all }: Batch): Promise<Found> {
  const failed: Found['failed'][number][] = [];
  const sums = { histories: 0, tasks: 0, steps: 0 };
  const counts = { evicted: 0, spoilt: 0, aside: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const { violation, tasks, steps, counts: seen } = await play(planOf(seed), make);
    addTo(counts, seen);
    sums.histories += 1;
    sums.tasks += tasks;
    sums.steps += steps;
    // The bug is found only by what holds without it.
    if (!violation || (clean && (await play(planOf(seed), clean.make)).violation)) continue;
    failed.push({ seed, violation });
    if (!all) break;
  }
  return { failed, ...sums, counts };
}

/** Adds up what was counted. */
function addTo(sums: { -readonly [Name in keyof Outcome['counts']]: number }, more: Outcome['counts']): void {
  for (const name of Object.keys(sums) as (keyof Outcome['counts'])[]) sums[name] += more[name];
}
