/**
 * Is this an entry? Hand-written, for the start path: what the boot record and this visit's storage hold is checked
 * before the first paint, and zod costs 12 to 18 ms there. The zod schemas of protocol/entry-schema.ts say the same for
 * every other border (wire, import, export, server); a property test holds the two equal, so change both or neither.
 *
 * Fields that are not known here pass and are kept: a later version may have written them.
 */
import { AUTHORITIES } from './authority.js';
import type { By, Entry, Fact, Forget, Message, Selector } from './entry.js';
import { jsonProblem } from './json.js';
import { isKey, prefixProblem } from './key.js';
import { messageIdsOf } from './message-key.js';
import { isPurposeName } from './purpose-name.js';
import { isObject, isString, misfit, type Check, type Shape } from './shape.js';
import { isStamp } from './stamp.js';
import { isUuid } from './uuid.js';

export const SPEAKERS = ['visitor', 'agent', 'assistant', 'site'] as const satisfies readonly By['who'][];

export function isEntry(x: unknown): x is Entry {
  return isFact(x) || isMessage(x) || isForget(x);
}

export function isFact(x: unknown): x is Fact {
  return misfit(x, FACT) === undefined;
}

export function isMessage(x: unknown): x is Message {
  return misfit(x, MESSAGE) === undefined;
}

export function isForget(x: unknown): x is Forget {
  return misfit(x, FORGET) === undefined;
}

export function isSpeaker(x: unknown): x is By {
  return misfit(x, BY) === undefined;
}

const BY: Shape = {
  who: (x) => (SPEAKERS as readonly unknown[]).includes(x),
  'name?': isString,
  'channel?': isString,
  'page?': isString,
  'relayed?': isString,
};

const COMMON: Shape = {
  id: isUuid,
  at: isStamp,
  by: isSpeaker,
  seen: isCount,
  'after?': (x) => Array.isArray(x) && x.every(isUuid),
};

const KEPT: Shape = {
  ...COMMON,
  purpose: isPurposeName,
  'until?': isCount,
  'discreet?': (x) => x === true,
  'merge?': isUuid,
};

const FACT: Shape = {
  ...KEPT,
  kind: (x) => x === 'fact',
  key: (x) => isKey(x) && !messageIdsOf(x),
  value: (x) => !jsonProblem(x),
  authority: (x) => (AUTHORITIES as readonly unknown[]).includes(x),
  'why?': isString,
};

const MESSAGE: Shape = {
  ...KEPT,
  kind: (x) => x === 'message',
  key: (x) => isKey(x) && messageIdsOf(x) !== undefined,
  value: (x) => isObject(x) && isString(x['text']) && !jsonProblem(x),
};

const FORGET: Shape = {
  ...COMMON,
  kind: (x) => x === 'forget',
  of: isSelector,
};

/** Whether it is one object with exactly one of `key`, `under`, `purpose`. */
export function isSelector(x: unknown): x is Selector {
  if (!isObject(x)) return false;
  const [name = '', ...more] = Object.keys(x);
  return (
    more.length === 0 &&
    Object.hasOwn(NAMED, name) &&
    misfit(x, { [name]: NAMED[name] as Check }) === undefined
  );
}

const NAMED: Shape = { key: isKey, under: (x) => !prefixProblem(x), purpose: isPurposeName };

function isCount(x: unknown): boolean {
  return Number.isSafeInteger(x) && (x as number) >= 0;
}
