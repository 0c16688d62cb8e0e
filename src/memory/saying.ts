/**
 * Saying: what is told to a memory is checked, taken down at once, and then kept as safely as it can be.
 * Fetched when something is first said, so that a page which only recalls does without it.
 */
import type { Draft } from '../facts/entry.js';
import { isPurpose } from '../facts/purpose.js';
import { maskCards } from '../facts/secret.js';
import { learnErrors, MemoryError } from '../platform/errors.js';
import { laterErrors } from '../platform/later-errors.js';
import { noteGrant } from '../store/note-grant.js';
import { checkFact } from './check-fact.js';
import { factOf } from './drafting.js';
import type { Saying } from './parts.js';
import { rememberedOf } from './remembered.js';
import { createSafekeeping } from './safekeeping.js';
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';
import type { Grant, RememberOptions } from './types.js';
import { createTalking } from './talking.js';
import { say } from './view-changes.js';
import { visitOf } from './visit-of.js';
import { createWriting, isDue } from './writing.js';

export function createSaying(shelf: Shelf): Saying {
  const { core } = shelf;
  const { settings, device, drafter } = core;
  const writing = createWriting(shelf);
  const safekeeping = createSafekeeping(core);
  learnErrors(laterErrors);
  shelf.stops.push(safekeeping.stop);

  return {
    ...writing,

    async remember(mine, head, operation, key, value, options = {}) {
      const checked = checkFact(settings, operation, key, value);
      const fact = factOf(core, head, checked.key, checked.value, checkOptions(operation, options));
      await accept(mine, [fact], operation);
      const recalled = core.recall(checked.key);
      return recalled?.id === fact.id ? recalled : rememberedOf({ entry: { ...fact, seen: 0 } });
    },

    async forget(session, draft, operation) {
      // What the tab's storage has to know of it was written when it was asked; it is somebody else's by now.
      if (session !== core.session) throw new MemoryError('put_aside', operation);
      visitOf(settings, session).put([draft]);
      await writing.keep(session, [draft], operation);
    },

    accept,
    talkingOf(mine) {
      // Its writer takes all notes of a task back at once; without one each of a thousand lines would rewrite the visit.
      visitOf(settings, mine);
      return {
        ...createTalking(core, async (entries, operation) => {
          await accept(mine, entries, operation);
          if (entries.some(({ id }) => writing.lost.delete(id)))
            throw new MemoryError('unknown_conversation', operation);
        }),
        note: (call) => safekeeping.note(mine, call),
      };
    },

    async grant(settled, given: Grant = { device: true }) {
      const operation = 'consent.grant';
      const mine = await settled;
      // Who pressed is not here any more.
      if (mine !== core.session) throw new MemoryError('put_aside', operation);
      const { device, purposes } = Object(given) as Grant;
      if (device !== true || (purposes !== undefined && !Array.isArray(purposes)))
        throw new MemoryError(
          'invalid_option',
          operation,
          'a grant has device: true, and purposes a list if any; consent.withdraw() takes one back',
        );
      const stranger = purposes?.find((name) => !isPurpose(name, settings.purposes));
      if (stranger !== undefined)
        throw new MemoryError('unknown_purpose', operation, `the purpose "${stranger}" is not declared`);
      if (settings.shared)
        throw new MemoryError('misuse', operation, 'nothing outlives the visit on a shared device');
      await writing.settle(mine, given, operation);
      noteGrant(settings.platform, settings.site);
      core.changed();
      return mine;
    },
  };

  async function accept(mine: Session, entries: readonly Draft[], operation: string): Promise<void> {
    if (mine !== core.session) throw new MemoryError('put_aside', operation);
    // An import may bring stamps ahead of this clock; what is said after it comes after them.
    for (const { at } of entries) drafter.meet(at);
    const forDevice = entries.filter((entry) => entry.kind === 'fact' && core.isDevice(entry.key));
    say(device, forDevice);
    say(
      mine.view,
      entries.filter((entry) => !forDevice.includes(entry)),
    );
    // Until it is on the device, the visit is what survives leaving the page. What has been forgotten since is nowhere.
    const visit = visitOf(settings, mine);
    if (entries.every((entry) => isDue(mine, entry))) safekeeping.put(mine);
    else visit.put(entries.filter(({ id }) => mine.view.pending.has(id) || device.pending.has(id)));
    core.changed();
    await writing.keep(mine, entries, operation);
  }
}

function checkOptions(operation: string, options: RememberOptions): RememberOptions {
  const refuse = (detail: string) => new MemoryError('invalid_option', operation, detail);
  if (typeof options !== 'object' || options === null)
    throw refuse('options are an object such as { why: "…" }');
  const { authority = 'stated', why, until, discreet = false, ...others } = options;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw refuse(`there is no option ${other}; there are authority, why, until, discreet`);
  if (!['stated', 'observed', 'inferred'].includes(authority))
    throw refuse('authority is stated, observed or inferred');
  if (why !== undefined && (typeof why !== 'string' || why.length > 500 || /\p{Cs}/u.test(why)))
    throw refuse('why is a text of at most 500 characters');
  if (why !== undefined && maskCards(why).masked)
    throw new MemoryError('secret', operation, undefined, { path: 'why' });
  if (until !== undefined && !(Number.isSafeInteger(until) && until >= 0))
    throw refuse('until is milliseconds since 1970');
  if (typeof discreet !== 'boolean') throw refuse('discreet is true or false');
  return options;
}
