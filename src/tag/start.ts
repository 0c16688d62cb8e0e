import { assemble } from '../memory/assemble.js';
import type { Core } from '../memory/core.js';
import type { Verbs } from '../memory/verbs.js';
import { browserPlatform } from '../platform/browser.js';
import { createCommand, drain, type Stub } from './commands.js';
import { chunkLoader, type LoadChunk } from './load-chunk.js';
import { readTag } from './settings.js';

/**
 * The part of the tag that needs no elements: makes the site's memory before the first paint, does
 * what was asked for before, and puts the API where the stub was. Whatever is missing, the page goes on.
 */
export function start(elementsRefused: string | undefined, define: (load: LoadChunk, name: string) => Promise<void>): LoadChunk {
  const platform = browserPlatform();
  const { options, base } = readTag(document.currentScript, platform);
  const load = chunkLoader(base);
  const page = globalThis as { customerMemory?: unknown };
  if (!options) {
    platform.warn('customer-memory: the script needs a site: <script src="/customer-memory.js" data-site="acme"></script>');
    return load;
  }
  try {
    const memory = assemble({ ...options, platform }, async (core) => {
      core.elements = elementsRefused;
      const { createVerbs } = (await load('device')) as { createVerbs: (core: Core) => Verbs };
      return createVerbs(core);
    });
    const command = createCommand(memory, { define: (name: string) => define(load, name) });
    const stub = page.customerMemory as Stub | undefined;
    page.customerMemory = command;
    drain(stub, command, platform);
  } catch (error) {
    // A developer's mistake in an attribute: said where they look, and not thrown into the page.
    platform.report(error);
  }
  return load;
}
