/**
 * In German people are addressed formally, and no noun has a gender of its own; Arabic is phrased with verbal nouns, so that
 * nobody's gender is assumed.
 */

/** A text for each plural category of its language. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The strings of one element in one language: texts with named holes in braces. */
export type Strings<T> = { readonly [K in keyof T]: T[K] extends string ? string : Plural };
/** The strings of one element by language; English stands in for what another lacks. Empty for those that come in the language that is spoken. */
export type Tables<T> = Readonly<Record<string, Strings<T>>> & { readonly en?: Strings<T> };
