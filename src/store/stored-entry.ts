import type { Entry } from '../facts/entry.js';
import { conversationIdOf, isKey } from '../facts/key.js';
import { isObject, isString } from '../facts/shape.js';
import { isStamp } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';
import { isBootFact } from './boot-record.js';

/**
 * Whether this came out of a storage of this browser as an entry. Leaner than facts' own guard, which reads every value
 * through: a start has no bytes to spare. What passes makes nothing throw: it can be said as JSON.
 */
export function isStoredEntry(x: unknown): x is Entry {
  if (!isObject(x) || !isUuid(x['id']) || !isStamp(x['at']) || !isObject(x['by'])) return false;
  if (!Number.isFinite(x['seen']) || !Array.isArray(x['after'] ?? [])) return false;
  const { kind, of, value } = x;
  try {
    JSON.stringify(x);
  } catch {
    return false; // TypeError: a BigInt or a cycle; RangeError: too deep
  }
  if (kind === 'forget')
    return (
      isObject(of) && Object.keys(of).length === 1 && isString(of['key'] ?? of['under'] ?? of['purpose'])
    );
  if (kind === 'fact') return isBootFact(x);
  return (
    kind === 'message' &&
    isKey(x['key']) &&
    !!conversationIdOf(x['key']) &&
    isString(x['purpose']) &&
    isObject(value) &&
    isString(value['text'])
  );
}
