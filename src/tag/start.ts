import { createEarlyMemory, type Seed, type Whole } from '../memory/early.js';
import { MAJOR, table } from '../memory/table.js';
import { settingsOf, type Options } from '../memory/settings.js';
import { browserPlatform } from '../platform/browser.js';
import { createCommand, drain, type Stub } from './commands.js';
import { chunkLoader, type LoadChunk } from './load-chunk.js';
import { readTag } from './settings.js';

/** What the chunk `memory` exports. */
export interface MemoryChunk {
  readonly createWhole: (options: Options, seed: Seed) => Whole;
}

/**
 * The part of the tag that needs no elements: makes the site's memory before the first paint, does
 * what was asked for before, and puts the API where the stub was. Whatever is missing, the page goes on.
 */
export function start(
  elementsRefused: string | undefined,
  commands: (load: LoadChunk) => Readonly<Record<string, (...given: never[]) => unknown>>,
): LoadChunk | undefined {
  const platform = browserPlatform();
  const { options, base } = readTag(document.currentScript, platform);
  const load = chunkLoader(base, platform);
  const page = globalThis as { customerMemory?: unknown };
  if (!options) {
    platform.warn(
      'customer-memory: the script needs a site, and no type="module": <script src="/customer-memory.js" data-site="acme"></script>',
    );
    return undefined;
  }
  if (table().major !== MAJOR) {
    platform.warn('customer-memory: another major version is on this page');
    return undefined;
  }
  try {
    const fetchWhole = async (given: Options, seed: Seed) =>
      ((await load('memory')) as MemoryChunk).createWhole(given, seed);
    const settings = settingsOf({ ...options, platform });
    const memory = createEarlyMemory(settings, { ...options, platform }, fetchWhole, elementsRefused);
    const command = createCommand(memory, commands(load));
    const stub = page.customerMemory as Stub | undefined;
    page.customerMemory = command;
    drain(stub, command, platform);
  } catch (error) {
    // A mistake in an attribute: said where a developer looks, and not thrown into the page.
    platform.report(error);
  }
  return load;
}
