/** How long things are kept, as ISO 8601 durations such as `P13M`; add-duration.ts goes by the calendar. */
import type { Ms } from './entry.js';
import { isString } from './shape.js';

const DURATION =
  /^P(\d{1,4}Y)?(\d{1,5}M)?(\d{1,6}W)?(\d{1,6}D)?(?:T(?=\d)(\d{1,7}H)?(\d{1,9}M)?(\d{1,9}S)?)?$/;

/** Years, months, weeks, days, hours, minutes, seconds. */
export type Parts = readonly [number, number, number, number, number, number, number];

/** The numbers of a duration. There are none when it is no duration, and what is computed of them is NaN. */
export function partsOf(iso: string): Parts {
  const [, ...parts] = DURATION.exec(iso) ?? [];
  return parts.map((n = '0') => parseInt(n)) as unknown as Parts;
}

/** How long that is, counted from the beginning of 1970; NaN when it is no duration. */
export function lengthOf(iso: string): Ms {
  const [years, months, weeks, days, ...time] = partsOf(iso);
  return Date.UTC(1970 + years, months, 1 + 7 * weeks + days, ...time);
}

/** Why this is not a duration such as `P13M`, `P30D` or `PT4H`, or undefined when it is. None may be nothing at all. */
export function durationProblem(iso: unknown): string | undefined {
  return isString(iso) && lengthOf(iso) > 0 ? undefined : 'it takes a duration such as P13M';
}
