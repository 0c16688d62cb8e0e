import { expect } from '@open-wc/testing';
import * as v from 'valibot';
import { z } from 'zod/mini';
import {
  everything,
  failureOf,
  loaded,
  newTab,
  rememberedPerson,
  testBrowser,
  type Page,
  type TestBrowser,
} from './support.js';

const SHOE = 'preferences.shoe';
const canary = 'canary';

const standard = (validate: (value: unknown) => unknown) =>
  ({ '~standard': { version: 1 as const, vendor: 'test', validate } }) as never;
const cyclic: Record<string, unknown> = { name: canary };
cyclic['self'] = cyclic;
const deep: unknown[] = [];
for (let level = 0, at = deep; level < 50; level += 1) {
  const next: unknown[] = [];
  at.push(next);
  at = next;
}
const thrower = {
  get name(): string {
    throw new Error(canary);
  },
};
const proxy = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error(canary);
    },
    getPrototypeOf: () => {
      throw new Error(canary);
    },
  },
);
const revoked = (() => {
  const { proxy: object, revoke } = Proxy.revocable({}, {});
  revoke();
  return object;
})();
const proto: unknown = JSON.parse(`{"lines":[{"__proto__":"${canary}"}]}`);

/** [what, key, value, code, path] */
const REFUSED: readonly (readonly [string, unknown, unknown, string, string?])[] = [
  ['no key', undefined, canary, 'malformed_key'],
  ['null', null, canary, 'malformed_key'],
  ['an object as key', { toString: () => SHOE }, canary, 'malformed_key'],
  ['an empty key', '', canary, 'malformed_key'],
  ['one segment', 'preferences', canary, 'malformed_key'],
  ['seven segments', 'care.a.b.c.d.e.f', canary, 'malformed_key'],
  ['an empty segment', 'preferences..shoe', canary, 'malformed_key'],
  ['a segment of digits', 'preferences.7', canary, 'malformed_key'],
  ['a space', 'preferences.shoe size', canary, 'malformed_key'],
  ['an emoji', 'preferences.👟', canary, 'malformed_key'],
  ['another script', 'preferences.حذاء', canary, 'malformed_key'],
  ['__proto__', 'preferences.__proto__', canary, 'malformed_key'],
  ['constructor', 'preferences.constructor', canary, 'malformed_key'],
  ['prototype', 'care.prototype.x', canary, 'malformed_key'],
  ['a key too long', `preferences.${'a'.repeat(300)}`, canary, 'malformed_key'],
  ['another root', 'shoes.size', canary, 'unknown_root'],
  ['a root in capitals', 'Preferences.shoe', canary, 'unknown_root'],
  ['an identity nobody knows', 'identity.nam', canary, 'unknown_key'],
  ['a place nobody knows', 'identity.addresses.boat', canary, 'unknown_key'],
  ['a conversation', 'conversations.x', canary, 'unknown_key'],
  ['what was asked', 'preferences.asked.shoe', canary, 'unknown_key'],
  ['undefined', SHOE, undefined, 'not_json', SHOE],
  ['NaN', SHOE, { lines: [1, NaN] }, 'not_json', `${SHOE}.lines[1]`],
  ['Infinity', SHOE, -Infinity, 'not_json', SHOE],
  ['a cycle', SHOE, cyclic, 'not_json', `${SHOE}.self`],
  ['nested too deep', SHOE, deep, 'not_json'],
  ['a function', SHOE, { run: () => canary }, 'not_json', `${SHOE}.run`],
  ['a symbol', SHOE, Symbol(canary), 'not_json', SHOE],
  ['a field named by a symbol', SHOE, { [Symbol(canary)]: 1 }, 'not_json', SHOE],
  ['a bigint', SHOE, 7n, 'not_json', SHOE],
  ['a date', SHOE, new Date(0), 'not_json', SHOE],
  ['a map', SHOE, new Map([[canary, 1]]), 'not_json', SHOE],
  ['an element', SHOE, document.createElement('p'), 'not_json', SHOE],
  ['a window', SHOE, window, 'not_json', SHOE],
  ['a getter that throws', SHOE, thrower, 'not_json', `${SHOE}.name`],
  ['a hostile proxy', SHOE, proxy, 'not_json', SHOE],
  ['a revoked proxy', SHOE, revoked, 'not_json', SHOE],
  ['an array with holes', SHOE, Array.from({ length: 2 }).fill(1).concat(new Array(2)), 'not_json', SHOE],
  ['a field __proto__', SHOE, proto, 'not_json'],
  ['half of an emoji', SHOE, { note: 'half \ud83d' }, 'not_json', `${SHOE}.note`],
  ['half of an emoji as a name', SHOE, { '\udc00': 1 }, 'not_json'],
  ['over 64 KiB', SHOE, canary.repeat(12_000), 'too_large', SHOE],
  ['over 64 KiB of emoji', SHOE, '👟'.repeat(17_000), 'too_large', SHOE],
  ['over 64 KiB in pieces', SHOE, Array.from({ length: 700 }, () => 'x'.repeat(100)), 'too_large'],
  ['a megabyte', SHOE, 'x'.repeat(1_048_576), 'too_large', SHOE],
  ['an endless array', SHOE, { length: 1e9, __proto__: Array.prototype }, 'not_json', SHOE],
  ['a password', 'preferences.password', canary, 'secret', 'preferences.password'],
  [
    'a password inside',
    SHOE,
    { account: { userPassword: canary } },
    'secret',
    `${SHOE}.account.userPassword`,
  ],
  ['a pin', 'care.account.pin', canary, 'secret'],
  ['a card', SHOE, '4111 1111 1111 1111', 'secret', SHOE],
  ['a card inside', SHOE, { notes: ['ok', 'use 5500-0000-0000-0004'] }, 'secret', `${SHOE}.notes[1]`],
  ['a card as a number', SHOE, 4111111111111111, 'secret', SHOE],
  ['a card as a name', SHOE, { '4111111111111111': true }, 'secret'],
  ['a name that is a text', 'identity.name', canary, 'invalid_value', 'identity.name'],
  ['a name with a strange part', 'identity.name', { nick: canary }, 'invalid_value'],
  ['an e-mail that is a number', 'identity.email', 7, 'invalid_value', 'identity.email'],
  [
    'an address that is a text',
    'identity.addresses.home',
    canary,
    'invalid_value',
    'identity.addresses.home',
  ],
];

