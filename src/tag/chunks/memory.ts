/** The whole memory, which takes over from the early one in the tag. */
import type { Options } from '../../memory/settings.js';
import type { Seed, Whole } from '../../memory/early.js';
import { createWhole as create } from '../../memory/whole.js';
import type { Platform } from '../../platform/platform.js';
import { inspect, sayMistake } from '../advice.js';

export function createWhole(options: Options, seed: Seed): Whole {
  const platform = options.platform as Platform;
  try {
    const whole = create(options, seed);
    inspect(platform, options.site);
    return whole;
  } catch (error) {
    sayMistake(platform, error as Error);
    throw error;
  }
}
