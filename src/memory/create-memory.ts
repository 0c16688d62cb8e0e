import { assemble } from './assemble.js';
import type { Options } from './settings.js';
import type { AnyPreferences, Memory, MemoryOptions, NoPreferences, PurposeName, Schemas } from './types.js';

/**
 * Makes the memory of one site on this page; called again for the same site it gives the same one.
 * Returns at once: `recall` answers from what can be read synchronously, and `ready` resolves when the
 * database has confirmed or corrected it.
 *
 * Throws `MemoryError` only for a developer's mistake (`invalid_option`, `options_conflict`,
 * `version_conflict`), never for what the environment lacks: `status` says what was had, and why.
 *
 * @example
 * const memory = createMemory({ site: 'acme', preferences: { delivery: z.enum(['home', 'pickup']) } });
 * await memory.remember('preferences.delivery', 'pickup', { why: 'works nights' });
 * memory.value('preferences.delivery', 'home'); // 'pickup'
 */
export function createMemory<
  P extends Schemas = AnyPreferences,
  D extends Schemas = NoPreferences,
  U extends PurposeName = PurposeName,
>(options: MemoryOptions<P, D, U>): Memory<P, D, U> {
  return assemble(options as unknown as Options) as unknown as Memory<P, D, U>;
}
