import { expect } from '@open-wc/testing';
import { bringBack, writeDown, type RawDatabase } from './raw-databases.js';
import { openDatabase } from '../../src/store/open-database.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  cleanUp,
  databasesOf,
  DAY,
  dump,
  fact,
  forget,
  newPerson,
  newSite,
  openDevice,
  realDatabases,
  reasonOf,
} from './support.js';

interface Fixture {
  readonly site: string;
  readonly at: number;
  readonly cid: string;
  readonly short: string;
  readonly databases: readonly RawDatabase[];
}

/** Every layout that was ever released. A browser may come back with any of them. */
const LAYOUTS = ['v1'];

for (const layout of LAYOUTS) {
  describe(`a device as ${layout} left it`, () => {
    let fixture: Fixture;
    let site: string;
    beforeEach(async () => {
      const response = await fetch(new URL(`./fixtures/${layout}.json`, import.meta.url));
      fixture = (await response.json()) as Fixture;
      site = newSite();
      const named = ({ name, ...rest }: RawDatabase) => ({ ...rest, name: name.replace(fixture.site, site) });
      for (const database of fixture.databases) await bringBack(named(database));
    });
    afterEach(() => cleanUp(site));

    async function open() {
      const platform = realDatabases();
      const device = await openDevice(platform, site, { create: false });
      const state = await device?.read();
      const subject = await device?.openSubject(state?.active ?? '');
      if (!device || !state || !subject) throw new Error('the fixture was not found');
      return { platform, device, state, subject };
    }

    it('is read by today’s code, whole', async () => {
      const { device, state, subject } = await open();
      expect(state.gen).to.equal('0123456789abcdef');
      expect(state.subjects.map(({ user, state: one }) => [user, one])).to.have.deep.members([
        [undefined, 'open'],
        ['u2', 'aside'],
      ]);
      expect(state.device.map(({ entry }) => entry.value)).to.deep.equal(['dark']);

      const loaded = await subject.load(fixture.at);
      expect(loaded.consent).to.deep.equal({ device: true, sync: false, at: fixture.at });
      expect(loaded.forgets.length).to.equal(2);
      expect(Object.fromEntries(loaded.facts.map(({ entry }) => [entry.key, entry.value]))).to.deep.equal({
        'care.return.a1': { reason: 'too small' },
        'identity.addresses.home': { streetAddress: 'Savska 1', addressLevel2: 'Zagreb', country: 'HR' },
        'identity.name': { given: 'Ana', family: 'Ilić' },
        'preferences.delivery': 'pickup',
        'preferences.size': 'M',
      });
      expect(loaded.conversations.map(({ id, messages }) => [id, messages])).to.deep.equal([
        [fixture.short, 1],
        [fixture.cid, 249],
      ]);
      const messages = await subject.messages(fixture.cid, { last: 300 }, fixture.at);
      const texts = messages.map(({ entry }) => entry.value.text);
      expect(texts.length).to.equal(249);
      expect([texts[0], texts.at(-1)]).to.deep.equal(['Message 0 🚲', 'Message 249 🚲']);
      expect(texts).not.to.include('Message 120 🚲');
      subject.close();
      device.close();
    });

    it('comes whole through an upgrade to a next version, and through one that ends half-way', async () => {
      const names = await databasesOf(site);
      const before = await Promise.all(names.map(dump));
      const faulty = faultyIndexedDb(realDatabases().indexedDB as FaultyIndexedDb);
      const platform = realDatabases({ overrides: { indexedDB: faulty } });
      const make = (database: IDBDatabase) => void database.createObjectStore('later');
      const { device, subject } = await open();
      for (const name of names) {
        faulty.fail({ at: 'upgrade' }, 2);
        expect(await reasonOf(openDatabase(platform, name, { make, newest: 2 }))).to.equal('unavailable');
      }
      expect(await Promise.all(names.map(dump))).to.deep.equal(before);
      expect((await subject.load(fixture.at)).facts.length).to.equal(5);
      // The old tab, which has them open, gives way.
      for (const name of names) (await openDatabase(platform, name, { make, newest: 2 }))?.close();
      const after = await Promise.all(names.map(dump));
      expect(after).to.deep.equal(before.map((stores) => ({ ...stores, later: [] })));
      expect(await reasonOf(subject.write([fact('preferences.colour', 'red')]))).to.equal('newer');
      expect(await reasonOf(device.openSubject(subject.local))).to.equal('newer');
      expect(await Promise.all(names.map(dump))).to.deep.equal(after);
      subject.close();
      device.close();
    });

    it('is written to and forgotten from by today’s code', async () => {
      const { platform, device, subject } = await open();
      await subject.write([
        fact('preferences.colour', 'red'),
        forget({ under: `conversations.${fixture.cid}` }),
      ]);
      expect(await subject.count(fixture.at)).to.deep.equal({ facts: 7, conversations: 1, messages: 1 });
      for (const days of [401, 402]) {
        platform.setTime(fixture.at + days * DAY);
        await subject.load(platform.clock.now());
      }
      // Deleting begins with a visit and is not waited for by it.
      while ((await subject.count(fixture.at)).facts > 6) continue;
      expect(await subject.count(fixture.at)).to.deep.include({ facts: 6, messages: 0 });
      subject.close();
      device.close();
    });
  });
}

describe('the newest layout', () => {
  it('is laid out as its fixture: a change of layout needs a version and a fixture of its own', async () => {
    const response = await fetch(new URL(`./fixtures/${LAYOUTS.at(-1)}.json`, import.meta.url));
    const { databases } = (await response.json()) as Fixture;
    const site = newSite();
    const { device, subject, name } = await newPerson(realDatabases(), site);
    const shape = ({ version, stores }: RawDatabase) => ({
      version,
      stores: stores.map(({ rows, ...store }) => {
        void rows;
        return store;
      }),
    });
    const fresh = await Promise.all([`customer-memory:${site}`, name].map(writeDown));
    subject.close();
    device.close();
    await cleanUp(site);
    expect(fresh.map(shape)).to.deep.equal(databases.map(shape));
  });
});
