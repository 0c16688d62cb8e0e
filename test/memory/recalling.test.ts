import { expect } from '@open-wc/testing';
import { z } from 'zod/mini';
import { createMemory } from '../../src/index.js';
import { leave, table } from '../../src/memory/table.js';
import type { Memory } from '../../src/memory/types.js';
import {
  everything,
  failureOf,
  load,
  loaded,
  newTab,
  registryOf,
  rememberedPerson,
  sessionOf,
  testBrowser,
} from './support.js';

const SHOE = 'preferences.shoe';

describe('what is remembered', () => {
  it('is recalled as one frozen object, the same until it changes', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    const remembered = await memory.remember(SHOE, { size: ['M', { wide: true }] }, { why: 'tried both' });
    const fact = memory.recall(SHOE)!;
    expect(fact).to.equal(remembered);
    expect(fact).to.deep.equal({
      id: fact.id,
      key: SHOE,
      value: { size: ['M', { wide: true }] },
      authority: 'stated',
      at: platform.clock.now(),
      purpose: 'preferences',
      by: { who: 'visitor', page: 'A page' },
      why: 'tried both',
    });
    expect(Object.isFrozen(fact)).to.equal(true);
    expect(Object.isFrozen((fact.value as { size: unknown[] }).size[1])).to.equal(true);
    await memory.remember('preferences.bell', 'brass');
    await memory.consent.grant();
    expect(memory.recall(SHOE), 'also when it has moved to the device').to.equal(fact);
    await memory.remember(SHOE, 'L');
    expect(memory.recall(SHOE)).not.to.equal(fact);
    const [first, second] = [memory.facts(), memory.facts()];
    expect(first[1]).to.equal(second[1]);
    expect(Object.isFrozen(first)).to.equal(true);
    await memory.close();
    await browser.clear();
  });

  it('does not change with the object that was given', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const given = { lines: ['a'] };
    const remembering = memory.remember(SHOE, given);
    given.lines.push('b');
    await remembering;
    expect(memory.value(SHOE)).to.deep.equal({ lines: ['a'] });
    await memory.close();
  });

  it('gives way to a stronger word, not to a weaker one, which only asks for confirmation', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    await memory.remember(SHOE, 'S', { authority: 'inferred' });
    await memory.remember(SHOE, 'M', { authority: 'observed' });
    expect(memory.recall(SHOE)).to.include({ value: 'M', authority: 'observed' });
    expect((memory.recall(SHOE) as unknown as { by: object }).by).to.deep.equal({
      who: 'site',
      page: 'A page',
    });
    platform.advance(1000);
    await memory.remember(SHOE, 'L');
    expect(memory.recall(SHOE)).to.include({ value: 'L', authority: 'stated' });
    expect(memory.recall(SHOE)).not.to.have.property('reconfirm');
    platform.advance(1000);
    await memory.remember(SHOE, 'L', { authority: 'observed' });
    expect(memory.recall(SHOE), 'what says the same asks nothing').not.to.have.property('reconfirm');
    const confirmed = memory.recall(SHOE);
    await memory.remember(SHOE, 'XL', { authority: 'observed' });
    expect(memory.recall(SHOE)).to.include({ value: 'L', reconfirm: true });
    expect(memory.recall(SHOE)).not.to.equal(confirmed);
    await memory.consent.grant();
    expect(memory.recall(SHOE)).to.include({ value: 'L', reconfirm: true });
    await memory.close();
    const next = load(browser);
    expect(next.memory.recall(SHOE), 'at once').to.include({ value: 'L', reconfirm: true });
    await next.memory.ready;
    expect(next.memory.recall(SHOE)).to.include({ value: 'L', reconfirm: true });
    await next.memory.remember(SHOE, 'XL');
    expect(next.memory.recall(SHOE)).to.include({ value: 'XL' });
    expect(next.memory.recall(SHOE)).not.to.have.property('reconfirm');
    await next.memory.close();
    await browser.clear();
  });

  it('is gone when its time is over, and what was weaker or older is the value again', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, platform } = await loaded(browser);
      if (granted) await memory.consent.grant();
      const end = platform.clock.now() + 60_000;
      await memory.remember(SHOE, 'M');
      await memory.remember(SHOE, 'XL', { until: end });
      expect(memory.recall(SHOE)).to.include({ value: 'XL', until: end });
      platform.advance(59_999);
      expect(memory.value(SHOE)).to.equal('XL');
      platform.advance(1);
      expect(memory.value(SHOE)).to.equal('M');
      await memory.remember('preferences.bell', 'brass', { until: platform.clock.now() - 1 });
      expect(memory.recall('preferences.bell'), 'already over').to.equal(undefined);
      await memory.close();
      await browser.clear();
    }
  });

  it('is kept for as long as its purpose or the site says, the shorter', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser, {
      keep: 'P10D',
      purposes: {
        fitting: { title: 'Fitting', keys: [SHOE], keep: 'P1D' },
        care: { title: 'Care', keep: 'P30D' },
      },
    });
    const now = platform.clock.now();
    await memory.remember(SHOE, 'M');
    await memory.remember('preferences.bell', 'brass');
    await memory.remember('care.repair.r1', 'chain');
    await memory.remember('identity.company', 'Acme', { until: now + 1000 });
    const untils = memory.facts().map(({ key, until, purpose }) => [key, purpose, (until as number) - now]);
    expect(untils).to.deep.equal([
      ['care.repair.r1', 'care', 10 * 86_400_000],
      ['identity.company', 'identity', 1000],
      ['preferences.bell', 'preferences', 10 * 86_400_000],
      [SHOE, 'fitting', 86_400_000],
    ]);
    await memory.close();
  });

  it('is discreet when it is said to be, or about care', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember('identity.email', 'ana@example.org', { discreet: true });
    await memory.remember('care.repair.r1', 'chain');
    await memory.remember(SHOE, 'M');
    expect(memory.facts().map(({ key, discreet }) => [key, discreet])).to.deep.equal([
      ['care.repair.r1', true],
      ['identity.email', true],
      [SHOE, undefined],
    ]);
    await memory.close();
  });

  it('is listed under a prefix, in the order of keys; conversations and what was asked are not', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember('preferences.a-b', 1);
    await memory.remember('preferences.a', 2);
    await memory.remember('identity.addresses.home', { streetAddress: '1 High St' });
    await memory.conversations.start({ channel: 'chat' });
    await memory.ask('preferences.size', () => undefined);
    expect(memory.facts().map(({ key }) => key)).to.deep.equal([
      'identity.addresses.home',
      'preferences.a',
      'preferences.a-b',
    ]);
    expect(memory.facts('preferences').map(({ key }) => key)).to.deep.equal([
      'preferences.a',
      'preferences.a-b',
    ]);
    expect(memory.facts('preferences.a').map(({ key }) => key)).to.deep.equal(['preferences.a']);
    expect(memory.facts('identity.addresses').length).to.equal(1);
    expect(memory.facts('care')).to.deep.equal([]);
    await memory.close();
  });

  it('has a value, or the fallback', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    expect(memory.value(SHOE)).to.equal(undefined);
    expect(memory.value(SHOE, 'M')).to.equal('M');
    await memory.remember(SHOE, false);
    expect(memory.value(SHOE, true)).to.equal(false);
    await memory.remember('preferences.none', null);
    expect(memory.recall('preferences.none')).to.include({ value: null });
    expect(memory.value('preferences.none', 'fallback'), 'null is a value').to.equal(null);
    await memory.close();
  });

  it('survives a clock that was set back: what is said later counts later', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    await first.memory.remember(SHOE, 'M');
    await first.memory.consent.grant();
    await first.memory.forget({ key: 'preferences.bell' });
    first.platform.setTime(first.platform.clock.now() - 86_400_000);
    await first.memory.remember(SHOE, 'L');
    expect(first.memory.value(SHOE)).to.equal('L');
    await first.memory.close();
    const second = load(browser, {
      on: (platform) => {
        platform.setTime(platform.clock.now() - 10 * 86_400_000);
        return platform;
      },
    });
    const early = second.memory.remember(SHOE, 'XL');
    const bell = second.memory.remember('preferences.bell', 'brass');
    await Promise.all([early, bell]);
    expect(second.memory.value('preferences.bell')).to.equal('brass');
    expect(second.memory.value(SHOE)).to.equal('XL');
    await second.memory.close();
    const third = await loaded(browser);
    expect(third.memory.value(SHOE)).to.equal('XL');
    expect(third.memory.value('preferences.bell')).to.equal('brass');
    await third.memory.close();
    await browser.clear();
  });

  it('survives a tab whose clock is ahead: what another says after it was stored counts later', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    // Nobody tells it what is stored elsewhere.
    const { memory } = await loaded(browser, {
      on: (platform) => ({ ...platform, channel: () => undefined }),
    });
    const ahead = await loaded(browser, {
      on: (platform) => {
        platform.setTime(platform.clock.now() + 6000);
        return platform;
      },
    });
    await ahead.memory.remember(SHOE, 'L');
    await memory.remember('preferences.bell', 'brass');
    await memory.remember(SHOE, 'XL');
    await Promise.all([memory.close(), ahead.memory.close()]);
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('XL');
    await next.memory.close();
    await browser.clear();
  });

  it('of a schema that has changed is kept, counted, and not recalled', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.delivery': 'drone', 'preferences.bell': 'brass' });
    const preferences = { delivery: z.enum(['home', 'pickup']), bell: z.string() };
    const { memory } = await loaded(browser, { preferences });
    expect(memory.recall('preferences.delivery')).to.equal(undefined);
    expect(memory.facts().map(({ key }) => key)).to.deep.equal(['preferences.bell']);
    expect(memory.status.unfit).to.equal(1);
    expect(await everything(browser)).to.contain('drone');
    await memory.remember('preferences.delivery', 'home');
    expect(memory.value('preferences.delivery')).to.equal('home');
    await memory.close();
    await browser.clear();
  });

  it('is validated once a stored fact, lazily', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    let validated = 0;
    const shoe = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => ((validated += 1), { value }),
      },
    };
    const { memory } = await loaded(browser, { preferences: { shoe } });
    const after = validated;
    for (let n = 0; n < 10; n += 1) memory.recall(SHOE);
    expect(validated - after).to.be.at.most(1);
    await memory.close();
    await browser.clear();
  });
});

