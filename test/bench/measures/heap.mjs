/** What a start leaves in memory. */
import { moreThanSmallest } from '../compared.mjs';
import { keepers } from '../contestants.mjs';
import { answeredRight, filled, stored } from '../stored.mjs';

const MEGABYTE = 2 ** 20;

export const heap = {
  name: 'heap',
  title: 'The heap after a start',
  unit: 'MB',
  group: 'conversations',
  contestants: keepers,
  compared: moreThanSmallest,
  shares: { all: { samples: 5, warmUps: 0, groups: [5, 5_000] } },
  about: `The JavaScript heap in use when all is open and a start has been answered, after two collections of all that nobody holds; and how much more it is than with five conversations.`,
  bar: ({ name }, conversations) => (name === 'ours' && conversations > 5 ? 0.5 : undefined),
  prepare: filled,
  async sample(bench, { contestant, group: conversations }) {
    const { page } = contestant;
    return bench.visit(stored(contestant, conversations), `${page}?hold`, async (tab) => {
      answeredRight(contestant, await tab.evaluate(() => globalThis.bench.held), conversations);
      const devtools = await tab.createCDPSession();
      // What a first collection has let go is collected by the second.
      await devtools.send('HeapProfiler.collectGarbage');
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize / MEGABYTE;
    });
  },
};
