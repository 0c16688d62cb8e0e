import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import * as z from 'zod/mini';
import type { Entry } from '../../src/facts/entry.js';
import { AUTHORITIES } from '../../src/facts/authority.js';
import { isEntry, isFact, isForget, isMessage, SPEAKERS } from '../../src/facts/guard.js';
import { jsonProblem } from '../../src/facts/json.js';
import { entrySchema, factSchema, forgetSchema, messageSchema } from '../../src/protocol/entry-schema.js';
import { holds } from '../facts/runs.js';
import { fact, forget, idOf, message, NOON } from '../facts/samples.js';

const uuid = fc.nat(50).map((n) => idOf(n));
const text = fc.string({ maxLength: 6 });
const common = {
  id: uuid,
  at: fc.constantFrom('018bcfe568000007', '0000000000000000'),
  by: fc.record(
    { who: fc.constantFrom(...SPEAKERS), name: text, channel: text, page: text, relayed: text },
    { requiredKeys: ['who'] },
  ),
  seen: fc.nat(),
  after: fc.array(uuid, { maxLength: 2 }),
};
const kept = {
  purpose: fc.constantFrom('support', 'identity'),
  until: fc.nat(),
  discreet: fc.constant(true),
  merge: uuid,
};
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => jsonProblem(value) === undefined);

const entries = fc.oneof(
  fc.record(
    {
      ...common,
      ...kept,
      kind: fc.constant('fact'),
      key: fc.constantFrom('identity.name', 'care.lift.a', `conversations.${idOf(1)}.topic`),
      value: json,
      authority: fc.constantFrom(...AUTHORITIES),
      why: text,
      extra: json,
    },
    {
      noNullPrototype: true,
      requiredKeys: ['id', 'at', 'by', 'seen', 'purpose', 'kind', 'key', 'value', 'authority'],
    },
  ),
  fc.record(
    {
      ...common,
      ...kept,
      kind: fc.constant('message'),
      key: fc.constant(`conversations.${idOf(1)}.m.${idOf(2)}`),
      value: fc.record({ text, data: json, extra: json }, { requiredKeys: ['text'], noNullPrototype: true }),
    },
    { noNullPrototype: true, requiredKeys: ['id', 'at', 'by', 'seen', 'purpose', 'kind', 'key', 'value'] },
  ),
  fc.record(
    {
      ...common,
      kind: fc.constant('forget'),
      of: fc.oneof(
        fc.record({ key: fc.constantFrom('identity.name', 'preferences.size') }, { noNullPrototype: true }),
        fc.record({ under: fc.constantFrom('care', 'preferences.size') }, { noNullPrototype: true }),
        fc.record({ purpose: fc.constant('support') }, { noNullPrototype: true }),
      ),
    },
    { noNullPrototype: true, requiredKeys: ['id', 'at', 'by', 'seen', 'kind', 'of'] },
  ),
);

/** What a field may have become in a damaged store, on a hostile wire or in a later version. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    undefined,
    NaN,
    -1,
    1.5,
    2 ** 53,
    -0,
    '',
    'care',
    'identity.name',
    'verified',
    'fact',
    'message',
    'forget',
    `conversations.${idOf(1)}.m.${idOf(2)}`,
    idOf(1),
    idOf(1).toUpperCase(),
    '018BCFE568000007',
    'half \ud83d',
    [],
    {},
    [idOf(1)],
    [[]],
    { key: 'identity.name' },
    { key: 'identity.name', under: 'care' },
    { key: undefined },
    { text: 'Hi', data: undefined },
    { text: 7 },
    { who: 'nobody' },
    { who: 'site', name: 7 },
    JSON.parse('{"__proto__":{"who":"site"}}'),
  ),
);
const FIELDS = [
  'id',
  'at',
  'by',
  'seen',
  'after',
  'kind',
  'key',
  'value',
  'authority',
  'purpose',
  'why',
  'until',
  'discreet',
  'merge',
  'of',
  'extra',
];
const changes = fc.array(fc.tuple(fc.constantFrom(...FIELDS), fc.option(junk, { nil: DELETED() })), {
  maxLength: 2,
});

function DELETED(): unknown {
  return DELETED;
}

describe('The guards and the schemas of entries', () => {
  it('take every entry', () => {
    holds(entries, (entry) => {
      if (!isEntry(entry) || !entrySchema.safeParse(entry).success)
        throw new Error(z.prettifyError(entrySchema.safeParse(entry).error as never));
    });
  });

  it('say the same of every entry that was tampered with', () => {
    holds(fc.tuple(entries, changes), ([entry, changed]) => {
      const damaged: Record<string, unknown> = { ...entry };
      for (const [field, value] of changed) {
        if (value === DELETED) delete damaged[field];
        else damaged[field] = value;
      }
      agree(damaged);
    });
  });

  it('say the same of anything at all', () => {
    holds(fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...FIELDS), junk)), agree);
  });

  it('keep what they do not know', () => {
    const { entry } = fact();
    const later = { ...entry, mood: { fine: true }, by: { ...entry.by, badge: 7 } };
    expect(entrySchema.parse(later)).to.deep.equal(later);
    expect(isFact(later)).to.equal(true);
  });

  it('give the compiler the very type that the facts are written with', () => {
    const parsed: Entry = entrySchema.parse(fact().entry);
    expect(parsed.kind).to.equal('fact');
  });

  it('tell the three kinds apart', () => {
    const kinds = [
      fact().entry,
      message(`conversations.${idOf(1)}.m.${idOf(2)}`).entry,
      forget({ under: 'care' }).entry,
    ];
    expect(
      kinds.map((entry) => [isFact(entry), isMessage(entry), isForget(entry)].indexOf(true)),
    ).to.deep.equal([0, 1, 2]);
  });

  it('refuse a fact with the key of a message, and a message with another key', () => {
    const said = message(`conversations.${idOf(1)}.m.${idOf(2)}`).entry;
    expect(isEntry({ ...said, key: `conversations.${idOf(1)}.topic` })).to.equal(false);
    expect(isEntry({ ...fact().entry, key: said.key })).to.equal(false);
  });

  it('refuse a value over 64 KiB', () => {
    const large = { ...fact({ wall: NOON }).entry, value: 'x'.repeat(65_536) };
    expect(isFact(large)).to.equal(false);
    expect(factSchema.safeParse(large).success).to.equal(false);
  });

  it('can be handed to others as JSON Schema', () => {
    expect(z.toJSONSchema(entrySchema, { unrepresentable: 'any' })).to.have.property('oneOf');
  });
});

function agree(x: unknown): void {
  const pairs = [
    [isFact(x), factSchema],
    [isMessage(x), messageSchema],
    [isForget(x), forgetSchema],
    [isEntry(x), entrySchema],
  ] as const;
  for (const [guarded, schema] of pairs) {
    const parsed = schema.safeParse(x);
    if (parsed.success !== guarded) {
      throw new Error(
        parsed.success
          ? 'only the schema takes it'
          : `only the guard takes it: ${z.prettifyError(parsed.error)}`,
      );
    }
  }
}
