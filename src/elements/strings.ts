import { bringLanguage, type LaterLanguage } from './languages.js';
import type { apology } from './strings/apology.js';
import type { Later } from './strings/en.js';
import type { greeting } from './strings/greeting.js';
import type { Strings, Tables } from './strings/types.js';

/**
 * Every visible string, by key and language, and the site's own in their place. It knows no element:
 * an element brings what it says in English, and waits for a further language to come.
 */

export type { Plural, Strings, Tables } from './strings/types.js';

/** All keys, with what may be given for each. */
export type AllStrings = Strings<(typeof greeting)['en'] & (typeof apology)['en']> & Later;
export type StringKey = keyof AllStrings;

const own = new Map<string, Partial<AllStrings>>();
/** By language; undefined for one that could not be had. */
const brought = new Map<string, Later | undefined>();
const coming: Partial<Record<LaterLanguage, Promise<unknown>>> = {};
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
 * Fetches a language that is spoken for the first time, once; undefined when there is nothing to wait
 * for, because it is in the tables or somewhere else by now. It never rejects: what cannot be had is
 * said in English.
 */
export function awaitLanguage(tables: object, language: string): Promise<unknown> | undefined {
  const base = baseOf(language);
  if (base in tables || brought.has(base) || (base !== 'ar' && base !== 'de')) return undefined;
  return (coming[base] ??= bringLanguage(base)
    .catch(() => undefined)
    .then((strings) => brought.set(base, strings)));
}

/** Where to look in one language, the site's own first; nothing for a language that nobody wrote. */
export function stringsIn<T>(tables: Tables<T>, language: string): Partial<Strings<T>>[] {
  const base = baseOf(language);
  const found = [own.get(language.toLowerCase()), own.get(base), tables[base], brought.get(base)];
  return (found as readonly (Partial<Strings<T>> | undefined)[]).filter((strings) => strings !== undefined);
}

const baseOf = (language: string) => language.toLowerCase().replace(/-.*/, '');
