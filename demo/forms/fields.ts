/**
 * Reading a form: what was written in each field, and what is missing from it, by the key of the
 * sentence that says so. It knows no languages and no pages.
 */
import type { WordKey } from '../strings/words.js';

export type Values<F extends string> = Readonly<Record<F, string>>;
export type Errors<F extends string> = Partial<Readonly<Record<F, WordKey>>>;

export interface Filled<F extends string> {
  readonly values: Values<F>;
  readonly errors: Errors<F>;
  readonly valid: boolean;
}

/** A field's own rule: the sentence for what is wrong, or undefined. */
export type Rules<F extends string> = Readonly<Record<F, (value: string) => WordKey | undefined>>;

const LONGEST = 2000;

/** Reads the fields named by the rules; spaces around and control characters within are not part of an answer. */
export function readFields<F extends string>(
  rules: Rules<F>,
  read: (name: string) => string | undefined,
): Filled<F> {
  const names = Object.keys(rules) as F[];
  const values = Object.fromEntries(names.map((name) => [name, tidy(read(name) ?? '')])) as Record<F, string>;
  const errors: Partial<Record<F, WordKey>> = {};
  for (const name of names) {
    const error = rules[name](values[name]);
    if (error) errors[name] = error;
  }
  return { values, errors, valid: Object.keys(errors).length === 0 };
}

/** Nothing written yet, and so nothing wrong. */
export function emptyFields<F extends string>(
  rules: Rules<F>,
  given: Partial<Record<F, string>> = {},
): Filled<F> {
  const names = Object.keys(rules) as F[];
  return {
    values: Object.fromEntries(names.map((name) => [name, given[name] ?? ''])) as Record<F, string>,
    errors: {},
    valid: false,
  };
}

export const needed =
  (error: WordKey) =>
  (value: string): WordKey | undefined =>
    value === '' ? error : undefined;
export const matching =
  (pattern: RegExp, error: WordKey) =>
  (value: string): WordKey | undefined =>
    pattern.test(value) ? undefined : error;
export const oneOf =
  (choices: readonly string[], error: WordKey) =>
  (value: string): WordKey | undefined =>
    choices.includes(value) ? undefined : error;
export const anything = (): undefined => undefined;

export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const tidy = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim()
    .slice(0, LONGEST);