describe('subscribing', () => {
  it('runs at once, and then once for all changes of a task', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember('preferences.grip', 'cork'); // from now on what is said is taken down at once
    const seen: [unknown, number][] = [];
    const stop = memory.subscribe((same): void => void seen.push([same, memory.version]));
    expect(seen).to.deep.equal([[memory, memory.version]]);
    const before = memory.version;
    const said = [
      memory.remember(SHOE, 'M'),
      memory.remember(SHOE, 'L'),
      memory.remember('preferences.bell', 'brass'),
    ];
    expect(seen).to.have.length(1);
    await Promise.resolve();
    expect(seen).to.have.length(2);
    expect(memory.version).to.be.above(before);
    await Promise.all(said);
    const { length } = seen;
    stop();
    stop();
    await memory.remember(SHOE, 'XL');
    expect(seen).to.have.length(length);
    await memory.close();
  });

  it('to a key runs at once, and only when another object is recalled', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    const seen: unknown[] = [];
    memory.subscribe(SHOE, (fact) => void seen.push(fact?.value));
    expect(seen).to.deep.equal([undefined]);
    await memory.remember('preferences.bell', 'brass');
    await memory.remember(SHOE, 'M');
    await memory.consent.grant();
    await memory.remember(SHOE, 'M', { authority: 'observed' });
    await memory.remember(SHOE, 'L');
    await memory.forget({ key: SHOE });
    expect(seen).to.deep.equal([undefined, 'M', 'L', undefined]);
    expect(platform.reported).to.deep.equal([]);
    await memory.close();
    await browser.clear();
  });

  it('reports a listener that throws, at once and later, and calls the others', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    const seen: unknown[] = [];
    memory.subscribe((): void => {
      throw new Error('of the host');
    });
    memory.subscribe(SHOE, () => {
      throw new Error('of a key');
    });
    memory.subscribe(SHOE, (fact) => void seen.push(fact?.value));
    expect(platform.reported.map(String)).to.deep.equal(['Error: of the host', 'Error: of a key']);
    await memory.remember(SHOE, 'M');
    expect(seen).to.deep.equal([undefined, 'M']);
    expect(platform.reported.length).to.be.at.least(4);
    await memory.close();
  });

  it('lets a listener that is added or removed while they run take effect the next time', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember('preferences.grip', 'cork');
    const seen: string[] = [];
    let late: (() => void) | undefined;
    const stop = memory.subscribe((): void => {
      seen.push('first');
      if (seen.length > 1) {
        second();
        late ??= memory.subscribe((): void => void seen.push('late'));
      }
    });
    const second = memory.subscribe((): void => void seen.push('second'));
    seen.length = 1;
    void memory.remember(SHOE, 'M');
    await Promise.resolve();
    // The one that was added runs at once on its own account, and is not run a second time.
    expect(seen).to.deep.equal(['first', 'first', 'late', 'second']);
    stop();
    late?.();
    await memory.close();
  });

  it('refuses what it cannot call, or could never recall', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    expect(await failureOf(() => memory.subscribe(SHOE, undefined as never))).to.include({ code: 'misuse' });
    expect(await failureOf(() => memory.subscribe('shoe' as never, () => undefined))).to.include({
      code: 'malformed_key',
    });
    expect(await failureOf(() => memory.subscribe(7 as never))).to.include({ code: 'misuse' });
    await memory.close();
  });
});

