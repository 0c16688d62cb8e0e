import { MemoryError } from '../platform/errors.js';
import { writeRefusal } from '../store/refusal.js';
import { consentState } from './consent-state.js';
import type { Core } from './core.js';
import type { Session } from './session.js';
import type { Consent } from './types.js';

/** What the person decided, and the presses by which they do. The last press counts, however long those before it take. */
export function createConsent(core: Core): Consent {
  const { platform, site } = core.settings;
  /** A press that is under way: whose session goes on after it; undefined where it fails. */
  let last: Promise<Session | undefined> | undefined;

  return Object.freeze(
    Object.assign(consentState(core), {
      grant: (given) =>
        press('consent.grant', (settled) => core.keeper().saying(({ grant }) => grant(settled, given))),
      refuse: () => takeBack('consent.refuse'),
      withdraw: () => takeBack('consent.withdraw'),
    } satisfies Pick<Consent, 'grant' | 'refuse' | 'withdraw'>),
  );

  async function press(
    operation: string,
    run: (settled: Promise<Session>) => Promise<Session>,
  ): Promise<void> {
    core.open(operation);
    if (typeof core.settings.consent === 'object')
      throw new MemoryError('misuse', operation, 'consent comes from the source given');
    const { session } = core;
    const mine = run(Promise.resolve(last).then((next) => next ?? session));
    const here = (last = mine.catch(() => undefined));
    await here;
    // Whoever is here when the next press comes may be somebody else.
    if (last === here) last = undefined;
    await mine;
  }

  /** Refusing what was granted before takes it back; what is said in this visit stays for the visit. */
  function takeBack(operation: string): Promise<void> {
    return press(operation, async (settled) => {
      writeRefusal(platform, site);
      core.changed();
      // Nothing to wait for where something is shown; else the database knows whether anything was granted, or is about to be.
      if (!core.session.consent) {
        const known = core.keeper().intend();
        await Promise.all([core.keeper().ready, settled]);
        // What was granted before has taken the refusal away.
        writeRefusal(platform, site);
        known();
      }
      const { closed, consent, gate } = core.session;
      // What cannot be looked at may have been granted: a later page takes it back.
      const unseen = core.gen && core.keeper().deviceState.error;
      // Known here, and not shown because another page has the browser: they can still take it back.
      const wiped = (consent || ((closed || unseen) && gate !== 'closed')) && core.keeper().wipe(operation);
      const { session } = core;
      await wiped;
      return session;
    });
  }
}
