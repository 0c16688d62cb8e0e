import { createEarlyMemory, type Seed, type Whole } from '../../src/memory/early.js';
import { settingsOf, type Options } from '../../src/memory/settings.js';
import type { Memory } from '../../src/memory/types.js';
import { createWhole } from '../../src/memory/whole.js';
import type { Platform } from '../../src/platform/platform.js';
import type { TestBrowser } from '../helpers/site.js';

/** The memory of a tag: what answers first, and the whole one, which the test lets come when it likes. */
export function tag(
  browser: TestBrowser,
  platform: Platform,
  more: Partial<Options> = {},
): { memory: Memory; arrive: () => void; fail: (error: Error) => void } {
  const options = { site: browser.site, platform, ...more };
  let arrive: () => void = () => undefined;
  let break_: (error: Error) => void = () => undefined;
  const fetchWhole = (given: Options, seed: Seed) =>
    new Promise<Whole>((resolve, reject) => {
      arrive = () => resolve(createWhole(given, seed));
      break_ = reject;
    });
  const memory = createEarlyMemory(settingsOf(options), options, fetchWhole, undefined);
  return { memory, arrive: () => arrive(), fail: (error: Error) => break_(error) };
}
