import { MemoryError } from '../platform/errors.js';
import { writeRefusal } from '../store/refusal.js';
import type { Core } from './core.js';
import type { Keeper } from './parts.js';

/** Refusing what was granted before takes it back; what is said in this visit stays for the visit. */
export async function takeBack(core: Core, keeper: Keeper, operation: string): Promise<void> {
  ownConsent(core, operation);
  writeRefusal(core.settings.platform, core.settings.site);
  core.changed();
  // Nothing to wait for where something is shown; else the database knows whether anything was granted.
  if (!core.session.consent) await keeper.ready;
  if (core.session.consent) await keeper.takeAway('wipe');
  core.changed();
}

/** Throws where the site decides by a source of its own. */
export function ownConsent(core: Core, operation: string): void {
  core.open(operation);
  if (typeof core.settings.consent === 'object')
    throw new MemoryError('misuse', operation, 'consent comes from the source given to createMemory');
}
