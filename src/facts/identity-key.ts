import type { Json, Key } from './entry.js';
import { isObject, isString } from './shape.js';
import { isUuid } from './uuid.js';

const KEY = /^identity\.(?:(name|addresses\.(?:home|work|([^.]+)))|email|phone|language|timeZone|company)$/;

/** The keys there are, for a message. */
export const IDENTITY_KEYS =
  'identity has name, email, phone, language, timeZone, company and addresses.<home, work or a UUID>';

/** Whether identity has such a key: one of the table, or an address of home, work or a UUID. */
export function isIdentityKey(key: Key): boolean {
  const [found, , label] = KEY.exec(key) ?? [];
  return found !== undefined && (label === undefined || isUuid(label));
}

/**
 * Whether a stored value can be shown under its key: a text, or texts by name where the key has parts. What may be
 * stored is said in more detail by identity.ts.
 */
export function isIdentityFit(key: Key, value: Json): boolean {
  if (!isIdentityKey(key)) return false;
  return KEY.exec(key)?.[1] ? isObject(value) && Object.values(value).every(isString) : isString(value);
}