describe('a memory', () => {
  it('is one a site and page, and takes further options later', async () => {
    const browser = testBrowser();
    const platform = browser.page();
    const preferences = { delivery: z.enum(['home', 'pickup']) };
    const first = createMemory({ site: browser.site, platform, labels: { a: { title: 'A' } } });
    await first.remember('preferences.anything', 1);
    const second = createMemory({ site: browser.site, platform, preferences, labels: { a: { title: 'A' } } });
    expect(second).to.equal(first as unknown);
    expect(await failureOf(() => first.remember('preferences.other' as never, 1 as never))).to.include({
      code: 'unknown_key',
    });
    await second.remember('preferences.delivery', 'home');
    for (const options of [
      { labels: { a: { title: 'B' } } },
      { preferences: { delivery: z.enum(['home', 'pickup']) } },
      { platform: browser.page() },
    ]) {
      const failure = await failureOf(() => createMemory({ site: browser.site, ...options } as never));
      expect(failure).to.include({ code: 'options_conflict' });
      expect(failure.message).to.contain(Object.keys(options)[0]!).and.contain(browser.site);
    }
    await first.close();
    const third = createMemory({ site: browser.site, platform: browser.page() });
    expect(third).not.to.equal(first as unknown);
    await third.close();
  });

  it('says with the line to write what it was given wrongly', async () => {
    const cases: [unknown, RegExp][] = [
      [undefined, /createMemory\(\{ site: 'acme' \}\)/],
      ['acme', /createMemory\(\{ site: 'acme' \}\)/],
      [{}, /site/],
      [{ site: '' }, /site/],
      [{ site: 'a b' }, /site/],
      [{ site: 'a/b' }, /site/],
      [{ site: 'x'.repeat(65) }, /site/],
      [{ site: 7 }, /site/],
      [{ site: 'bad', shoes: 1 }, /shoes/],
      [{ site: 'bad', keep: '13 months' }, /keep/],
      [{ site: 'bad', keep: 'P0D' }, /keep/],
      [{ site: 'bad', budget: 0 }, /budget/],
      [{ site: 'bad', budget: '20 MB' }, /budget/],
      [{ site: 'bad', consent: 'always' }, /consent/],
      [{ site: 'bad', consent: {} }, /consent/],
      [{ site: 'bad', identity: { user: 7 } }, /identity\.user/],
      [{ site: 'bad', identity: 'u1' }, /identity/],
      [{ site: 'bad', identity: null }, /identity/],
      [{ site: 'bad', preferences: { delivery: 'home' } }, /preferences\.delivery/],
      [{ site: 'bad', preferences: { 'a.b': z.string() } }, /a\.b/],
      [{ site: 'bad', preferences: { asked: z.string() } }, /asked/],
      [{ site: 'bad', preferences: { __proto__: z.string(), constructor: z.string() } }, /constructor/],
      [
        { site: 'bad', preferences: { theme: z.string() }, devicePreferences: { theme: z.string() } },
        /theme/,
      ],
      [{ site: 'bad', preferences: z.object({}) }, /preferences/],
      [
        { site: 'bad', purposes: { a: { title: 'A', keys: ['care'] }, b: { title: 'B', keys: ['care'] } } },
        /purposes\.b/,
      ],
      [{ site: 'bad', purposes: { a: { title: 'A', keys: ['shoes'] } } }, /purposes\.a/],
      [{ site: 'bad', purposes: { a: { title: 'A', keep: 'soon' } } }, /purposes\.a/],
    ];
    for (const [options, message] of cases) {
      const failure = await failureOf(() => createMemory(options as never));
      expect(failure.code, JSON.stringify(options)).to.equal('invalid_option');
      expect(failure.message).to.match(message);
    }
    expect(table().memories.has('bad')).to.equal(false);
  });

  it('does not share a page with another major version', async () => {
    const browser = testBrowser();
    const scope = globalThis as unknown as Record<symbol, unknown>;
    const symbol = Symbol.for('customer-memory');
    const before = scope[symbol];
    scope[symbol] = { major: 99, memories: new Map(), listeners: new Set() };
    try {
      expect(
        await failureOf(() => createMemory({ site: browser.site, platform: browser.page() })),
      ).to.include({ code: 'version_conflict' });
    } finally {
      scope[symbol] = before;
    }
  });

  it('is shared with another copy of the same major version', async () => {
    const browser = testBrowser();
    const first = createMemory({ site: browser.site, platform: browser.page() });
    const copy = (globalThis as unknown as Record<symbol, ReturnType<typeof table>>)[
      Symbol.for('customer-memory')
    ]!;
    expect(copy.memories.get(browser.site)!.memory).to.equal(first as unknown as Memory);
    await first.close();
    expect(copy.memories.has(browser.site)).to.equal(false);
    leave(first as unknown as Memory);
  });

  it('that was closed answers nothing, rejects what is asked of it, and tells its listeners once more', async () => {
    const browser = testBrowser();
    const { memory, tab } = await loaded(browser);
    await memory.remember('identity.name', { given: 'Ana' });
    const chat = await memory.conversations.start({ channel: 'chat' });
    let told = 0;
    memory.subscribe((): void => void (told += 1));
    const before = told;
    const closing = memory.close();
    await closing;
    await memory.close();
    expect(told).to.be.above(before);
    expect(memory.status.state).to.equal('closed');
    expect(memory.recall('identity.name')).to.equal(undefined);
    expect(memory.facts()).to.deep.equal([]);
    expect(memory.conversations.recent).to.deep.equal([]);
    expect(memory.visitor.assurance).to.equal('anonymous');
    const acts: [string, () => unknown][] = [
      ['remember', () => memory.remember(SHOE, 'M')],
      ['forget', () => memory.forget('everything')],
      ['wrong', () => memory.wrong('x')],
      ['notMe', () => memory.notMe()],
      ['ask', () => memory.ask(SHOE, () => 'M')],
      ['start', () => memory.conversations.start({ channel: 'chat' })],
      ['latest', () => memory.conversations.latest()],
      ['get', () => memory.conversations.get(chat.id)],
      ['say', () => chat.say({ text: 'x' })],
      ['end', () => chat.end()],
      ['messages', () => chat.messages()],
      ['grant', () => memory.consent.grant()],
      ['refuse', () => memory.consent.refuse()],
      ['withdraw', () => memory.consent.withdraw()],
      ['export', () => memory.export()],
      ['import', () => memory.import({ v: 1, entries: [] })],
      ['count', () => memory.count()],
      ['subscribe', () => memory.subscribe((): void => undefined)],
      ['a view', () => memory.for('care').remember('care.a.b' as never, 1 as never)],
    ];
    for (const [what, act] of acts) expect((await failureOf(act)).code, what).to.equal('closed');
    expect(Object.keys(sessionOf(browser, tab))).to.deep.equal(['visit']);
    expect(await registryOf(browser)).to.equal(undefined);
  });

  it('stores what is being said while it is closed', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.bell': 'brass' });
    const { memory } = await loaded(browser, { tab: newTab() });
    const saying = memory.remember(SHOE, 'M').catch(() => undefined);
    await memory.close();
    await saying;
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('M');
    await next.memory.close();
    await browser.clear();
  });
});
