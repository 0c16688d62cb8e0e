import type { Json, Key } from '../facts/entry.js';
import { equalJson } from '../facts/equal.js';
import { IDENTITY_KEYS, isIdentityFit, isIdentityKey } from '../facts/identity-key.js';
import { isReserved, keyProblem, rootOf } from '../facts/key.js';
import { own } from '../facts/shape.js';
import { MemoryError } from '../platform/errors.js';
import type { Settings } from './settings.js';
import type { StandardSchema } from './standard-schema.js';
import type { Schemas } from './types.js';

/** Throws for a key this site could not have: malformed, of another root, undeclared, or one of a conversation. */
export function checkKey(settings: Settings, operation: string, key: unknown): Key {
  const problem = keyProblem(key);
  const reason = problem ? problem.reason : whyUnknown(settings, key as Key);
  if (reason) throw new MemoryError(problem?.code ?? 'unknown_key', operation, reason);
  return key as Key;
}

function whyUnknown(settings: Settings, key: Key): string | undefined {
  const root = rootOf(key);
  if (root === 'conversations') return 'use memory.conversations';
  if (root === 'identity') return isIdentityKey(key) ? undefined : IDENTITY_KEYS;
  if (isReserved(key)) return '"preferences.asked" is reserved';
  return root === 'preferences' && settings.preferences && !schemaOf(settings, key)
    ? `"${key}" is not declared`
    : undefined;
}

/** Whether today's schema takes a stored value as it is. */
export function fits(settings: Settings, key: Key, value: Json): boolean {
  const schema = schemaOf(settings, key);
  return schema ? accepts(schema, value) : rootOf(key) !== 'identity' || isIdentityFit(key, value);
}

/** What was declared for a preference; undefined where anything goes. */
export function schemaOf(settings: Settings, key: Key): StandardSchema | undefined {
  return declared(settings.devicePreferences, key) ?? declared(settings.preferences, key);
}

/** The schema that one list of preferences has for a key. */
export function declared(schemas: Schemas | undefined, key: Key): StandardSchema | undefined {
  return key.startsWith('preferences.') ? own(schemas, key.slice(12)) : undefined;
}

/** Whether the schema gives the value back as it is: what is stored today is validated again tomorrow. */
export function accepts(schema: StandardSchema, value: Json): boolean {
  try {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) return ignored(result);
    return !result.issues && equalJson(result.value as Json, value);
  } catch {
    return false; // A schema that throws does not accept.
  }
}

/** Nobody waits for it; its rejection must not reach the page. */
export function ignored(promise: Promise<unknown>): false {
  promise.catch(() => undefined);
  return false;
}
