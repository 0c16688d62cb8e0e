/**
 * How long things are kept: ISO 8601 durations and the `until` computed from them. Calendar arithmetic is done here, in
 * UTC and by hand, so that this stays a function of its arguments.
 */
import type { Ms } from './entry.js';

const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const DAY: Ms = 86_400_000;

/** Why this is not a duration such as `P13M`, `P30D` or `PT4H`, or undefined when it is. None may be nothing at all. */
export function durationProblem(iso: unknown): string | undefined {
  if (typeof iso !== 'string' || !DURATION.test(iso))
    return 'a duration is written as in ISO 8601, in whole numbers: P13M, P30D, PT4H';
  return /[1-9]/.test(iso) ? undefined : 'a duration of nothing would keep nothing';
}

/**
 * That much later by the calendar: a month after 31 January is the last day of February. NaN when it is no duration;
 * `durationProblem` says so beforehand.
 */
export function addDuration(at: Ms, iso: string): Ms {
  const parts = DURATION.exec(iso);
  if (!parts) return NaN;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((n) => Number(n ?? 0));
  return (
    addMonths(at, 12 * years + months) +
    (7 * weeks + days) * DAY +
    hours * 3_600_000 +
    minutes * 60_000 +
    seconds * 1000
  );
}

/** The earliest of what the purpose, the site and the writer allow; undefined when none of them sets an end. */
export function untilOf(at: Ms, keeps: readonly (string | undefined)[], explicit?: Ms): Ms | undefined {
  const ends = keeps.filter((keep) => keep !== undefined).map((keep) => addDuration(at, keep));
  if (explicit !== undefined) ends.push(explicit);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

function addMonths(at: Ms, count: number): Ms {
  if (count === 0) return at;
  const date = dateOf(Math.floor(at / DAY));
  const months = date.year * 12 + date.month - 1 + count;
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  return (
    dayOf(year, month, Math.min(date.day, daysIn(year, month))) * DAY + (at - Math.floor(at / DAY) * DAY)
  );
}

function daysIn(year: number, month: number): number {
  return (month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1)) - dayOf(year, month, 1);
}

// Days since 1970 and back, after Howard Hinnant's chrono-compatible date algorithms: years begin in March, so that the
// leap day is their last, and 400 of them are always 146,097 days.

function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const d = z - era * 146_097;
  const yearOfEra = Math.floor(
    (d - Math.floor(d / 1460) + Math.floor(d / 36_524) - Math.floor(d / 146_096)) / 365,
  );
  const dayOfYear = d - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}
