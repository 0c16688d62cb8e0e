/** The newest messages of one conversation among thousands, when it is first looked into. */
import { ratioToBaseline } from '../compared.mjs';
import { keepers } from '../contestants.mjs';
import { filled, stored } from '../stored.mjs';

const LAST = 50;

export const lastMessages = {
  name: 'last-messages',
  title: 'The last 50 messages of one conversation',
  unit: 'ms',
  group: 'conversations',
  contestants: keepers,
  compared: ratioToBaseline,
  shares: { all: { samples: 15, warmUps: 1, groups: [5_000] } },
  about: `After a restart of the browser and a start that has read what a greeting needs: the last fifty of two hundred messages of a conversation in the middle of them, which nothing has asked for before.`,
  bar: ({ name }) => (name === 'ours' ? 1.2 : undefined),
  prepare: filled,
  async sample(bench, { contestant, group: conversations }) {
    const { took, texts } = await bench.visit(stored(contestant, conversations), contestant.page, (tab) =>
      tab.evaluate((count) => globalThis.bench.last(count), LAST),
    );
    const last = `(${conversations / 2}.199)`;
    const first = `(${conversations / 2}.150)`;
    if (texts.length !== LAST || !texts[0].includes(first) || !texts[LAST - 1].includes(last))
      throw new Error(
        `${contestant.title} read ${texts.length} messages, from “${texts[0]}” to “${texts.at(-1)}”.`,
      );
    return took;
  },
};
