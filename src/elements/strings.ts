import { bringLanguage, type Language } from './languages.js';
import type { acts } from './strings/acts.js';
import type { apology } from './strings/apology.js';
import type { en as center } from './strings/center/en.js';
import type { consent } from './strings/consent.js';
import type { conversations } from './strings/conversations.js';
import type { greeting } from './strings/greeting.js';
import type { list } from './strings/list.js';
import type { Strings, Tables } from './strings/types.js';

/**
 * Every visible string, by key and language, and the site's own in their place. It knows no element:
 * an element brings what it says in every language, or waits for the one that is spoken to come.
 */

export type { Plural, Strings, Tables } from './strings/types.js';

/** All keys, with what may be given for each. */
export type AllStrings = Strings<
  (typeof greeting)['en'] &
    (typeof apology)['en'] &
    (typeof consent)['en'] &
    (typeof conversations)['en'] &
    (typeof list)['en'] &
    (typeof acts)['en'] &
    typeof center
>;
export type StringKey = keyof AllStrings;

const own = new Map<string, Partial<AllStrings>>();
/** By language; undefined for one that could not be had. */
const brought = new Map<string, Strings<typeof center> | undefined>();
const coming: Partial<Record<Language, Promise<void>>> = {};
const listeners = new Set<() => void>();

/**
 * Replaces strings by the site's own in one language, or adds a language; elements on the page follow.
 * Later calls add to earlier ones. A hole that a text leaves out is left out.
 *
 * @example setStrings('de', { 'greeting.known': 'Schön, dass du da bist, {name}.' })
 */
export function setStrings(language: string, strings: Partial<AllStrings>): void {
  const tag = language.toLowerCase();
  own.set(tag, { ...own.get(tag), ...strings });
  for (const run of listeners) run();
}

/** Calls `run` after strings were replaced; returns its unsubscribe. */
export function onStringsChange(run: () => void): () => void {
  listeners.add(run);
  return () => void listeners.delete(run);
}

/**
 * Fetches what is said in a language for the first time, once, English for one that nobody wrote; undefined
 * when there is nothing to wait for, because it is in the tables or somewhere else by now. It never
 * rejects: what cannot be had comes in English.
 */
export function awaitLanguage(tables: object, language: string): Promise<unknown> | undefined {
  const base = baseOf(language);
  const spoken = base === 'ar' || base === 'de' ? base : 'en';
  return spoken in tables || brought.has(spoken) ? undefined : fetched(spoken);
}

/** Resolves when every language that was asked for so far is here, or cannot be had. */
export function comingLanguages(): Promise<unknown> {
  return Promise.all(Object.values(coming));
}

const fetched = (language: Language): Promise<void> =>
  (coming[language] ??= bringLanguage(language)
    .catch(() => (language === 'en' ? undefined : fetched('en')))
    .then((strings) => void brought.set(language, strings || undefined)));

/** Where to look in one language, the site's own first; nothing for a language that nobody wrote. */
export function stringsIn<T>(tables: Tables<T>, language: string): Partial<Strings<T>>[] {
  const base = baseOf(language);
  const found = [own.get(language.toLowerCase()), own.get(base), tables[base], brought.get(base)];
  return (found as readonly (Partial<Strings<T>> | undefined)[]).filter((strings) => strings !== undefined);
}

const baseOf = (language: string) => language.toLowerCase().replace(/-.*/, '');
