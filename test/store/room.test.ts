import { expect } from '@open-wc/testing';
import type { Draft } from '../../src/facts/entry.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  answer,
  cleanUp,
  DAY,
  dump,
  fact,
  message,
  newPerson,
  newSite,
  NOW,
  openRaw,
  realDatabases,
  reasonOf,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

const LONG = 'x'.repeat(60_000);
const full = new DOMException('full', 'QuotaExceededError');

describe('where there is no room', () => {
  let site: string;
  let platform: FakePlatform;
  let faulty: FaultyIndexedDb;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  beforeEach(async () => {
    site = newSite();
    faulty = faultyIndexedDb(realDatabases().indexedDB as FaultyIndexedDb);
    platform = realDatabases({ overrides: { indexedDB: faulty } });
    ({ device, subject, name } = await newPerson(platform, site));
    await subject.write([], { device: true, sync: false, at: NOW });
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  /** Each conversation later than the one before. */
  async function talk(state: 'open' | 'ended', messages: number, text = LONG): Promise<string> {
    const cid = uuid();
    const said: Draft[] = Array.from({ length: messages }, () => message(cid, text));
    const end = state === 'ended' ? [fact(`conversations.${cid}.state`, 'ended')] : [];
    await subject.write([start(cid), ...said, ...end]);
    return cid;
  }
  const talks = async () => (await subject.conversations({ limit: 99 }, NOW)).map(({ id }) => id);
  const size = () => fact('preferences.size', 'M');

  it('the oldest conversations that have ended go, as many as it takes, and the write is stored', async () => {
    const open = await talk('open', 2);
    const old = await talk('ended', 18);
    const later = await talk('ended', 1);
    await subject.write([fact('preferences.guess', 'x', { authority: 'inferred' })]);
    faulty.fail({ at: 'commit', error: full });
    await subject.write([size()]);
    expect(await talks()).to.deep.equal([later, open]);
    expect(JSON.stringify(await dump(name))).not.to.contain(old);
    const loaded = await subject.load(NOW);
    expect(loaded.facts.map(({ entry }) => entry.key)).to.have.members([
      'preferences.size',
      'preferences.guess',
    ]);
    expect(loaded.lost).to.deep.equal({ evicted: 1 });
  });

  it('it is asked for once: a second refusal is told, and nothing of the write is there', async () => {
    await talk('ended', 1);
    faulty.fail({ at: 'commit', error: full });
    await subject.write([size(), fact('care.note.a', 'b')]);
    await talk('ended', 1);
    const { transactions } = faulty;
    faulty.fail({ at: 'commit', error: full }, 9);
    expect(await reasonOf(subject.write([fact('preferences.colour', 'red')]))).to.equal('quota');
    faulty.fail({ at: 'commit', error: full }, 0);
    // The write, and the eviction, for which there was no room either.
    expect(faulty.transactions).to.equal(transactions + 2);
    expect((await talks()).length).to.equal(1);
    expect((await subject.load(NOW)).facts.map(({ entry }) => entry.key)).to.have.members([
      'preferences.size',
      'care.note.a',
    ]);
  });

  it('what finds no room however much goes takes some away once, not with each word, and every page looks again', async () => {
    const talked = [await talk('ended', 18), await talk('ended', 18), await talk('ended', 18)];
    let looks = 0;
    platform.channel(`customer-memory:${site}`)?.onMessage(() => (looks += 1));
    const { put } = IDBObjectStore.prototype;
    let room = false;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, ...key) {
      if (!room && this.name === 'rows') throw full;
      return put.call(this, value, ...key);
    };
    try {
      for (let word = 0; word < 3; word += 1)
        expect(await reasonOf(subject.write([size()]))).to.equal('quota');
      expect(await talks()).to.deep.equal(talked.slice(1).reverse());
      expect(looks).to.equal(1);
      room = true;
      await subject.write([size()]);
      room = false;
      expect(await reasonOf(subject.write([size()]))).to.equal('quota');
      expect(await talks()).to.deep.equal(talked.slice(2));
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  it('everything that is to be taken away goes, and needs none', async () => {
    const other = await device.createSubject({ gen: '2222222222222222', now: NOW, user: 'ana' });
    await other.write([size()], { device: true, sync: false, at: NOW });
    faulty.fail({ at: 'commit', error: full }, Infinity);
    await device.wipeSubject(other.local, '3333333333333333');
    expect(await reasonOf(other.write([size()]))).to.equal('gone');
    expect(await device.read()).to.deep.include({ active: undefined });
    expect((await device.read()).subjects.map(({ local }) => local)).to.deep.equal([subject.local]);
    await device.wipeEverything();
    expect(await reasonOf(subject.load(NOW))).to.equal('gone');
  });

  it('nobody’s open conversation goes, nor anything that a person has stated: it is refused, and everything is as it was', async () => {
    await talk('open', 3);
    await subject.write([size()]);
    const before = await dump(name);
    faulty.fail({ at: 'commit', error: full });
    expect(await reasonOf(subject.write([fact('preferences.colour', 'red')]))).to.equal('quota');
    expect(await dump(name)).to.deep.equal(before);
  });

  it('the conversation that is written to does not go, also where it had ended', async () => {
    const ended = await talk('ended', 3);
    faulty.fail({ at: 'commit', error: full });
    expect(await reasonOf(subject.write([message(ended, 'once more')]))).to.equal('quota');
    expect(await talks()).to.deep.equal([ended]);
  });

  it('what another tab says in one that has gone is not stored where nobody could read it', async () => {
    const old = await talk('ended', 1);
    faulty.fail({ at: 'commit', error: full });
    await subject.write([size()]);
    const late = [message(old, 'One more thing'), fact(`conversations.${old}.state`, 'open')];
    expect((await subject.write(late)).stored).to.deep.equal([]);
    expect(JSON.stringify(await dump(name))).not.to.contain(old);
    await subject.write([start(old), message(old, 'As it was')]);
    expect(await talks()).to.deep.equal([old]);
  });

  it('one that was taken up again after its end stays', async () => {
    const again = await talk('ended', 1);
    await subject.write([fact(`conversations.${again}.state`, 'open')]);
    faulty.fail({ at: 'commit', error: full });
    expect(await reasonOf(subject.write([size()]))).to.equal('quota');
    expect(await talks()).to.deep.equal([again]);
  });

  it('another day’s visit brings twenty million characters and more down again', async () => {
    const open = await talk('open', 100);
    const old: string[] = [];
    for (let n = 0; n < 8; n += 1) old.push(await talk('ended', 35));
    const last = await talk('open', 1, 'Hello');
    await subject.load(NOW + DAY);
    const raw = await openRaw(name);
    const known = async () =>
      JSON.stringify(await answer(raw.transaction('meta').objectStore('meta').getAll()));
    while (!(await known()).includes('"evicted":2')) continue;
    raw.close();
    const left = (await dump(name))['pages']?.map(({ value }) => value as { cid: string; size: number });
    const total = left?.reduce((sum, page) => sum + page.size, 0) ?? 0;
    expect(total).to.be.below(20_000_000).and.above(17_000_000);
    expect(await talks()).to.deep.equal([last, ...old.slice(2).reverse(), open]);
  });
});
