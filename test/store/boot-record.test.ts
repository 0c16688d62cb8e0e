import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { ConversationHead } from '../../src/facts/conversation.js';
import type { Authority, Fact } from '../../src/facts/entry.js';
import { fakeKeyValue } from '../../src/platform/fake.js';
import { BOOT_LENGTH, bootRecordOf } from '../../src/store/boot-fitting.js';
import { readBootRecord, removeBootRecord, type BootRecord } from '../../src/store/boot-record.js';
import { fact, NOW, uuid } from './support.js';

const KEY = 'customer-memory:acme:boot';
const stated = (key: string, value: Fact['value'], authority: Authority = 'stated'): Fact => ({
  ...fact(key, value, { authority }),
  seen: 0,
  after: [uuid()],
});
const head = (more: Partial<ConversationHead> = {}): ConversationHead => ({
  id: uuid(),
  channel: 'chat',
  started: NOW,
  state: 'open',
  lastAt: NOW,
  ...more,
});
const parts = {
  gen: '0123456789abcdef',
  local: 'f'.repeat(32),
  epoch: '',
  rev: 3,
  consent: { device: true, sync: false, at: NOW },
};

describe('a boot record', () => {
  const read = (text: string) => readBootRecord(fakeKeyValue([[KEY, text]]), 'acme');

  it('comes back as it was written, without what its facts had seen', () => {
    const name = stated('identity.name', { given: 'Ana' });
    const record = bootRecordOf({
      ...parts,
      user: 'u1',
      facts: [name],
      heads: [head()],
      device: [stated('preferences.theme', 'dark')],
    });
    expect(read(JSON.stringify(record))).to.deep.equal(record);
    expect(record.facts[0]).to.include({ id: name.id, key: 'identity.name' });
    expect(JSON.stringify(record)).not.to.match(/"seen"|"after"|partial/);
  });

  it('has at most five heads, none of them discreet', () => {
    const heads = [head({ discreet: true }), ...Array.from({ length: 7 }, () => head())];
    expect(bootRecordOf({ ...parts, facts: [], heads, device: [] }).heads).to.deep.equal(heads.slice(1, 6));
  });

  it('lets heads go first, the oldest before the newer, when it is too long', () => {
    const facts = [stated('preferences.a', 'x'.repeat(32_000))];
    const heads = Array.from({ length: 5 }, (_, n) => head({ topic: `${n}` }));
    const record = bootRecordOf({ ...parts, facts, heads, device: [] });
    expect(JSON.stringify(record).length).to.be.at.most(BOOT_LENGTH);
    expect(record.partial).to.equal(true);
    expect(record.facts.length).to.equal(1);
    expect(record.heads.map(({ topic }) => topic)).to.deep.equal(['0', '1'].slice(0, record.heads.length));
  });

  it('lets facts of the lowest authority go next, the oldest before the newer', () => {
    const authorities = ['stated', 'observed', 'inferred', 'verified'] as const;
    const facts = Array.from({ length: 40 }, (_, n) =>
      stated(`preferences.p${n}`, 'x'.repeat(1000), authorities[n % 4]),
    );
    const record = bootRecordOf({ ...parts, facts, heads: [head()], device: [] });
    expect(record.heads).to.deep.equal([]);
    const dropped = facts.filter(({ id }) => !record.facts.some((one) => one.id === id));
    const of = (one: Authority) => facts.filter(({ authority }) => authority === one);
    const expected = [...of('inferred'), ...of('observed')].slice(0, dropped.length);
    expect(dropped.length).to.be.greaterThan(of('inferred').length);
    expect(dropped.map(({ id }) => id)).to.have.members(expected.map(({ id }) => id));
    expect(JSON.stringify(record).length).to.be.within(BOOT_LENGTH - 1500, BOOT_LENGTH);
  });

  it('is never longer than it may be, and full when something was left out', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 4000 }), { maxLength: 25 });
    fc.assert(
      fc.property(texts, texts, fc.nat({ max: 5 }), (values, devices, count) => {
        const facts = values.map((value, n) =>
          stated(`preferences.p${n}`, value, n % 2 ? 'stated' : 'observed'),
        );
        const device = devices.map((value, n) => stated(`preferences.d${n}`, value));
        const heads = Array.from({ length: count }, () => head());
        const record = bootRecordOf({ ...parts, facts, heads, device });
        const left =
          facts.length -
          record.facts.length +
          device.length -
          record.device.length +
          heads.length -
          record.heads.length;
        expect(JSON.stringify(record).length).to.be.at.most(BOOT_LENGTH);
        expect(left > 0).to.equal(record.partial === true);
      }),
      { numRuns: 300, includeErrorInReport: true },
    );
  });

  it('is not there when there is none, no storage, or another site’s', () => {
    const record = bootRecordOf({ ...parts, facts: [], heads: [], device: [] });
    const local = fakeKeyValue([['customer-memory:other:boot', JSON.stringify(record)]]);
    expect(readBootRecord(local, 'acme')).to.equal(undefined);
    expect(readBootRecord(undefined, 'acme')).to.equal(undefined);
    removeBootRecord(local, 'other');
    expect(local.keys()).to.deep.equal([]);
  });

  const good: BootRecord = bootRecordOf({
    ...parts,
    facts: [stated('identity.company', 'Acme')],
    heads: [head()],
    device: [],
  });
  const bad: Record<string, unknown> = {
    'another version': { ...good, v: 2 },
    'no generation': { ...good, gen: undefined },
    'a user that is no text': { ...good, user: 7 },
    'facts that are no list': { ...good, facts: { length: 1 } },
    'a fact that is none': { ...good, facts: [{ ...good.facts[0], key: 'constructor.__proto__' }] },
    'a fact of no known authority': { ...good, facts: [{ ...good.facts[0], authority: 'boss' }] },
    'a message among its facts': { ...good, facts: [{ ...good.facts[0], kind: 'message' }] },
    'a head that is none': { ...good, heads: [{ id: 'x' }] },
    'a discreet head': { ...good, heads: [head({ discreet: true })] },
    'no consent': { ...good, consent: null },
    'a revision that is no number': { ...good, rev: '3' },
    'a list': [good],
    'a number': 7,
    null: null,
  };
  for (const [what, record] of Object.entries(bad)) {
    it(`is none when it has ${what}`, () => expect(read(JSON.stringify(record))).to.equal(undefined));
  }

  it('is none, and nothing else happens, when it is cut short or hostile', () => {
    for (const text of [
      '',
      '{',
      JSON.stringify(good).slice(0, -9),
      '{"__proto__":' + JSON.stringify(good) + '}',
      '"'.repeat(9),
    ]) {
      expect(read(text)).to.equal(undefined);
    }
    const polluting = JSON.stringify(good).replace(
      '"value":"Acme"',
      '"value":{"__proto__":{"polluted":true}}',
    );
    read(polluting);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('never throws, whatever JSON another script leaves there', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(text)).to.equal(undefined);
      }),
      { numRuns: 500, includeErrorInReport: true },
    );
  });
});
