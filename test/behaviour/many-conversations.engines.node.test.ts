/** Somebody who has talked often, on the page that shows what is remembered, in every engine. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Memory } from '../../src/memory/types.js';
import { anyEngine, inEngines } from '../helpers/engines-named.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { settled, withProfile } from './shop-visitor.js';

/** What the button for more says, by the address of the shop in that language. */
const MORE = { '': 'Show more', '/de': 'Mehr anzeigen', '/ar': 'عرض المزيد' } as const;

describe('who has talked more often than a start has at hand', () => {
  let shop: OpenShop | undefined;
  before(async () => {
    if (anyEngine) shop = await openShop();
  });
  after(() => shop?.close());

  inEngines('sees the newest conversations without any being read, and the others on a press', (engine) =>
    withProfile(async (profile) => {
      const { url } = shop as OpenShop;
      const first = await engine.open(profile);
      await first.goto(url);
      await settled(first);
      await first.run(talkOften, 7);
      await first.close();

      const visitor = await engine.open(profile);
      try {
        for (const [path, more] of Object.entries(MORE)) {
          await visitor.goto(`${url}${path}/account`);
          await settled(visitor);
          const shown = await visitor.until(listed, 5);
          assert.deepEqual(shown, { more, reading: false, focused: '', wide: false });
          await visitor.press(['memory-center', '[part="more"]']);
          const all = await visitor.until(listed, 7);
          assert.deepEqual(all, { more: '', reading: true, focused: 'Conversation 2', wide: false });
        }
      } finally {
        await visitor.close();
      }
    }),
  );
});

// --- in the page ------------------------------------------------------------------------------

/** The first is the oldest: each is a turn of the clock after the one before. */
const talkOften = async (times: number): Promise<void> => {
  const { customerMemory: memory } = window as unknown as { customerMemory: Memory };
  await memory.consent.grant();
  for (let nth = 1; nth <= times; nth++) {
    await memory.conversations.start({
      channel: 'chat',
      topic: `Conversation ${nth}`,
      with: { kind: 'person', name: 'Mike' },
      messages: [{ text: 'It leaks again' }, { by: 'agent', text: 'Bring it in' }],
    });
    for (const begun = Date.now(); Date.now() === begun;);
  }
};

/** What can be seen of the list once it has so many, and the focus has gone where it goes. */
const listed = (count: number) => {
  const root = document.querySelector('memory-center')?.shadowRoot;
  const has = (part: string) => [...(root?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? [])];
  if (has('conversation').length !== count || (count > 5 && !root?.activeElement)) return undefined;
  return {
    more: has('more')[0]?.innerText.trim() ?? '',
    reading: performance.getEntriesByType('resource').some(({ name }) => /\/reading-/.test(name)),
    focused: root?.activeElement?.textContent?.trim() ?? '',
    wide: document.documentElement.scrollWidth > innerWidth,
  };
};
