/** Fetches what is said after "Not Ana?" as a module; in the tag's build `tag/later.ts` stands here and fetches a chunk. */
export const bringApology = () => import('./apology.js');
