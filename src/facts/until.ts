import type { Ms } from './entry.js';
import { addDuration } from './add-duration.js';

/** The earliest of what the purpose, the site and the writer allow; undefined when none of them sets an end. */
export function untilOf(at: Ms, keeps: readonly (string | undefined)[], explicit = Infinity): Ms | undefined {
  const until = Math.min(explicit, ...keeps.map((keep) => (keep ? addDuration(at, keep) : Infinity)));
  return until < Infinity ? until : undefined;
}
