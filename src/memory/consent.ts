import { isPurpose } from '../facts/purpose.js';
import { MemoryError } from '../platform/errors.js';
import { clearRefusal, writeRefusal } from '../store/refusal.js';
import type { Core } from './core.js';
import type { Keeper } from './keeper.js';
import type { Consent, Grant } from './types.js';

export type ConsentVerbs = Pick<Consent, 'grant' | 'refuse' | 'withdraw'>;

export function createConsentVerbs(core: Core, keeper: Keeper): ConsentVerbs {
  const { settings } = core;
  const { platform, site } = settings;

  return { grant, refuse, withdraw };

  async function grant(given: Grant = { device: true }): Promise<void> {
    const operation = 'consent.grant';
    own(operation);
    const {
      device,
      sync = false,
      purposes,
    } = typeof given === 'object' && given !== null ? given : ({} as Partial<Grant>);
    if (device !== true || (purposes !== undefined && !Array.isArray(purposes)))
      throw new MemoryError(
        'invalid_option',
        operation,
        'a grant has device: true, and purposes a list if any; use consent.withdraw() to take one back',
      );
    const stranger = purposes?.find((name) => !isPurpose(name, settings.purposes));
    if (stranger !== undefined)
      throw new MemoryError('unknown_purpose', operation, `the purpose "${stranger}" is not declared`);
    if (settings.shared)
      throw new MemoryError('misuse', operation, 'nothing outlives the visit on a shared device');
    await keeper.settle({ device, sync, ...(purposes && { purposes }), at: platform.clock.now() }, operation);
    clearRefusal(platform, site);
    core.changed();
  }

  /** Refusing what was granted before takes it back; what is said in this visit stays for the visit. */
  async function refuse(): Promise<void> {
    await takeBack('consent.refuse');
  }

  async function withdraw(): Promise<void> {
    await takeBack('consent.withdraw');
  }

  async function takeBack(operation: string): Promise<void> {
    own(operation);
    writeRefusal(platform, site);
    core.changed();
    // Nothing to wait for where something is shown; else the database knows whether anything was granted.
    if (!core.session.consent) await keeper.ready;
    if (core.session.consent) await keeper.takeAway('wipe');
    core.changed();
  }

  function own(operation: string): void {
    core.open(operation);
    if (typeof settings.consent === 'object')
      throw new MemoryError('misuse', operation, 'consent comes from the source given to createMemory', {});
  }
}
