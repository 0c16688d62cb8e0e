import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { SpokenMessage } from '../../src/index.js';
import {
  databasesLeft,
  everything,
  failureOf,
  leftAfter,
  load,
  loaded,
  newTab,
  rememberedPerson,
  sessionOf,
  shownBy,
  testBrowser,
  type AnyMemory,
  type Page,
  type Tab,
} from './support.js';

const CARD = '4111 1111 1111 1111';
const MIKE = { who: 'agent', name: 'Mike' } as const;
const QUESTION = 'canary: it leaks again';
const ANSWER = 'canary: since when?';
const exchange: readonly SpokenMessage[] = [{ text: QUESTION }, { by: MIKE, text: ANSWER }];
const begun = { channel: 'chat', topic: 'Boiler', messages: exchange } as const;

const said = async ({ conversations }: AnyMemory): Promise<string[][]> =>
  Promise.all(
    (await conversations.latest(50)).map(async (chat) =>
      (await chat.messages({ last: 200 })).map(({ by, text }) => `${by.who}: ${text}`),
    ),
  );
const SAID = [[`visitor: ${QUESTION}`, `agent: ${ANSWER}`]];

const entriesOf = async ({ memory }: Page) => (await memory.export()).entries;

function copyOf(tab: Tab): Tab {
  const copy = newTab();
  for (const name of tab.session.keys()) copy.session.set(name, tab.session.get(name) ?? '');
  return copy;
}

