/** The workers that play histories, one on each core. */
import { Worker } from 'node:worker_threads';
import type { Batch, Found, Job } from './worker.js';

export const WORKERS = 2;

/** Gives each worker one batch after another, until there is none. */
export async function everyWorker(
  how: Job,
  batch: () => Batch | undefined,
  done: (found: Found) => void,
): Promise<void> {
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
        workerData: how,
        // A history leaves much behind, and all of it at once.
        resourceLimits: { maxYoungGenerationSizeMb: 48 },
      });
      try {
        for (let one = batch(); one; one = batch()) {
          worker.postMessage(one);
          done(
            await new Promise<Found>((resolve, reject) => {
              worker.removeAllListeners().once('message', resolve).once('error', reject);
            }),
          );
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}