const KEPT: readonly (readonly [string, string, unknown])[] = [
  ['emoji', SHOE, '👩‍🚒 👟'],
  ['right-to-left', SHOE, { note: 'مرحبا \u202eabc\u202c שלום' }],
  ['control characters', SHOE, 'a\u0000b\u2028c'],
  ['an empty text', SHOE, ''],
  ['zero', SHOE, 0],
  ['null', SHOE, null],
  ['an empty object', SHOE, {}],
  ['just under 64 KiB', SHOE, 'x'.repeat(65_534)],
  ['what only looks like a card', SHOE, '1234 5678 9012 3456'],
  ['many digits as a phone', 'identity.phone', '+49 4111 1111 1111'],
  ['a word with a secret in it', 'preferences.spinach', 'opinion'],
  [
    'a key with a UUID',
    'identity.addresses.01900000-0000-7000-8000-000000000001',
    { streetAddress: '1 High St' },
  ],
  ['a name of Object.prototype', 'preferences.toString', 'x'],
];

/** Errors that reach the page, which none may. */
function watchingPage(): () => unknown[] {
  const seen: unknown[] = [];
  const note = (event: Event) => void seen.push((event as PromiseRejectionEvent).reason ?? event);
  addEventListener('unhandledrejection', note);
  addEventListener('error', note);
  return () => {
    removeEventListener('unhandledrejection', note);
    removeEventListener('error', note);
    return seen;
  };
}

