import { acts } from '../strings/acts.js';
import { wordsFor, type Words } from '../words.js';
import type { CenterWords } from './center.js';

export type FurtherWords = Words<(typeof acts)['en']>;

/** What is said from the first press on, in the language that the center speaks. */
export const furtherWords = ({ lang }: CenterWords): FurtherWords => wordsFor(acts, lang);
