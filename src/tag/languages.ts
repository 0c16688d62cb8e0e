import type { Later } from '../elements/strings/en.js';
import type { LoadChunk } from './load-chunk.js';

let load: LoadChunk;

/** Says how chunks are loaded. */
export const bringLanguagesBy = (chunks: LoadChunk): void => {
  load = chunks;
};

/** In the tag it stands where a bundle has `elements/languages.ts`: a language is a chunk. */
export const bringLanguage = async (language: string): Promise<Later> =>
  ((await load(language)) as { strings: Later }).strings;
