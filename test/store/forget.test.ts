import { expect } from '@open-wc/testing';
import { stamp } from '../../src/facts/stamp.js';
import type { Held, Selector } from '../../src/facts/entry.js';
import { messageKey } from '../../src/facts/message-key.js';
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
  stampAt,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

describe('a forget', () => {
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
  const raw = async () => JSON.stringify(await dump(name));
  const drop = async (of: Selector) => (await subject.write([forget(of)])).deleted;

  it('leaves nothing of a fact in the database', async () => {
    await subject.write([
      fact('identity.email', 'secret@example.org', { why: 'hush' }),
      fact('identity.company', 'Acme'),
    ]);
    expect(await drop({ key: 'identity.email' })).to.deep.equal({ facts: 1, messages: 0, conversations: 0 });
    expect(await raw()).not.to.match(/secret|hush/);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal(['Acme']);
  });

  it('takes the whole history of a key', async () => {
    await subject.write([1, 2, 3].map((n) => fact('preferences.size', `size-${n}`)));
    expect((await drop({ key: 'preferences.size' })).facts).to.equal(3);
    expect(await raw()).not.to.contain('size-');
  });

  it('takes what is under a prefix and not what only begins alike', async () => {
    await subject.write([
      fact('identity.addresses.home', 'a'),
      fact('identity.addresses.work', 'b'),
      fact('identity.addresses-old.home', 'c'),
      fact('identity.addressesX.home', 'd'),
    ]);
    expect((await drop({ under: 'identity.addresses' })).facts).to.equal(2);
    expect(values((await subject.load(NOW)).facts).sort()).to.deep.equal(['c', 'd']);
  });

  it('takes one message out of its page and leaves the others', async () => {
    const cid = uuid();
    const messages = Array.from({ length: 150 }, (_, n) => message(cid, `text-${n}-end`));
    await subject.write([start(cid), ...messages]);
    const third = messages[3]?.id ?? '';
    expect(await drop({ key: messageKey(cid, third) })).to.deep.equal({
      facts: 0,
      messages: 1,
      conversations: 0,
    });
    expect(await raw()).not.to.contain('text-3-end');
    expect((await subject.conversation(cid, NOW))?.messages).to.equal(149);
    expect((await subject.messages(cid, { last: 200 }, NOW)).length).to.equal(149);
  });

  it('takes a conversation with its pages, and leaves its neighbours', async () => {
    const [one, two] = [uuid(), uuid()];
    const messagesOf = (cid: string, text: string) => Array.from({ length: 40 }, () => message(cid, text));
    await subject.write([
      start(one),
      ...messagesOf(one, 'leaking'),
      start(two),
      ...messagesOf(two, 'squeaking'),
    ]);
    expect(await drop({ under: `conversations.${one}` })).to.deep.equal({
      facts: 1,
      messages: 40,
      conversations: 1,
    });
    const after = await dump(name);
    expect(JSON.stringify(after)).not.to.contain('leaking');
    expect(after['pages']?.map(({ key }) => key)).to.deep.equal([
      [two, 0],
      [two, 1],
    ]);
    expect((await subject.load(NOW)).conversations.map(({ id }) => id)).to.deep.equal([two]);
  });

  it('takes all conversations when it names them all', async () => {
    const cids = [uuid(), uuid(), uuid()];
    await subject.write(cids.flatMap((cid) => [start(cid), message(cid, 'words')]));
    await subject.write([fact('identity.company', 'Acme')]);
    expect(await drop({ under: 'conversations' })).to.deep.equal({ facts: 3, messages: 3, conversations: 3 });
    expect((await dump(name))['pages']).to.deep.equal([]);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal(['Acme']);
  });

  it('takes a purpose wherever its entries lie', async () => {
    const cid = uuid();
    await subject.write([
      start(cid, { purpose: 'conversations' }),
      message(cid, 'kept words'),
      message(cid, 'other words', { purpose: 'support' }),
      fact('preferences.size', 'M', { purpose: 'support' }),
      fact('preferences.colour', 'red'),
    ]);
    expect(await drop({ purpose: 'support' })).to.deep.equal({ facts: 1, messages: 1, conversations: 0 });
    expect(await raw()).not.to.contain('other words');
    expect((await subject.messages(cid, { last: 9 }, NOW)).length).to.equal(1);
  });

  it('leaves a conversation of which facts remain its page, without what was said', async () => {
    const cid = uuid();
    await subject.write([start(cid), message(cid, 'words')]);
    await drop({ under: `conversations.${cid}.m` });
    expect(await raw()).not.to.contain('words');
    expect(await subject.conversation(cid, NOW)).to.include({ messages: 0, lastMessageAt: undefined });
    await subject.write([message(cid, 'more')]);
    expect((await subject.messages(cid, { last: 9 }, NOW)).length).to.equal(1);
  });

  it('does not cover what is said after it, in the same write or later', async () => {
    const first = forget({ under: 'preferences' });
    await subject.write([fact('preferences.size', 'S'), first, fact('preferences.size', 'M')]);
    await subject.write([fact('preferences.colour', 'red')]);
    const loaded = await subject.load(NOW);
    expect(values(loaded.facts).sort()).to.deep.equal(['M', 'red']);
    for (const { entry } of loaded.facts) expect(entry.after).to.deep.equal([first.id]);
  });

  it('keeps what was observed from coming back under a key that the person forgot', async () => {
    await drop({ key: 'preferences.size' });
    const { stored } = await subject.write([fact('preferences.size', 'M', { authority: 'observed' })]);
    expect(stored).to.deep.equal([]);
    expect((await subject.load(NOW)).facts).to.deep.equal([]);
    await subject.write([fact('preferences.size', 'L')]);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal(['L']);
  });

  it('of a conversation is final', async () => {
    const cid = uuid();
    await drop({ under: `conversations.${cid}` });
    const { stored } = await subject.write([start(cid), message(cid, 'late words')]);
    expect(stored).to.deep.equal([]);
    expect(await raw()).not.to.contain('late words');
    expect((await dump(name))['pages']).to.deep.equal([]);
  });

  it('makes earlier ones needless that it includes, and only those', async () => {
    const earlier = [forget({ under: 'preferences.a' }), forget({ key: 'care.x.y' })];
    const wide = forget({ under: 'preferences' });
    await subject.write([...earlier, wide]);
    await subject.write([fact('preferences.a.b', 1)]);
    const { forgets, facts } = await subject.load(NOW);
    expect(values(forgets)).to.have.deep.members([{ under: 'preferences' }, { key: 'care.x.y' }]);
    expect(facts[0]?.entry.after).to.deep.equal([wide.id]);
  });

  it('that is moved here a second time has no say over what was written since', async () => {
    const early = forget({ under: 'preferences.a' }, { seen: 0 });
    await subject.write([early]);
    await subject.write([forget({ under: 'preferences' })]);
    await subject.write([fact('preferences.a.b', 1)]);
    await subject.write([early]);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal([1]);
  });

  it('that is done again takes nothing of what was written since a later one took its place', async () => {
    const asked = [forget({ under: 'preferences.a' }), forget({ under: 'preferences.a' })];
    await subject.write([...asked, forget({ under: 'preferences.a' })]);
    await subject.write([forget({ under: 'preferences' })]);
    await subject.write([fact('preferences.a.b', 1)]);
    for (const again of asked) {
      const { stored, deleted } = await subject.write([again]);
      expect(stored).to.deep.equal([]);
      expect(deleted.facts).to.equal(0);
    }
    expect(values((await subject.load(NOW)).facts)).to.deep.equal([1]);
  });

  it('knows no more than thirty of those whose place it took', async () => {
    const asked = Array.from({ length: 40 }, () => forget({ key: 'preferences.size' }));
    for (const one of asked) await subject.write([one]);
    const [{ value } = { value: undefined }] = (await dump(name))['rows'] ?? [];
    expect((value as Held).instead).to.deep.equal(asked.slice(9, -1).map(({ id }) => id));
  });

  it('that is new takes away what is there, though the clock of another page was ahead when that one forgot it', async () => {
    const later = forget({ key: 'preferences.size' });
    const said = fact('preferences.size', 'M');
    const asked = forget({ key: 'preferences.size' }, { at: stamp(NOW - 60_000, 0) });
    await subject.write([later, said]);
    const { deleted } = await subject.write([asked]);
    expect(deleted.facts).to.equal(1);
    expect(await raw()).not.to.contain('"M"');
  });

  it('stands against what a duplicated tab moves here a second time', async () => {
    const said = fact('preferences.size', 'M', { seen: 0 });
    await subject.write([said]);
    await drop({ key: 'preferences.size' });
    const { stored } = await subject.write([said]);
    expect(stored).to.deep.equal([]);
    expect(await raw()).not.to.contain('"M"');
  });

  it('of long ago does not stand against what this visit said before it was moved here', async () => {
    await drop({ key: 'preferences.size' });
    const said = fact('preferences.size', 'M', { seen: 0 });
    await subject.write([said]);
    expect(values((await subject.load(NOW)).facts)).to.deep.equal(['M']);
  });

  it('has no content', async () => {
    await subject.write([fact('identity.email', 'a@example.org')]);
    const one = forget({ key: 'identity.email' }, { at: stampAt() });
    await subject.write([one]);
    const rows = (await dump(name))['rows'];
    expect(rows).to.deep.equal([{ key: ['!', one.id], value: { entry: { ...one, seen: 0 } } }]);
  });
});