for (const known of [false, true]) {
  describe(`the messages that a conversation ${known ? 'on the device' : 'in the visit'} begins with`, () => {
    async function browserOf() {
      const browser = testBrowser();
      if (known) await rememberedPerson(browser, { 'preferences.shoe': 'M' });
      return browser;
    }

    it('are kept with it, in order, and before what is said next', async () => {
      const browser = await browserOf();
      const { memory, tab } = await loaded(browser);
      const chat = await memory.conversations.start(begun);
      expect(await said(memory)).to.deep.equal(SAID);
      const [first] = await chat.messages();
      expect(first).to.include({ at: chat.started });
      await chat.say({ text: 'since yesterday' });
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(await said(next.memory)).to.deep.equal([[...SAID[0]!, 'visitor: since yesterday']]);
      expect(await next.memory.count()).to.include({ conversations: 1, messages: 3 });
      await next.memory.close();
      await browser.clear();
    });

    it('and the conversation are there once on the next page, when this one was left at once', async () => {
      const browser = await browserOf();
      const { tab } = await leftAfter(browser, ({ conversations }) => [conversations.start(begun)]);
      for (let page = 0; page < 2; page += 1) {
        const { memory } = await loaded(browser, { tab });
        expect(await said(memory)).to.deep.equal(SAID);
        expect(memory.conversations.recent.map(({ topic }) => topic)).to.deep.equal(['Boiler']);
        await memory.close();
      }
      await browser.clear();
    });

    it('are the same entries, whichever page of a duplicated tab keeps them', async () => {
      const browser = await browserOf();
      const { tab } = await leftAfter(browser, ({ conversations }) => [conversations.start(begun)]);
      const ids: string[][] = [];
      for (const one of [copyOf(tab), tab]) {
        const page = await loaded(browser, { tab: one });
        await page.memory.consent.grant();
        expect(await said(page.memory)).to.deep.equal(SAID);
        const entries = (await entriesOf(page)).filter(
          (entry) => entry.kind !== 'forget' && entry.key.startsWith('conversations'),
        );
        ids.push(entries.map(({ id }) => id).sort());
        await page.memory.close();
      }
      expect(ids[0]).to.have.length(4);
      expect(ids[1]).to.deep.equal(ids[0]);
      await browser.clear();
    });

    it('are forgotten with it by what was asked for in the same moment, also when the page was left', async () => {
      const browser = await browserOf();
      const work = (memory: AnyMemory) => [
        memory.conversations.start(begun),
        memory.forget({ under: 'conversations' }),
      ];
      const here = await loaded(browser);
      await Promise.allSettled(work(here.memory));
      expect(await shownBy(here)).not.to.contain('canary');
      await here.memory.close();

      const { tab } = await leftAfter(browser, work);
      const next = await loaded(browser, { tab });
      expect(await shownBy(next)).not.to.contain('canary');
      await next.memory.close();
      expect(await everything(browser, tab, here.tab)).not.to.contain('canary');
      await browser.clear();
    });

    it('are refused as a whole, and nothing of the conversation is begun', async () => {
      const browser = await browserOf();
      const { memory, tab } = await loaded(browser);
      const before = await everything(browser, tab);
      const refused = (messages: unknown) =>
        failureOf(() => memory.conversations.start({ channel: 'chat', messages } as never));
      const fine = { text: 'fine' };
      const wrong: [messages: unknown, code: string, path: string][] = [
        ['hello', 'invalid_value', 'messages'],
        [{ 0: fine, length: 1 }, 'invalid_value', 'messages'],
        [null, 'invalid_value', 'messages'],
        [Array(101).fill(fine), 'invalid_value', 'messages'],
        [[fine, 'hello'], 'invalid_value', 'messages.1'],
        [[fine, null], 'invalid_value', 'messages.1'],
        [Array(2), 'invalid_value', 'messages.0'],
        [[{}], 'invalid_value', 'messages.0.text'],
        [[fine, { text: 7 }], 'invalid_value', 'messages.1.text'],
        [[{ ...fine, by: 'boss' }], 'invalid_value', 'messages.0.by'],
        [[{ ...fine, by: { who: 'agent', name: NaN } }], 'not_json', 'messages.0.by.name'],
        [[{ text: 'half \ud83d' }], 'not_json', 'messages.0.text'],
        [[{ ...fine, data: { n: NaN } }], 'not_json', 'messages.0.data.n'],
        [[fine, fine, { ...fine, data: { cvc: '123' } }], 'secret', 'messages.2.data.cvc'],
      ];
      for (const [messages, code, path] of wrong)
        expect(await refused(messages), `${path}: ${code}`).to.include({ code, path });
      expect(await refused([{ text: 'x'.repeat(1_048_576) }])).to.include({ code: 'too_large' });
      const empty = { channel: 7, messages: [fine] } as never;
      expect(await failureOf(() => memory.conversations.start(empty))).to.include({ path: 'channel' });
      expect(memory.conversations.recent).to.deep.equal([]);
      expect(await everything(browser, tab)).to.equal(before);
      await memory.close();
      await browser.clear();
    });

    it('lose the digits of a card before anything keeps or notes them', async () => {
      const browser = await browserOf();
      const { memory, tab } = await loaded(browser);
      const starting = memory.conversations.start({ channel: 'chat', messages: [{ text: `card ${CARD}` }] });
      await Promise.resolve();
      expect(await everything(browser, tab)).not.to.match(/4111.?1111/);
      await starting;
      expect(await said(memory)).to.deep.equal([['visitor: card •••• •••• •••• ••••']]);
      await memory.close();
      expect(await everything(browser, tab)).not.to.match(/4111.?1111/);
      await browser.clear();
    });

    it('are as discreet as it is', async () => {
      const browser = await browserOf();
      const page = await loaded(browser);
      await page.memory.conversations.start({ ...begun, discreet: true });
      const messages = (await entriesOf(page)).filter(({ kind }) => kind === 'message');
      expect(messages.map((entry) => (entry as { discreet?: true }).discreet)).to.deep.equal([true, true]);
      await page.memory.close();
      await browser.clear();
    });

    it('are carried to another browser with it', async () => {
      const browser = await browserOf();
      const { memory } = await loaded(browser);
      await memory.conversations.start(begun);
      const carried = JSON.parse(JSON.stringify(await memory.export())) as unknown;
      await memory.close();
      const other = testBrowser();
      const there = await loaded(other);
      await there.memory.import(carried);
      expect(await said(there.memory)).to.deep.equal(SAID);
      expect(await there.memory.import(carried)).to.include({ added: 0 });
      expect(await said(there.memory)).to.deep.equal(SAID);
      await there.memory.close();
      await browser.clear();
      await other.clear();
    });

    it('are nobody’s after “not you?”, on this page and on the next', async () => {
      const browser = await browserOf();
      const { memory, tab } = await loaded(browser);
      await memory.conversations.start(begun);
      await memory.notMe();
      expect(await said(memory)).to.deep.equal([]);
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(await shownBy(next)).not.to.contain('canary');
      expect(JSON.stringify([browser.local(), sessionOf(browser, tab)])).not.to.contain('canary');
      await next.memory.close();
      await browser.clear();
    });
  });
}

