import { expect } from '@open-wc/testing';
import type { FakePlatform } from '../../src/platform/fake.js';
import type { Held, Uuid } from '../../src/facts/entry.js';
import type { Page } from '../../src/store/subject-database.js';
import {
  cleanUp,
  DAY,
  dump,
  fact,
  forget,
  message,
  newPerson,
  newSite,
  NOW,
  openRaw,
  realDatabases,
  stampAt,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

const MANY = 10_000;
const LONG = 5_000;

describe('a device with ten thousand conversations', () => {
  let site: string;
  let device: WholeDevice;
  let subject: WholeSubject;
  let platform: FakePlatform;
  let name: string;
  let long: Uuid;
  beforeEach(async function () {
    this.timeout(60_000);
    site = newSite();
    ({ device, subject, name } = await newPerson((platform = realDatabases()), site));
    await subject.write([], { device: true, sync: false, at: NOW });
    await subject.write([fact('preferences.size', 'M')]);
    long = uuid();
  });
  afterEach(async function () {
    this.timeout(60_000);
    subject.close();
    device.close();
    await cleanUp(site);
  });

  /** Two messages each, put where a write puts them; a write takes a request for each, and a minute for all. */
  async function fill(many: number, until?: number): Promise<Uuid[]> {
    const raw = await openRaw(name);
    const tx = raw.transaction(['rows', 'pages'], 'readwrite', { durability: 'relaxed' });
    const ids = Array.from({ length: many }, () => uuid());
    const more = until === undefined ? {} : { until };
    for (const cid of ids) {
      const begun: Held = { entry: { ...start(cid, more), seen: 0 } };
      tx.objectStore('rows').put(begun, [`conversations.${cid}`, begun.entry.id]);
      const said = [1, 2].map((n) => ({ entry: { ...message(cid, `line ${n}`, more), seen: 0 } }));
      const page: Page = { cid, n: 0, messages: said, size: 12, last: stampAt(), earlier: 0, ...more };
      tx.objectStore('pages').put(page);
    }
    await new Promise((resolve) => (tx.oncomplete = resolve));
    raw.close();
    return ids;
  }

  const loaded = async () => {
    const found = await subject.load(NOW);
    return [found.facts.length, found.conversations.length];
  };

  it('is read at a start with as many requests as one with five', async function () {
    this.timeout(60_000);
    await fill(5);
    const few = await requestsOf(loaded);
    await fill(MANY);
    const many = await requestsOf(loaded);
    expect(many.result).to.deep.equal([1, 5]);
    expect([many.requests, many.transactions]).to.deep.equal([few.requests, few.transactions]);
    expect(many.requests).to.be.at.most(20);
  });

  it('gives the newest, one, and the last fifty messages of five thousand in a few requests', async function () {
    this.timeout(60_000);
    const lines = Array.from({ length: LONG }, (_, n) => message(long, `line ${n}`));
    await subject.write([start(long), ...lines]);
    const [first = ''] = await fill(MANY);
    const newest = await requestsOf(() => subject.conversations({ limit: 20 }, NOW));
    expect(newest.result.length).to.equal(20);
    expect(newest.requests).to.be.at.most(80);
    const one = await requestsOf(() => subject.conversation(first, NOW));
    expect(one.result?.messages).to.equal(2);
    expect(one.requests).to.be.at.most(3);
    const last = await requestsOf(() => subject.messages(long, { last: 50 }, NOW));
    expect(last.result.at(-1)?.entry.value.text).to.equal(`line ${LONG - 1}`);
    expect(last.result.length).to.equal(50);
    expect(last.requests).to.be.at.most(3);
    const written = await requestsOf(() => subject.write([message(first, 'one more')]));
    expect(written.requests).to.be.at.most(10);
    const gone = await requestsOf(() => subject.write([forget({ under: `conversations.${first}` })]));
    expect(gone.result.deleted).to.deep.equal({ facts: 1, messages: 3, conversations: 1 });
    expect([gone.requests <= 20, gone.transactions]).to.deep.equal([true, 1]);
    const all = await requestsOf(() => subject.write([forget({ under: `conversations.${long}` })]));
    expect(all.result.deleted).to.deep.equal({ facts: 1, messages: LONG, conversations: 1 });
    expect((await subject.conversations({ limit: 1 }, NOW)).length).to.equal(1);
  });

  it('is carried away in batches, and forgotten in one transaction', async function () {
    this.timeout(60_000);
    await fill(MANY);
    let entries = 0;
    let largest = 0;
    for await (const batch of subject.entries(NOW)) {
      entries += batch.length;
      largest = Math.max(largest, batch.length);
    }
    expect(entries).to.equal(1 + 3 * MANY);
    expect(largest).to.be.at.most(1000);
    const { result, transactions } = await requestsOf(() =>
      subject.write([forget({ under: 'conversations' })]),
    );
    expect(transactions).to.equal(1);
    expect(result.deleted).to.deep.equal({ facts: MANY, messages: 2 * MANY, conversations: MANY });
    const { rows, pages } = await dump(name);
    expect([rows?.length, pages?.length]).to.deep.equal([2, 0]);
  });

  it('is emptied by one wipe', async function () {
    this.timeout(60_000);
    await fill(MANY);
    const { transactions } = await requestsOf(() => device.wipeSubject(subject.local, '1111111111111111'));
    expect(transactions).to.be.at.most(3);
  });

  it('loses what has expired in many small transactions, and goes on where it was interrupted', async function () {
    this.timeout(60_000);
    const until = NOW + 10 * DAY;
    const visit = (at: number, person: WholeSubject | undefined = subject) => {
      platform.setTime(at);
      return person?.load(at);
    };
    await fill(600, until);
    await fill(3);
    await visit(until + DAY);
    const raw = await openRaw(name);
    const left = () =>
      new Promise<number>((resolve) => {
        const request = raw.transaction('rows').objectStore('rows').index('until').count();
        request.onsuccess = () => resolve(request.result);
      });
    const begun = requestsOf(async () => {
      await visit(until + 2 * DAY);
      while ((await left()) === 600) continue;
      // The tab is closed: what it has begun is done or not, and nothing more.
      subject.close();
    });
    const { largest } = await begun;
    const interrupted = await left();
    expect(interrupted).to.be.above(0).and.below(600);
    expect(largest).to.be.below(2000);
    const again = await device.openSubject(subject.local);
    // A clock that was set back deletes nothing, and keeps nothing for ever.
    await visit(NOW, again);
    expect(await left()).to.equal(interrupted);
    await visit(until + 3 * DAY, again);
    await visit(until + 4 * DAY, again);
    while (await left()) continue;
    again?.close();
    raw.close();
    const { pages } = await dump(name);
    expect(pages?.length).to.equal(3);
  });
});

interface Asked<T> {
  readonly result: T;
  readonly requests: number;
  readonly transactions: number;
  /** Most requests of one transaction. */
  readonly largest: number;
}

/** What the browser's databases answer meanwhile; each step of a cursor is an answer. */
async function requestsOf<T>(work: () => Promise<T>): Promise<Asked<T>> {
  const undo: (() => void)[] = [];
  const by = new Map<IDBTransaction, number>();
  for (const of of [IDBObjectStore.prototype, IDBIndex.prototype])
    for (const name of ASKING) {
      const real = Reflect.get(of, name) as ((...given: unknown[]) => IDBRequest) | undefined;
      if (!real) continue;
      Reflect.set(of, name, function (this: unknown, ...given: unknown[]) {
        const request = Reflect.apply(real, this, given) as IDBRequest;
        const tx = request.transaction as IDBTransaction;
        request.addEventListener('success', () => by.set(tx, (by.get(tx) ?? 0) + 1));
        return request;
      });
      undo.push(() => void Reflect.set(of, name, real));
    }
  try {
    const result = await work();
    const each = [...by.values()];
    return {
      result,
      requests: each.reduce((sum, one) => sum + one, 0),
      transactions: each.length,
      largest: Math.max(0, ...each),
    };
  } finally {
    for (const one of undo) one();
  }
}

const ASKING = [
  ...['get', 'getAll', 'getKey', 'getAllKeys', 'getAllRecords', 'count', 'openCursor', 'openKeyCursor'],
  ...['put', 'add', 'delete', 'clear'],
];
