/** The whole memory, which takes over from the early one in the tag. */
import type { Options } from '../../memory/settings.js';
import type { Seed, Whole } from '../../memory/early.js';
import { createWhole as create } from '../../memory/whole.js';
import { findMemory, leave } from '../../memory/table.js';
import type { Platform } from '../../platform/platform.js';
import { inspect } from '../inspect.js';

export function createWhole(options: Options, seed: Seed): Whole {
  const platform = options.platform as Platform;
  try {
    const whole = create(options, seed);
    inspect(options.site, () => advise(({ adviseOn }) => adviseOn(platform, options.site)));
    return whole;
  } catch (error) {
    advise(({ sayMistake }) => sayMistake(platform, error as Error, options));
    // What cannot be made is nobody's memory: elements show their slots, as where there is no tag.
    const memory = findMemory(options.site);
    if (memory) leave(memory);
    throw error;
  }
}

/** Where there is nothing to say nothing is fetched; what cannot be fetched was told already. */
function advise(run: (advice: typeof import('../advice.js')) => void): void {
  import('../advice.js').then(run).catch(() => undefined);
}