describe('the messages that a conversation begins with', () => {
  it('stay in the tab before a grant, and are on the device after it', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser);
    await memory.conversations.start(begun);
    expect(await databasesLeft(browser)).to.deep.equal([]);
    expect(browser.local()).to.deep.equal({});
    const stranger = await loaded(browser);
    expect(await said(stranger.memory)).to.deep.equal([]);
    await stranger.memory.close();

    await memory.consent.grant();
    expect(await said(memory)).to.deep.equal(SAID);
    await memory.close();
    expect(JSON.stringify(sessionOf(browser, tab))).not.to.contain('canary');
    const next = await loaded(browser);
    expect(await said(next.memory)).to.deep.equal(SAID);
    await next.memory.close();
    await browser.clear();
  });

  it('are begun for nobody who comes after the one who said them', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.shoe': 'M' });
    const { memory, tab } = await loaded(browser);
    const starting = memory.conversations.start(begun);
    const left = memory.notMe();
    expect((await failureOf(() => starting)).code).to.equal('put_aside');
    await left;
    expect(await everything(browser, tab)).not.to.contain('canary');
    await memory.close();
    await browser.clear();
  });

  it('stay as they were when the call was made', async () => {
    const browser = testBrowser();
    const { memory } = load(browser);
    const messages = [{ text: 'one' }, { text: 'two' }];
    const starting = memory.conversations.start({ channel: 'chat', messages });
    messages.reverse().pop();
    await starting;
    expect(await said(memory)).to.deep.equal([['visitor: one', 'visitor: two']]);
    await memory.close();
    await browser.clear();
  });

  it('come back whatever they are, wherever the page was left, once and in order', async () => {
    const message = fc.record(
      {
        text: fc.string({ unit: 'grapheme', maxLength: 20 }),
        by: fc.constantFrom('visitor' as const, 'agent' as const, 'assistant' as const, MIKE),
        data: fc.constantFrom({ photo: 'p1' }, ['a', null], 7),
      },
      { requiredKeys: ['text'] },
    );
    const steps = fc.record({
      messages: fc.array(message, { maxLength: 100 }),
      leave: fc.boolean(),
      grant: fc.constantFrom('before' as const, 'after' as const, 'never' as const),
    });
    const run = async ({
      messages,
      leave,
      grant,
    }: {
      messages: SpokenMessage[];
      leave: boolean;
      grant: string;
    }) => {
      const browser = testBrowser();
      if (grant === 'before') await rememberedPerson(browser, { 'preferences.shoe': 'M' });
      const start = { channel: 'chat', messages };
      const { memory, tab } = leave
        ? await leftAfter(browser, ({ conversations }) => [conversations.start(start)])
        : await loaded(browser);
      if (!leave) {
        await memory.conversations.start(start);
        await memory.close();
      }
      const next = await loaded(browser, { tab });
      if (grant === 'after') await next.memory.consent.grant();
      const [chat, ...more] = await next.memory.conversations.latest();
      expect(more).to.deep.equal([]);
      expect(
        (await chat!.messages({ last: 200 })).map(({ by, text, data }) => [by, text, data ?? null]),
      ).to.deep.equal(
        messages.map(({ by = 'visitor', text, data = null }) => [
          typeof by === 'string' ? { who: by } : by,
          text,
          data,
        ]),
      );
      const heads = (await entriesOf(next))
        .filter(({ kind }) => kind === 'message')
        .map(({ at, id }) => at + id);
      expect(heads, 'their own order is that in which they were said').to.deep.equal([...heads].sort());
      await next.memory.close();
      await browser.clear();
    };
    await fc.assert(fc.asyncProperty(steps, run), {
      numRuns: 40,
      interruptAfterTimeLimit: 15_000,
      includeErrorInReport: true,
    });
  });
});
