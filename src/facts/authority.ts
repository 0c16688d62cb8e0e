import type { Authority } from './entry.js';

/** Whose word it is, the weakest first; a place in this list is its rank. */
export const AUTHORITIES = [
  'inferred',
  'observed',
  'agent',
  'recorded',
  'stated',
  'verified',
] as const satisfies readonly Authority[];

/** 5 for `verified` down to 0 for `inferred`; −1 for a word that is none of them. */
export function rankOf(authority: Authority): number {
  return AUTHORITIES.indexOf(authority);
}
