/** For how long a start keeps a slow device from answering to a finger. */
import { longest } from '../compared.mjs';
import { keepers } from '../contestants.mjs';
import { answeredRight, filled, stored } from '../stored.mjs';

const SLOWED = 4;
/** Tasks this long are what the browser reports at all. */
const LONG = 50;

export const mainThread = {
  name: 'main-thread',
  title: 'The longest task of a start',
  unit: 'ms',
  group: 'conversations',
  contestants: keepers,
  compared: longest,
  shares: { all: { samples: 7, warmUps: 1, groups: [5, 5_000] } },
  about: `On a processor slowed to a quarter, from the navigation until the page has answered and been idle for a second. The browser reports tasks of 50 ms and more: 0 is none.`,
  bar: ({ name }) => (name === 'ours' ? LONG : undefined),
  prepare: filled,
  async sample(bench, { contestant, group: conversations }) {
    const { page } = contestant;
    return bench.visit(
      stored(contestant, conversations),
      `${page}?hold`,
      async (tab) => {
        answeredRight(contestant, await tab.evaluate(() => globalThis.bench.held), conversations);
        return tab.evaluate(longestTask);
      },
      async (tab) => {
        await tab.emulateCPUThrottling(SLOWED);
        await tab.evaluateOnNewDocument(observe);
      },
    );
  },
};

/** In the page, before anything of it. */
function observe() {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries())).observe({
    type: 'longtask',
    buffered: true,
  });
}

/** In the page: the longest so far, when it has been idle for a second. */
async function longestTask() {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await new Promise((resolve) => requestIdleCallback(resolve));
  return Math.max(0, ...globalThis.longTasks.map(({ duration }) => duration));
}
