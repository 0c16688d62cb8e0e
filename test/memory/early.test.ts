import { expect } from '@open-wc/testing';
import { createMemory } from '../../src/index.js';
import type { Options } from '../../src/memory/settings.js';
import { leave } from '../../src/memory/table.js';
import type { Memory } from '../../src/memory/types.js';
import { newTab, testBrowser, type TestBrowser } from '../helpers/site.js';
import { tag } from './tag.js';

const any = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const;

async function remembered(
  browser: TestBrowser,
  facts: Record<string, unknown> = {},
  more: Partial<Options> = {},
): Promise<void> {
  const memory = createMemory({ site: browser.site, platform: browser.page(), ...more });
  await memory.remember('identity.name', { given: 'Ana' });
  for (const [key, value] of Object.entries(facts)) await memory.remember(key as never, value as never);
  const chat = await memory.conversations.start({ channel: 'chat', topic: 'Boiler' });
  await chat.say({ text: 'It leaks' });
  await memory.consent.grant();
  await memory.close();
}

async function close(memory: Memory, browser: TestBrowser): Promise<void> {
  await memory.close();
  await browser.clear();
}

describe('the memory before it is whole', () => {
  it('recalls from the boot record, and the whole memory gives the same object', async () => {
    const browser = testBrowser();
    await remembered(browser);
    const { memory, arrive } = tag(browser, browser.page());
    const shown = memory.recall('identity.name');
    expect(shown?.value).to.deep.equal({ given: 'Ana' });
    expect(memory.describe(memory.recall('identity.email'))).to.equal(undefined);
    expect(memory.choices('identity.name'), 'labels come with the whole of it').to.deep.equal([]);
    expect(memory.conversations.recent).to.have.length(1);
    expect(memory.consent.state).to.equal('granted');
    expect(memory.status.state).to.equal('provisional');
    arrive();
    await memory.ready;
    expect(memory.status).to.include({ state: 'ready', kept: 'device', corrected: false });
    expect(memory.recall('identity.name')).to.equal(shown);
    expect(memory.describe(memory.recall('identity.email'))).to.equal(undefined);
    await close(memory, browser);
  });

  it('calls a subscriber at once, and again only when what it hears of changes', async () => {
    const browser = testBrowser();
    await remembered(browser);
    const { memory, arrive } = tag(browser, browser.page());
    const heard: unknown[] = [];
    memory.subscribe('identity.name', (fact) => heard.push(fact?.value));
    arrive();
    await memory.ready;
    expect(heard).to.have.length(1);
    await memory.remember('identity.name', { given: 'Anita' });
    await Promise.resolve();
    expect(heard).to.deep.equal([{ given: 'Ana' }, { given: 'Anita' }]);
    await close(memory, browser);
  });

  it('does what it is asked once the whole memory is there', async () => {
    const browser = testBrowser();
    const { memory, arrive } = tag(browser, browser.page());
    const said = memory.remember('preferences.size', 'M');
    expect(memory.recall('preferences.size')).to.equal(undefined);
    arrive();
    expect((await said).value).to.equal('M');
    expect(memory.value('preferences.size')).to.equal('M');
    expect(browser.local()).to.deep.equal({});
    await close(memory, browser);
  });

  it('does once what it was asked, also when that was noted in case the page is left before', async () => {
    const browser = testBrowser();
    const { memory, arrive } = tag(browser, browser.page());
    const said = memory.remember('preferences.size', 'M');
    await Promise.resolve();
    arrive();
    await said;
    expect((await memory.export()).entries).to.have.length(1);
    await close(memory, browser);
  });

  it('notes for a page that is left before it comes what was stated, and nothing that was observed', async () => {
    const browser = testBrowser();
    const tab_ = newTab();
    const first = tag(browser, browser.page(tab_));
    const said: Promise<unknown>[] = [
      first.memory.remember('preferences.size', 'stated'),
      first.memory.remember('preferences.colour', 'observed', { authority: 'observed' }),
      first.memory.remember('preferences.note', '4111 1111 1111 1111'),
    ];
    await Promise.resolve();
    said.push(first.memory.remember('preferences.bell', 'stated later'));
    await Promise.resolve();
    expect(JSON.stringify(tab_.session.keys().map((key) => tab_.session.get(key)))).to.match(/stated/);
    expect(JSON.stringify(tab_.session.keys().map((key) => tab_.session.get(key)))).not.to.match(
      /observed|4111/,
    );
    leave(first.memory);
    const next = createMemory({ site: browser.site, platform: browser.page(tab_) });
    await next.ready;
    await next.count();
    expect(next.value('preferences.size')).to.equal('stated');
    expect(next.value('preferences.bell')).to.equal('stated later');
    expect(next.facts()).to.have.length(2);
    await close(next as unknown as Memory, browser);
    expect(said).to.have.length(4);
  });

  for (const left of [false, true]) {
    it(`begins a conversation once, with what was said in it, ${left ? 'on the page after one that was left' : 'when the whole memory comes'}`, async () => {
      const browser = testBrowser();
      const tab_ = newTab();
      const { memory, arrive } = tag(browser, browser.page(tab_));
      const starting = memory.conversations.start({ channel: 'chat', messages: [{ text: 'It leaks' }] });
      await Promise.resolve();
      if (left) leave(memory);
      else {
        arrive();
        await starting;
        await memory.close();
      }
      for (let page = 0; page < 2; page += 1) {
        const next = createMemory({ site: browser.site, platform: browser.page(tab_) });
        await next.ready;
        const chats = await next.conversations.latest();
        const texts = await Promise.all(
          chats.map(async (chat) => (await chat.messages()).map(({ text }) => text)),
        );
        expect(texts).to.deep.equal([['It leaks']]);
        await next.close();
      }
      await browser.clear();
    });
  }

  it('does what it was asked with what it was given then, whatever became of that meanwhile', async () => {
    const browser = testBrowser();
    const { memory, arrive } = tag(browser, browser.page());
    const name = { given: 'Ana' };
    const messages = [{ text: 'It leaks' }];
    const asked = [
      memory.remember('identity.name', name),
      memory.conversations.start({ channel: 'chat', messages }),
    ] as const;
    name.given = 'canary';
    messages.push({ text: 'canary' });
    arrive();
    await Promise.all(asked);
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    expect((await (await asked[1]).messages()).map(({ text }) => text)).to.deep.equal(['It leaks']);
    await close(memory, browser);
  });

  it('leaves nothing in the tab of what was said before a withdrawal, also where something was forgotten in between', async () => {
    const browser = testBrowser();
    await remembered(browser);
    const tab_ = newTab();
    const { memory } = tag(browser, browser.page(tab_));
    for (const asked of [
      memory.remember('preferences.size', 'canary'),
      memory.forget({ key: 'identity.name' } as never),
      memory.consent.withdraw(),
    ])
      asked.catch(() => undefined);
    await Promise.resolve();
    leave(memory);
    expect(tab_.session.keys()).to.deep.equal([]);
    const next = createMemory({ site: browser.site, platform: browser.page(tab_) });
    await next.ready;
    expect([next.facts(), next.consent.state]).to.deep.equal([[], 'refused']);
    await close(next as unknown as Memory, browser);
  });

  it('can be closed where the whole memory cannot be fetched', async () => {
    const browser = testBrowser();
    const { memory, fail } = tag(browser, browser.page());
    const closing = memory.close();
    fail(new Error('offline'));
    expect(await closing).to.equal(undefined);
    await browser.clear();
  });

  it('goes on with the next verb after the whole memory could not be fetched', async () => {
    const browser = testBrowser();
    const { memory, arrive, fail } = tag(browser, browser.page());
    const lost = memory.remember('preferences.size', 'M').then(
      () => 'done',
      (error: Error) => error.message,
    );
    fail(new Error('offline'));
    expect(await lost).to.equal('offline');
    expect(memory.status.storage).to.deep.include({ device: 'failed', reason: 'Error: offline' });
    const again = memory.remember('preferences.size', 'L');
    arrive();
    expect((await again).value).to.equal('L');
    await close(memory, browser);
  });

  it('tells once that the whole memory cannot be fetched, so that nobody who asks when told asks for ever', async () => {
    const browser = testBrowser();
    const { memory, arrive, fail } = tag(browser, browser.page());
    let told = 0;
    memory.subscribe(() => (told += 1));
    for (let turn = 0; turn < 3; turn += 1) {
      const asked = memory.count().catch(() => undefined);
      fail(new Error('offline'));
      await asked;
      await Promise.resolve();
    }
    expect(told).to.equal(2);
    expect(memory.status.storage.device).to.equal('failed');
    const done = memory.count();
    arrive();
    await done;
    await close(memory, browser);
  });

  it('does what was said before the whole memory could be fetched, when it can', async () => {
    const browser = testBrowser();
    const tab_ = newTab();
    const { memory, arrive, fail } = tag(browser, browser.page(tab_));
    const lost = memory.remember('preferences.size', 'M').catch(() => undefined);
    await Promise.resolve();
    fail(new Error('offline'));
    await lost;
    const again = memory.remember('preferences.bell', 'L');
    arrive();
    await again;
    await memory.ready;
    expect(memory.value('preferences.size')).to.equal('M');
    await close(memory, browser);
  });

  const leaving = {
    '“not you?”': (memory: Memory) => memory.notMe(),
    'forgetting everything': (memory: Memory) => memory.forget('everything'),
    withdrawing: (memory: Memory) => memory.consent.withdraw(),
  };
  for (const [what, leavingBy] of Object.entries(leaving)) {
    it(`shows nobody at once, nor does any later page: ${what}`, async () => {
      const browser = testBrowser();
      await remembered(browser);
      const first = tag(browser, browser.page());
      const heard: unknown[] = [];
      first.memory.subscribe('identity.name', (fact) => heard.push(fact?.value));
      leavingBy(first.memory).catch(() => undefined);
      expect(first.memory.recall('identity.name')).to.equal(undefined);
      expect(first.memory.conversations.recent).to.deep.equal([]);
      await Promise.resolve();
      expect(heard).to.deep.equal([{ given: 'Ana' }, undefined]);
      leave(first.memory);
      const next = createMemory({ site: browser.site, platform: browser.page() });
      expect(next.recall('identity.name')).to.equal(undefined);
      await next.ready;
      expect(next.recall('identity.name')).to.equal(undefined);
      expect((await next.export()).entries).to.deep.equal([]);
      await close(next as unknown as Memory, browser);
    });

    it(`takes nobody else away when the whole memory comes: ${what}`, async () => {
      const browser = testBrowser();
      await remembered(browser);
      const { memory, arrive } = tag(browser, browser.page());
      const left = leavingBy(memory);
      const said = memory.remember('preferences.size', 'M');
      arrive();
      await left;
      await said;
      expect(memory.facts().map(({ key }) => key)).to.deep.equal(['preferences.size']);
      expect(Object.keys(browser.local()).filter((name) => name.startsWith('forgetting'))).to.deep.equal([]);
      await close(memory, browser);
    });
  }

  it('has the next page forget what was said and forgotten before it was left', async () => {
    const browser = testBrowser();
    await remembered(browser);
    const tab_ = newTab();
    const first = tag(browser, browser.page(tab_));
    const asked = [
      first.memory.remember('preferences.size', 'M'),
      first.memory.forget({ under: 'preferences' }),
      first.memory.forget({ key: 'identity.name' }),
    ];
    expect(first.memory.recall('identity.name')).to.equal(undefined);
    await Promise.resolve();
    leave(first.memory);
    const second = tag(browser, browser.page(tab_));
    expect(second.memory.recall('identity.name')).to.equal(undefined);
    leave(second.memory);
    const next = createMemory({ site: browser.site, platform: browser.page(tab_) });
    expect(next.recall('identity.name')).to.equal(undefined);
    await next.ready;
    expect(next.facts()).to.deep.equal([]);
    expect(next.conversations.recent).to.have.length(1);
    await close(next as unknown as Memory, browser);
    expect(asked).to.have.length(3);
  });

  it('shows what was forgotten on a page that was left to no page of another tab, and has it forgotten there', async () => {
    const browser = testBrowser();
    await remembered(browser, { 'preferences.size': 'M', 'preferences.bell': 'brass' });
    const first = tag(browser, browser.page());
    const asked = [
      first.memory.forget({ key: 'identity.name' }),
      first.memory.forget({ key: 'preferences.bell' }),
      first.memory.forget({ key: 'no key' }),
    ];
    const second = tag(browser, browser.page());
    expect(second.memory.recall('identity.name'), 'at once').to.equal(undefined);
    leave(first.memory);
    second.arrive();
    await second.memory.ready;
    expect(second.memory.facts().map(({ key }) => key)).to.deep.equal(['preferences.size']);
    expect(Object.keys(browser.local()).filter((name) => name.startsWith('forgetting'))).to.deep.equal([]);
    expect(asked).to.have.length(3);
    await close(second.memory, browser);
  });

  it('has another tab forget a device preference, too', async () => {
    const browser = testBrowser();
    const more = { devicePreferences: { theme: any } };
    await remembered(browser, { 'preferences.theme': 'dark' }, more);
    const first = tag(browser, browser.page(), more);
    const asked = first.memory.forget({ key: 'preferences.theme' as never });
    leave(first.memory);
    const next = createMemory({ site: browser.site, platform: browser.page(), ...more });
    await next.ready;
    expect(next.facts().map(({ key }) => key)).to.deep.equal(['identity.name']);
    expect(asked).to.be.a('promise');
    await close(next as unknown as Memory, browser);
  });

  const taking = {
    'one key': [{ key: 'identity.name' }, { facts: 1, messages: 0, conversations: 0 }],
    everything: ['everything', { facts: 1, messages: 1, conversations: 1 }],
  } as const;
  for (const [what, [selector, deleted]] of Object.entries(taking))
    it(`tells how much was forgotten when the whole memory comes: ${what}`, async () => {
      const browser = testBrowser();
      await remembered(browser);
      const { memory, arrive } = tag(browser, browser.page());
      const asked = memory.forget(selector as never);
      arrive();
      expect(await asked).to.deep.include(deleted);
      expect(memory.facts()).to.deep.equal([]);
      await close(memory, browser);
    });

  for (const verb of ['refuse', 'withdraw'] as const) {
    it(`does not ask again whoever has refused on a page that was left: ${verb}`, async () => {
      const browser = testBrowser();
      const tab_ = newTab();
      const first = tag(browser, browser.page(tab_));
      const said = [first.memory.remember('preferences.size', 'M'), first.memory.consent[verb]()];
      expect(first.memory.consent.state).to.equal('refused');
      await Promise.resolve();
      leave(first.memory);
      const next = createMemory({ site: browser.site, platform: browser.page(tab_) });
      await next.ready;
      expect(next.consent.state).to.equal('refused');
      expect(next.value('preferences.size'), 'stays for the visit').to.equal('M');
      expect(said).to.have.length(2);
      await close(next as unknown as Memory, browser);
    });

    it(`has the next page wipe what was granted, and not ask: ${verb}`, async () => {
      const browser = testBrowser();
      await remembered(browser);
      const first = tag(browser, browser.page());
      const asked = first.memory.consent[verb]();
      leave(first.memory);
      const next = createMemory({ site: browser.site, platform: browser.page() });
      await next.ready;
      expect(next.consent.state).to.equal('refused');
      expect((await next.export()).entries).to.deep.equal([]);
      expect(asked).to.be.a('promise');
      await close(next as unknown as Memory, browser);
    });
  }

  for (const [what, leavingBy] of Object.entries(leaving))
    it(`has the next page take away whoever had no boot record: ${what}`, async () => {
      const browser = testBrowser();
      await remembered(browser);
      browser.world.local.remove(`customer-memory:${browser.site}:boot`);
      const first = tag(browser, browser.page());
      leavingBy(first.memory).catch(() => undefined);
      leave(first.memory);
      const next = createMemory({ site: browser.site, platform: browser.page() });
      await next.ready;
      expect((await next.export()).entries).to.deep.equal([]);
      await close(next as unknown as Memory, browser);
    });

  it('takes what a bundle declares before the whole memory is there, and refuses another value at once', async () => {
    const browser = testBrowser();
    const platform = browser.page();
    const { memory, arrive } = tag(browser, platform, { consent: 'ask' });
    const purposes = { help: { title: 'Helping you', reads: ['identity'] } } as const;
    expect(createMemory({ site: browser.site, purposes })).to.equal(memory);
    expect(() => createMemory({ site: browser.site, consent: 'host' })).to.throw('another consent');
    arrive();
    await memory.ready;
    expect(memory.title('help')).to.equal('Helping you');
    await close(memory, browser);
  });

  it('shows nobody whom the gate does not let pass, but the device’s own preferences', async () => {
    const more = { devicePreferences: { theme: any } };
    const browser = testBrowser();
    const first = createMemory({
      site: browser.site,
      platform: browser.page(),
      identity: { user: 'ana' },
      ...more,
    });
    await first.remember('identity.name', { given: 'Ana' });
    await first.remember('preferences.theme', 'dark');
    await first.consent.grant();
    await first.close();
    const { memory, arrive } = tag(browser, browser.page(), more);
    expect(memory.recall('identity.name')).to.equal(undefined);
    expect(memory.recall('preferences.theme' as never)).to.include({ value: 'dark' });
    expect(memory.conversations.recent).to.deep.equal([]);
    expect(memory.status.gate).to.equal('closed');
    arrive();
    await memory.ready;
    expect(memory.recall('identity.name')).to.equal(undefined);
    expect(memory.recall('preferences.theme' as never)).to.include({ value: 'dark' });
    await close(memory, browser);
  });

  it('does not show what this visit has forgotten', async () => {
    const browser = testBrowser();
    await remembered(browser);
    const platform = browser.page();
    const forget = {
      kind: 'forget',
      id: '0195f000-0000-7000-8000-000000000001',
      at: '0195f00000000000',
      by: { who: 'visitor' },
      seen: 0,
      of: { key: 'identity.name' },
    };
    platform.session?.set(
      `customer-memory:${browser.site}:visit`,
      JSON.stringify({ v: 1, user: null, since: platform.clock.now(), entries: [forget] }),
    );
    const { memory, arrive } = tag(browser, platform);
    expect(memory.recall('identity.name')).to.equal(undefined);
    arrive();
    await memory.ready;
    await close(memory, browser);
  });
});
