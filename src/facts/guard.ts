/**
 * Is this an entry? Hand-written, for the start path: what the boot record and this visit's storage hold is checked
 * before the first paint, and zod costs 12 to 18 ms there. The zod schemas of protocol/entry-schema.ts say the same for
 * every other border (wire, import, export, server); a property test holds the two equal, so change both or neither.
 *
 * Fields that are not known here pass and are kept: a later version may have written them.
 */
import { AUTHORITIES } from './authority.js';
import type { By, Entry, Fact, Forget, Message } from './entry.js';
import { jsonProblem } from './json.js';
import { isKey, messageIdsOf } from './key.js';
import { isPurposeName, selectorProblem } from './selector.js';
import { isObject } from './shape.js';
import { isStamp } from './stamp.js';
import { isUuid } from './uuid.js';

export const SPEAKERS = ['visitor', 'agent', 'assistant', 'site'] as const satisfies readonly By['who'][];

export function isEntry(x: unknown): x is Entry {
  return isFact(x) || isMessage(x) || isForget(x);
}

export function isFact(x: unknown): x is Fact {
  return (
    isObject(x) &&
    x['kind'] === 'fact' &&
    isCommon(x) &&
    isKept(x) &&
    isKey(x['key']) &&
    !messageIdsOf(x['key']) &&
    !jsonProblem(x['value']) &&
    (AUTHORITIES as readonly unknown[]).includes(x['authority']) &&
    isOptional(x, 'why', isString)
  );
}

export function isMessage(x: unknown): x is Message {
  return (
    isObject(x) &&
    x['kind'] === 'message' &&
    isCommon(x) &&
    isKept(x) &&
    isKey(x['key']) &&
    messageIdsOf(x['key']) !== undefined &&
    isObject(x['value']) &&
    isString(x['value']['text']) &&
    !jsonProblem(x['value'])
  );
}

export function isForget(x: unknown): x is Forget {
  return isObject(x) && x['kind'] === 'forget' && isCommon(x) && !selectorProblem(x['of']);
}

function isCommon(x: Fields): boolean {
  return (
    isUuid(x['id']) &&
    isStamp(x['at']) &&
    isBy(x['by']) &&
    isCount(x['seen']) &&
    isOptional(x, 'after', isUuids)
  );
}

function isKept(x: Fields): boolean {
  return (
    isPurposeName(x['purpose']) &&
    isOptional(x, 'until', isCount) &&
    isOptional(x, 'discreet', isTrue) &&
    isOptional(x, 'merge', isUuid)
  );
}

function isBy(x: unknown): boolean {
  return (
    isObject(x) &&
    (SPEAKERS as readonly unknown[]).includes(x['who']) &&
    ['name', 'channel', 'page', 'relayed'].every((field) => isOptional(x, field, isString))
  );
}

function isOptional(x: Fields, field: string, is: (x: unknown) => boolean): boolean {
  return !(field in x) || is(x[field]);
}

function isUuids(x: unknown): boolean {
  return Array.isArray(x) && x.every(isUuid);
}

function isCount(x: unknown): boolean {
  return Number.isSafeInteger(x) && (x as number) >= 0;
}

function isString(x: unknown): x is string {
  return typeof x === 'string';
}

function isTrue(x: unknown): boolean {
  return x === true;
}

type Fields = Readonly<Record<string, unknown>>;
