import type { Json, Key } from './entry.js';
import { isKey } from './key.js';
import { isObject, type ShapeProblem } from './shape.js';

/**
 * Where `ask` notes that a question was skipped: `preferences.asked.shoeSize`, `preferences.asked.identity.email`. Where that
 * would be too deep or too long for a key, its last 60 characters stand for all of it.
 */
export function askedKey(key: Key): Key {
  const asked = `preferences.asked.${key.replace(/^preferences\./, '')}`;
  return isKey(asked) ? asked : `preferences.asked.key-${key.replaceAll('.', '-').slice(-60)}`;
}

/** What is wrong with the value of a `preferences.asked.<name>` fact: it is `{ skipped: ms }`, when the person passed the question over. */
export function askedProblem(value: Json): ShapeProblem | undefined {
  if (isObject(value) && Object.keys(value).length === 1 && Number.isSafeInteger(value['skipped']))
    return undefined;
  return { path: 'skipped', reason: 'it is the time, in milliseconds, at which the question was skipped' };
}
