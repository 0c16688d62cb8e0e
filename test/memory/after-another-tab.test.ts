import { expect } from '@open-wc/testing';
import {
  everything,
  failureOf,
  leftAfter,
  load,
  loadMortal,
  loaded,
  rememberedPerson,
  sessionOf,
  shownBy,
  testBrowser,
  type AnyMemory,
  type Tab,
  type TestBrowser,
} from './support.js';
import { ANA, benBegins, CANARY, early, SIZE } from './ana-and-ben.js';

/** Ana is remembered here, and a page of hers answers from what a start knows. */
async function anasTag(browser: TestBrowser) {
  await rememberedPerson(browser, ANA);
  return early(browser);
}

async function isBens(browser: TestBrowser, tab?: Tab): Promise<void> {
  const page = await loaded(browser, tab && { tab });
  expect(await shownBy(page)).not.to.match(/canary|Ana/);
  expect(page.memory.value('identity.name')).to.deep.equal({ given: 'Ben' });
  expect(page.memory.value(SIZE)).to.equal('S');
  await page.memory.close();
}

describe('what is asked before the whole memory is there, when another tab has put the person aside', () => {
  const calls: Record<string, (memory: AnyMemory) => Promise<unknown>> = {
    'remember a fact': (memory) => memory.remember(CANARY, 'canary'),
    'remember a name': (memory) => memory.remember('identity.name', { given: 'canary' }),
    'begin a conversation': ({ conversations }) =>
      conversations.start({ channel: 'chat', messages: [{ text: 'canary' }] }),
    'forget one': (memory) => memory.forget({ key: SIZE }),
    'forget everything': (memory) => memory.forget('everything'),
    withdraw: ({ consent }) => consent.withdraw(),
    'not me': (memory) => memory.notMe(),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`is not done to whoever came after: ${name}`, async () => {
      const browser = testBrowser();
      const { memory, arrive, tab } = await anasTag(browser);
      const asked = failureOf(() => call(memory));
      await Promise.resolve();
      await benBegins(browser);
      arrive();
      expect((await asked).code).to.equal('put_aside');
      expect(memory.value('identity.name')).to.deep.equal({ given: 'Ben' });
      await memory.close();
      await isBens(browser, tab);
      await isBens(browser);
      expect(await everything(browser, tab)).not.to.contain('canary');
      await browser.clear();
    });
  }

  it('is not said to nobody either', async () => {
    const browser = testBrowser();
    const { memory, arrive, tab } = await anasTag(browser);
    const asked = failureOf(() => memory.remember(CANARY, 'canary'));
    await Promise.resolve();
    const other = await loaded(browser);
    await other.memory.notMe();
    await other.memory.close();
    arrive();
    expect((await asked).code).to.equal('put_aside');
    expect(await shownBy({ memory, platform: browser.page(tab), tab })).not.to.contain('canary');
    await memory.close();
    await browser.clear();
  });

  it('takes away what it was to take away all the same', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA, { says: 'ana' });
    const { memory, arrive } = early(browser, { says: 'ana' });
    const asked = memory.forget({ key: SIZE } as never);
    await Promise.resolve();
    await rememberedPerson(browser, { [SIZE]: 'S' }, { says: 'ben' });
    arrive();
    await asked;
    await memory.close();
    for (const [says, size] of [
      ['ana', undefined],
      ['ben', 'S'],
    ] as const) {
      const page = await loaded(browser, { says });
      expect(page.memory.value(SIZE)).to.equal(size);
      await page.memory.close();
    }
    await browser.clear();
  });

  it('is done for the person who has forgotten something in the other tab', async () => {
    const browser = testBrowser();
    const { memory, arrive } = await anasTag(browser);
    const asked = memory.remember(CANARY, 'said');
    await Promise.resolve();
    const other = await loaded(browser);
    await other.memory.forget({ key: SIZE });
    await other.memory.close();
    arrive();
    expect(await asked).to.include({ value: 'said' });
    await memory.close();
    const { memory: next } = await loaded(browser);
    expect([next.value(CANARY), next.value(SIZE)]).to.deep.equal(['said', undefined]);
    await next.close();
    await browser.clear();
  });

  it('is done in the order in which it was asked for', async () => {
    const browser = testBrowser();
    const { memory, arrive } = await anasTag(browser);
    const asked = [memory.remember(SIZE, 'L'), memory.forget({ key: SIZE }), memory.remember(SIZE, 'XL')];
    await Promise.resolve();
    const other = await loaded(browser);
    await other.memory.forget({ key: 'identity.name' });
    await other.memory.close();
    arrive();
    await Promise.all(asked);
    expect(memory.value(SIZE)).to.equal('XL');
    await memory.close();
    await browser.clear();
  });
});

