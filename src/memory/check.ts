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
  return declaration(settings, operation, key).name;
}

/** Whether today's schema takes a stored value as it is. */
export function fits(settings: Settings, key: Key, value: Json): boolean {
  const schema = schemaOf(settings.preferences, key) ?? schemaOf(settings.devicePreferences, key);
  return schema ? accepts(schema, value) : rootOf(key) !== 'identity' || isIdentityFit(key, value);
}

export function declaration(
  settings: Settings,
  operation: string,
  key: unknown,
): { name: Key; schema: StandardSchema | undefined; device: boolean } {
  const problem = keyProblem(key);
  if (problem) throw new MemoryError(problem.code, operation, problem.reason);
  const name = key as Key;
  const device = schemaOf(settings.devicePreferences, name);
  const schema = device ?? schemaOf(settings.preferences, name);
  const reason = whyUnknown(settings, name, schema);
  if (reason) throw new MemoryError('unknown_key', operation, reason);
  return { name, schema, device: device !== undefined };
}

function whyUnknown(settings: Settings, key: Key, schema: StandardSchema | undefined): string | undefined {
  const root = rootOf(key);
  if (root === 'conversations') return 'conversations are written with memory.conversations';
  if (root === 'identity' && !isIdentityKey(key)) return IDENTITY_KEYS;
  if (isReserved(key)) return '"preferences.asked" is reserved for what was asked already';
  return root === 'preferences' && settings.preferences && !schema ? `"${key}" is not declared` : undefined;
}

/** A preference's key is `preferences.<name>`; an inherited name such as "toString" declares nothing. */
function schemaOf(schemas: Schemas | undefined, key: Key): StandardSchema | undefined {
  const [, name = ''] = key.split(/^preferences\./);
  return own(schemas, name);
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
