import type { Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';

/** How long a refusal is respected before the person may be asked again: 180 days. */
export const REFUSAL_LASTS: Ms = 180 * 86_400_000;

/**
 * When the person refused to be remembered, the one thing kept of it; undefined when they did not, or 180 days ago, or by a
 * clock that was as far ahead.
 */
export function readRefusal({ local, clock }: Platform, site: string): Ms | undefined {
  const at = Date.parse(local?.get(nameOf(site, 'refused')) ?? '');
  return Math.abs(clock.now() - at) < REFUSAL_LASTS ? at : undefined;
}

/** Keeps the date of a refusal. Where nothing can be kept the person is asked again, which is the best that can be done. */
export function writeRefusal({ local, clock }: Platform, site: string): void {
  try {
    local?.set(nameOf(site, 'refused'), new Date(clock.now()).toISOString());
  } catch {
    // QuotaExceededError: as without local storage.
  }
}
