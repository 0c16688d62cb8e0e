/** Fetches the form for a change as a module; in the tag's build `tag/later.ts` stands here and fetches a chunk. */
export const bringCorrection = () => import('./correction.js');
