/** A thousand messages said in one conversation. */
import { ratioToBaseline } from '../compared.mjs';
import { keepers } from '../contestants.mjs';

const COUNT = 1_000;
const CONVERSATIONS = 5;
const ONE_BY_ONE = 'one by one';
const BARS = { [ONE_BY_ONE]: 1.2, 'in a batch': 1 };

export const append = {
  name: 'append',
  title: '1,000 appends',
  unit: 'ms',
  group: 'how',
  contestants: keepers,
  compared: ratioToBaseline,
  shares: { all: { samples: 7, warmUps: 0, groups: Object.keys(BARS) } },
  about: `A thousand messages said in the newest of five conversations: each awaited before the next is said, or all at once, in one call where the contestant has one, else without waiting for each other. A message counts as said when it is durable and its conversation knows its time. Each sample is a new profile; afterwards it is opened again, and all thousand have to be there, in order.`,
  bar: ({ name }, how) => (name === 'ours' ? BARS[how] : undefined),
  async sample(bench, { contestant: { page, title }, group: how }) {
    const profile = `append-${page}`;
    const { took, kept } = await bench.visit(profile, page, (tab) =>
      tab.evaluate(
        async (conversations, count, way) => {
          await globalThis.bench.fill(conversations, '');
          return globalThis.bench.append(count, way);
        },
        CONVERSATIONS,
        COUNT,
        how,
      ),
    );
    await bench.forget(profile);
    if (kept !== COUNT) throw new Error(`${title} kept ${kept} of ${COUNT} messages said ${how}.`);
    return took;
  },
};
