/**
 * Takes away, on the device too. What is asked for is out of sight, and noted, before anything is
 * waited for: a page that is closed a moment later has it finished by the next one. The rest is fetched.
 */
import type { Key, Selector, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey, keyProblem, prefixProblem } from '../facts/key.js';
import { isPurpose } from '../facts/purpose.js';
import { isBy } from '../facts/selector.js';
import { isString } from '../facts/shape.js';
import type { Core } from './core.js';
import type { What } from './intent.js';
import type { Before, Taking } from './parts.js';
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';
import type { ForgetSelector, Receipt } from './types.js';

export function createTaking(shelf: Shelf): Taking {
  const { core, intents } = shelf;
  const { drafter } = core;
  const { opening, clearing } = shelf;

  return {
    forget,
    wipe,
    wrong: (id) => clearing((there) => there.wrong(id)),
    intend() {
      const { id } = drafter.head();
      if (mayHold(core.session)) note(core.session, id, 'wipe');
      return () => intents.done(id);
    },
    async notMe() {
      core.open('notMe');
      core.denied = !!core.settings.says;
      leave('aside');
      await opening.ready();
    },
  };

  async function forget(operation: string, selector: ForgetSelector): Promise<Receipt> {
    core.open(operation);
    if (selector === 'everything') {
      core.hushed = true;
      return wipe(operation);
    }
    const of = selectorOf(core, selector);
    if (!of) return clearing(({ refuse }) => refuse(operation, selector));
    const { session } = core;
    const draft = drafter.forget(of);
    const before = beforeOf(session);
    const device = isBy(of, 'key') && core.isDevice(of.key) ? of.key : undefined;
    if (device || mayHold(session)) note(session, draft.id, device ? { device } : draft);
    (device ? core.device : session.view).put([draft]);
    if (device) session.visit.drop((entry) => entry.kind === 'fact' && entry.key === device);
    else session.visit.forget(draft);
    core.changed();
    return clearing((there) => there.forget(session, draft, operation, before, device));
  }

  async function wipe(operation: string): Promise<Receipt> {
    const before = beforeOf(core.session);
    const id = leave('wipe');
    return clearing((there) => there.wiped(id, operation, before));
  }

  /** Shows nobody from now on. */
  function leave(how: 'wipe' | 'aside'): Uuid {
    const before = core.session;
    const { id } = drafter.head();
    if (mayHold(before)) note(before, id, how);
    if (how === 'wipe') {
      // At a closed page too the device's own preferences go.
      if (before.closed)
        for (const key of core.device.keys()) note(before, drafter.head().id, { device: key });
      core.device.drop(core.device.said().map((entry) => entry.id));
    }
    opening.restart(true);
    if (before.gate !== 'closed') shelf.tell(before);
    return id;
  }

  /** What the receipt counts, taken down before it is out of sight. */
  function beforeOf({ closed, ready, view }: Session): Before | undefined {
    return closed ? undefined : { ready, said: view.said(), facts: core.facts(undefined) };
  }

  /** Whether the device may have something of the person whom this session shows. */
  function mayHold({ gate, ready, subject }: Session): boolean {
    if (gate === 'closed') return false;
    return !ready || !!subject || gate === 'waiting-for-consent' || shelf.state.state !== 'unused';
  }

  /** First, and at once: no boot record written before is shown, and a page closed now has it finished by the next. */
  function note({ local, visit, user }: Session, id: Uuid, what: What): void {
    const known = !!core.gen;
    // Where nothing was ever kept, nothing is written to say that it is to be taken away.
    intents.add({ id, local: local ?? visit.local ?? '', user, what }, known);
    // After it: who goes by the new generation knows of it.
    if (known) core.newGeneration();
  }
}

/** Undefined for what is not understood. */
export function selectorOf({ settings }: Core, selector: unknown): Selector | undefined {
  const [[name, value] = [], ...more] = Object.entries(Object(selector) as object);
  if (more.length || !isString(value)) return undefined;
  if (name === 'key' && !keyProblem(value)) return { key: value as Key };
  if (name === 'under' && !prefixProblem(value)) return { under: value as Key };
  if (name === 'purpose' && isPurpose(value, settings.purposes)) return { purpose: value };
  const under = conversationKey(value);
  return name === 'conversation' && conversationIdOf(under) ? { under } : undefined;
}
