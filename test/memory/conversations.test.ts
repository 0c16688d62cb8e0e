import { expect } from '@open-wc/testing';
import {
  everything,
  failureOf,
  load,
  loaded,
  newTab,
  sessionOf,
  testBrowser,
  type AnyMemory,
} from './support.js';

const CARD = '4111 1111 1111 1111';

const texts = async (memory: AnyMemory, index = 0) =>
  (await (await memory.conversations.latest())[index]!.messages()).map(({ text }) => text);

for (const granted of [false, true]) {
  describe(`a conversation ${granted ? 'on the device' : 'in the visit'}`, () => {
    async function page(browser = testBrowser()) {
      const opened = await loaded(browser);
      if (granted) {
        await opened.memory.remember('preferences.shoe', 'M');
        await opened.memory.consent.grant();
      }
      return { ...opened, browser };
    }

    it('is begun, said, noted, corrected and ended, and read again on the next page', async () => {
      const { memory, browser, tab, platform } = await page();
      const chat = await memory.conversations.start({
        channel: 'chat',
        topic: 'Boiler',
        with: { name: 'Mike', kind: 'person' },
      });
      expect(chat).to.include({ channel: 'chat', topic: 'Boiler', state: 'open' });
      expect(chat.with).to.deep.equal({ name: 'Mike', kind: 'person' });
      platform.advance(1000);
      const said = await chat.say({ text: 'It leaks', data: { photo: 'p1' } });
      expect(said).to.include({ text: 'It leaks', at: platform.clock.now() });
      expect(said.by).to.deep.equal({ who: 'visitor' });
      expect(said.data).to.deep.equal({ photo: 'p1' });
      expect(said).not.to.have.any.keys('seq', 'masked', 'note');
      expect(Object.isFrozen(said)).to.equal(true);
      await chat.say({ by: { who: 'agent', name: 'Mike' }, text: 'Since when?' });
      await chat.say({ by: 'assistant', text: 'I am looking it up' });
      const note = await chat.note('offered a discount');
      expect(note).to.include({ note: true });
      expect(note.by).to.deep.equal({ who: 'site' });
      const corrected = await chat.update({ topic: 'Boiler, again' });
      expect(corrected.topic).to.equal('Boiler, again');
      expect(corrected.with).to.deep.equal({ name: 'Mike', kind: 'person' });
      const ended = await corrected.end({ outcome: 'solved', summary: 'new washer', tried: ['reset'] });
      expect(ended).to.include({ state: 'ended', outcome: 'solved', summary: 'new washer' });
      expect(chat.topic, 'a conversation is as it stood').to.equal('Boiler');
      await memory.close();

      const next = await loaded(browser, { tab });
      const again = (await next.memory.conversations.get(chat.id))!;
      expect(again).to.include({
        topic: 'Boiler, again',
        state: 'ended',
        outcome: 'solved',
        summary: 'new washer',
      });
      const messages = await again.messages();
      expect(messages.map(({ text }) => text)).to.deep.equal([
        'It leaks',
        'Since when?',
        'I am looking it up',
        'offered a discount',
      ]);
      expect(messages.map(({ by }) => by.who)).to.deep.equal(['visitor', 'agent', 'assistant', 'site']);
      expect(messages[3]).to.include({ note: true });
      expect(next.memory.conversations.recent).to.have.length(1);
      await next.memory.close();
      await browser.clear();
    });

    it('goes on when somebody writes to it after its end, and not for a note', async () => {
      const { memory, browser } = await page();
      const chat = await memory.conversations.start({ channel: 'chat' });
      await chat.end();
      await chat.note('called back');
      expect((await memory.conversations.get(chat.id))!.state).to.equal('ended');
      await chat.say({ text: 'It leaks again' });
      expect((await memory.conversations.get(chat.id))!.state).to.equal('open');
      expect(memory.conversations.recent[0]!.state).to.equal('open');
      await memory.close();
      await browser.clear();
    });

    it('masks the digits of a card wherever a person types, before anything keeps them', async () => {
      const { memory, browser, tab } = await page();
      const chat = await memory.conversations.start({ channel: 'chat', topic: `Refund to ${CARD}` });
      const said = await chat.say({ text: `my card is ${CARD}, thanks` });
      expect(said).to.include({ masked: true, text: 'my card is •••• •••• •••• ••••, thanks' });
      await chat.update({ topic: `About ${CARD}` });
      await chat.note(`card ${CARD}`);
      await chat.end({ summary: `Refunded to ${CARD}`, tried: [CARD] });
      expect(await failureOf(() => chat.say({ text: 'here', data: { cvc: '123' } }))).to.deep.include({
        code: 'secret',
        path: 'data.cvc',
      });
      expect(await failureOf(() => chat.say({ text: 'here', data: { order: CARD } }))).to.include({
        code: 'secret',
      });
      expect(
        JSON.stringify([memory.conversations.recent, await chat.messages(), await memory.export()]),
      ).not.to.match(/[41]111.?1111/);
      await memory.close();
      expect(await everything(browser, tab)).not.to.match(/4111.?1111/);
      await browser.clear();
    });

    it('pages back through 300 messages, in order', async () => {
      const { memory, browser, tab } = await page();
      const chat = await memory.conversations.start({ channel: 'chat' });
      await Promise.all(Array.from({ length: 300 }, (_, index) => chat.say({ text: `m${index}` })));
      expect((await chat.messages()).map(({ text }) => text)).to.deep.equal(
        Array.from({ length: 50 }, (_, index) => `m${index + 250}`),
      );
      await memory.close();
      const next = await loaded(browser, { tab });
      const again = (await next.memory.conversations.get(chat.id))!;
      let all: readonly { id: string; text: string }[] = [];
      for (;;) {
        const first = all[0];
        const page = await again.messages({ last: 70, ...(first && { before: first.id }) });
        if (!page.length) break;
        all = [...page, ...all];
      }
      expect(all.map(({ text }) => text)).to.deep.equal(
        Array.from({ length: 300 }, (_, index) => `m${index}`),
      );
      expect(await again.messages({ last: 0 })).to.deep.equal([]);
      expect(await again.messages({ last: 1000 })).to.have.length(300);
      expect(await again.messages({ before: '01900000-0000-7000-8000-000000000001' })).to.deep.equal([]);
      await next.memory.close();
      await browser.clear();
    });

    it('stands among the newest by what was last said in it, five at hand and more when asked', async () => {
      const { memory, browser, platform, tab } = await page();
      const ids: string[] = [];
      for (let n = 0; n < 8; n += 1) {
        platform.advance(1000);
        ids.push((await memory.conversations.start({ channel: 'chat', topic: `t${n}` })).id);
      }
      const topics = (heads: readonly { topic?: string | undefined }[]) => heads.map(({ topic }) => topic);
      expect(topics(memory.conversations.recent)).to.deep.equal(['t7', 't6', 't5', 't4', 't3']);
      const recent = memory.conversations.recent;
      expect(memory.conversations.recent).to.equal(recent);
      expect(Object.isFrozen(recent)).to.equal(true);
      platform.advance(1000);
      await (await memory.conversations.get(ids[0]!))!.say({ text: 'one more thing' });
      expect(topics(memory.conversations.recent)).to.deep.equal(['t0', 't7', 't6', 't5', 't4']);
      expect(topics(await memory.conversations.latest())).to.deep.equal(['t0', 't7', 't6', 't5', 't4']);
      expect(topics(await memory.conversations.latest(7))).to.deep.equal([
        't0',
        't7',
        't6',
        't5',
        't4',
        't3',
        't2',
      ]);
      expect(topics(await memory.conversations.latest(100))).to.have.length(8);
      expect(await memory.conversations.latest(0)).to.deep.equal([]);
      await memory.forget({ conversation: ids[7]! });
      expect(topics(memory.conversations.recent)).to.deep.equal(['t0', 't6', 't5', 't4', 't3']);
      await memory.close();
      const next = load(browser, { tab });
      expect(topics(next.memory.conversations.recent), 'at once').to.deep.equal([
        't0',
        't6',
        't5',
        't4',
        't3',
      ]);
      await next.memory.ready;
      expect(topics(next.memory.conversations.recent)).to.deep.equal(['t0', 't6', 't5', 't4', 't3']);
      await next.memory.close();
      await browser.clear();
    });

    it('that is older than the newest five is still there when something else was forgotten', async () => {
      const { memory, platform } = await page();
      const oldest = await memory.conversations.start({ channel: 'chat', messages: [{ text: 'It leaks' }] });
      for (let later = 0; later < 5; later += 1) {
        platform.advance(1000);
        await memory.conversations.start({ channel: 'chat' });
      }
      await memory.forget({ key: 'preferences.shoe' });
      expect(await memory.conversations.latest(10)).to.have.length(6);
      expect((await memory.conversations.get(oldest.id))?.id).to.equal(oldest.id);
      platform.advance(1000);
      await oldest.say({ text: 'It still leaks' });
      expect(await texts(memory)).to.deep.equal(['It leaks', 'It still leaks']);
    });

    it('that is discreet stays so, and is not in what a start reads', async () => {
      const { memory, browser, tab } = await page();
      const chat = await memory.conversations.start({ channel: 'chat', topic: 'canary', discreet: true });
      await chat.say({ text: 'canary' });
      expect((await chat.end({ summary: 'canary' })).discreet).to.equal(true);
      const { entries } = await memory.export();
      expect(
        entries
          .filter((entry) => entry.kind !== 'forget' && entry.key.startsWith('conversations'))
          .every((entry) => (entry as { discreet?: boolean }).discreet),
      ).to.equal(true);
      await memory.close();
      expect(browser.local()['boot'] ?? '').not.to.contain('canary');
      const next = await loaded(browser, { tab });
      expect((await next.memory.conversations.latest())[0]).to.include({ topic: 'canary', discreet: true });
      await next.memory.close();
      await browser.clear();
    });

    it('refuses what it cannot keep, and says where', async () => {
      const { memory, browser, tab } = await page();
      const before = await everything(browser, tab);
      const start = (options: unknown) => failureOf(() => memory.conversations.start(options as never));
      expect(await start({})).to.include({ code: 'invalid_value', path: 'channel' });
      expect((await start({})).message).to.include(
        '{ channel, topic?, with?, discreet?, messages? } at channel',
      );
      expect(await start({ channel: 7 })).to.include({ code: 'invalid_value', path: 'channel' });
      expect(await start(undefined)).to.include({ code: 'invalid_value' });
      expect(await start('chat')).to.include({ code: 'invalid_value' });
      expect(await start({ channel: 'chat', topic: 7 })).to.include({ code: 'invalid_value', path: 'topic' });
      expect(await start({ channel: 'chat', with: { kind: 'robot' } })).to.include({
        code: 'invalid_value',
        path: 'kind',
      });
      expect(await start({ channel: 'chat', topic: 'x'.repeat(70_000) })).to.include({ code: 'too_large' });
      expect(memory.conversations.recent, 'of what was refused nothing was begun').to.deep.equal([]);
      expect(await everything(browser, tab)).to.equal(before);

      const chat = await memory.conversations.start({ channel: 'chat' });
      const say = (message: unknown) => failureOf(() => chat.say(message as never));
      expect(await say({})).to.include({ code: 'invalid_value', path: 'text' });
      expect(await say(undefined)).to.include({ code: 'invalid_value' });
      expect(await say('hello')).to.include({ code: 'invalid_value' });
      expect(await say({ text: 'x', by: 'boss' })).to.include({ code: 'invalid_value', path: 'by' });
      for (const by of [
        null,
        { who: 'agent', name: null },
        { who: 'agent', name: 5 },
        { who: 'site', channel: {} },
      ])
        expect(await say({ text: 'x', by }), JSON.stringify(by)).to.include({
          code: 'invalid_value',
          path: 'by',
        });
      expect(await say({ text: 'x'.repeat(1_048_576) })).to.include({ code: 'too_large' });
      expect(await say({ text: 'half \ud83d' })).to.include({ code: 'not_json' });
      expect(await say({ text: 'x', data: { n: NaN } })).to.include({ code: 'not_json' });
      expect(await failureOf(() => chat.end({ outcome: 7 } as never))).to.include({
        code: 'invalid_value',
        path: 'outcome',
      });
      expect(await failureOf(() => chat.end({ tried: 'reset' } as never))).to.include({
        code: 'invalid_value',
        path: 'tried',
      });
      expect(await failureOf(() => chat.messages({ before: 7 } as never))).to.include({ code: 'none' });
      expect(await chat.messages()).to.deep.equal([]);
      await chat.say({ text: '👩‍🚒 مرحبا  שלום' });
      expect(await texts(memory)).to.deep.equal(['👩‍🚒 مرحبا  שלום']);
      for (const id of ['nonsense', null, undefined, {}, 7])
        expect(await memory.conversations.get(id as never), String(id)).to.equal(undefined);
      const named = await chat.say({ by: { who: 'visitor', name: CARD }, text: 'It is me' });
      expect(named.by.name).to.equal('•••• •••• •••• ••••');
      expect(await everything(browser, tab)).not.to.contain(CARD);
      await memory.close();
      await browser.clear();
    });
  });
}

describe('a conversation of somebody who is not shown', () => {
  it('can be held at a closed page, and is kept for the visit', async () => {
    const browser = testBrowser();
    const x = await loaded(browser, { says: 'x' });
    await x.memory.remember('preferences.shoe', 'M');
    await x.memory.consent.grant();
    await x.memory.close();
    const tab = newTab();
    const closed = await loaded(browser, { tab });
    expect(closed.memory.status.gate).to.equal('closed');
    const chat = await closed.memory.conversations.start({ channel: 'chat', topic: 'Brakes' });
    await chat.say({ text: 'They squeak' });
    expect((await chat.messages()).map(({ text }) => text)).to.deep.equal(['They squeak']);
    expect(closed.memory.conversations.recent).to.deep.equal([]);
    expect(await closed.memory.conversations.latest()).to.deep.equal([]);
    expect(JSON.stringify(sessionOf(browser, tab))).to.match(/Brakes.*squeak/);
    await closed.memory.close();
    await browser.clear();
  });
});
