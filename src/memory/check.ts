import type { Json, Key } from '../facts/entry.js';
import { equalJson } from '../facts/equal.js';
import { IDENTITY_KEYS, identityProblem, isIdentityKey } from '../facts/identity.js';
import { readJson } from '../facts/json.js';
import { isReserved, keyProblem, rootOf } from '../facts/key.js';
import { secretIn } from '../facts/secret.js';
import type { ShapeProblem } from '../facts/shape.js';
import type { ErrorCode } from '../platform/error-table.js';
import { MemoryError } from '../platform/errors.js';
import type { Settings } from './settings.js';
import type { StandardSchema } from './standard-schema.js';
import type { Schemas } from './types.js';

/**
 * The border of the page: a key and a value come in as anything and leave as something that may be
 * kept, or as an error that names the path and the remedy. A value is never in the message.
 */
export interface Checked {
  readonly key: Key;
  readonly value: Json;
  /** Belongs to the device, not to a person. */
  readonly device: boolean;
}

export function checkFact(settings: Settings, operation: string, key: unknown, value: unknown): Checked {
  const { name, schema, device } = declaration(settings, operation, key);
  const json = jsonOf(operation, name, schema ? validated(schema, operation, name, value) : value);
  if (schema && !accepts(schema, json)) throw refusal('schema_not_stable', operation, name);
  const wrong = identityMisfit(name, json);
  if (wrong) throw refusal('invalid_value', operation, name, wrong);
  const secret = secretIn(name, json);
  if (secret) throw refusal('secret', operation, name, secret);
  return { key: name, value: json, device };
}

/** Throws for a key this site could not have: malformed, of another root, undeclared, or one of a conversation. */
export function checkKey(settings: Settings, operation: string, key: unknown): Key {
  return declaration(settings, operation, key).name;
}

/** Whether today's schema takes a stored value as it is. */
export function fits(settings: Settings, key: Key, value: Json): boolean {
  const schema = schemaOf(settings.preferences, key) ?? schemaOf(settings.devicePreferences, key);
  return schema ? accepts(schema, value) : !identityMisfit(key, value);
}

/** The value as JSON, read once and frozen: what was checked is what is kept. */
export function jsonOf(operation: string, key: Key, value: unknown): Json {
  const read = readJson(value);
  if ('json' in read) return read.json;
  throw refusal(read.problem.code, operation, key, read.problem);
}

function declaration(
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
  return schemas && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

function identityMisfit(key: Key, value: Json): ShapeProblem | undefined {
  return rootOf(key) === 'identity' ? identityProblem(key, value) : undefined;
}

function validated(schema: StandardSchema, operation: string, key: Key, value: unknown): unknown {
  let result;
  try {
    result = schema['~standard'].validate(value);
    if (result instanceof Promise) ignored(result);
    else if (!result.issues) return result.value;
  } catch {
    throw refusal('invalid_value', operation, key, { path: '', reason: 'the schema threw' });
  }
  if (result instanceof Promise) throw refusal('async_schema', operation, key);
  const path =
    result.issues[0]?.path?.map((step) => String(typeof step === 'object' ? step.key : step)).join('.') ?? '';
  // What the schema says may repeat the value (valibot does): it stands in `cause`, not in a message that ends in logs.
  throw refusal('invalid_value', operation, key, { path, reason: '' }, result.issues);
}

/** Whether the schema gives the value back as it is: what is stored today is validated again tomorrow. */
function accepts(schema: StandardSchema, value: Json): boolean {
  try {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) return ignored(result);
    const read = result.issues ? undefined : readJson(result.value);
    return read !== undefined && 'json' in read && equalJson(read.json, value);
  } catch {
    return false; // A schema that throws does not accept.
  }
}

/** Nobody waits for it; its rejection must not reach the page. */
function ignored(promise: Promise<unknown>): false {
  promise.catch(() => undefined);
  return false;
}

function refusal(
  code: ErrorCode,
  operation: string,
  key: Key,
  { path, reason }: ShapeProblem = { path: '', reason: '' },
  cause?: unknown,
): MemoryError {
  const dot = /^[^[]/.test(path) ? '.' : '';
  return new MemoryError(code, operation, reason || undefined, { path: key + dot + path, cause });
}
