import { expect } from '@open-wc/testing';
import type { FakePlatform } from '../../src/platform/fake.js';
import { StoreError } from '../../src/store/store.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  openDevice,
  cleanUp,
  databasesOf,
  dump,
  fact,
  forget,
  message,
  newPerson,
  newSite,
  NOW,
  realDatabases,
  reasonOf,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from '../store/support.js';

describe('when the browser fails', () => {
  let site: string;
  let platform: FakePlatform;
  let faulty: FaultyIndexedDb;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  beforeEach(async () => {
    site = newSite();
    const real = realDatabases().indexedDB;
    if (!real) throw new Error('this test needs IndexedDB');
    faulty = faultyIndexedDb(real);
    platform = realDatabases({ overrides: { indexedDB: faulty } });
    ({ device, subject, name } = await newPerson(platform, site));
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  const email = () => fact('identity.email', 'a@example.org');
  const quota = new DOMException('full', 'QuotaExceededError');

  it('row 4, at the commit for want of room, it says so and nothing of the write is there', async () => {
    const cid = uuid();
    await subject.write([message(cid, 'before')]);
    const before = await dump(name);
    faulty.fail({ at: 'commit', error: quota });
    const refused = await reasonOf(
      subject.write([email(), message(cid, 'after'), forget({ under: 'care' })]),
    );
    expect(refused).to.equal('quota');
    expect(await dump(name)).to.deep.equal(before);
    await subject.write([email()]);
    expect((await subject.load(NOW)).facts.length).to.equal(1);
  });

  it('row 6, by an abort without a reason, it is a failure and not a success', async () => {
    faulty.fail({ at: 'commit', error: null });
    expect(await reasonOf(subject.write([email()]))).to.equal('failed');
    expect((await subject.load(NOW)).facts).to.deep.equal([]);
  });

  it('at one request, the whole write is undone and the error is the browser’s own', async () => {
    faulty.fail({ at: 'put' });
    let failure: unknown;
    await subject
      .write([email(), fact('identity.company', 'Acme')])
      .catch((error: unknown) => (failure = error));
    expect(failure).to.be.instanceOf(StoreError).and.to.include({ reason: 'failed' });
    expect((failure as StoreError).cause).to.include({ name: 'DataError' });
    expect((await subject.load(NOW)).facts).to.deep.equal([]);
  });

  it('at a forget, what was to be forgotten is still there and can be forgotten again', async () => {
    await subject.write([email()]);
    faulty.fail({ at: 'commit', error: quota });
    expect(await reasonOf(subject.write([forget({ key: 'identity.email' })]))).to.equal('quota');
    expect((await subject.load(NOW)).facts.length).to.equal(1);
    await subject.write([forget({ key: 'identity.email' })]);
    expect((await subject.load(NOW)).facts).to.deep.equal([]);
  });

  for (const error of ['InvalidStateError', 'UnknownError']) {
    it(`row 1, by a handle that is dead (${error}), it opens another and writes once`, async () => {
      const opens = faulty.opens;
      faulty.fail({ at: 'transaction', error: new DOMException('dead', error) });
      await subject.write([email()]);
      expect(faulty.opens).to.equal(opens + 1);
      expect((await subject.load(NOW)).facts.length).to.equal(1);
    });

    it(`row 1, by the second handle too (${error}), it does not try a third`, async () => {
      const opens = faulty.opens;
      faulty.fail({ at: 'transaction', error: new DOMException('dead', error) }, 2);
      expect(await reasonOf(subject.write([email()]))).to.equal('failed');
      expect(faulty.opens).to.equal(opens + 1);
      await subject.write([email()]);
      expect((await subject.load(NOW)).facts.length).to.equal(1);
    });
  }

  it('row 23, by never opening, it says after three seconds that it is unavailable', async () => {
    faulty.fail({ at: 'open' });
    const before = faulty.opens;
    const opening = reasonOf(openDevice(platform, site, { create: true }));
    while (faulty.opens === before) await device.read();
    platform.advance(2999);
    platform.advance(1);
    expect(await opening).to.equal('unavailable');
  });

  it('row 15, by a refusal to open, it says that it is unavailable and can be asked again', async () => {
    const factory = new Proxy(indexedDB, {
      get: () => () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    const denied = realDatabases({ overrides: { indexedDB: { factory, keyRange: IDBKeyRange } } });
    expect(await reasonOf(openDevice(denied, site, { create: false }))).to.equal('unavailable');
  });

  it('to make a person’s database, no line and no database of them is left', async () => {
    const names = await databasesOf(site);
    const { subjects } = await device.read();
    faulty.fail({ at: 'open' });
    const before = faulty.opens;
    const making = reasonOf(device.createSubject({ gen: '1111111111111111', now: NOW }));
    // The person is listed first, and then their database is being opened.
    while (faulty.opens === before) await device.read();
    platform.advance(3000);
    expect(await making).to.equal('unavailable');
    expect((await device.read()).subjects).to.deep.equal(subjects);
    expect(await databasesOf(site)).to.deep.equal(names);
  });

  it('writes one message in one transaction', async () => {
    const before = faulty.transactions;
    await subject.write([message(uuid(), 'Hello')]);
    expect(faulty.transactions).to.equal(before + 1);
  });

  it('row 3, to open once, it opens the next time without anybody noticing', async () => {
    faulty.fail({ at: 'open', error: unknown('Internal error opening backing store for indexedDB.open.') });
    const again = await openDevice(platform, site, { create: false });
    expect((await again?.read())?.active).to.equal(subject.local);
    again?.close();
  });

  it('row 8, under several at once, one handle is opened for all of them', async () => {
    const opens = faulty.opens;
    faulty.fail({ at: 'transaction', error: new DOMException('closing', 'InvalidStateError') }, 5);
    const sizes = [1, 2, 3, 4, 5];
    await Promise.all(sizes.map((n) => subject.write([fact(`preferences.p${n}`, n)])));
    expect(faulty.opens).to.equal(opens + 1);
    expect((await subject.count(NOW)).facts).to.equal(5);
  });

  it('row 21, in the middle of a write that is ended from outside, it writes once on another handle', async () => {
    const cid = uuid();
    faulty.fail({ at: 'commit', error: unknown('without an in-progress transaction') });
    const opens = faulty.opens;
    await subject.write([email(), message(cid, 'Hello')]);
    expect(faulty.opens).to.equal(opens + 1);
    expect(await subject.count(NOW)).to.deep.equal({ facts: 1, conversations: 1, messages: 1 });
  });

  it('row 22, in the middle of reading page after page, it reads all of it on another handle', async () => {
    const cid = uuid();
    const said = Array.from({ length: 250 }, (_, n) => message(cid, `${n}`));
    await subject.write(said);
    const opens = faulty.opens;
    faulty.fail({ at: 'cursor', error: unknown('The transaction is gone.') });
    const found = await subject.messages(cid, { last: 250 }, NOW);
    expect(found.map(({ entry }) => entry.value.text)).to.deep.equal(said.map(({ value }) => value.text));
    faulty.fail({ at: 'cursor', error: unknown('The transaction is gone.') });
    expect(await subject.count(NOW)).to.include({ messages: 250 });
    expect(faulty.opens).to.equal(opens + 2);
  });

  it('row 25, by a power cut, nothing accepted is lost: every write asks for strict durability', async () => {
    await device.setDeviceFact({ entry: { ...fact('preferences.theme', 'dark'), seen: 0 } });
    await subject.write([email(), message(uuid(), 'Hello'), forget({ under: 'care' })]);
    await subject.write([], { device: true, sync: false, at: NOW });
    await device.putAside(subject.local, '2222222222222222', NOW);
    await device.wipeSubject(subject.local, '3333333333333333');
    await device.wipeEverything();
    expect(faulty.durabilities.length).to.be.greaterThan(6);
    expect(new Set(faulty.durabilities)).to.deep.equal(new Set(['strict']));
  });
});

function unknown(message: string): DOMException {
  return new DOMException(message, 'UnknownError');
}
