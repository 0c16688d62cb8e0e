import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { equalJson } from '../../src/facts/equal.js';
import type { Json } from '../../src/facts/entry.js';
import { frozenCopy } from '../../src/facts/frozen.js';
import { jsonBytes, jsonProblem, MAX_BYTES, readJson } from '../../src/facts/json.js';
import { holds } from './runs.js';

const throwing = (): never => {
  throw new Error('no');
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();
/** Even looking at what it throws throws. */
const hostile = new Proxy(
  {},
  {
    ownKeys: () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw new Proxy({}, { get: throwing, getPrototypeOf: throwing });
    },
  },
);

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

function problemOf(value: unknown): string {
  const { code, path } = jsonProblem(value) ?? { code: 'fine', path: '' };
  return path ? `${code} at ${path}` : code;
}

describe('Values', () => {
  it('are JSON, emoji and right-to-left texts and all', () => {
    for (const value of [
      null,
      true,
      0,
      -1.5e300,
      '',
      '👩‍🔧',
      'שלום',
      '\u0000',
      [],
      {},
      { a: [{ b: null }] },
      Object.create(null),
      nested(32),
    ]) {
      expect(jsonProblem(value)).to.equal(undefined);
    }
  });

  it('are refused with the path to what JSON would drop or change', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = { again: [cyclic] };
    class Size {}
    const named: unknown[] & { extra?: number } = [1];
    named.extra = 2;
    const cases: readonly (readonly [unknown, string])[] = [
      [undefined, 'not_json'],
      [NaN, 'not_json'],
      [Infinity, 'not_json'],
      [1n, 'not_json'],
      [throwing, 'not_json'],
      [Symbol('x'), 'not_json'],
      [{ lines: [1, 2, { count: NaN }] }, 'not_json at lines[2].count'],
      [{ a: undefined }, 'not_json at a'],
      [{ 'two words': { a: 1n } }, 'not_json at ["two words"].a'],
      [cyclic, 'not_json at self.again[0]'],
      [nested(33), `not_json at ${'[0]'.repeat(32)}`],
      [[1, , 3], 'not_json'],
      [new Array(4_000_000_000), 'too_large'],
      [named, 'not_json'],
      [{ when: new Date(0) }, 'not_json at when'],
      [new Map([[1, 2]]), 'not_json'],
      [new Size(), 'not_json'],
      [Object('text'), 'not_json'],
      [document.body, 'not_json'],
      [{ [Symbol('x')]: 1 }, 'not_json'],
      [JSON.parse('{"a":{"__proto__":1}}'), 'not_json at a.__proto__'],
      [{ constructor: 1 }, 'not_json at constructor'],
      [{ prototype: 1 }, 'not_json at prototype'],
      ['half \ud83d', 'not_json'],
      ['\udc69 half', 'not_json'],
      [{ 'half \ud83d': 1 }, 'not_json at ["half \\ud83d"]'],
    ];
    for (const [value, expected] of cases) expect(problemOf(value)).to.equal(expected);
  });

  it('never throw while they are read, hostile as they may be', () => {
    const getter = { a: { get b() { return throwing(); } } }; // prettier-ignore
    expect(problemOf(getter)).to.equal('not_json at a.b');
    for (const value of [
      hostile,
      revoked.proxy,
      { a: hostile },
      [hostile],
      new Proxy([], { get: throwing }),
    ]) {
      expect(jsonProblem(value)?.code).to.equal('not_json');
    }
  });

  it('are small, counted as UTF-8', () => {
    expect(jsonProblem('x'.repeat(MAX_BYTES - 2))).to.equal(undefined);
    expect(problemOf('x'.repeat(MAX_BYTES - 1))).to.equal('too_large');
    expect(problemOf('é'.repeat(MAX_BYTES / 2))).to.equal('too_large');
    expect(jsonProblem('abc', 4)?.code).to.equal('too_large');
    expect(jsonProblem('abc', 5)).to.equal(undefined);
  });

  it('that share their parts exponentially are refused without being walked through', () => {
    let value: unknown = [];
    for (let i = 0; i < 30; i++) value = [value, value];
    expect(jsonProblem(value)?.code).to.equal('too_large');
  });

  it('are kept as they were checked, whatever a getter answers the next time', () => {
    let reads = 0;
    const read = readJson({ get size() { return reads++ === 0 ? 'M' : NaN; } }); // prettier-ignore
    expect(read).to.deep.equal({ json: { size: 'M' } });
  });

  it('are copied and frozen all the way down', () => {
    const value = { a: [{ b: 1 }] };
    const copy = frozenCopy(value) as typeof value;
    expect(copy).to.deep.equal(value);
    expect([copy, copy.a, copy.a[0]].every((part) => Object.isFrozen(part))).to.equal(true);
    value.a.push({ b: 2 });
    expect(copy.a).to.have.length(1);
  });

  it('survive the way to JSON and back, at the size that was counted', () => {
    holds(fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }), (value) => {
      const read = readJson(value);
      if ('problem' in read) {
        if (!/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)))
          throw new Error(JSON.stringify(read.problem));
        return;
      }
      const { json } = read;
      const text = JSON.stringify(value);
      const bytes = new TextEncoder().encode(text).length;
      if (JSON.stringify(json) !== text || jsonBytes(json) !== bytes)
        throw new Error(`${text} is ${bytes} bytes`);
      if (jsonProblem(value, bytes) || !jsonProblem(value, bytes - 1))
        throw new Error(`the limit is not at ${bytes}`);
      if (!equalJson(json, JSON.parse(text) as Json)) throw new Error('it does not equal itself');
    });
  });

  it('of any kind whatever are either read or refused', () => {
    holds(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
      (value) => {
        const read = readJson(value);
        if ('json' in read && !equalJson(read.json, JSON.parse(JSON.stringify(value)) as Json))
          throw new Error('JSON says otherwise');
      },
    );
  });
});

describe('Equality', () => {
  it('tells apart what JSON tells apart', () => {
    const different: Json[] = [
      null,
      false,
      0,
      '',
      '0',
      [],
      {},
      [0],
      { a: 0 },
      { b: 0 },
      { a: 0, b: 0 },
      { 0: 0 },
    ];
    for (const [i, a] of different.entries()) {
      for (const [j, b] of different.entries())
        expect(equalJson(a, b), `${JSON.stringify(a)} ${JSON.stringify(b)}`).to.equal(i === j);
    }
  });
});
