import type { Plural } from './strings.js';
import { fill } from './words.js';

/** What Lit renders for the plural that a number takes; its hole is `{n}`. */
export function count(lang: string, texts: Plural, n: number): unknown[] {
  const text = texts[new Intl.PluralRules(lang).select(n)] ?? texts.other;
  return fill(text, { n: new Intl.NumberFormat(lang).format(n) });
}
