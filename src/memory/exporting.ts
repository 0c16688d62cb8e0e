import type { Entry } from '../facts/entry.js';
import type { Core } from './core.js';
import { stored } from './stored.js';
import type { MemoryExport } from './types.js';

/** Everything that is known of whoever is here, to carry away. */
export function createExport(core: Core): () => Promise<MemoryExport> {
  return async () => {
    core.open('export');
    await core.keeper().ready;
    const { session, settings } = core;
    const entries: Entry[] = [];
    let unreadable: readonly unknown[] = [];
    await stored(core, 'export', async ({ carrying }) => {
      const all = await carrying();
      for await (const batch of all.entries(core.now())) entries.push(...batch.map(({ entry }) => entry));
      // After it: what turns out to be unreadable by then is here.
      unreadable = await all.setAside();
    });
    if (!session.closed) entries.push(...session.view.said());
    return {
      v: 1,
      site: settings.site,
      at: core.now(),
      entries,
      ...(unreadable.length && { unreadable }),
    };
  };
}
