import type { Ms } from '../facts/entry.js';

/** A day, as one writes it in a sentence. */
export const day = (lang: string, time: Ms) => format(lang, time, { dateStyle: 'long' });

/** A day with the time of day. */
export const moment = (lang: string, time: Ms) =>
  format(lang, time, { dateStyle: 'medium', timeStyle: 'short' });

/** The time of day. */
export const clock = (lang: string, time: Ms) => format(lang, time, { timeStyle: 'short' });

function format(lang: string, time: Ms, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(lang, options).format(time);
}
