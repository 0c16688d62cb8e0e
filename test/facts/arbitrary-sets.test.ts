import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { covers } from '../../src/facts/cover.js';
import type { Fact, Forget, Held } from '../../src/facts/entry.js';
import { compact } from '../../src/facts/history.js';
import { resolveKey } from '../../src/facts/value.js';
import { SEED } from './runs.js';
import { fact, forget, idOf, NOON } from './samples.js';

/**
 * Why the laws speak of causally closed histories only. A device that compacted before it had the rows in between could
 * delete what a forget it had not heard of yet would have made the value. Devices take rows in the order of `seq`, so
 * they never can; whoever lets rows overtake one another has to read this first.
 */
describe('Arbitrary sets of entries, which no device can have', () => {
  it('compacting before an older forget has come can lose the value', () => {
    const key = 'preferences.size';
    const token = fact({
      key,
      authority: 'verified',
      value: 'L',
      wall: NOON,
      seen: 0,
      seq: 1,
      received: NOON,
    });
    const forgotten = forget({ key }, { seq: 2, received: NOON + 1 });
    const stated = fact({
      key,
      authority: 'stated',
      value: 'M',
      wall: NOON + 2,
      seen: 2,
      seq: 3,
      received: NOON + 2,
    });
    const chosen = [4, 5, 6, 7].map((seq) =>
      fact({ key, authority: 'inferred', value: 'S', wall: NOON + seq, seen: 1, seq, received: NOON + seq }),
    );
    const rows = [token, stated, ...chosen];
    expect(valueOf(rows, forgotten)).to.equal('M');
    expect(valueOf(compact(rows), forgotten)).to.equal(undefined);
  });

  it('a search finds such sets at once', () => {
    const rows = fc.array(
      fc.record({
        authority: fc.constantFrom('verified' as const, 'stated' as const),
        wall: fc.integer({ min: NOON, max: NOON + 9 }),
        seen: fc.nat(9),
      }),
      { maxLength: 8, size: 'max' },
    );
    const law = fc.property(rows, fc.nat(9), (samples, seq) => {
      const held = samples.map((sample, i) => fact({ ...sample, id: idOf(i), seq: 10 + i, received: NOON }));
      const late = forget({ under: 'preferences' }, { seq });
      return resolved(held, late) === resolved(compact(held, 0), late);
    });
    expect(fc.check(law, { seed: SEED, numRuns: 1000 }).failed).to.equal(true);
  });
});

function resolved(rows: readonly Held<Fact>[], late: Held<Forget>): Fact | undefined {
  return resolveKey(
    rows.filter((row) => !covers(late, row)),
    NOON,
  )?.held.entry;
}

function valueOf(rows: readonly Held<Fact>[], late: Held<Forget>): unknown {
  return resolved(rows, late)?.value;
}
