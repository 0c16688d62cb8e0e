import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';

/** Forgets the refusal: the person has granted. */
export function clearRefusal({ local }: Platform, site: string): void {
  local?.remove(nameOf(site, 'refused'));
}
