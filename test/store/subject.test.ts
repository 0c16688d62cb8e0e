import { expect } from '@open-wc/testing';
import type { Held } from '../../src/facts/entry.js';
import {
  cleanUp,
  dump,
  fact,
  forget,
  message,
  newPerson,
  newSite,
  NOW,
  realDatabases,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

describe('what is kept of a person', () => {
  let site: string;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  beforeEach(async () => {
    site = newSite();
    ({ device, subject, name } = await newPerson(realDatabases(), site));
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  const values = (rows: readonly Held[]) =>
    rows.map(({ entry }) => ('value' in entry ? entry.value : entry.of));

  it('is there after it was written, as it was written', async () => {
    const name_ = fact('identity.name', { given: 'Ana' }, { why: 'said so' });
    const { stored, rev } = await subject.write([name_]);
    expect(stored).to.deep.equal([{ entry: { ...name_, seen: 0 } }]);
    const loaded = await subject.load(NOW);
    expect(loaded.facts).to.deep.equal(stored);
    expect(loaded).to.include({ rev, epoch: '', skew: 0, greatest: name_.at });
    expect(loaded).not.to.have.property('consent');
  });

  it('keeps fields that this version does not know', async () => {
    const draft = { ...fact('identity.email', 'ana@example.org'), mood: 'fine' };
    await subject.write([draft]);
    expect((await subject.load(NOW)).facts[0]?.entry).to.include({ mood: 'fine' });
  });

  it('has an empty endpoint: no epoch, no seq, nothing in the outbox', async () => {
    await subject.write([fact('identity.email', 'a@example.org'), message(uuid(), 'Hello')]);
    const raw = await dump(name);
    expect(raw['outbox']).to.deep.equal([]);
    expect(raw['quarantine']).to.deep.equal([]);
    for (const { value } of raw['rows'] ?? []) expect(value).not.to.have.property('seq');
  });

  it('is the same after it was written twice, at once or later', async () => {
    const cid = uuid();
    const entries = [
      fact('identity.email', 'a@example.org'),
      start(cid),
      message(cid, 'Hello'),
      forget({ key: 'care.x.y' }),
    ];
    const first = await subject.write([...entries, ...entries]);
    const before = await dump(name);
    const second = await subject.write(entries);
    expect(first.stored.length).to.equal(8);
    expect(second.stored).to.deep.equal(first.stored.slice(0, 4));
    expect(second.rev).to.equal(first.rev);
    expect(await dump(name)).to.deep.equal(before);
  });

  it('gives back what was stored first when an id comes again with something else', async () => {
    const email = fact('identity.email', 'a@example.org');
    await subject.write([email]);
    const { stored } = await subject.write([{ ...email, value: 'b@example.org' }]);
    expect(values(stored)).to.deep.equal(['a@example.org']);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal(['a@example.org']);
  });

  it('recognises a message that is on an old page of its conversation', async () => {
    const cid = uuid();
    const messages = Array.from({ length: 250 }, (_, n) => message(cid, `message ${n}`));
    await subject.write(messages);
    await subject.write(messages.slice(0, 3));
    expect(await subject.count(NOW)).to.deep.equal({ facts: 0, conversations: 1, messages: 250 });
  });

  it('raises its revision when a value changes and not otherwise', async () => {
    const email = fact('identity.email', 'a@example.org');
    const { rev } = await subject.write([email]);
    expect((await subject.write([email])).rev).to.equal(rev);
    expect((await subject.write([forget({ key: 'care.none.here' })])).rev).to.equal(rev);
    expect((await subject.write([forget({ key: 'identity.email' })])).rev).to.equal(rev + 1);
    expect((await subject.write([message(uuid(), 'Hello')])).rev).to.equal(rev + 2);
  });

  it('keeps of each key what can still matter', async () => {
    for (let n = 0; n < 12; n += 1) await subject.write([fact('preferences.size', n)]);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal([8, 9, 10, 11]);
    const batch = Array.from({ length: 12 }, (_, n) => fact('preferences.size', 100 + n));
    await subject.write(batch);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal([108, 109, 110, 111]);
  });

  it('keeps the stated word under a pile of observations', async () => {
    await subject.write([fact('preferences.size', 'M')]);
    for (let n = 0; n < 8; n += 1)
      await subject.write([fact('preferences.size', n, { authority: 'observed' })]);
    expect(values((await subject.load(NOW)).facts)).to.include('M');
  });

  it('remembers the consent under which it was written', async () => {
    await subject.write([], { device: true, sync: false, purposes: ['care'], at: NOW });
    const { consent } = await subject.load(NOW);
    expect(consent).to.deep.equal({ device: true, sync: false, purposes: ['care'], at: NOW });
  });

  it('has its greatest stamp even when an older entry comes last', async () => {
    const late = fact('identity.email', 'a@example.org', { at: 'ffff0000000000000'.slice(0, 16) });
    await subject.write([late]);
    await subject.write([fact('identity.company', 'Acme')]);
    expect((await subject.load(NOW)).greatest).to.equal(late.at);
  });

  it('starts with forgets, care, identity and preferences, and only the newest five conversations', async () => {
    const cids = Array.from({ length: 7 }, () => uuid());
    for (const cid of cids) await subject.write([start(cid), message(cid, `in ${cid}`)]);
    await subject.write([message(cids[0] ?? '', 'and again')]);
    await subject.write([
      fact('care.return.a', { reason: 'x' }),
      fact('identity.company', 'Acme'),
      forget({ under: 'preferences' }),
    ]);
    await subject.write([fact('preferences.size', 'M')]);

    const loaded = await subject.load(NOW);
    expect(loaded.facts.map(({ entry }) => entry.key)).to.deep.equal([
      'care.return.a',
      'identity.company',
      'preferences.size',
    ]);
    expect(values(loaded.forgets)).to.deep.equal([{ under: 'preferences' }]);
    expect(loaded.conversations.map(({ id }) => id)).to.deep.equal([
      cids[0],
      cids[6],
      cids[5],
      cids[4],
      cids[3],
    ]);
    expect(loaded.conversations[0]).to.include({ messages: 2, lastMessageAt: NOW });
  });

  it('tells which ids it has', async () => {
    const cid = uuid();
    const stored = [
      fact('identity.email', 'a@example.org'),
      message(cid, 'Hello'),
      forget({ key: 'care.x.y' }),
    ];
    await subject.write(stored);
    const ids = stored.map(({ id }) => id);
    expect([...(await subject.has([...ids, uuid()]))]).to.deep.equal(ids);
  });

  it('gives everything in batches', async () => {
    const cid = uuid();
    const facts = Array.from({ length: 1200 }, (_, n) => fact(`preferences.p${n}`, n));
    const messages = Array.from({ length: 1200 }, (_, n) => message(cid, `${n}`));
    await subject.write([forget({ key: 'care.x.y' }), ...facts, ...messages]);
    const ids = new Set<string>();
    let batches = 0;
    for await (const batch of subject.entries(NOW)) {
      batches += 1;
      for (const { entry } of batch) ids.add(entry.id);
    }
    expect(ids.size).to.equal(2401);
    expect(batches).to.be.greaterThan(3);
  });
});

describe('the messages of a conversation', () => {
  let site: string;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  const cid = uuid();
  beforeEach(async () => {
    site = newSite();
    ({ device, subject, name } = await newPerson(realDatabases(), site));
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  const texts = (rows: readonly Held[]) =>
    rows.map(({ entry }) => (entry.kind === 'message' ? entry.value.text : '?'));
  const pages = async () =>
    ((await dump(name))['pages'] ?? []).map(
      ({ value }) => value as { n: number; messages: unknown[]; last?: string; size: number },
    );

  it('come back oldest first, the last so many', async () => {
    for (let n = 0; n < 12; n += 1) await subject.write([message(cid, `${n}`)]);
    expect(texts(await subject.messages(cid, { last: 5 }, NOW))).to.deep.equal(['7', '8', '9', '10', '11']);
    expect(texts(await subject.messages(cid, { last: 100 }, NOW)).length).to.equal(12);
    expect(await subject.messages(cid, { last: 0 }, NOW)).to.deep.equal([]);
    expect(await subject.messages(uuid(), { last: 5 }, NOW)).to.deep.equal([]);
  });

  it('lie twenty-five on a page, whether they come one by one or together', async () => {
    const all = Array.from({ length: 60 }, (_, n) => message(cid, `${n}`));
    for (const one of all.slice(0, 30)) await subject.write([one]);
    await subject.write(all.slice(30));
    const stored = await pages();
    expect(stored.map(({ messages }) => messages.length)).to.deep.equal([25, 25, 10]);
    expect(stored.map(({ last }) => last !== undefined)).to.deep.equal([false, false, true]);
    expect(texts(await subject.messages(cid, { last: 60 }, NOW))).to.deep.equal(all.map((_, n) => `${n}`));
  });

  it('lie fewer on a page when they are long', async () => {
    await subject.write(Array.from({ length: 9 }, () => message(cid, 'x'.repeat(20_000))));
    expect((await pages()).map(({ messages }) => messages.length)).to.deep.equal([3, 3, 3]);
  });

  it('can be read backwards, page by page, without losing or repeating one', async () => {
    await subject.write(Array.from({ length: 330 }, (_, n) => message(cid, `${n}`)));
    const read: string[] = [];
    let before: string | undefined;
    for (;;) {
      const some = await subject.messages(cid, { last: 50, ...(before !== undefined && { before }) }, NOW);
      if (some.length === 0) break;
      read.unshift(...texts(some));
      before = some[0]?.entry.id;
    }
    expect(read).to.deep.equal(Array.from({ length: 330 }, (_, n) => `${n}`));
  });

  it('have a head that counts them all and knows the newest', async () => {
    await subject.write([start(cid)]);
    expect(await subject.conversation(cid, NOW)).to.include({ messages: 0, lastMessageAt: undefined });
    await subject.write(Array.from({ length: 130 }, (_, n) => message(cid, `${n}`)));
    expect(await subject.conversation(cid, NOW)).to.include({ id: cid, messages: 130, lastMessageAt: NOW });
    expect(await subject.conversation(uuid(), NOW)).to.equal(undefined);
    expect((await subject.conversations({ limit: 3 }, NOW)).map(({ id }) => id)).to.deep.equal([cid]);
    expect(await subject.count(NOW)).to.deep.equal({ facts: 1, conversations: 1, messages: 130 });
  });

  it('begin with a page as soon as the conversation has its first fact', async () => {
    await subject.write([start(cid), fact(`conversations.${cid}.topic`, 'Boiler')]);
    expect((await pages()).map(({ messages }) => messages.length)).to.deep.equal([0]);
    expect((await subject.load(NOW)).conversations[0]?.facts.map(({ entry }) => entry.value)).to.deep.equal([
      { channel: 'chat', started: NOW },
      'Boiler',
    ]);
  });
});
