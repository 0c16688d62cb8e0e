import { expect } from '@open-wc/testing';
import {
  everything,
  failureOf,
  load,
  loaded,
  leftAfter,
  loadMortal,
  newTab,
  rememberedPerson,
  sessionOf,
  testBrowser,
  type Page,
} from './support.js';

const key = 'preferences.size';
const devicePreferences = {
  theme: { '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) } },
};

async function factsOf({ memory }: Page): Promise<unknown[]> {
  const { entries } = await memory.export();
  return entries.filter(({ kind }) => kind === 'fact');
}

describe('what is asked for in one task, before its code is there', () => {
  for (const known of [false, true]) {
    const whom = known ? 'of somebody remembered' : 'in a visit';
    const start = async () => {
      const browser = testBrowser();
      if (known) await rememberedPerson(browser, { [key]: 'S' });
      return browser;
    };

    it(`forgets ${whom} what was said before, on this page and on the next`, async () => {
      const browser = await start();
      const page = await loaded(browser);
      await Promise.all([page.memory.remember(key, 'M'), page.memory.forget({ key })]);
      expect(page.memory.recall(key)).to.equal(undefined);
      expect(await factsOf(page)).to.deep.equal([]);
      await page.memory.close();
      const next = await loaded(browser, { tab: page.tab });
      expect(next.memory.recall(key)).to.equal(undefined);
      await next.memory.close();
      await browser.clear();
    });

    it(`keeps ${whom} what is said after a forget, and nothing from before it`, async () => {
      const browser = await start();
      const page = await loaded(browser);
      const { memory, tab } = page;
      await Promise.all([memory.remember(key, 'M'), memory.forget({ key }), memory.remember(key, 'L')]);
      expect(memory.value(key)).to.equal('L');
      expect(await factsOf(page)).to.have.length(1);
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(next.memory.value(key)).to.equal('L');
      await next.memory.close();
      await browser.clear();
    });

    it(`is not brought back ${whom} by the next page, when it was forgotten and the page was left`, async () => {
      const browser = await start();
      const { tab } = await leftAfter(browser, (memory) => [
        memory.remember(key, 'M'),
        memory.forget({ key }),
      ]);
      const next = await loaded(browser, { tab });
      expect(next.memory.recall(key)).to.equal(undefined);
      expect(await factsOf(next)).to.deep.equal([]);
      await next.memory.close();
      await browser.clear();
    });
  }

  it('has the last word of three, also when two were the same and the page was left', async () => {
    const browser = testBrowser();
    const { tab } = await leftAfter(browser, (memory) =>
      ['a', 'b', 'a'].map((value) => memory.remember(key, value)),
    );
    const next = await loaded(browser, { tab });
    expect(next.memory.value(key)).to.equal('a');
    await next.memory.close();
    await browser.clear();
  });

  it('is done once, also when its tab was duplicated', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.bell': 'loud' });
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(key, 'M')]);
    const copy = newTab();
    for (const name of tab.session.keys()) copy.session.set(name, tab.session.get(name) ?? '');
    for (const one of [tab, copy]) await (await loaded(browser, { tab: one })).memory.close();
    const next = await loaded(browser);
    expect(await factsOf(next)).to.have.length(2);
    await next.memory.close();
    await browser.clear();
  });

  it('forgets a device preference that was said before', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [key]: 'S' }, { devicePreferences });
    const { memory } = await loaded(browser, { devicePreferences });
    const theme = 'preferences.theme';
    await Promise.all([memory.remember(theme, 'dark'), memory.forget({ key: theme })]);
    expect(memory.recall(theme)).to.equal(undefined);
    await memory.close();
    const next = await loaded(browser, { devicePreferences });
    expect(next.memory.recall(theme)).to.equal(undefined);
    await next.memory.close();
    await browser.clear();
  });

  for (const verb of ['refuse', 'withdraw'] as const) {
    it(`takes back a grant that was on its way: ${verb}`, async () => {
      const browser = testBrowser();
      const { memory } = load(browser);
      await Promise.allSettled([memory.remember(key, 'M'), memory.consent.grant(), memory.consent[verb]()]);
      expect(memory.consent.state).to.equal('refused');
      await memory.close();
      expect(Object.keys(browser.local())).to.deep.equal(['refused']);
      await browser.clear();
    });
  }

  it('does not remember whoever comes after a grant that was on its way when everything was forgotten', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const [granted] = await Promise.allSettled([memory.consent.grant(), memory.forget('everything')]);
    expect(granted.status).to.equal('rejected');
    expect(memory.consent.state).to.equal('undecided');
    await memory.close();
    expect(browser.local()).to.deep.equal({});
    await browser.clear();
  });

  for (const known of [false, true]) {
    it(`says in a conversation ${known ? 'of somebody remembered' : 'of the visit'} what was said on a page that was left`, async () => {
      const browser = testBrowser();
      const first = await loaded(browser);
      const { id } = await first.memory.conversations.start({ channel: 'chat', topic: 'Boiler' });
      if (known) await first.memory.consent.grant();
      await first.memory.close();

      const { tab } = first;
      const left = loadMortal(browser, { tab });
      const chat = await left.memory.conversations.get(id);
      chat?.say({ by: 'visitor', text: 'It leaks again', data: { photo: 1 } }).catch(() => undefined);
      chat?.say({ by: { who: 'agent', name: 'Mike' }, text: 'I am coming' }).catch(() => undefined);
      await Promise.resolve();
      left.kill();

      const texts: string[][] = [];
      for (let page = 0; page < 2; page += 1) {
        const next = await loaded(browser, { tab });
        const messages = (await (await next.memory.conversations.get(id))?.messages()) ?? [];
        texts.push(messages.map(({ text, by }) => `${by.who}: ${text}`));
        await next.memory.close();
      }
      const said = ['visitor: It leaks again', 'agent: I am coming'];
      expect(texts).to.deep.equal([said, said]);
      await browser.clear();
    });
  }

  it('corrects and ends a conversation on a page that was left, once', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    const { id } = await first.memory.conversations.start({ channel: 'chat' });
    await first.memory.close();

    const { tab } = first;
    const left = loadMortal(browser, { tab });
    const chat = await left.memory.conversations.get(id);
    chat?.update({ topic: 'Boiler' }).catch(() => undefined);
    chat?.end({ outcome: 'solved', summary: 'new washer' }).catch(() => undefined);
    await Promise.resolve();
    left.kill();

    const next = await loaded(browser, { tab });
    expect(next.memory.conversations.recent[0]).to.include({
      topic: 'Boiler',
      state: 'ended',
      outcome: 'solved',
      summary: 'new washer',
    });
    await (await next.memory.conversations.get(id))?.say({ text: 'It leaks again' });
    await next.memory.close();
    const last = await loaded(browser, { tab });
    expect(last.memory.conversations.recent[0], 'it is not ended again').to.include({ state: 'open' });
    await last.memory.close();
    await browser.clear();
  });

  it('does not note what is said in a conversation with the digits of a card in it', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    const { id } = await first.memory.conversations.start({ channel: 'chat' });
    await first.memory.close();
    const next = await loaded(browser, { tab: first.tab });
    const chat = await next.memory.conversations.get(id);
    const said = chat?.say({ text: 'canary 4242 4242 4242 4242' });
    await Promise.resolve();
    expect(JSON.stringify(sessionOf(browser, first.tab))).not.to.contain('canary');
    await said;
    expect(JSON.stringify(sessionOf(browser, first.tab)))
      .to.contain('canary')
      .and.not.to.contain('4242 4242');
    await next.memory.close();
    await browser.clear();
  });

  it('begins a conversation for whom it was asked, also when its page was left', async () => {
    const browser = testBrowser();
    const left = await leftAfter(browser, ({ conversations }) => [
      conversations.start({ channel: 'chat', topic: 'Boiler' }),
    ]);
    for (let page = 0; page < 2; page += 1) {
      const { memory } = await loaded(browser, { tab: left.tab });
      expect(memory.conversations.recent.map(({ topic, channel }) => [topic, channel])).to.deep.equal([
        ['Boiler', 'chat'],
      ]);
      await memory.close();
    }
    await browser.clear();
  });

  it('begins no conversation for whoever comes after the one who asked', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [key]: 'S' });
    const { memory, tab } = await loaded(browser);
    const chat = memory.conversations.start({ channel: 'chat', topic: 'canary' });
    const left = memory.notMe();
    expect((await failureOf(() => chat)).code).to.equal('put_aside');
    await left;
    expect(memory.conversations.recent).to.deep.equal([]);
    expect(await everything(browser, tab)).not.to.contain('canary');
    await memory.close();
    await browser.clear();
  });
});
