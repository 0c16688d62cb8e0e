/** How long things are kept: ISO 8601 durations and the `until` computed from them, by the calendar and in UTC. */
import type { Ms } from './entry.js';

const DURATION =
  /^P(\d{1,4}Y)?(\d{1,5}M)?(\d{1,6}W)?(\d{1,6}D)?(?:T(?=\d)(\d{1,7}H)?(\d{1,9}M)?(\d{1,9}S)?)?$/;

type Parts = [number, number, number, number, number, number, number];

/** Why this is not a duration such as `P13M`, `P30D` or `PT4H`, or undefined when it is. None may be nothing at all. */
export function durationProblem(iso: unknown): string | undefined {
  return typeof iso === 'string' && addDuration(0, iso) > 0
    ? undefined
    : 'it takes an ISO 8601 duration such as P13M';
}

/**
 * That much later by the calendar: a month after 31 January is the last day of February. NaN when it is no duration;
 * `durationProblem` says so beforehand.
 */
export function addDuration(at: Ms, iso: string): Ms {
  const [, ...parts] = DURATION.exec(iso) ?? [];
  const [years = NaN, months, weeks, days, hours, minutes, seconds] = parts.map((n = '0') =>
    parseInt(n),
  ) as Parts;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + 12 * years + months);
  // A day which that month does not have runs over into the next one, whose day 0 is the last of that month.
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
