import type { Ms } from '../facts/entry.js';

/** A day, as one writes it in a sentence. */
export const day = (lang: string, time: Ms) => format(lang, time, { dateStyle: 'long' });

/** The time of day. */
export const clock = (lang: string, time: Ms) => format(lang, time, { timeStyle: 'short' });

export function format(lang: string, time: Ms, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(lang, options).format(time);
  } catch {
    return '–'; // RangeError: no time that a calendar has, as another script may have written there
  }
}