for (const granted of [false, true]) {
  describe(`bad input ${granted ? 'to the device' : 'to the visit'}`, () => {
    async function page(): Promise<Page & { browser: TestBrowser }> {
      const browser = testBrowser();
      const tab = newTab();
      if (granted) await rememberedPerson(browser, { 'preferences.bell': 'brass' });
      const opened = await loaded(browser, { tab });
      if (!granted) await opened.memory.remember('preferences.bell', 'brass');
      return { ...opened, browser };
    }

    it('is refused with its path and a remedy; nothing is stored, nothing lost, nothing told of the value', async () => {
      const seen = watchingPage();
      const { memory, browser, tab, platform } = await page();
      await memory.remember(SHOE, 'before');
      const before = await everything(browser, tab);
      for (const [what, key, value, code, path] of REFUSED) {
        const failure = await failureOf(() => memory.remember(key as string, value));
        expect(failure.code, what).to.equal(code);
        if (path !== undefined) expect(failure.path, what).to.equal(path);
        expect(failure.message, what).to.match(/^remember: .+\. .+ \(\w+\)$/s);
        expect(failure.message, what).not.to.contain(canary).and.not.contain('4111').and.not.contain('0004');
        expect(failure.message.length, what).to.be.below(500);
      }
      expect(memory.value(SHOE)).to.equal('before');
      expect(memory.facts().map(({ key }) => key)).to.deep.equal(['preferences.bell', SHOE]);
      expect(await everything(browser, tab)).to.equal(before);
      expect(platform.reported).to.deep.equal([]);
      await memory.close();
      await browser.clear();
      expect(seen()).to.deep.equal([]);
    });

    it('of what is read or said of conversations is refused with what it takes instead', async () => {
      const { memory, browser } = await page();
      const chat = await memory.conversations.start({ channel: 'chat', messages: [{ text: 'one' }] });
      const calls: readonly (readonly [string, (given: never) => Promise<unknown>, string])[] = [
        ['conversations.latest', (limit) => memory.conversations.latest(limit), 'a number'],
        ['messages', (query) => chat.messages(query), '{ last'],
        ['conversations.start', (given) => memory.conversations.start(given), '{ channel'],
        ['say', (message) => chat.say(message), '{ text'],
        ['update', (part) => chat.update(part), '{ topic?'],
        ['end', (how) => chat.end(how), '{ outcome?'],
      ];
      const amounts = ['a', -1, NaN, {}];
      for (const [operation, call, takes] of calls) {
        const some = operation.endsWith('latest')
          ? amounts
          : ['hello', 7, null, ...(operation === 'messages' ? amounts.map((last) => ({ last })) : [])];
        for (const given of some) {
          const failure = await failureOf(() => call(given as never));
          const what = `${operation} of ${JSON.stringify(given)}`;
          expect(failure.code, what).to.equal(/latest|messages/.test(operation) ? 'misuse' : 'invalid_value');
          expect(failure.message, what).to.match(new RegExp(`^${operation}: it takes .+\\. .+ \\(\\w+\\)$`));
          expect(failure.message, what).to.contain(takes);
        }
      }
      expect(await memory.conversations.latest(0)).to.deep.equal([]);
      expect(await chat.messages({ last: 0 })).to.deep.equal([]);
      expect(await chat.messages({ last: Infinity })).to.have.length(1);
      expect(await memory.conversations.latest(Infinity)).to.have.length(1);
      await memory.close();
      await browser.clear();
    });

    it('is told from what only looks so, which is kept as it is', async () => {
      const { memory, browser, tab } = await page();
      for (const [what, key, value] of KEPT) {
        await memory.remember(key, value);
        expect(memory.value(key), what).to.deep.equal(value);
      }
      await memory.close();
      const next = await loaded(browser, { tab });
      for (const [what, key] of KEPT.filter(([, key]) => key !== SHOE))
        expect(next.memory.recall(key), what).to.be.an('object');
      expect(next.memory.value(SHOE)).to.equal('1234 5678 9012 3456');
      await next.memory.close();
      await browser.clear();
    });

    it('of ten thousand facts in a loop is kept, and the last word of each key is the value', async function () {
      this.timeout(240_000);
      const { memory, browser, tab } = await page();
      let last: Promise<unknown> | undefined;
      for (let n = 0; n < 10_000; n += 1) last = memory.remember(`preferences.k${n % 100}`, n);
      await last;
      expect(memory.value('preferences.k7')).to.equal(9907);
      await memory.close();
      const next = await loaded(browser, { tab });
      for (let n = 0; n < 100; n += 1) expect(next.memory.value(`preferences.k${n}`)).to.equal(9900 + n);
      expect(next.memory.value('preferences.bell')).to.equal('brass');
      await next.memory.close();
      await browser.clear();
    });

    it('of ten thousand different keys is kept; what a tab cannot hold is known on the page, and said so', async function () {
      this.timeout(240_000);
      const { memory, browser, tab } = await page();
      const said = Array.from({ length: 10_000 }, (_, n) => memory.remember(`preferences.key${n}`, n));
      await Promise.all(said);
      expect(memory.facts()).to.have.length(10_001);
      expect(memory.status.storage.session).to.equal(granted ? 'ok' : 'full');
      await memory.close();
      const next = await loaded(browser, { tab });
      if (granted) expect(next.memory.facts()).to.have.length(10_001);
      else expect(next.memory.facts().length).to.be.within(1000, 10_000);
      await next.memory.close();
      await browser.clear();
    });
  });
}

