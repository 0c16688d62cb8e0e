import type { Fact } from '../facts/entry.js';
import { readRefusal } from '../store/refusal.js';
import type { Core } from './core.js';
import type { Consent } from './types.js';

/** What the person decided, as far as this page knows. Reading it needs no database. */
export type ConsentState = Omit<Consent, 'grant' | 'refuse' | 'withdraw'>;

/** It tells how it is whenever it is read. */
export function consentState(core: Core): ConsentState {
  const { settings } = core;
  const { consent, platform, site, shared } = settings;
  const state: ConsentState = {
    get state() {
      if (typeof consent === 'object') {
        const grant = core.granted();
        return !grant ? 'unknown' : grant.device ? 'granted' : 'refused';
      }
      if (core.session.consent?.device) return 'granted';
      if (state.refusedAt) return 'refused';
      return core.session.ready ? 'undecided' : 'unknown';
    },
    by: consent === 'ask' && !shared ? 'ask' : 'host',
    get refusedAt() {
      return readRefusal(platform, site);
    },
    get purposes() {
      return core.session.consent?.purposes;
    },
    get useful() {
      const { closed, view } = core.session;
      return (
        state.by === 'ask' &&
        state.state === 'undecided' &&
        !closed &&
        !core.hushed &&
        core.keeper().deviceState.state !== 'blocked' &&
        view.said().some((entry) => entry.kind === 'message' || (entry as Fact).authority === 'stated')
      );
    },
  };
  return state;
}
