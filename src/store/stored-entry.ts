import type { Entry } from '../facts/entry.js';
import { isKey } from '../facts/key.js';
import { isObject, isString } from '../facts/shape.js';
import { isStamp } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';
import { isBootFact } from './boot-record.js';

/**
 * Whether this came out of a storage of this browser as an entry. Leaner than facts' own guard, which reads every value
 * through: this one has just come out of `JSON.parse`, so it is JSON, and a start has no bytes to spare. What passes
 * makes nothing throw.
 */
export function isStoredEntry(x: unknown): x is Entry {
  if (!isObject(x) || !isUuid(x['id']) || !isStamp(x['at']) || !isObject(x['by'])) return false;
  if (typeof x['seen'] !== 'number' || !Array.isArray(x['after'] ?? [])) return false;
  const { kind, of, value } = x;
  if (kind === 'forget') return isObject(of) && Object.keys(of).length === 1 && isSelector(of);
  if (kind === 'fact') return isBootFact(x);
  return (
    kind === 'message' &&
    isKey(x['key']) &&
    isString(x['purpose']) &&
    isObject(value) &&
    isString(value['text'])
  );
}

function isSelector(of: object): boolean {
  return Object.entries(of).every(
    ([name, text]) => ['key', 'under', 'purpose'].includes(name) && isString(text),
  );
}
