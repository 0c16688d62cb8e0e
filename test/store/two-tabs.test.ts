import { expect } from '@open-wc/testing';
import {
  openDevice,
  answer,
  cleanUp,
  databasesOf,
  deleted,
  dump,
  fact,
  message,
  newPerson,
  newSite,
  NOW,
  openRaw,
  realDatabases,
  reasonOf,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

describe('two tabs', () => {
  let site: string;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  let otherDevice: WholeDevice;
  let other: WholeSubject;
  beforeEach(async () => {
    site = newSite();
    const platform = realDatabases();
    ({ device, subject, name } = await newPerson(platform, site));
    const second = await openDevice(realDatabases({ world: platform.world, seed: 2 }), site, {
      create: false,
    });
    const opened = await second?.openSubject(subject.local);
    if (!second || !opened) throw new Error('the second tab found nothing');
    otherDevice = second;
    other = opened;
  });
  afterEach(async () => {
    for (const open of [subject, device, other, otherDevice]) open.close();
    await cleanUp(site);
  });

  it('keep everything that both of them say at once', async () => {
    const cid = uuid();
    const write = (tab: WholeSubject, n: number) =>
      tab.write([message(cid, `${n}`), fact(`preferences.p${n}`, n)]);
    await Promise.all(Array.from({ length: 60 }, (_, n) => write(n % 2 ? subject : other, n)));
    expect(await subject.count(NOW)).to.deep.equal({ facts: 60, conversations: 1, messages: 60 });
    expect((await other.load(NOW)).rev).to.equal(60);
  });

  it('agree that a person is gone: the next write of the other is refused and leaves nothing', async () => {
    await subject.write([fact('identity.email', 'secret@example.org')]);
    const writing = Array.from({ length: 20 }, (_, n) =>
      reasonOf(other.write([fact(`preferences.p${n}`, 'secret')])),
    );
    await device.wipeSubject(subject.local, 'aaaaaaaaaaaaaaaa');
    await Promise.all(writing);
    expect(await reasonOf(other.write([fact('identity.email', 'secret@example.org')]))).to.equal('gone');
    expect(await reasonOf(other.load(NOW))).to.equal('gone');
    expect(await reasonOf(subject.write([fact('identity.email', 'secret@example.org')]))).to.equal('gone');
    await deleted(name);
    expect(await databasesOf(site)).to.deep.equal([`customer-memory:${site}`]);
    const state = await otherDevice.read();
    expect(state).to.deep.include({ subjects: [], active: undefined, gen: 'aaaaaaaaaaaaaaaa' });
  });

  it('are wiped although a third is frozen with its connection open, to the mark that says so', async () => {
    await subject.write([fact('identity.email', 'secret@example.org')]);
    const frozen = [await openRaw(name), await openRaw(`customer-memory:${site}`)]; // nobody answers its versionchange
    await device.wipeEverything();
    const reads = frozen.map(async (database) => {
      const stores = [...database.objectStoreNames];
      const tx = database.transaction(stores);
      return (
        await Promise.all(stores.map((store) => answer<unknown[]>(tx.objectStore(store).getAll())))
      ).flat();
    });
    expect(await Promise.all(reads)).to.deep.equal([[{ gone: true }], [{ gone: true }]]);
    for (const database of frozen) database.close();
    await Promise.all([deleted(name), deleted(`customer-memory:${site}`)]);
    expect(await databasesOf(site)).to.deep.equal([]);
  });

  it('have no database left when everything was forgotten', async () => {
    await device.createSubject({ user: 'u2', gen: '1111111111111111', now: NOW }).then((two) => two.close());
    await device.wipeEverything();
    const names = await databasesOf(site);
    await Promise.all(names.map(deleted)); // queued behind the deletion that nobody waited for
    expect(await databasesOf(site)).to.deep.equal([]);
    expect(await openDevice(realDatabases(), site, { create: false })).to.equal(undefined);
    expect(await reasonOf(otherDevice.read())).to.equal('gone');
    expect(await reasonOf(otherDevice.wipeEverything())).to.equal(undefined);
    expect(await reasonOf(other.write([fact('identity.email', 'a@example.org')]))).to.equal('gone');
    expect(await databasesOf(site)).to.deep.equal([]);
  });

  it('make one database for a person who is named, whoever has come between', async () => {
    const first = await device.createSubject({ user: 'u1', gen: '1111111111111111', now: NOW });
    const between = await device.createSubject({ user: 'u2', gen: '1111111111111111', now: NOW });
    // It had looked before there was one.
    const second = await otherDevice.createSubject({ user: 'u1', gen: '1111111111111111', now: NOW });
    expect(second.local).to.equal(first.local);
    const { subjects, active } = await device.read();
    expect(subjects.filter(({ user }) => user === 'u1').length).to.equal(1);
    expect(subjects.length).to.equal(3);
    expect(active).to.equal(first.local);
    for (const one of [first, between, second]) one.close();
  });

  it('may begin again after everything was forgotten', async () => {
    await device.wipeEverything();
    const again = await newPerson(realDatabases({ seed: 3 }), site);
    await again.subject.write([fact('identity.company', 'Acme')]);
    expect((await again.device.read()).subjects.length).to.equal(1);
    again.subject.close();
    again.device.close();
  });

  it('go on with a wipe that was interrupted', async () => {
    await subject.write([fact('identity.email', 'secret@example.org')]);
    for (const open of [subject, device, other, otherDevice]) open.close();
    const registry = await openRaw(`customer-memory:${site}`);
    await answer(
      registry.transaction('registry', 'readwrite').objectStore('registry').put({ gone: true }, 'gone'),
    );
    registry.close();
    const held = await openRaw(name);

    expect(await openDevice(realDatabases(), site, { create: false })).to.equal(undefined);
    const tx = held.transaction(['rows', 'meta']);
    expect(await answer(tx.objectStore('rows').count())).to.equal(0);
    held.close();
    expect((await dump(`customer-memory:${site}`))['subjects']).to.deep.equal([]);
  });

  it('let go of a database that somebody deletes, and say that it is gone', async () => {
    await deleted(name);
    expect(await reasonOf(subject.write([fact('identity.email', 'a@example.org')]))).to.equal('gone');
    expect(await reasonOf(other.messages(uuid(), { last: 1 }, NOW))).to.equal('gone');
    expect(await databasesOf(site)).to.deep.equal([`customer-memory:${site}`]);
  });
});
