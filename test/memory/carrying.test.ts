import { expect } from '@open-wc/testing';
import { stamp } from '../../src/facts/stamp.js';
import {
  everything,
  failureOf,
  loaded,
  newTab,
  rememberedPerson,
  shownBy,
  testBrowser,
  type TestBrowser,
} from './support.js';
import { fact, forget, message, start, uuid } from '../store/support.js';

const SHOE = 'preferences.shoe';
const CARD = '4111 1111 1111 1111';

async function exported(browser: TestBrowser) {
  const { memory } = await loaded(browser);
  await memory.remember('identity.name', { given: 'Ana' });
  await memory.remember(SHOE, 'M', { why: 'tried both' });
  await memory.remember('preferences.bell', 'tin');
  await memory.remember('care.repair.r1', 'chain');
  const chat = await memory.conversations.start({ channel: 'chat', topic: 'Brakes' });
  await chat.say({ text: 'They squeak' });
  await chat.end({ summary: 'oiled' });
  await memory.consent.grant();
  await memory.forget({ key: 'preferences.bell' });
  await memory.remember('preferences.bell', 'brass');
  const data = await memory.export();
  const shown = [
    memory.facts(),
    await memory.conversations.latest(),
    await (await memory.conversations.latest())[0]!.messages(),
  ];
  await memory.close();
  return { data, shown: JSON.stringify(shown) };
}

const file = (entries: readonly unknown[]) => ({ v: 1, site: 'other', at: 0, entries });
/** As stored: what a draft leaves open is filled in. */
const entry = (draft: object) => ({ seen: 0, ...draft });