describe('what a tab said and did not get kept, when another tab has taken its person away', () => {
  const leaves: Record<string, (memory: AnyMemory) => Promise<unknown>> = {
    'put aside': (memory) => memory.notMe(),
    forgotten: (memory) => memory.forget('everything'),
    'not to be remembered': ({ consent }) => consent.withdraw(),
  };
  for (const [how, leaving] of Object.entries(leaves)) {
    for (const next of ['nobody', 'Ben'])
      it(`is not shown when the tab comes back to the site, ${how}, then ${next}`, async () => {
        const browser = testBrowser();
        await rememberedPerson(browser, ANA);
        const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')]);
        expect(JSON.stringify(sessionOf(browser, tab))).to.contain('canary');
        const { memory } = await loaded(browser);
        await leaving(memory);
        if (next === 'Ben') {
          await memory.remember('identity.name', { given: 'Ben' });
          await memory.consent.grant();
        }
        await memory.close();
        const back = await loaded(browser, { tab });
        expect(await shownBy(back)).not.to.contain('canary');
        await back.memory.close();
        expect(await everything(browser, tab)).not.to.contain('canary');
        await browser.clear();
      });
  }

  it('is not shown to whoever signs in there next', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')]);
    const { memory } = await loaded(browser);
    await memory.notMe();
    await memory.close();
    const ben = load(browser, { tab, says: 'ben' });
    expect(JSON.stringify(ben.memory.facts())).not.to.contain('canary');
    const said = ben.memory.remember('identity.name', { given: 'Ben' });
    await ben.memory.ready;
    expect(await shownBy(ben)).not.to.contain('canary');
    expect(await said).to.include({ key: 'identity.name' });
    await ben.memory.close();
    expect(await everything(browser, tab)).not.to.contain('canary');
    await browser.clear();
  });

  it('is of the person who said it when they sign in there themselves', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'said')]);
    const { memory } = await loaded(browser, { tab, says: 'ana' });
    expect(memory.value(CANARY)).to.equal('said');
    await memory.close();
    await browser.clear();
  });

  it('is not shown where the device is said to be shared', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'canary')]);
    const page = await loaded(browser, { tab, shared: true });
    expect(await shownBy(page)).not.to.contain('canary');
    await page.memory.remember(SIZE, 'XL');
    expect(page.memory.value(SIZE)).to.equal('XL');
    await page.memory.close();
    await browser.clear();
  });

  it('is kept when the person has only forgotten something else', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, ANA);
    const { tab } = await leftAfter(browser, (memory) => [memory.remember(CANARY, 'said')]);
    const other = await loaded(browser);
    await other.memory.forget({ key: SIZE });
    await other.memory.close();
    const { memory } = await loaded(browser, { tab });
    expect(memory.value(CANARY)).to.equal('said');
    await memory.close();
    await browser.clear();
  });
});

describe('what a page asks of a person who is not the one last here, and is left before it has begun', () => {
  const asked: Record<string, (memory: AnyMemory) => Promise<unknown>> = {
    'forget everything': (memory) => memory.forget('everything'),
    'forget one': (memory) => memory.forget({ key: 'identity.name' }),
    withdraw: ({ consent }) => consent.withdraw(),
  };
  for (const [name, ask] of Object.entries(asked)) {
    for (const before of [true, false])
      it(`is done to that person alone: ${name}, ${before ? 'before' : 'when'} the whole memory is there`, async () => {
        const browser = testBrowser();
        await rememberedPerson(browser, { 'identity.name': { given: 'Ana' } }, { says: 'ana' });
        await rememberedPerson(browser, { 'identity.name': { given: 'Ben' } }, { says: 'ben' });
        if (before) {
          ask(early(browser, { says: 'ana' }).memory).catch(() => undefined);
          await Promise.resolve();
        } else {
          const page = loadMortal(browser, { says: 'ana' });
          ask(page.memory).catch(() => undefined);
          await Promise.resolve();
          page.kill();
        }
        const ana = await loaded(browser, { says: 'ana' });
        expect(ana.memory.value('identity.name')).to.equal(undefined);
        expect(ana.memory.consent.state).to.equal(
          { 'forget one': 'granted', withdraw: 'refused', 'forget everything': 'undecided' }[name],
        );
        await ana.memory.close();
        const ben = await loaded(browser, { says: 'ben' });
        expect(ben.memory.value('identity.name')).to.deep.equal({ given: 'Ben' });
        await ben.memory.close();
        await browser.clear();
      });
  }
});

describe('two people who ask to be forgotten on pages that are left before they have begun', () => {
  for (const what of ['everything', { key: SIZE }])
    it(`are both forgotten: ${JSON.stringify(what)}`, async () => {
      const browser = testBrowser();
      for (const user of ['ana', 'ben']) await rememberedPerson(browser, { [SIZE]: user }, { says: user });
      for (const user of ['ana', 'ben']) {
        const { memory } = early(browser, { says: user });
        memory.forget(what as never).catch(() => undefined);
        await Promise.resolve();
      }
      for (const says of ['ana', 'ben']) {
        const { memory } = await loaded(browser, { says });
        expect(memory.value(SIZE)).to.equal(undefined);
        await memory.close();
      }
      await browser.clear();
    });
});

describe('a page of a person whom a later page has taken the browser from', () => {
  for (const how of ['forget everything', 'withdraw']) {
    it(`can still ${how}, for that person alone`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { [SIZE]: 'M' }, { says: 'ana' });
      const { memory } = await loaded(browser, { says: 'ana' });
      await rememberedPerson(browser, { [SIZE]: 'S' }, { says: 'ben' });
      await memory.count();
      if (how === 'withdraw') await memory.consent.withdraw();
      else expect(await memory.forget('everything')).to.include({ facts: 1 });
      await memory.close();
      for (const [says, size] of [
        ['ben', 'S'],
        ['ana', undefined],
      ] as const) {
        const next = await loaded(browser, { says });
        expect(next.memory.value(SIZE)).to.equal(size);
        await next.memory.close();
      }
      await browser.clear();
    });
  }
});
