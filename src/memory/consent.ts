import { MemoryError } from '../platform/errors.js';
import { writeRefusal } from '../store/refusal.js';
import type { Core } from './core.js';

/** Refusing what was granted before takes it back; what is said in this visit stays for the visit. */
export async function takeBack(
  core: Core,
  operation: string,
  granting: Promise<unknown> | undefined,
): Promise<void> {
  const { platform, site } = core.settings;
  ownConsent(core, operation);
  writeRefusal(platform, site);
  core.changed();
  // Nothing to wait for where something is shown; else the database knows whether anything was granted, or is about to be.
  if (!core.session.consent) {
    const known = core.keeper().intend();
    await Promise.allSettled([core.keeper().ready, granting]);
    // What was granted before has taken the refusal away.
    writeRefusal(platform, site);
    known();
  }
  const { closed, consent, gate } = core.session;
  // Known here, and not shown because another page has the browser: they can still take it back.
  if (consent || (closed && gate !== 'closed')) await core.keeper().wipe(operation);
  core.changed();
}

/** Throws where the site decides by a source of its own. */
export function ownConsent(core: Core, operation: string): void {
  core.open(operation);
  if (typeof core.settings.consent === 'object')
    throw new MemoryError('misuse', operation, 'consent comes from the source given to createMemory');
}