describe('a memory carried away', () => {
  it('is the same elsewhere, in the visit and on the device', async () => {
    const from = testBrowser();
    const { data, shown } = await exported(from);
    expect(data).to.include({ v: 1, site: from.site });
    const text = JSON.stringify(data);
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, tab } = await loaded(browser);
      if (granted) await memory.consent.grant();
      const result = await memory.import(JSON.parse(text));
      expect(result).to.include({ known: 0, refused: 0 });
      expect(result.added).to.be.above(6);
      const now = [
        memory.facts(),
        await memory.conversations.latest(),
        await (await memory.conversations.latest())[0]!.messages(),
      ];
      expect(JSON.stringify(now)).to.equal(shown);
      expect(await memory.import(JSON.parse(text)), 'a second time changes nothing').to.deep.equal({
        added: 0,
        known: result.added,
        refused: 0,
      });
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(
        JSON.stringify([
          next.memory.facts(),
          await next.memory.conversations.latest(),
          await (await next.memory.conversations.latest())[0]!.messages(),
        ]),
      ).to.equal(shown);
      await next.memory.close();
      await browser.clear();
    }
    await from.clear();
  });

  it('does not bring back what was forgotten here since', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, tab, platform } = await loaded(browser);
      await memory.remember('identity.name', { given: 'canary' });
      await memory.remember(SHOE, 'M');
      const chat = await memory.conversations.start({ channel: 'chat', topic: 'canary' });
      await chat.say({ text: 'canary' });
      if (granted) await memory.consent.grant();
      const data = await memory.export();
      platform.advance(1000);
      await memory.forget({ key: 'identity.name' });
      await memory.forget({ conversation: chat.id });
      expect(await memory.import(data)).to.include({ refused: 0 });
      expect(memory.recall('identity.name')).to.equal(undefined);
      expect(memory.conversations.recent).to.deep.equal([]);
      expect(memory.value(SHOE)).to.equal('M');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(await shownBy(next)).not.to.contain('canary');
      await next.memory.close();
      expect(await everything(browser, tab)).not.to.contain('canary');
      await browser.clear();
    }
  });

  it('takes nothing away from what is here', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    await memory.remember('identity.name', { given: 'Ana' });
    platform.advance(1000);
    await memory.consent.grant();
    const result = await memory.import(file([entry(forget({ under: 'identity' })), entry(fact(SHOE, 'M'))]));
    expect(result).to.include({ added: 1 });
    expect(memory.value('identity.name')).to.deep.equal({ given: 'Ana' });
    await memory.close();
    await browser.clear();
  });

  it('brings what the person may say, and nothing that only a token, a server or nobody may', async () => {
    const browser = testBrowser();
    const { memory, platform, tab } = await loaded(browser);
    const cid = uuid();
    const future = (platform.clock.now() + 10 * 86_400_000).toString(16).padStart(12, '0') + '0000';
    const good = [
      entry(fact(SHOE, 'M')),
      entry(fact('preferences.bell', 'brass', { authority: 'observed' })),
      entry(fact('preferences.saddle', 'leather', { authority: 'agent' })),
      entry(start(cid)),
      entry(message(cid, 'hello')),
      entry(message(cid, `my card is ${CARD}`)),
    ];
    const bad = [
      entry(fact('identity.email', 'v@example.org', { authority: 'verified' })),
      entry(fact('identity.company', 'Acme', { authority: 'recorded' })),
      entry(fact('preferences.password', 'canary')),
      entry(fact('preferences.note', CARD)),
      entry(fact('preferences.inside', { cvc: '123' })),
      entry(fact('shoes.size', 'M')),
      entry(fact('preferences.__proto__', 'M')),
      entry(fact('preferences.later', 'canary', { at: future })),
      entry(message(cid, 'x', { value: { text: 'x', data: { password: 'canary' } } })),
      { ...entry(fact(SHOE, 'M')), id: 'not-an-id' },
      { ...entry(fact(SHOE, 'M')), at: 'yesterday' },
      { ...entry(fact(SHOE, 'M')), by: 'me' },
      { ...entry(fact(SHOE, 'M')), seen: -1 },
      fact(SHOE, 'without having seen'),
      null,
      7,
      'entry',
      [],
      {},
    ];
    const result = await memory.import(file([...good, ...bad]));
    expect(result).to.deep.equal({ added: good.length, known: 0, refused: bad.length });
    expect(memory.facts().map(({ key }) => key)).to.deep.equal([
      'preferences.bell',
      'preferences.saddle',
      SHOE,
    ]);
    expect(JSON.stringify(memory.facts())).not.to.contain('canary');
    expect((await (await memory.conversations.get(cid))!.messages()).map(({ text }) => text)).to.deep.equal([
      'hello',
      'my card is •••• •••• •••• ••••',
    ]);
    // A wrong clock in the file does not carry this one into the future.
    await memory.remember(SHOE, 'L');
    expect(memory.recall(SHOE)).to.include({ value: 'L' });
    expect((memory.recall(SHOE) as unknown as { at: number }).at).to.equal(platform.clock.now());
    await memory.close();
    expect(await everything(browser, tab)).not.to.match(/canary|4111.?1111/);
    await browser.clear();
  });

  it('obeys this site: its purposes, its retention, its discretion, its schemas', async () => {
    const browser = testBrowser();
    const shoe = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => (value === 'M' ? { value } : { issues: [{ message: 'not M' }] }),
      },
    };
    const { memory, platform } = await loaded(browser, {
      keep: 'P10D',
      preferences: { shoe, bell: shoe },
      purposes: { fitting: { title: 'Fitting', keys: [SHOE] } },
    });
    await memory.import(
      file([
        entry(fact(SHOE, 'M', { purpose: 'marketing' })),
        entry(fact('preferences.bell', 'brass')),
        entry(fact('care.repair.r1', 'chain')),
      ]),
    );
    expect(memory.recall(SHOE)).to.include({ value: 'M', purpose: 'fitting' });
    expect(memory.recall(SHOE)!.until).to.be.at.most(platform.clock.now() + 10 * 86_400_000);
    expect(memory.recall('care.repair.r1')).to.include({ discreet: true });
    expect(memory.recall('preferences.bell')).to.equal(undefined);
    expect(memory.status.unfit).to.equal(1);
    await memory.close();
  });

  it('has what is in a file twice once', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory } = await loaded(browser);
      if (granted) await memory.consent.grant();
      const twice = entry(fact(SHOE, 'M'));
      const other = entry(fact('preferences.bell', 'brass'));
      expect(await memory.import(file([twice, other, { ...twice, value: 'L' }, twice]))).to.deep.equal({
        added: 2,
        known: 2,
        refused: 0,
      });
      expect(memory.value(SHOE)).to.equal('M');
      expect((await memory.export()).entries).to.have.length(2);
      await memory.close();
      await browser.clear();
    }
  });

  it('comes before what is said after it, also when its clock was ahead of this one', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const { memory, platform, tab } = await loaded(browser);
      if (granted) await memory.consent.grant();
      const ahead = stamp(platform.clock.now() + 4 * 60_000, 7);
      await memory.import(file([entry(fact(SHOE, 'M', { at: ahead }))]));
      await memory.remember(SHOE, 'L');
      expect(memory.value(SHOE)).to.equal('L');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(next.memory.value(SHOE)).to.equal('L');
      await next.memory.forget({ key: SHOE });
      expect(next.memory.recall(SHOE)).to.equal(undefined);
      await next.memory.remember(SHOE, 'XL');
      await next.memory.close();
      const last = await loaded(browser, { tab });
      expect(last.memory.value(SHOE)).to.equal('XL');
      await last.memory.close();
      await browser.clear();
    }
  });

  it('may be a hundred thousand entries, kept for the page where the tab has no room', async function () {
    this.timeout(60_000);
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const one = entry(fact(SHOE, 'M'));
    const entries = Array.from({ length: 100_000 }, (_, n) => ({
      ...one,
      id: uuid(),
      key: `preferences.p${n}`,
    }));
    expect(await memory.import(file(entries))).to.deep.equal({ added: 100_000, known: 0, refused: 0 });
    for (let n = 0; n < 20; n += 1) await memory.remember(`preferences.p${n}`, n);
    expect(memory.value('preferences.p19')).to.equal(19);
    expect(memory.value('preferences.p99999')).to.equal('M');
    expect(memory.status.storage.session).to.equal('full');
    await memory.close();
  });

  it('refuses what is not an export, and loses nothing of what is here', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    await memory.remember(SHOE, 'M');
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('canary');
        },
      },
    );
    for (const data of [
      undefined,
      null,
      7,
      'text',
      [],
      {},
      { v: 2, entries: [] },
      { v: 1 },
      { v: 1, entries: {} },
      hostile,
      {
        v: 1,
        get entries() {
          throw new Error('canary');
        },
      },
    ]) {
      const failure = await failureOf(() => memory.import(data));
      expect(failure.code).to.equal('invalid_import');
      expect(failure.message).not.to.contain('canary');
    }
    const thrower = new Proxy(
      {},
      {
        get: () => {
          throw new Error('canary');
        },
        ownKeys: () => {
          throw new Error('canary');
        },
      },
    );
    expect(await memory.import({ v: 1, entries: [thrower] })).to.deep.equal({
      added: 0,
      known: 0,
      refused: 1,
    });
    expect(memory.value(SHOE)).to.equal('M');
    await memory.close();
  });

  for (const known of [true, false])
    it(`is not given to who comes after whoever brought it, ${known ? 'on the device' : 'in the visit'}`, async () => {
      const source = await loaded(testBrowser());
      await source.memory.remember('preferences.canary', 'Ana said');
      const data = await source.memory.export();
      const browser = testBrowser();
      if (known) await rememberedPerson(browser, { 'preferences.size': 'M' });
      const { memory } = await loaded(browser);
      const bringing = failureOf(() => memory.import(data));
      await memory.notMe();
      expect(await bringing).to.include({ code: 'put_aside' });
      await memory.remember('identity.name', { given: 'Ben' });
      await memory.consent.grant();
      expect(memory.recall('preferences.canary')).to.equal(undefined);
      await memory.close();
      expect((await loaded(browser)).memory.recall('preferences.canary'), 'the next time').to.equal(
        undefined,
      );
    });

  it('is brought to its end when the memory is closed meanwhile', async () => {
    const source = await loaded(testBrowser());
    await source.memory.remember('preferences.size', 'M');
    const data = await source.memory.export();
    const browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.colour': 'red' });
    const { memory } = await loaded(browser);
    const bringing = memory.import(data);
    await memory.close();
    expect(await bringing).to.deep.equal({ added: 1, known: 0, refused: 0 });
    expect((await loaded(browser)).memory.value('preferences.size')).to.equal('M');
  });

  it('gives what is said and not stored yet too, and nothing of a person who is not shown', async () => {
    const browser = testBrowser();
    const x = await loaded(browser, { says: 'x' });
    await x.memory.remember(SHOE, 'canary');
    await x.memory.consent.grant({ device: true, purposes: ['preferences'] });
    await x.memory.remember('identity.company', 'Acme');
    expect((await x.memory.export()).entries.map((one) => one.kind === 'fact' && one.key)).to.deep.equal([
      SHOE,
      'identity.company',
    ]);
    await x.memory.close();
    const closed = await loaded(browser, { tab: newTab() });
    await closed.memory.remember('identity.language', 'de');
    expect((await closed.memory.export()).entries).to.deep.equal([]);
    await closed.memory.close();
    await browser.clear();
  });
});
