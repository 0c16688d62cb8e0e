/** From the first line of the page's script until recall answers, after a restart of the browser. */
import { contestants } from '../contestants.mjs';
import { ratioToBaseline } from '../compared.mjs';
import { answeredRight, filled, stored } from '../stored.mjs';

/** The greatest ratio to hand-written IndexedDB. */
const BARS = {
  ours: { 5: 0.15, 500: 0.15, 5_000: 0.05 },
  'no-boot-record': { 5: 1.15, 500: 1.15, 5_000: 1.15 },
};
/** What ours says of itself: without this it was not that start which was measured. */
const STATES = { ours: 'provisional', 'no-boot-record': 'starting' };

export const returnVisit = {
  name: 'return-visit',
  title: 'A return visit until recall answers',
  unit: 'ms',
  group: 'conversations',
  contestants,
  compared: ratioToBaseline,
  shares: {
    all: { samples: 15, warmUps: 3, groups: [5, 5_000] },
    ci: { samples: 7, warmUps: 3, groups: [500] },
  },
  about: `From the first line of the page's script until who the visitor is, what they prefer and their newest five conversations are at hand. Each sample is a new browser process on the same profile, which shows an empty page of another origin first; the contestants take turns, and in each round another one begins. The scripts come from the browser's cache, as on any return visit, and the first three visits are not counted: from then on it runs them from the code it has kept.

One text in local storage, read and parsed by a page that does nothing else, is the least that anything which outlives the browser can take at once: what customer-memory takes beyond it is its own ([pages/floor.ts](pages/floor.ts)).`,
  bar: ({ name }, conversations) => BARS[name]?.[conversations],
  prepare: filled,
  async sample(bench, { contestant, group }) {
    const { page, name, ask = 'recall' } = contestant;
    const answer = await bench.visit(stored(contestant, group), `${page}?${ask}`, (tab) =>
      tab.evaluate(() => globalThis.bench.answered),
    );
    answeredRight(contestant, answer, group);
    if (answer.how !== STATES[name])
      throw new Error(`${contestant.title} was ${answer.how} when it answered.`);
    return answer.took;
  },
};
