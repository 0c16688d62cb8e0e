import type { Ms } from '../facts/entry.js';
import { consentState } from './consent-state.js';
import type { Core } from './core.js';
import { table } from './table.js';

/** For elements that are loaded late, or shown once there is something to keep. */
const PATIENCE: Ms = 5_000;

/** Tells the developer, once, that what is remembered ends with the visit, for nothing on the page asks whether to keep it. */
export function consentHint(core: Core): () => void {
  const { clock, warn } = core.settings.platform;
  let waits = false;
  return () => {
    if (waits || !consentState(core).useful) return;
    waits = true;
    clock.after(PATIENCE, () => {
      if (!core.closed && !table().asks && consentState(core).useful)
        warn(
          "customer-memory: what is remembered ends with this visit; put <memory-consent></memory-consent> on the page, or give consent: 'host' and call consent.grant()",
        );
    });
  };
}
