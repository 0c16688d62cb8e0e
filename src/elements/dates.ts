import { nothing } from 'lit/html.js';
import type { Ms } from '../facts/entry.js';

/** A day, as one writes it in a sentence. */
export const day = (lang: string, time: Ms) => format(lang, time, { dateStyle: 'long' });

/** A day with the time of day. */
export const moment = (lang: string, time: Ms) =>
  format(lang, time, { dateStyle: 'medium', timeStyle: 'short' });

/** The time of day. */
export const clock = (lang: string, time: Ms) => format(lang, time, { timeStyle: 'short' });

/** For programs; nothing where no calendar has it. */
export const machine = (time: Ms) => (isNaN(+new Date(time)) ? nothing : new Date(time).toISOString());

function format(lang: string, time: Ms, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(lang, options).format(time);
  } catch {
    return '–'; // RangeError: no time that a calendar has, as another script may have written there
  }
}