describe('bad options of remember', () => {
  it('are refused, and nothing is kept', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    for (const options of [
      { authority: 'verified' },
      { authority: 'recorded' },
      { authority: 'agent' },
      { authority: 7 },
      { why: 7 },
      { why: 'x'.repeat(501) },
      { why: 'half \ud83d' },
      { why: 'my card 4111 1111 1111 1111' },
      { until: '2030' },
      { until: NaN },
      { until: -1 },
      { discreet: 'yes' },
      null,
      'because',
    ]) {
      const failure = await failureOf(() => memory.remember(SHOE, 'M', options as never));
      expect(failure.code, JSON.stringify(options)).to.be.oneOf(['invalid_option', 'secret']);
      expect(failure.message).not.to.contain('4111');
    }
    expect(memory.facts()).to.deep.equal([]);
    await memory.close();
  });

  it('that there are not are named, with those there are; one that is there and says nothing is not missed', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    for (const options of [{ because: 'x' }, { why: 'x', by: 'site' }, { because: undefined }]) {
      const failure = await failureOf(() => memory.remember(SHOE, 'M', options as never));
      expect(failure.code).to.equal('invalid_option');
      expect(failure.message).to.include(`there is no option ${Object.keys(options).pop()}`);
      expect(failure.message).to.include('authority, why, until, discreet');
    }
    expect(memory.facts()).to.deep.equal([]);
    await memory.remember(SHOE, 'M', undefined);
    await memory.remember(SHOE, 'L', {
      authority: undefined,
      why: undefined,
      until: undefined,
      discreet: undefined,
    } as never);
    expect(memory.recall(SHOE)?.value).to.equal('L');
    await memory.close();
  });
});

