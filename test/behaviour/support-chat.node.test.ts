/** The support chat of the shop: what was shown in it is there on the next page, whenever this one was left. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium, type Visitor } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { onPage, settled, withProfile } from './shop-visitor.js';

const QUESTION = 'My gears rattle when I go uphill';
const MORE = 'And the brakes squeal';

// Run in the page.
type Here = Window & { customerMemory: import('../../src/index.js').Memory };

const notMe = (): Promise<void> => (window as unknown as Here).customerMemory.notMe();

const forgetEverything = (): Promise<unknown> =>
  (window as unknown as Here).customerMemory.forget('everything');

describe('the support chat', () => {
  let shop: OpenShop;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.close());

  it('keeps a question though its page was left before it was answered, and has it asked again', () =>
    visit(async (visitor) => {
      await visitor.goto(`${shop.url}/support`);
      await visitor.run(neverAnswer);
      await say(visitor, QUESTION);
      await visitor.until(shown, '.spoken-you');
      await visitor.goto(shop.url);
      await visitor.goto(`${shop.url}/support`);
      await visitor.press('[data-resume-act]');
      await visitor.until(shown, '[data-ask-again]');
      assert.deepEqual(await visitor.run(transcript), [`You: ${QUESTION}`]);
      await visitor.press('[data-ask-again]');
      await visitor.until(shown, '.spoken-mike');
      assert.equal(await visitor.run(shown, '[data-ask-again]'), false);
      await visitor.goto(shop.url);
      assert.deepEqual(await kept(visitor), [
        { topic: 'Gears', said: [`visitor: ${QUESTION}`, 'agent: Mike'] },
      ]);
    }));

  it('says that no answer came through, and keeps the question where it was shown', () =>
    visit(async (visitor) => {
      await visitor.goto(`${shop.url}/support`);
      await visitor.run(failOnce);
      await say(visitor, QUESTION);
      await visitor.until(shown, '[data-unanswered]');
      assert.deepEqual(await visitor.run(transcript), [`You: ${QUESTION}`]);
      await visitor.press('[data-ask-again]');
      await visitor.until(shown, '.spoken-mike');
      assert.equal(await visitor.run(shown, '[data-unanswered]'), false);
      assert.equal((await visitor.run(transcript)).length, 2);
    }));

  it('has lost nothing that it showed, when its page is left the moment an answer appears', () =>
    visit(async (visitor) => {
      await visitor.goto(`${shop.url}/support`);
      await visitor.run(leaveAfter, 1);
      await say(visitor, QUESTION);
      await onPage(visitor, '/');
      const first = { topic: 'Gears', said: [`visitor: ${QUESTION}`, 'agent: Mike'] };
      assert.deepEqual(await kept(visitor), [first]);

      await visitor.goto(`${shop.url}/support`);
      await visitor.press('[data-resume-act]');
      await visitor.until(shown, '.spoken-mike');
      await visitor.run(leaveAfter, 2);
      await say(visitor, MORE);
      await onPage(visitor, '/');
      assert.deepEqual(await kept(visitor), [
        { ...first, said: [...first.said, `visitor: ${MORE}`, 'agent: Mike'] },
      ]);
    }));

  it('shows and keeps a line without the digits of a card', () =>
    visit(async (visitor) => {
      await visitor.goto(`${shop.url}/support`);
      await say(visitor, 'My card is 4111 1111 1111 1111');
      await visitor.until(shown, '.spoken-mike');
      await say(visitor, 'I mean 4111 1111 1111 1111');
      await visitor.until(() => document.querySelectorAll('.spoken-mike').length === 2);
      const masked = ['You: My card is •••• •••• •••• ••••', 'You: I mean •••• •••• •••• ••••'];
      await visitor.until(
        (line) => document.querySelectorAll('.spoken-you p')[1]?.textContent === line,
        masked[1]?.slice(5),
      );
      assert.deepEqual(
        (await visitor.run(transcript)).filter((line) => line.startsWith('You')),
        masked,
      );
    }));

  for (const [how, take] of [
    ['is put away with its person', notMe],
    ['is forgotten', forgetEverything],
  ] as const)
    it(`shows nothing any more of a conversation that ${how}, and begins another with the next line`, () =>
      visit(async (visitor) => {
        await visitor.goto(`${shop.url}/support`);
        await say(visitor, QUESTION);
        await visitor.until(shown, '.spoken-mike');
        await visitor.goto(`${shop.url}/support`);
        await visitor.press('[data-resume-act]');
        await visitor.until(shown, '.spoken-mike');
        await visitor.run(take);
        await visitor.until(() => document.querySelectorAll('.spoken').length === 0);
        assert.equal(await visitor.run(shown, '[data-empty]'), true);
        await say(visitor, MORE);
        await visitor.until(shown, '.spoken-mike');
        await visitor.goto(shop.url);
        assert.deepEqual(await kept(visitor), [
          { topic: 'Brakes', said: [`visitor: ${MORE}`, 'agent: Mike'] },
        ]);
      }));

  async function visit(steps: (visitor: Visitor) => Promise<void>): Promise<void> {
    await withProfile(async (profile) => {
      const visitor = await chromium.open(profile);
      try {
        await steps(visitor);
      } finally {
        await visitor.close();
      }
    });
  }
});

async function say(visitor: Visitor, line: string): Promise<void> {
  await visitor.type('#text', line);
  await visitor.press('[name="send"]');
}

/** What this page's memory has of conversations: of Mike's answers only that he gave them. */
async function kept(visitor: Visitor): Promise<{ topic?: string; said: string[] }[]> {
  await settled(visitor);
  return visitor.run(async () => {
    const { conversations } = (window as unknown as { customerMemory: import('../../src/index.js').Memory })
      .customerMemory;
    return Promise.all(
      (await conversations.latest()).map(async (talk) => ({
        ...(talk.topic !== undefined && { topic: talk.topic }),
        said: (await talk.messages()).map(
          ({ by, text }) => `${by.who}: ${by.who === 'agent' ? by.name : text}`,
        ),
      })),
    );
  });
}

// --- in the page ------------------------------------------------------------------------------

const shown = (selector: string): boolean => {
  const element = document.querySelector(selector);
  return element instanceof HTMLElement && element.offsetParent !== null;
};

const transcript = (): string[] =>
  [...document.querySelectorAll('.spoken')].map(
    (item) => `${item.querySelector('.speaker')?.textContent}: ${item.querySelector('p')?.textContent}`,
  );

/** The shop is asked, and the answer is a long time coming. */
const neverAnswer = (): void => {
  window.fetch = () => new Promise(() => undefined);
};

const failOnce = (): void => {
  const { fetch } = window;
  window.fetch = () => {
    window.fetch = fetch;
    return Promise.reject(new TypeError('Failed to fetch'));
  };
};

/** Leaves as soon as so many answers are shown. */
const leaveAfter = (answers: number): void => {
  new MutationObserver(() => {
    if (document.querySelectorAll('.spoken-mike').length === answers) location.assign('/');
  }).observe(document, { childList: true, subtree: true });
};
