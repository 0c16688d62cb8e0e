import { expect } from '@open-wc/testing';
import type { Entry } from '../../src/facts/entry.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  answer,
  cleanUp,
  DAY,
  dump,
  fact,
  forget,
  message,
  newPerson,
  newSite,
  NOW,
  openDevice,
  openRaw,
  realDatabases,
  reasonOf,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

interface Aside {
  readonly entry: { readonly key: string; readonly purpose: string };
  readonly reason: string;
  readonly at: number;
  readonly from: string;
  readonly value?: unknown;
}

describe('what cannot be read', () => {
  let site: string;
  let platform: FakePlatform;
  let faulty: FaultyIndexedDb;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  const cid = uuid();
  beforeEach(async () => {
    site = newSite();
    faulty = faultyIndexedDb(realDatabases().indexedDB as FaultyIndexedDb);
    platform = realDatabases({ overrides: { indexedDB: faulty } });
    ({ device, subject, name } = await newPerson(platform, site));
    await subject.write([], { device: true, sync: false, at: NOW });
    await subject.write([fact('preferences.size', 'M'), fact('preferences.colour', 'red')]);
    await subject.write([start(cid), ...texts(0, 150).map((text) => message(cid, text))]);
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  const texts = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
  const facts = async () =>
    (await subject.load(NOW)).facts.map(({ entry }) => [entry.key, entry.value]).sort();
  const said = async () =>
    (await subject.messages(cid, { last: 999 }, NOW)).map(({ entry }) => entry.value.text);
  const aside = async () => ((await dump(name))['quarantine'] ?? []).map(({ value }) => value as Aside);

  /** As an older bug, a bit that has flipped or a hostile extension leaves it. */
  async function spoil(store: string, change: (value: never) => unknown, database = name): Promise<void> {
    const raw = await openRaw(database);
    const records = raw.transaction(store, 'readwrite').objectStore(store);
    const [keys, values] = await Promise.all([
      answer(records.getAllKeys()),
      answer<unknown[]>(records.getAll()),
    ]);
    for (const [index, value] of values.entries()) {
      const next = change(value as never);
      if (next === value) continue;
      await answer(records.keyPath === null ? records.put(next, keys[index]) : records.put(next));
    }
    raw.close();
  }

  type Row = { entry: Entry & { key: string; value: unknown } };
  const ofSize =
    (change: (row: Row) => unknown) =>
    (row: Row): unknown =>
      row.entry.key === 'preferences.size' ? change(row) : row;
  const spoilMessage = (text: string, spoilt: unknown) =>
    spoil('pages', (page: { messages: Row[] }) => {
      const found = page.messages.some(({ entry }) => (entry.value as { text?: string }).text === text);
      if (!found) return page;
      return {
        ...page,
        messages: page.messages.map((row) =>
          (row.entry.value as { text?: string }).text === text ? spoilt : row,
        ),
      };
    });

  let row: Row;
  for (const [what, change] of Object.entries<(row: Row) => unknown>({
    'a row that is nothing': () => ({}),
    'a row that is a number': () => 7,
    'a fact without a key': ({ entry }) => ({ entry: { ...entry, key: undefined } }),
    'a fact without a value': ({ entry }) => ({ entry: { ...entry, value: undefined } }),
    'a stamp that is none': ({ entry }) => ({ entry: { ...entry, at: 42 } }),
    'an id that is none': ({ entry }) => ({ entry: { ...entry, id: null } }),
    'an authority that nobody has': ({ entry }) => ({ entry: { ...entry, authority: 'king' } }),
    'a kind that a later version knows': ({ entry }) => ({ entry: { ...entry, kind: 'promise' } }),
    'a value that is no JSON': ({ entry }) => ({ entry: { ...entry, value: [5n] } }),
    'a value that contains itself': ({ entry }) => {
      const value: unknown[] = [];
      value.push(value);
      return { entry: { ...entry, value } };
    },
    'a reason that is no JSON': ({ entry }) => ({ entry: { ...entry, why: 5n } }),
  }))
    it(`is set aside (${what}), as it was found, and everything else is recalled and can be written to`, async () => {
      await spoil(
        'rows',
        ofSize((found) => change((row = found))),
      );
      expect(await facts()).to.deep.equal([['preferences.colour', 'red']]);
      const [one, ...more] = await aside();
      expect(more).to.deep.equal([]);
      expect(one).to.deep.include({ reason: 'unfit', at: NOW, from: 'rows' });
      expect(one?.entry).to.include({ key: 'preferences.size', purpose: 'preferences' });
      expect(one?.value).to.deep.equal(change(row as Row));
      expect((await subject.load(NOW)).lost).to.deep.equal({ unreadable: 1 });
      await subject.write([fact('preferences.size', 'L')]);
      expect(await facts()).to.deep.equal([
        ['preferences.colour', 'red'],
        ['preferences.size', 'L'],
      ]);
      expect(await subject.setAside()).to.deep.equal(await aside());
    });

  for (const [what, spoilt] of Object.entries({
    nothing: undefined,
    'an entry of another kind': { entry: fact('preferences.size', 'M') },
    'a message without a text': { entry: { ...message(cid, ''), seen: 0, value: {} } },
    'a message with data that is no JSON': {
      entry: { ...message(cid, ''), seen: 0, value: { text: '', data: 5n } },
    },
    'a message that is about no conversation': {
      entry: { ...message(cid, ''), seen: 0, key: 'preferences.x' },
    },
  }))
    it(`is one message of a page (${what}): only that one is out of view`, async () => {
      await spoilMessage('line 42', spoilt);
      expect(await said()).to.deep.equal([...texts(0, 42), ...texts(43, 150)]);
      expect((await subject.conversation(cid, NOW))?.messages).to.equal(149);
      expect((await aside()).map(({ value }) => value)).to.deep.equal([spoilt]);
    });

  it('is a page: its conversation goes on without it, and is counted without it', async () => {
    await spoil('pages', (page: { n: number }) => (page.n === 5 ? { ...page, messages: 'gone' } : page));
    const [loaded] = (await subject.load(NOW)).conversations;
    expect([loaded?.id, loaded?.messages]).to.deep.equal([cid, 125]);
    expect(await said()).to.deep.equal(texts(0, 125));
    await subject.write([message(cid, 'goes on')]);
    expect(await said()).to.deep.equal([...texts(0, 125), 'goes on']);
    expect((await subject.conversation(cid, NOW))?.messages).to.equal(126);
  });

  it('is the only page of a conversation: the conversation is there all the same', async () => {
    await spoil('pages', (page: object) => ({ ...page, messages: null }));
    expect((await subject.load(NOW)).conversations.map(({ id, messages }) => [id, messages])).to.deep.equal([
      [cid, 0],
    ]);
    await subject.write([message(cid, 'again')]);
    expect(await said()).to.deep.equal(['again']);
  });

  for (const how of ['writing', 'forgetting', 'carrying away', 'counting'] as const)
    it(`is found by ${how} too`, async () => {
      const other = await device.openSubject(subject.local);
      await spoilMessage('line 149', {});
      if (how === 'writing') await other?.write([message(cid, 'more')]);
      other?.close();
      if (how === 'forgetting') await subject.write([forget({ purpose: 'care' })]);
      if (how === 'counting') await subject.count(NOW);
      if (how === 'carrying away')
        for await (const batch of subject.entries(NOW)) expect(batch).to.be.an('array');
      expect((await aside()).length).to.equal(1);
      expect((await subject.count(NOW)).messages).to.equal(how === 'writing' ? 150 : 149);
    });

  for (const error of ['DataError', 'NotReadableError'])
    it(`is a value that the browser does not give (${error}): that record alone is gone from view`, async () => {
      const isSize = (value: unknown) => (value as Partial<Row>)?.entry?.key === 'preferences.size';
      faulty.fail({ at: 'value', is: isSize, error: new DOMException('large value', error) }, Infinity);
      expect(await facts()).to.deep.equal([['preferences.colour', 'red']]);
      faulty.fail({ at: 'open' }, 0);
      const [one] = await aside();
      expect(one).to.deep.include({ reason: error, from: 'rows' });
      expect(one?.entry.key).to.equal('preferences.size');
      expect((await subject.load(NOW)).lost).to.deep.equal({ unreadable: 1 });
    });

  it('is a value that the browser does not give at first: nothing is set aside when it does', async () => {
    const isSize = (value: unknown) => (value as Partial<Row>)?.entry?.key === 'preferences.size';
    const error = new DOMException('large value', 'NotReadableError');
    faulty.fail({ at: 'value', is: isSize, error });
    await subject.load(NOW).catch(() => undefined);
    expect((await facts()).length).to.equal(2);
    expect(await aside()).to.deep.equal([]);
  });

  it('is not what the browser fails to give for another reason while it is looked for: that is read the next time', async () => {
    await spoil('rows', (row: Row) => (row.entry.key === 'preferences.colour' ? {} : row));
    let reads = 0;
    const isSizeAgain = (value: unknown) =>
      (value as Partial<Row>)?.entry?.key === 'preferences.size' && (reads += 1) > 1;
    faulty.fail({ at: 'value', is: isSizeAgain, error: new DOMException('lost', 'UnknownError') });
    expect(await reasonOf(subject.load(NOW))).to.equal('failed');
    expect(await facts()).to.deep.equal([['preferences.size', 'M']]);
    expect((await aside()).map(({ entry }) => entry.key)).to.deep.equal(['preferences.colour']);
  });

  for (const [what, spoilt] of Object.entries<(meta: object) => unknown>({
    'not an object': () => 'meta',
    'without its days': (meta) => ({ ...meta, days: undefined }),
    'with a number that is none': (meta) => ({ ...meta, skew: 'x' }),
    'with a number as a text': (meta) => ({ ...meta, rev: '5' }),
    'with nothing for a number': (meta) => ({ ...meta, cursor: null }),
    'with a time that no stamp has': (meta) => ({ ...meta, skew: 1e16 }),
    'with a place that is none': (meta) => ({ ...meta, cursor: 'x' }),
    'with a stamp that is none': (meta) => ({ ...meta, greatest: 'zzz' }),
    'with a day that is none': (meta) => ({ ...meta, days: [NOW, '5'] }),
    'with a count of what is lost that is none': (meta) => ({ ...meta, lost: { evicted: 5n } }),
    'with more than a count of what is lost': (meta) => ({ ...meta, lost: { storage: undefined } }),
    'with what is no JSON': (meta) => ({ ...meta, subject: 5n }),
  }))
    it(`is what is known of the database (${what}): the rest is recalled`, async () => {
      await spoil('meta', spoilt);
      expect((await facts()).length).to.equal(2);
      await subject.write([fact('preferences.bell', 'brass'), message(cid, 'more')]);
      expect((await facts()).length).to.equal(3);
      expect((await said()).length).to.equal(151);
      const { consent, lost } = await subject.load(NOW);
      expect(lost).to.deep.equal({ unreadable: 1 });
      expect(consent?.device).to.equal(what === 'not an object' ? undefined : true);
    });

  for (const purposes of [5, null, ['care', 5n], { care: true }])
    it(`is for what the person has consented (${typeof purposes}): what is there is recalled, and nothing more is taken as granted`, async () => {
      await spoil('meta', (meta: { consent: object }) => ({
        ...meta,
        consent: { ...meta.consent, purposes },
      }));
      const { consent, facts: found, lost } = await subject.load(NOW);
      expect(consent).to.deep.equal({ device: true, sync: false, purposes: [], at: NOW });
      expect([found.length, lost]).to.deep.equal([2, { unreadable: 1 }]);
    });

  for (const [what, change] of Object.entries<(page: { n: number }) => object>({
    'a size that is no number': (page) => ({ ...page, size: 5n }),
    'no size': ({ n, ...page }) => ({ ...page, n, size: undefined }),
    'a size as a text': (page) => ({ ...page, size: '5' }),
    'a count of earlier ones that is none': (page) => (page.n === 5 ? { ...page, earlier: 5n } : page),
    'a count of earlier ones as a text': (page) => (page.n === 5 ? { ...page, earlier: '5' } : page),
    'an end that is none': (page) => ({ ...page, until: null }),
    'a last stamp that is none': (page) => (page.n === 5 ? { ...page, last: 'zzz' } : page),
  }))
    it(`is what a page says of itself (${what}): its messages can be read, and none is set aside`, async () => {
      await spoil('pages', change);
      // Of what it has written itself it knows what it is.
      const other = await device.openSubject(subject.local);
      await other?.write([message(cid, 'goes on')]);
      other?.close();
      expect(await said()).to.deep.equal([...texts(0, 150), 'goes on']);
      expect((await subject.conversation(cid, NOW))?.messages).to.equal(151);
      expect(await aside()).to.deep.equal([]);
      const pages = (await dump(name))['pages']?.map(({ value }) => value as Record<string, unknown>);
      for (const { size, earlier = 0, until } of pages ?? [])
        expect([typeof size, typeof earlier, until]).to.deep.equal(['number', 'number', undefined]);
    });

  it('is how many messages come before a page: a start counts them again', async () => {
    await spoil('pages', (page: { n: number }) => (page.n === 5 ? { ...page, earlier: 5n } : page));
    expect((await subject.load(NOW)).conversations.map(({ messages }) => messages)).to.deep.equal([150]);
    expect(await aside()).to.deep.equal([]);
  });

  it('is a line of the registry: whose it is is not guessed, and everybody else is there', async () => {
    const ana = await device.createSubject({ user: 'ana', gen: '1111111111111111', now: NOW });
    ana.close();
    const registry = `customer-memory:${site}`;
    await spoil(
      'subjects',
      (line: { user?: string }) => (line.user ? { ...line, user: 7, usedAt: 'x' } : line),
      registry,
    );
    const next = await openDevice(platform, site, { create: false });
    const { subjects } = (await next?.read()) ?? { subjects: [] };
    expect(subjects.find(({ local }) => local === subject.local)).to.not.have.property('user');
    const line = subjects.find(({ local }) => local === ana.local);
    expect(line).to.include({ state: 'aside', usedAt: NOW });
    expect(line?.user).to.match(/^[\da-f]{32}$/);
    next?.close();
    expect(JSON.stringify(await dump(registry))).to.contain('"user":7');
  });

  for (const [what, spoilt] of Object.entries({
    'at 0': { usedAt: 0 },
    'before 1970': { usedAt: -1 },
    'as a text': { usedAt: '5' },
    'after every calendar': { usedAt: 1e300 },
    'and missing since a time that is none': { missed: 'x' },
  }))
    it(`is when somebody was last here, ${what}: they are there`, async () => {
      await spoil('subjects', (line: object) => ({ ...line, ...spoilt }), `customer-memory:${site}`);
      expect((await device.read()).subjects).to.deep.equal([
        { local: subject.local, state: 'open', usedAt: NOW },
      ]);
    });

  it('is when somebody was last here: they are there', async () => {
    const registry = `customer-memory:${site}`;
    await spoil('subjects', (line: object) => ({ ...line, usedAt: null }), registry);
    const { subjects, active } = await device.read();
    expect(active).to.equal(subject.local);
    expect(subjects).to.deep.equal([{ local: subject.local, state: 'open', usedAt: NOW }]);
  });

  /** Twice: when it is read, and when it is looked for. */
  const hide = (value: string) => {
    const error = new DOMException('large value', 'NotReadableError');
    faulty.fail({ at: 'value', is: (found) => found === value, error }, 2);
  };

  it('is who was here last: an anonymous person is still the one who is here', async () => {
    const ana = await device.createSubject({ user: 'ana', gen: '2222222222222222', now: NOW });
    ana.close();
    await device.activate(subject.local, '3333333333333333', NOW);
    hide(subject.local);
    expect((await device.read()).active).to.equal(subject.local);
  });

  it('is who was here last: of several it is the one whom the last page has shown, and nobody who was put aside', async () => {
    const ana = await device.createSubject({ user: 'ana', gen: '2222222222222222', now: NOW });
    ana.close();
    const shown = ({ local }: { local: string }) => {
      const gen = '0123456789abcdef';
      const none = { epoch: '', rev: 0, facts: [], heads: [], device: [], consent: { device: true } };
      platform.local?.set(`customer-memory:${site}:boot`, JSON.stringify({ v: 1, gen, local, ...none }));
    };
    for (const one of [ana, subject]) {
      await device.activate(one.local, '3333333333333333', NOW);
      shown(one);
      hide(one.local);
      expect((await device.read()).active).to.equal(one.local);
    }
    await device.putAside(ana.local, '4444444444444444', NOW);
    await device.activate(subject.local, '5555555555555555', NOW);
    shown(ana);
    hide(subject.local);
    expect((await device.read()).active).to.equal(subject.local);
  });

  it('is the generation: that of the page counts, where it has one', async () => {
    const { gen } = await device.read();
    platform.local?.set(`customer-memory:${site}:gen`, '5555555555555555');
    hide(gen as string);
    expect(await device.read()).to.include({ gen: '5555555555555555', active: subject.local });
    platform.local?.remove(`customer-memory:${site}:gen`);
    hide('5555555555555555');
    expect(await device.read()).to.include({ gen: undefined, active: subject.local });
  });

  it('is a preference of the device: the others are there, and forgetting it leaves nothing of it', async () => {
    for (const [key, value] of Object.entries({ theme: 'dark', sound: 'off' }))
      await device.setDeviceFact({ entry: { ...fact(`preferences.${key}`, value), seen: 0 } });
    const registry = `customer-memory:${site}`;
    await spoil(
      'device',
      (row: Row) => (row.entry.value === 'dark' ? { entry: { ...row.entry, id: 0 } } : row),
      registry,
    );
    expect((await device.read()).device.map(({ entry }) => entry.value)).to.deep.equal(['off']);
    expect(JSON.stringify(await dump(registry))).to.contain('dark');
    await device.removeDeviceFact('preferences.theme');
    expect(JSON.stringify(await dump(registry))).not.to.contain('dark');
  });

  it('is forgotten by its key, its conversation or its purpose, and by nothing else', async () => {
    await spoil(
      'rows',
      ofSize(() => ({ value: 'canary-row' })),
    );
    await spoilMessage('line 42', { text: 'canary-message' });
    await subject.count(NOW);
    await facts();
    const left = async () => JSON.stringify(await dump(name)).match(/canary-\w+/g) ?? [];
    expect(await left()).to.have.members(['canary-row', 'canary-message']);
    await subject.write([forget({ key: 'preferences.colour' }), forget({ purpose: 'care' })]);
    expect((await left()).length).to.equal(2);
    await subject.write([forget({ key: 'preferences.size' })]);
    expect(await left()).to.deep.equal(['canary-message']);
    expect((await subject.load(NOW)).lost).to.deep.equal({ unreadable: 1 });
    await subject.write([forget({ under: `conversations.${cid}` })]);
    expect(await left()).to.deep.equal([]);
    expect((await subject.load(NOW)).lost).to.deep.equal({ unreadable: 0 });
  });

  it('is gone when everything is forgotten', async () => {
    await spoil(
      'rows',
      ofSize(() => ({ value: 'canary' })),
    );
    await facts();
    await device.wipeSubject(subject.local, '2222222222222222');
    expect(JSON.stringify(await dump(name).catch(() => ''))).not.to.contain('canary');
  });

  it('is deleted when its time is over', async () => {
    await spoil(
      'rows',
      ofSize(({ entry }) => ({ entry: { ...entry, at: 0, until: NOW + 5 * DAY, why: 'canary-5' } })),
    );
    await spoil('pages', (page: { n: number }) =>
      page.n === 5 ? { ...page, messages: 'canary-long' } : page,
    );
    const visit = (at: number) => {
      platform.setTime(at);
      return subject.load(at);
    };
    await visit(NOW);
    await visit(NOW + 6 * DAY);
    await visit(NOW + 7 * DAY);
    const raw = async () => JSON.stringify(await dump(name));
    while ((await raw()).includes('canary-5')) continue;
    expect(await raw()).to.contain('canary-long');
    await visit(NOW + 500 * DAY);
    while (!(await raw()).includes(`${NOW + 500 * DAY}]`)) continue;
    await visit(NOW + 501 * DAY);
    while ((await raw()).includes('canary-long')) continue;
  });

  it('is looked for in small steps, and what one page has begun the next one finishes', async () => {
    const many = Array.from({ length: 120 }, (_, n) => fact(`care.note.a${n}`, `note ${n}`));
    await subject.write(many);
    await spoil('rows', (row: Row) => (row.entry.key.startsWith('care.') ? {} : row));
    const before = faulty.transactions;
    expect((await facts()).length).to.equal(2);
    expect(faulty.transactions - before).to.be.greaterThan(4);
    expect((await aside()).length).to.equal(120);
  });
});
