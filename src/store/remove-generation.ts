import type { KeyValue } from '../platform/platform.js';
import { nameOf } from './names.js';

/** For a wipe of everything: a browser that remembers nobody has no generation. */
export function removeGeneration(local: KeyValue | undefined, site: string): void {
  for (const part of ['gen', 'visited']) local?.remove(nameOf(site, part));
}
