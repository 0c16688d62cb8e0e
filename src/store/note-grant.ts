import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';

/** The person has granted: forgets a refusal, and begins to note when a visit was written to (`noteVisited`). */
export function noteGrant({ local, clock }: Platform, site: string): void {
  local?.remove(nameOf(site, 'refused'));
  try {
    local?.set(nameOf(site, 'visited'), `${clock.now()}`);
  } catch {
    // QuotaExceededError: every start reads its visit before it answers.
  }
}
