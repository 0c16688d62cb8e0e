import { isStamp } from '../facts/stamp.js';
import type { KeyValue, Platform } from '../platform/platform.js';
import { randomHex } from '../platform/random-hex.js';
import { removeBootRecord } from './boot-record.js';
import { nameOf } from './names.js';

/**
 * The generation: what a boot record, a tab and the registry compare to learn that something was taken away since.
 * Undefined when there is none, as before the first grant or after the site's data were cleared in part.
 */
export function readGeneration(local: KeyValue | undefined, site: string): string | undefined {
  const gen = local?.get(nameOf(site, 'gen'));
  // 64 bits as hex, as a stamp is.
  return isStamp(gen) ? gen : undefined;
}

/**
 * Begins a generation, synchronously and without a lock: no boot record written before is shown from now on. To be
 * called before anything is taken away, never after: the boot record that is there goes with it. Returns 64 random bits as hex.
 */
export function newGeneration({ random, local }: Platform, site: string): string {
  const gen = randomHex(random, 8);
  try {
    local?.set(nameOf(site, 'gen'), gen);
  } catch {
    // QuotaExceededError. The old generation must not stand: without one no boot record is shown.
    local?.remove(nameOf(site, 'gen'));
  }
  removeBootRecord(local, site);
  return gen;
}