describe('a schema', () => {
  const cases: [string, never, unknown, string, RegExp][] = [
    [
      'of zod that refuses',
      z.object({ size: z.number() }) as never,
      { size: canary },
      'invalid_value',
      /preferences\.shoe\.size/,
    ],
    [
      'of valibot that refuses',
      v.object({ lines: v.array(v.string()) }) as never,
      { lines: ['a', 7] },
      'invalid_value',
      /preferences\.shoe\.lines\.1/,
    ],
    [
      'of valibot, whose message repeats the value',
      v.number() as never,
      canary,
      'invalid_value',
      /preferences\.shoe/,
    ],
    [
      'that answers a promise',
      standard(async (value) => ({ value })),
      canary,
      'async_schema',
      /preferences\.shoe/,
    ],
    [
      'that answers a promise that rejects',
      standard(() => Promise.reject(new Error(canary))),
      canary,
      'async_schema',
      /preferences\.shoe/,
    ],
    [
      'that throws',
      standard(() => {
        throw new Error(canary);
      }),
      'x',
      'invalid_value',
      /preferences\.shoe/,
    ],
    ['that answers nothing', standard(() => undefined), 'x', 'invalid_value', /preferences\.shoe/],
    [
      'whose output it refuses',
      standard((value) =>
        typeof value === 'string' ? { value: value.length } : { issues: [{ message: 'no' }] },
      ),
      'abc',
      'schema_not_stable',
      /preferences\.shoe/,
    ],
    [
      'whose output it changes',
      standard((value) => ({ value: `${String(value)}!` })),
      'abc',
      'schema_not_stable',
      /preferences\.shoe/,
    ],
    [
      'whose output is not JSON',
      standard(() => ({ value: new Date(0) })),
      'abc',
      'not_json',
      /preferences\.shoe/,
    ],
    [
      'whose output is a card',
      standard(() => ({ value: '4111111111111111' })),
      'abc',
      'secret',
      /preferences\.shoe/,
    ],
    [
      'whose message repeats the value',
      standard((value) => ({ issues: [{ message: `bad value ${String(value)}` }] })),
      canary,
      'invalid_value',
      /preferences\.shoe/,
    ],
  ];
  for (const [what, shoe, value, code, message] of cases) {
    it(`${what} is told to the developer, and nothing is kept`, async () => {
      const seen = watchingPage();
      const browser = testBrowser();
      const { memory, tab } = await loaded(browser, { preferences: { shoe } });
      const failure = await failureOf(() => memory.remember(SHOE, value));
      expect(failure.code).to.equal(code);
      expect(failure.message).to.match(message);
      expect(failure.message).not.to.contain(canary).and.not.contain('4111');
      expect(memory.recall(SHOE)).to.equal(undefined);
      expect(await everything(browser, tab)).not.to.contain(canary);
      expect(await failureOf(() => memory.remember('preferences.other', 1))).to.include({
        code: 'unknown_key',
      });
      expect(await failureOf(() => memory.remember('preferences.toString', 1))).to.include({
        code: 'unknown_key',
      });
      await memory.close();
      await new Promise((resolve) => setTimeout(resolve));
      expect(seen()).to.deep.equal([]);
    });
  }

  it('that coerces gives what it made of the value', async () => {
    const browser = testBrowser();
    const trimmed = z.string().check(z.trim());
    const { memory } = await loaded(browser, { preferences: { shoe: trimmed as never } });
    await memory.remember(SHOE, '  M ');
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
  });
});

describe('asking for a key that could not be', () => {
  it('is a developer’s mistake, and says so', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { preferences: { shoe: z.string() as never } });
    expect(await failureOf(() => memory.recall('shoe'))).to.include({ code: 'malformed_key' });
    expect(await failureOf(() => memory.recall('preferences.other'))).to.include({ code: 'unknown_key' });
    expect(await failureOf(() => memory.value('conversations.x'))).to.include({ code: 'unknown_key' });
    expect(await failureOf(() => memory.recall('identity.nam'))).to.include({ code: 'unknown_key' });
    expect(await failureOf(() => memory.facts('shoes'))).to.include({ code: 'unknown_root' });
    expect(await failureOf(() => memory.facts('preferences.'))).to.include({ code: 'malformed_key' });
    await memory.close();
  });
});
