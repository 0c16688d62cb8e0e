import { parentPort, workerData } from 'node:worker_threads';
import { BUGS } from './bugs.js';
import { loadMemory } from './bundle.js';
import { play, type Violation } from './history.js';
import { planOf } from './steps.js';

export interface Job {
  readonly bug?: string;
  readonly asIs?: boolean;
}

export interface Found {
  readonly seed?: number;
  readonly violation?: Violation;
  readonly tasks: number;
}

const { bug: name, asIs } = workerData as Job;
const bug = BUGS.find((one) => one.name === name);
const { make } = await loadMemory(bug?.name, bug?.patches, asIs ? [] : undefined);
const clean = bug && (await loadMemory());

parentPort?.on('message', ({ first, count }: { first: number; count: number }) => {
  void batch(first, count).then((found) => parentPort?.postMessage(found));
});

async function batch(first: number, count: number): Promise<Found> {
  let tasks = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = await play(planOf(seed), make);
    tasks += outcome.tasks;
    const { violation } = outcome;
    // The bug is found only by what holds without it.
    if (violation && !(clean && (await play(planOf(seed), clean.make)).violation))
      return { seed, violation, tasks };
  }
  return { tasks };
}
