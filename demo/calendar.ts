/** The shop's own days: which ones it is open, and when something promised is done. */
import { SHOP_ZONE } from './language.js';

/** The next days the workshop is open, as `2026-11-26`, beginning tomorrow. */
export function openDays(now: Date, count: number): readonly string[] {
  const days: string[] = [];
  for (let ahead = 1; days.length < count; ahead += 1) {
    const day = shopDay(new Date(now.getTime() + ahead * DAY));
    if (!CLOSED.includes(noon(day).getUTCDay())) days.push(day);
  }
  return days;
}

/** The next day the workshop is open, where that is not tomorrow: a promise has to name it. */
export function namedOpenDay(now: Date): Date | undefined {
  const [day] = openDays(now, 1);
  return day === undefined || day === shopDay(new Date(now.getTime() + DAY)) ? undefined : noon(day);
}

/** The day `count` open days from now. */
export const inOpenDays = (now: Date, count: number): Date =>
  noon(openDays(now, count).at(-1) ?? shopDay(now));

/** When the workshop is done with what it took in for a day: at five, on Saturdays at one. */
export function readyAt(day: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(noon(day).getTime())) return undefined;
  const hour = noon(day).getUTCDay() === 6 ? 13 : 17;
  const utc = new Date(`${day}T${hour}:00:00Z`);
  return new Date(utc.getTime() - offset(utc));
}

/** Noon of a calendar day, far from every midnight. */
export const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

const DAY = 86_400_000;
/** Sunday and Monday. */
const CLOSED: readonly number[] = [0, 1];

const shopDay = (moment: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: SHOP_ZONE }).format(moment);

/** How far the shop's clock is ahead of UTC at a moment, in milliseconds. */
function offset(moment: Date): number {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: SHOP_ZONE,
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  const hours = ((Number(clock) - moment.getUTCHours() + 36) % 24) - 12;
  return hours * 3_600_000;
}
