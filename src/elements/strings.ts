import type { center, consent, conversations, greeting } from './strings/en.js';

/**
 * Every visible string, by key and language, and the site's own in their place. It knows no element:
 * an element brings its tables, so that a page loads only the words it shows.
 */

/** A text for each plural category of its language. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The strings of one element in one language: texts with named holes in braces. */
export type Strings<T> = { readonly [K in keyof T]: T[K] extends string ? string : Plural };
/** The strings of one element by language; English stands in for what another lacks. */
export type Tables<T> = Readonly<Record<string, Strings<T>>> & { readonly en: Strings<T> };

/** All keys, with what may be given for each. */
export type AllStrings = Strings<typeof greeting & typeof consent & typeof conversations & typeof center>;
export type StringKey = keyof AllStrings;

const own = new Map<string, Partial<AllStrings>>();
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

/** Where to look in one language, the site's own first; nothing for a language that nobody wrote. */
export function stringsIn<T>(tables: Tables<T>, language: string): Partial<Strings<T>>[] {
  const tag = language.toLowerCase();
  const base = tag.replace(/-.*/, '');
  const found = [own.get(tag), own.get(base), tables[base]] as readonly (Partial<Strings<T>> | undefined)[];
  return found.filter((strings) => strings !== undefined);
}
