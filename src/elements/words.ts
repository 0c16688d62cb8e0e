import { html } from 'lit/html.js';
import type { Ms } from '../facts/entry.js';
import { isText } from '../facts/shape.js';
import { isLanguage } from '../memory/labels.js';
import { stringsIn, type Strings, type Tables } from './strings.js';

/**
 * Sentences from texts and values: holes are filled, never glued, and Intl writes dates and numbers
 * in the visitor's own time zone. It knows no element and no memory.
 */
export interface Words<T> {
  /** The language spoken, for `lang` and Intl. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly text: <K extends keyof T>(key: K) => Strings<T>[K];
  /** What Lit renders for a key; a hole without a value is left empty. */
  readonly say: (key: keyof T, holes?: Holes) => unknown[];
}

type Holes = Readonly<Record<string, unknown>>;

/** Words in the language that is wanted, or in English where nobody wrote it. */
export function wordsFor<T>(tables: Tables<T>, wanted: string): Words<T> {
  const found = isLanguage(wanted) ? stringsIn(tables, wanted) : [];
  const places = [...found, ...stringsIn(tables, 'en')];
  const lang = found.length ? wanted : 'en';
  const text: Words<T>['text'] = (key) =>
    places.find((place) => key in place)?.[key] as Strings<T>[typeof key];
  return {
    lang,
    dir: /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i.test(lang) ? 'rtl' : 'ltr',
    text,
    say: (key, holes = {}) => fill(text(key) as string, holes),
  };
}

/**
 * A value somebody gave, kept from changing the direction of the words around it, and from burying them; undefined for
 * what is no text, whatever another version or another script has stored there.
 */
export const isolated = (value: unknown, part: string) =>
  isText(value) ? html`<bdi part=${part}>${clipped(value)}</bdi>` : undefined;

/** "today", "yesterday", "3 days ago", "last month": by the calendar, not by hours; a dash for a time that it does not have. */
export function when(lang: string, then: Ms, now: Ms): string {
  const days = Math.round((midnight(now) - midnight(then)) / 864e5);
  if (isNaN(days)) return '–';
  const [unit, length] = UNITS.find(([, length]) => days >= length) ?? (['day', 1] as const);
  return new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(
    -Math.max(0, Math.floor(days / length)),
    unit,
  );
}

/** What Lit renders for a text whose holes have values. */
export function fill(text: string, holes: Holes): unknown[] {
  // The odd parts are the names of holes.
  return text.split(/\{(\w+)\}/).map((part, index) => (index % 2 ? holes[part] : part));
}

const UNITS = [
  ['year', 365],
  ['month', 30],
  ['week', 7],
] as const;

/** By characters, not by halves of them. */
const clipped = (value: string) => (value.length > 60 ? `${[...value].slice(0, 60).join('')}…` : value);

const midnight = (time: Ms) => new Date(time).setHours(0, 0, 0, 0);
