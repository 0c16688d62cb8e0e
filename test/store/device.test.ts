import { expect } from '@open-wc/testing';
import type { IndexedDb } from '../../src/platform/platform.js';
import { openDevice as openBare } from '../../src/store/device.js';
import type { Subject } from '../../src/store/store.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  openDevice,
  cleanUp,
  databasesOf,
  DAY,
  dump,
  fact,
  newPerson,
  newSite,
  NOW,
  openRaw,
  realDatabases,
  reasonOf,
  type WholeDevice,
} from './support.js';

describe('a device', () => {
  let site: string;
  beforeEach(() => (site = newSite()));
  afterEach(() => cleanUp(site));

  it('leaves no database behind when it looks for one and there is none', async () => {
    const device = await openDevice(realDatabases(), site, { create: false });
    expect(device).to.equal(undefined);
    expect(await databasesOf(site)).to.deep.equal([]);
  });

  it('can be made after somebody looked for it', async () => {
    const platform = realDatabases();
    await openDevice(platform, site, { create: false });
    const { device } = await newPerson(platform, site);
    device.close();
    expect((await databasesOf(site)).length).to.equal(2);
  });

  it('says that it is unavailable where there is no IndexedDB', async () => {
    const platform = realDatabases({ overrides: { indexedDB: undefined } });
    expect(await reasonOf(openDevice(platform, site, { create: true }))).to.equal('unavailable');
  });

  it('lists a person before their database is made and shows them only after', async () => {
    const platform = realDatabases();
    const { device, subject } = await newPerson(platform, site);
    const state = await device.read();
    expect(state.active).to.equal(subject.local);
    expect(state.gen).to.equal('0123456789abcdef');
    expect(state.subjects).to.deep.equal([{ local: subject.local, state: 'open', usedAt: NOW }]);
    expect(subject.local).to.match(/^[0-9a-f]{32}$/);
    subject.close();
    device.close();
  });

  it('lays out from the first day what exchanging will need', async () => {
    const { device, subject, name } = await newPerson(realDatabases(), site);
    expect(Object.keys(await dump(name))).to.deep.equal(['meta', 'outbox', 'pages', 'quarantine', 'rows']);
    expect(Object.keys(await dump(`customer-memory:${site}`))).to.deep.equal([
      'device',
      'erasing',
      'registry',
      'subjects',
    ]);
    subject.close();
    device.close();
  });

  it('finds the active person again after everything was closed', async () => {
    const platform = realDatabases();
    const first = await newPerson(platform, site);
    await first.subject.write([fact('identity.name', { given: 'Ana' })]);
    first.subject.close();
    first.device.close();

    const device = await openDevice(platform, site, { create: false });
    const { active } = (await device?.read()) ?? {};
    const subject = await device?.openSubject(active ?? '');
    const loaded = await subject?.load(NOW);
    expect(loaded?.facts.map(({ entry }) => entry.value)).to.deep.equal([{ given: 'Ana' }]);
    subject?.close();
    device?.close();
  });

  it('opens nothing, and leaves nothing, for a person it does not know', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    const before = await databasesOf(site);
    expect(await device.openSubject('f'.repeat(32))).to.equal(undefined);
    expect(await databasesOf(site)).to.deep.equal(before);
    subject.close();
    device.close();
  });

  it('closes the memory of somebody put aside, and activates them again when they are named', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    await device.putAside(subject.local, 'aaaaaaaaaaaaaaaa', NOW + DAY);
    let state = await device.read();
    expect(state.active).to.equal(undefined);
    expect(state.gen).to.equal('aaaaaaaaaaaaaaaa');
    expect(state.subjects[0]).to.include({ state: 'aside', usedAt: NOW + DAY });

    await device.activate(subject.local, 'bbbbbbbbbbbbbbbb', NOW + 2 * DAY);
    state = await device.read();
    expect(state.active).to.equal(subject.local);
    expect(state.subjects[0]).to.include({ state: 'open', usedAt: NOW + 2 * DAY });
    await device.activate(undefined, 'cccccccccccccccc', NOW);
    expect((await device.read()).active).to.equal(undefined);
    subject.close();
    device.close();
  });

  it('does not activate somebody who was wiped', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    await device.wipeSubject(subject.local, 'aaaaaaaaaaaaaaaa');
    expect(await reasonOf(device.activate(subject.local, 'bbbbbbbbbbbbbbbb', NOW))).to.equal('gone');
    device.close();
  });

  for (const how of ['one person', 'everybody'])
    it(`wipes ${how} so that a page which is left meanwhile leaves nothing that nobody lists`, async () => {
      const asked: string[] = [];
      const factory = {
        open: (wanted: string, version?: number) => indexedDB.open(wanted, version),
        databases: () => indexedDB.databases(),
        cmp: indexedDB.cmp.bind(indexedDB),
        deleteDatabase: (wanted: string) => {
          asked.push(wanted);
          device.close();
          return indexedDB.deleteDatabase(wanted);
        },
      };
      const platform = realDatabases({ overrides: { indexedDB: { factory, keyRange: IDBKeyRange } } });
      const { device, subject, name } = await newPerson(platform, site);
      subject.close();
      const wiping =
        how === 'everybody' ? device.wipeEverything() : device.wipeSubject(subject.local, 'aaaaaaaaaaaaaaaa');
      expect(await reasonOf(wiping)).to.equal('failed');
      expect(asked).to.deep.equal([name]);
      expect((await dump(`customer-memory:${site}`))['subjects']).to.have.length(1);
    });

  it('lists nobody who was wiped where another tab begins with somebody meanwhile, on a disk too full to say so', async () => {
    const { device: other, subject, name } = await newPerson(realDatabases(), site);
    subject.close();
    let begun: Promise<Subject> | undefined;
    const hooked = new Proxy(indexedDB, {
      get(target, of) {
        if (of === 'deleteDatabase' && !begun)
          begun = other.createSubject({ gen: '1111111111111111', now: NOW });
        return (Reflect.get(target, of) as () => unknown).bind(target);
      },
    });
    const faulty = faultyIndexedDb({ factory: hooked, keyRange: IDBKeyRange });
    const device = await openDevice(realDatabases({ overrides: { indexedDB: faulty } }), site, {
      create: false,
    });
    faulty.fail({ at: 'commit', error: new DOMException('', 'QuotaExceededError') });
    await device?.wipeEverything();
    const next = (await begun) as Subject;
    expect((await other.read()).subjects.map(({ local }) => local)).to.deep.equal([next.local]);
    expect(await databasesOf(site)).not.to.include(name);
    next.close();
    other.close();
  });

  it('keeps device preferences apart from people', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    const dark = { entry: { ...fact('preferences.theme', 'dark'), seen: 0 } };
    const light = { entry: { ...fact('preferences.theme', 'light'), seen: 0 } };
    await device.setDeviceFact(light);
    await device.setDeviceFact(dark);
    expect((await device.read()).device).to.deep.equal([dark]);
    expect((await subject.load(NOW)).facts).to.deep.equal([]);
    await device.removeDeviceFact('preferences.theme');
    expect((await device.read()).device).to.deep.equal([]);
    subject.close();
    device.close();
  });

  it('notes once a day who is missing: the other visits of that day write nothing', async () => {
    const platform = realDatabases();
    const watched = faultyIndexedDb(platform.indexedDB as IndexedDb);
    const { device, subject } = await newPerson(Object.assign(platform, { indexedDB: watched }), site);
    const other = await device.createSubject({ user: 'u2', gen: '1111111111111111', now: NOW + 40 * DAY });
    const visit = (time: number) => device.present(time, { asideFor: 30 * DAY, unusedFor: 40 * DAY });
    expect((await visit(NOW + 41 * DAY)).subjects.map(({ local }) => local)).to.deep.equal([other.local]);
    const writes = watched.durabilities.length;
    expect((await visit(NOW + 41 * DAY + 1)).subjects).to.have.length(1);
    expect(watched.durabilities).to.have.length(writes);
    await visit(NOW + 42 * DAY);
    expect(watched.durabilities.length, 'on another day').to.be.above(writes);
    subject.close();
    other.close();
    device.close();
  });

  it('hides who was put aside for longer than is allowed, and nobody else; and wipes them when another day agrees', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    const other = await device.createSubject({ user: 'u2', gen: '1111111111111111', now: NOW });
    await device.putAside(subject.local, '2222222222222222', NOW);
    const limits = { asideFor: 30 * DAY, unusedFor: 400 * DAY };
    const present = async (now: number) => (await device.present(now, limits)).subjects;
    const listed = async () => (await device.read()).subjects.map(({ local }) => local);
    expect(await present(NOW + 30 * DAY)).to.have.length(2);
    expect((await present(NOW + 31 * DAY)).map(({ local }) => local)).to.deep.equal([other.local]);
    expect(await present(NOW + 31 * DAY + 1), 'the same day').to.have.length(1);
    expect(await listed()).to.include(subject.local);
    expect(await present(NOW + 32 * DAY)).to.have.length(1);
    expect(await listed()).to.deep.equal([other.local]);
    expect(await device.openSubject(subject.local)).to.equal(undefined);
    expect((await device.read()).gen).to.equal('2222222222222222');
    subject.close();
    other.close();
    device.close();
  });

  it('wipes an active person whom nobody was for as long as the site keeps, under a new generation', async () => {
    const platform = realDatabases();
    const { device, subject } = await newPerson(platform, site);
    platform.advance(10 * DAY);
    await subject.load(platform.clock.now());
    while ((await device.read()).subjects[0]?.usedAt !== NOW + 10 * DAY) continue;
    const limits = { asideFor: DAY, unusedFor: 30 * DAY };
    expect(await device.present(NOW + 40 * DAY, limits)).to.include({ active: subject.local, hidden: false });
    expect(await device.present(NOW + 41 * DAY, limits)).to.include({ active: undefined, hidden: true });
    expect(await device.openSubject(subject.local)).not.to.equal(undefined);
    const state = await device.present(NOW + 42 * DAY, limits);
    expect(state).to.deep.include({ active: undefined, hidden: false, subjects: [] });
    const { active, gen } = await device.read();
    expect(active).to.equal(undefined);
    expect(gen).to.equal(platform.local?.get(`customer-memory:${site}:gen`));
    expect(gen).to.equal(state.gen);
    expect(gen).not.to.equal('0123456789abcdef');
    subject.close();
    device.close();
  });

  describe('where somebody was not here for as long as the site keeps, and comes back', () => {
    const limits = { asideFor: DAY, unusedFor: 30 * DAY };
    const now = NOW + 42 * DAY;
    let device: WholeDevice;
    let local: string;
    beforeEach(async () => {
      ({ device, local } = await listedPerson(site));
      await device.present(now - DAY, limits);
    });
    afterEach(() => device.close());

    const here = async (time: number) =>
      (await device.present(time, limits)).subjects.map((one) => one.local);

    it('wipes nobody who has since the registry was read', async () => {
      // It shows what it read as it was opened.
      const late = await openBare(realDatabases(), site, { create: false });
      await device.activate(local, '0123456789abcdef', now);
      await late?.present(now, limits, true);
      late?.close();
      expect(await here(now)).to.deep.equal([local]);
      expect(await device.read()).to.deep.include({
        active: local,
        subjects: [{ local, state: 'open', usedAt: now }],
      });
      const subject = await device.openSubject(local);
      expect(subject).not.to.equal(undefined);
      subject?.close();
    });

    it('wipes nobody who has while it was being wiped, by a page that keeps for longer', async () => {
      const platform = realDatabases({ now });
      const slow = faultyIndexedDb(platform.indexedDB as IndexedDb);
      const late = await openDevice(Object.assign(realDatabases({ now }), { indexedDB: slow }), site, {
        create: false,
      });
      let release: () => void = () => undefined;
      slow.fail({ at: 'open', late: new Promise((resolve) => (release = resolve)) });
      const { opens } = slow;
      const visit = late?.present(now, limits);
      while (slow.opens === opens) await device.read();
      const other = await openDevice(platform, site, { create: false });
      const subject = await other?.openSubject(local);
      await subject?.load(now);
      await subject?.close();
      release();
      expect(await visit).to.deep.include({ subjects: [], hidden: true });
      late?.close();
      expect(await here(now)).to.deep.equal([local]);
      const again = await other?.openSubject(local);
      expect(again).not.to.equal(undefined);
      again?.close();
      other?.close();
    });
  });

  it('wipes nobody for clocks that are wrong now and then', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    await device.putAside(subject.local, '2222222222222222', NOW);
    const limits = { asideFor: 30 * DAY, unusedFor: 400 * DAY };
    for (const day of [1000, 2, 2000, 3, 3000])
      expect((await device.present(NOW + day * DAY, limits)).hidden).to.equal(day >= 1000);
    await device.present(NOW + 4 * DAY, limits);
    expect((await device.read()).subjects).to.deep.equal([
      { local: subject.local, state: 'aside', usedAt: NOW },
    ]);
    subject.close();
    device.close();
  });

  describe('where somebody was last here at a time that has not come yet', () => {
    const LATER = NOW + 26_000 * DAY;
    const limits = { asideFor: 30 * DAY, unusedFor: 400 * DAY };
    let device: WholeDevice;
    let local: string;
    beforeEach(async () => {
      ({ device, local } = await listedPerson(site));
    });
    afterEach(() => device.close());
    const putAside = () => device.putAside(local, '2222222222222222', LATER);
    const visit = (time: number) => device.present(time, limits);
    const listed = async () => (await device.read()).subjects;

    it('wipes who was put aside as long after two days agree as it does anybody', async () => {
      await putAside();
      await visit(NOW + DAY);
      await visit(NOW + DAY + 1);
      expect((await listed())[0]?.usedAt, 'one day').to.equal(LATER);
      expect((await visit(NOW + 2 * DAY)).subjects).to.have.length(1);
      expect(await listed()).to.deep.equal([{ local, state: 'aside', usedAt: NOW + 2 * DAY }]);
      expect((await visit(NOW + 32 * DAY)).hidden).to.equal(false);
      expect((await visit(NOW + 33 * DAY)).hidden).to.equal(true);
      expect(await listed()).to.have.length(1);
      await visit(NOW + 34 * DAY);
      expect(await listed()).to.deep.equal([]);
    });

    it('shows who is active as before, and lets them go when nobody was here for as long as the site keeps', async () => {
      await device.activate(local, '0123456789abcdef', LATER);
      for (const day of [1, 2, 402])
        expect(await visit(NOW + day * DAY)).to.deep.include({ active: local, hidden: false });
      expect((await visit(NOW + 403 * DAY)).hidden).to.equal(true);
      await visit(NOW + 404 * DAY);
      expect(await listed()).to.deep.equal([]);
    });

    it('takes the later of the two days', async () => {
      await putAside();
      await visit(NOW + 100 * DAY);
      await visit(NOW + DAY);
      expect((await listed())[0]?.usedAt).to.equal(NOW + 100 * DAY);
    });

    it('believes no clock that stands before there was anything to remember', async () => {
      await device.putAside(local, '2222222222222222', NOW);
      for (const day of [1, 2, 3]) expect((await visit(Date.UTC(2001, 0, day))).hidden).to.equal(false);
      expect(await listed()).to.deep.equal([{ local, state: 'aside', usedAt: NOW }]);
    });

    it('takes nobody for missing because of one clock behind and one ahead', async () => {
      await device.putAside(local, '2222222222222222', NOW);
      for (const day of [-100, 1, -100, 1000, -101, 2000, 2])
        expect((await visit(NOW + day * DAY)).hidden).to.equal(day >= 1000);
      expect(await listed()).to.deep.equal([{ local, state: 'aside', usedAt: NOW }]);
    });
  });

  it('does not take a clock that was set back for years of absence', async () => {
    const { device, subject } = await newPerson(realDatabases(), site);
    await device.activate(subject.local, '0123456789abcdef', Date.UTC(2000, 0, 1));
    expect((await device.read()).subjects[0]?.usedAt).to.equal(NOW);
    subject.close();
    device.close();
  });

  it('does not touch a database that a later version has written', async () => {
    const name = `customer-memory:${site}`;
    const later = await openRaw(name, 2);
    later.close();
    expect(await reasonOf(openDevice(realDatabases(), site, { create: true }))).to.equal('newer');
    expect(await reasonOf(openDevice(realDatabases(), site, { create: false }))).to.equal('newer');
    expect(await databasesOf(site)).to.deep.equal([name]);
  });
});

/** A person whose database nobody has open, and the device that lists them. */
async function listedPerson(site: string): Promise<{ device: WholeDevice; local: string }> {
  const { device, subject } = await newPerson(realDatabases(), site);
  subject.close();
  return { device, local: subject.local };
}
