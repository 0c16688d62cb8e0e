import type { Fact, Key, Selector, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey, keyProblem, prefixProblem } from '../facts/key.js';
import { isPurpose } from '../facts/purpose.js';
import { isBy, matches } from '../facts/selector.js';
import { MemoryError } from '../platform/errors.js';
import type { Core } from './core.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import type { Keeper } from './parts.js';
import type { Session } from './session.js';
import type { ForgetSelector, Receipt, Remembered } from './types.js';

export interface Forgetting {
  forget(selector: ForgetSelector): Promise<Receipt>;
  wrong(id: Uuid): Promise<Receipt>;
  notMe(): Promise<void>;
}

export function createForgetting(core: Core, keeper: Keeper): Forgetting {
  return {
    forget: (selector) => forget('forget', selector),
    async wrong(id) {
      core.open('wrong');
      await keeper.ready;
      // A fact that is not the value of its key is shown nowhere as it is.
      const fact = core.facts(undefined).find((one) => one.id === id);
      return fact ? forget('wrong', { key: fact.key }) : receipt(nothing);
    },
    async notMe() {
      core.open('notMe');
      core.denied = core.session.user !== undefined;
      await keeper.takeAway('aside', 'notMe');
    },
  };

  async function forget(operation: string, selector: ForgetSelector): Promise<Receipt> {
    core.open(operation);
    if (selector === 'everything') return everything();
    const of = selectorOf(core, operation, selector);
    if (isBy(of, 'key') && core.isDevice(of.key)) {
      const known = core.recall(of.key) !== undefined;
      await keeper.removeDeviceFact(of.key);
      core.session.visit.drop((entry) => entry.kind === 'fact' && entry.key === of.key);
      return receipt({ ...nothing, facts: known ? 1 : 0 });
    }
    const mine = core.session;
    const total = counting(mine, (entry) => matches(of, entry as Fact));
    return receipt(total(await keeper.forget(mine, core.drafter.forget(of), operation)));
  }

  async function everything(): Promise<Receipt> {
    const total = counting(core.session, () => true);
    core.hushed = true;
    return receipt(total(await keeper.takeAway('wipe', 'forget')));
  }

  /** Values count once, however often they were corrected; where they have not been read yet, as the device counts them. */
  function counting(
    { closed, ready, view }: Session,
    is: (entry: { readonly key: Key; readonly purpose: string }) => boolean,
  ): (deleted: Counts) => Counts {
    if (closed) return (deleted) => deleted;
    const said = countOf(view.said().filter((entry) => entry.kind !== 'forget' && is(entry)));
    const facts = view.keys().filter((key) => is(view.recall(key) as Remembered)).length;
    return (deleted) => ({ ...sumOf(deleted, said), ...(ready && { facts }) });
  }

  function receipt(deleted: Counts): Receipt {
    return Object.freeze({ at: core.now(), ...deleted });
  }
}

function selectorOf(
  { settings }: Core,
  operation: string,
  selector: Exclude<ForgetSelector, 'everything'>,
): Selector {
  const [name, ...more] = typeof selector === 'object' && selector !== null ? Object.keys(selector) : [];
  if (name === undefined || more.length) throw new MemoryError('invalid_selector', operation);
  const value = (selector as Readonly<Record<string, unknown>>)[name];
  if (name === 'conversation') {
    const key = conversationKey(String(value));
    if (!conversationIdOf(key))
      throw new MemoryError('invalid_selector', operation, 'conversation is the id of a conversation');
    return { under: key };
  }
  if (name === 'purpose') {
    const purpose = String(value);
    if (!isPurpose(purpose, settings.purposes)) throw new MemoryError('unknown_purpose', operation);
    return { purpose };
  }
  if (name !== 'key' && name !== 'under') throw new MemoryError('invalid_selector', operation);
  const problem = name === 'key' ? keyProblem(value) : prefixProblem(value);
  if (problem) throw new MemoryError(problem.code, operation, problem.reason);
  return name === 'key' ? { key: value as Key } : { under: value as Key };
}
