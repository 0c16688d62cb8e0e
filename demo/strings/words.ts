/** What every language of the shop has to say: the keys, and who says them. */
import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';

export type WordKey = keyof typeof en;
export type Words = Readonly<Record<WordKey, string>>;

export const words = { en, de, ar } as const satisfies Readonly<Record<string, Words>>;
