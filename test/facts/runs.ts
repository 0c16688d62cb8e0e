import fc from 'fast-check';

/**
 * How the laws are tried: always the same cases, so that a red run is red again. To look elsewhere, or to replay what a
 * failure printed, edit nothing: append `?seed=…&path=…&runs=…` to the page that `npx wtr --manual` opens.
 */
const asked = new URLSearchParams(globalThis.location?.search ?? '');

export const SEED = Number(asked.get('seed') ?? 20_261_121);
const RUNS = Number(asked.get('runs') ?? 10_000);

/** Tries a law on every case and, when one breaks it, throws with the smallest it found, the seed and the path to it. */
export function holds<T>(cases: fc.Arbitrary<T>, law: (one: T) => void): void {
  const path = asked.get('path');
  fc.assert(
    fc.property(cases, (one) => {
      law(one);
    }),
    { seed: SEED, numRuns: RUNS, includeErrorInReport: true, ...(path !== null && { path }) },
  );
}
