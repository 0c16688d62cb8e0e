import type * as apology from '../elements/memory-greeting/apology.js';
import type * as correction from '../elements/memory-center/correction.js';
import type { Later } from '../elements/strings/en.js';
import type { LoadChunk } from './load-chunk.js';

let load: LoadChunk;

/** Says how chunks are loaded. */
export const bringBy = (chunks: LoadChunk): void => {
  load = chunks;
};

/** In the tag it stands where a bundle has `elements/languages.ts`. */
export const bringLanguage = async (language: string): Promise<Later> =>
  ((await load(language)) as { strings: Later }).strings;

/** In the tag it stands where a bundle has `elements/memory-center/bring-correction.ts`. */
export const bringCorrection = () => load('correction') as Promise<typeof correction>;

/** In the tag it stands where a bundle has `elements/memory-greeting/bring-apology.ts`. */
export const bringApology = () => load('apology') as Promise<typeof apology>;
