/**
 * What the simulator has found and src does not have yet, as the change that repairs it: hunts look for what is not known.
 * `npm run hunt -- --as-is` goes without. One that fits no more is an error: it is repaired, and to be taken out here.
 */
import type { Patch } from './bundle.js';

export const KNOWN: readonly Patch[] = [];

/** What is open and has no repair yet: the seed, as `npm run hunt -- --seed` plays it, and what happens. */
export const OPEN: readonly { readonly seed: number; readonly story: string }[] = [
  {
    seed: 401394,
    story:
      'I13. “Not me” in tab 0; before tab 2 has heard of it, something is forgotten there. Tab 0 is discarded and loaded again, and shows who has left until the database answers. (As 400062, 401688, 401748.)',
  },
  {
    seed: 401458,
    story:
      'I10. Tab 0 forgets a key a moment before tab 2 forgets another. Later a page of tab 2 begins while one goes into the back/forward cache, and shows the first until the database answers. (As 400254, 400443.)',
  },
  {
    seed: 300477,
    story:
      'L4. Pages in the back/forward cache hold a database that somebody has refused: a page that begins then, with a forget to be done again, is never ready. (As 400500, 400995: a page where remember or forget is never answered.)',
  },
  {
    seed: 200140,
    story:
      'I28. Without Web Locks two tabs are granted for the same named person while another signs in: there are two databases for one person, and the next page opens the one that lacks what was said.',
  },
];
