import type { Entry } from '../facts/entry.js';
import { readRefusal } from '../store/refusal.js';
import type { Core } from './core.js';
import type { Consent } from './types.js';

/** What the person decided, as far as this page knows. Reading it needs no database. */
export type ConsentState = Omit<Consent, 'grant' | 'refuse' | 'withdraw'>;

export function consentState(core: Core): ConsentState {
  const { settings, session } = core;
  const refusedAt = readRefusal(settings.platform, settings.site);
  const state = stateOf(core, refusedAt !== undefined);
  return {
    state,
    by: settings.consent === 'ask' ? 'ask' : 'host',
    refusedAt,
    purposes: session.consent?.purposes,
    useful:
      settings.consent === 'ask' &&
      state === 'undecided' &&
      !session.closed &&
      !core.hushed &&
      !settings.shared &&
      settings.platform.indexedDB !== undefined &&
      session.view.said().some((entry) => entry.kind === 'message' || isStated(entry)),
  };
}

function stateOf(core: Core, refused: boolean): Consent['state'] {
  const { settings, session } = core;
  if (typeof settings.consent === 'object') {
    const grant = core.granted();
    return !grant ? 'unknown' : grant.device ? 'granted' : 'refused';
  }
  if (session.consent?.device) return 'granted';
  if (refused) return 'refused';
  return session.ready ? 'undecided' : 'unknown';
}

function isStated(entry: Entry): boolean {
  return entry.kind === 'fact' && entry.authority === 'stated';
}
