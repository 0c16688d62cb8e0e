import fc from 'fast-check';
import { AUTHORITIES } from '../../src/facts/authority.js';
import { KEYS, SELECTORS, type Plan, type Step, type Write } from './world.js';

const device = fc.nat(2);
const lasts = fc.option(fc.constantFrom(3, 30, 1000), { nil: undefined, freq: 2 });
const tidy = fc.constantFrom(undefined, undefined, 0, 4);

const write: fc.Arbitrary<Write> = fc.record({
  key: fc.constantFrom(...KEYS, KEYS[0] as string),
  value: fc.nat(2),
  authority: fc.constantFrom(...AUTHORITIES, 'stated' as const),
  purpose: fc.constantFrom('root', 'root', 'shop'),
  lasts,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(write, device, tidy)
      .map(([what, device, tidy]) => ({ ...what, does: 'write' as const, device, tidy })),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('say' as const), device, lasts, tidy }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('forget' as const),
      device,
      of: fc.constantFrom(...SELECTORS),
      tidy,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('sync' as const),
      device,
      upTo: fc.constantFrom('all', 'all', 'half'),
      replyIsLost: fc.constantFrom(false, false, true),
      tidy,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(1, 25, 400_000), tidy }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('merge' as const), tidy }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('undo' as const), tidy }) },
);

/** Lives of up to three devices and one anonymous subject, as short as they can be and still break a wrong rule. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  clocks: fc.array(fc.constantFrom(0, 0, 120_000, 3_600_000, -3_600_000), { minLength: 1, maxLength: 3 }),
  before: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: write },
      { weight: 1, arbitrary: fc.record({ of: fc.constantFrom(...SELECTORS) }) },
    ),
    {
      maxLength: 4,
    },
  ),
  steps: fc.array(step, { minLength: 4, maxLength: 28, size: 'max' }),
});
