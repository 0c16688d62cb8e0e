import type { Platform } from '../platform/platform.js';

/** How long a tab waits for another one. */
const TURN = 5000;

/** One tab at a time does what goes by this name; but nobody waits for one that is frozen. */
export function alone<T>({ clock, locks }: Platform, name: string, run: () => Promise<T>): Promise<T> {
  if (!locks) return run();
  return new Promise((resolve, reject) => {
    let begun = false;
    const begin = async () => {
      if (begun) return;
      begun = true;
      stop();
      await run().then(resolve, reject);
    };
    const stop = clock.after(TURN, () => void begin());
    locks.request(name, begin).catch(() => void begin());
  });
}
