import type { Draft, Forget, Uuid } from '../facts/entry.js';
import type { KeyValue } from '../platform/platform.js';
import { nameOf } from '../store/names.js';

/**
 * What is to be done on the device: a person wiped or put aside, one forget, or a device preference removed; or what
 * was given to `forget` before the whole memory was there to understand it.
 */
export type What =
  'wipe' | 'aside' | Draft<Forget> | { readonly device: string } | { readonly selector: unknown };

export interface Intent {
  /** Begins with `early`, and says what and whose, when it was noted before the whole memory was there. */
  readonly id: Uuid;
  /** Name of the person's database; '' when the page did not know it yet. */
  readonly local: string;
  readonly user?: string | undefined;
  readonly what: What;
}

/** Notes an intent for whoever opens the device next, on this page or on another. */
export function writeIntent(local: KeyValue | undefined, site: string, intent: Intent): void {
  try {
    local?.set(intentName(site, intent.id), JSON.stringify(intent));
  } catch {
    // QuotaExceededError: as without local storage, this page alone has to do.
  }
}

export function intentName(site: string, id: Uuid): string {
  return nameOf(site, `forgetting:${id}`);
}
