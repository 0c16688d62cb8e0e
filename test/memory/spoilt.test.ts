import { expect } from '@open-wc/testing';
import { messageKey } from '../../src/facts/message-key.js';
import { answer, openRaw, stampAt, uuid } from '../store/support.js';
import {
  load,
  loaded,
  newTab,
  rememberedPerson,
  testBrowser,
  type Page,
  type TestBrowser,
} from './support.js';

const SIZE = 'preferences.size';
const COLOUR = 'preferences.colour';
const BELL = 'preferences.bell';

/** As another script, another version or a damaged disk leaves them. */
describe('where something in a storage is not as it was written', () => {
  let browser: TestBrowser;
  beforeEach(() => (browser = testBrowser()));
  afterEach(() => browser.clear());

  const registry = () => `customer-memory:${browser.site}`;
  const person = async () => registry() + (await browser.databases()).find((name) => name.length > 10);

  type Fields = Record<string, unknown> & { consent: object; entry: Record<string, unknown> };
  async function spoil(name: string, store: string, change: (value: Fields) => unknown): Promise<void> {
    const raw = await openRaw(name);
    const records = raw.transaction(store, 'readwrite').objectStore(store);
    for (const key of await answer(records.getAllKeys())) {
      const value = await answer<Fields>(records.get(key) as IDBRequest<Fields>);
      const next = change(value);
      await answer(records.keyPath === null ? records.put(next, key) : records.put(next));
    }
    raw.close();
  }

  const endless: unknown[] = [];
  endless.push(endless);
  const ofSize = (value: unknown) => (row: Fields) =>
    row.entry['key'] === SIZE ? { entry: { ...row.entry, value } } : row;

  for (const [what, store, change] of [
    ['a stamp of the database', 'meta', (meta) => ({ ...meta, greatest: 'zzz' })],
    ['what for', 'meta', (meta) => ({ ...meta, consent: { ...meta.consent, purposes: 5 } })],
    ['a place in the database', 'meta', (meta) => ({ ...meta, cursor: 'x' })],
    ['the clock of an endpoint', 'meta', (meta) => ({ ...meta, skew: 1e16 })],
    ['a count of what is lost', 'meta', (meta) => ({ ...meta, lost: { storage: undefined, evicted: 5n } })],
    ['a value that JSON cannot say', 'rows', ofSize(5n)],
    ['a value that contains itself', 'rows', ofSize(endless)],
    ['the number of earlier messages', 'pages', (page) => ({ ...page, earlier: 5n })],
    ['when somebody was here', 'subjects', (line) => ({ ...line, usedAt: 0 })],
  ] as const satisfies readonly (readonly [string, string, (value: Fields) => unknown])[])
    for (const boot of ['with', 'without'] as const)
      it(`(${what}, ${boot} a boot record) the rest is recalled, words are kept, and everything can be forgotten`, async () => {
        const first = await loaded(browser);
        await first.memory.remember(SIZE, 'M');
        await first.memory.remember(COLOUR, 'red');
        await first.memory.conversations.start({ channel: 'chat', messages: [{ text: 'one' }] });
        await first.memory.consent.grant();
        await first.memory.close();
        await spoil(store === 'subjects' ? registry() : await person(), store, change);
        if (boot === 'without') browser.world.local.remove(`${registry()}:boot`);

        const page = await loaded(browser);
        expect(page.memory.status.storage).to.deep.equal({ session: 'ok', device: 'ok' });
        expect(page.memory.facts().map(({ key }) => key)).to.include(COLOUR);
        const isGranted = what !== 'what for';
        await page.memory.remember(BELL, 'brass');
        await page.memory.close();

        const next = await loaded(browser);
        expect(next.memory.value(BELL)).to.equal(isGranted ? 'brass' : undefined);
        expect(next.memory.status.storage.device).to.equal('ok');
        await next.memory.forget('everything');
        await next.memory.close();
        // It is asked for, and not waited for.
        while ((await browser.databases()).some((name) => name.length > 10)) continue;
      });

  it('a page that counts wrong loses none of its messages', async () => {
    const { memory } = await loaded(browser);
    const { id } = await memory.conversations.start({
      channel: 'chat',
      messages: [{ text: 'one' }, { text: 'two' }],
    });
    await memory.consent.grant();
    await memory.close();
    await spoil(await person(), 'pages', (page) => ({ ...page, size: 5n }));
    const page = await loaded(browser);
    await (await page.memory.conversations.get(id))?.say({ text: 'three' });
    await page.memory.close();
    const next = await loaded(browser);
    const messages = await (await next.memory.conversations.get(id))?.messages({ last: 9 });
    expect(messages?.map(({ text }) => text)).to.deep.equal(['one', 'two', 'three']);
    expect(next.memory.status).not.to.have.property('unreadable');
    await next.memory.close();
  });

  const nested = (depth: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < depth; level += 1) value = [value];
    return value;
  };
  const keysOf = ({ memory }: Page) => memory.facts().map(({ key }) => key);

  /** Two words on the size, one on the colour; what is changed of those on the size, and no boot record. */
  async function withSizes(change: (row: Fields) => object): Promise<Page> {
    const first = await loaded(browser);
    await first.memory.consent.grant();
    await first.memory.remember(SIZE, 'M');
    await first.memory.remember(SIZE, 'L', { authority: 'inferred' });
    await first.memory.remember(COLOUR, 'red');
    await first.memory.close();
    const ofSizes = (row: Fields) => (row.entry['key'] === SIZE ? change(row) : row);
    await spoil(await person(), 'rows', ofSizes);
    browser.world.local.remove(`${registry()}:boot`);
    return loaded(browser);
  }

  for (const [what, change, shown] of [
    ['when it was received, a BigInt', (row) => ({ ...row, received: 5n }), [COLOUR, SIZE]],
    ['when it was received, a text', (row) => ({ ...row, received: 'x' }), [COLOUR, SIZE]],
    ['its place at the endpoint', (row) => ({ ...row, seq: 'x' }), [COLOUR, SIZE]],
    // What no forget would cover.
    ['what it has seen', ({ entry }) => ({ entry: { ...entry, seen: Infinity } }), [COLOUR]],
    // For some engines too deep to be copied, for others not.
    ['a very deep value', ({ entry }) => ({ entry: { ...entry, value: nested(3000) } }), undefined],
  ] as const satisfies readonly (readonly [
    string,
    (row: Fields) => object,
    readonly string[] | undefined,
  ])[]) {
    it(`(${what}) the rest is recalled, and words are kept`, async () => {
      const page = await withSizes(change);
      if (shown) expect(keysOf(page)).to.deep.equal(shown);
      else expect(keysOf(page)).to.include(COLOUR);
      await page.memory.remember(SIZE, 'S');
      await page.memory.close();
      const next = await loaded(browser);
      expect(next.memory.value(SIZE)).to.equal('S');
      await next.memory.close();
    });

    for (const [name, selector] of [
      ['one', { key: SIZE }],
      ['everything', 'everything'],
    ] as const)
      it(`(${what}) ${name} can be forgotten, in a page that is left at once too`, async () => {
        const page = await withSizes(change);
        const forgotten = page.memory.forget(selector);
        expect(page.memory.value(SIZE)).to.equal(undefined);
        const noted = Object.keys(browser.local()).filter((key) => key.startsWith('forgetting'));
        expect(noted).to.have.length(1);
        await forgotten;
        await page.memory.close();
        const next = await loaded(browser);
        expect(keysOf(next)).to.deep.equal(name === 'one' ? [COLOUR] : []);
        await next.memory.close();
      });
  }

  it('a forget whose place at the endpoint is none takes away what was said before it, and nothing else', async () => {
    const before = stampAt();
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const { memory } = await loaded(browser);
    await memory.forget({ key: SIZE });
    await memory.close();
    await spoil(await person(), 'rows', (row) =>
      row.entry['kind'] === 'forget' ? { ...row, seq: NaN } : row,
    );
    const late = {
      ...{ kind: 'fact', id: uuid(), at: before, seen: 0, by: { who: 'visitor' }, purpose: 'preferences' },
      ...{ key: SIZE, value: 'L', authority: 'stated' },
    };
    const page = await withVisit({ entries: [late], local: (await person()).split(':')[2] });
    expect(page.memory.value(SIZE)).to.equal(undefined);
    await page.memory.remember(SIZE, 'S');
    await page.memory.close();
    const next = await loaded(browser);
    expect(next.memory.value(SIZE)).to.equal('S');
    await next.memory.close();
  });

  it('a fact of the boot record that says wrongly what it comes after can be forgotten', async () => {
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const name = `${registry()}:boot`;
    const record = JSON.parse(browser.world.local.get(name) ?? '') as { facts: object[] };
    const facts = record.facts.map((fact) => ({ ...fact, after: 5 }));
    browser.world.local.set(name, JSON.stringify({ ...record, facts }));
    const { memory } = load(browser);
    const forgotten = memory.forget({ key: SIZE });
    expect(memory.facts()).to.deep.equal([]);
    await forgotten;
    await memory.close();
  });

  const withVisit = (visit: object): Promise<Page> => {
    const tab = newTab();
    const record = { v: 1, user: null, since: browser.page().clock.now(), entries: [], calls: [], ...visit };
    tab.session.set(`${registry()}:visit`, JSON.stringify(record));
    return loaded(browser, { tab });
  };

  it('a message of the visit that is about no conversation keeps nothing else from the device', async () => {
    await rememberedPerson(browser, { [SIZE]: 'M' });
    const id = uuid();
    const odd = {
      ...{ kind: 'message', id, at: stampAt(), seen: 0, by: { who: 'visitor' }, purpose: 'preferences' },
      ...{ key: 'preferences.x', value: { text: 'x' } },
    };
    expect(messageKey(id, id)).not.to.equal(odd.key);
    const { memory } = await withVisit({ entries: [odd] });
    await memory.remember(BELL, 'brass');
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.value(BELL)).to.equal('brass');
    await next.memory.close();
  });

  for (const calls of [[null], [{}], [['nonsense']], [[null]], [[{}, {}, {}, {}]]])
    it(`calls that are none (${JSON.stringify(calls)}) are passed over, and nobody is told of an error`, async () => {
      await rememberedPerson(browser, { [SIZE]: 'M' });
      const { memory, platform } = await withVisit({ calls });
      expect(memory.value(SIZE)).to.equal('M');
      await memory.remember(BELL, 'brass');
      await memory.close();
      expect(platform.reported).to.deep.equal([]);
    });
});
