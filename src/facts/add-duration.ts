import type { Ms } from './entry.js';
import { partsOf } from './retention.js';

/**
 * That much later by the calendar and in UTC: a month after 31 January is the last day of February. NaN when it is no
 * duration; `durationProblem` says so beforehand.
 */
export function addDuration(at: Ms, iso: string): Ms {
  const [years, months, weeks, days, hours, minutes, seconds] = partsOf(iso);
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + 12 * years + months);
  // A day which that month does not have runs over into the next one, whose day 0 is the last of that month.
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
