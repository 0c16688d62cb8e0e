import type { Json, Key } from '../facts/entry.js';
import { equalJson } from '../facts/equal.js';
import { identityProblem } from '../facts/identity.js';
import { readJson } from '../facts/json.js';
import { isReserved, keyProblem, rootOf } from '../facts/key.js';
import { secretIn } from '../facts/secret.js';
import { MemoryError } from '../platform/errors.js';
import type { Settings } from './settings.js';
import type { SchemaIssue, StandardSchema } from './standard-schema.js';
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
  if (schema && !accepts(schema, json))
    throw new MemoryError('schema_not_stable', operation, undefined, { path: name });
  const misfit = rootOf(name) === 'identity' ? identityProblem(name, json) : undefined;
  if (misfit)
    throw new MemoryError('invalid_value', operation, misfit.reason, { path: join(name, misfit.path) });
  const secret = secretIn(name, json);
  if (secret) throw new MemoryError('secret', operation, secret.reason, { path: join(name, secret.path) });
  return { key: name, value: json, device };
}

/** Throws for a key this site could not have: malformed, of another root, undeclared, or one of a conversation. */
export function checkKey(settings: Settings, operation: string, key: unknown): Key {
  return declaration(settings, operation, key).name;
}

/** Whether today's schema takes a stored value as it is. */
export function fits(settings: Settings, key: Key, value: Json): boolean {
  const schema = schemaOf(settings.preferences, key) ?? schemaOf(settings.devicePreferences, key);
  if (schema) return accepts(schema, value);
  return rootOf(key) !== 'identity' || !identityProblem(key, value);
}

/** The value as JSON, read once and frozen: what was checked is what is kept. */
export function jsonOf(operation: string, key: Key, value: unknown): Json {
  const read = readJson(value);
  if ('json' in read) return read.json;
  const { code, reason, path } = read.problem;
  throw new MemoryError(code, operation, reason || undefined, { path: join(key, path) });
}

function declaration(
  settings: Settings,
  operation: string,
  key: unknown,
): { name: Key; schema: StandardSchema | undefined; device: boolean } {
  const problem = keyProblem(key);
  if (problem) throw new MemoryError(problem.code, operation, problem.reason);
  const name = key as Key;
  const root = rootOf(name);
  if (root === 'conversations')
    throw new MemoryError('unknown_key', operation, 'conversations are written with memory.conversations');
  if (root !== 'preferences') return { name, schema: undefined, device: false };
  const device = schemaOf(settings.devicePreferences, name);
  const schema = device ?? schemaOf(settings.preferences, name);
  if (!schema && settings.preferences)
    throw new MemoryError('unknown_key', operation, `the preference "${name.slice(12)}" is not declared`);
  if (isReserved(name))
    throw new MemoryError(
      'unknown_key',
      operation,
      '"preferences.asked" is reserved for what was asked already',
    );
  return { name, schema, device: device !== undefined };
}

/** A preference's key is `preferences.<name>`; an inherited name such as "toString" declares nothing. */
function schemaOf(schemas: Schemas | undefined, key: Key): StandardSchema | undefined {
  const name = key.startsWith('preferences.') ? key.slice(12) : '';
  return schemas && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

function validated(schema: StandardSchema, operation: string, key: Key, value: unknown): unknown {
  let result;
  try {
    result = schema['~standard'].validate(value);
  } catch (cause) {
    throw new MemoryError('invalid_value', operation, 'the schema threw', { path: key, cause });
  }
  if (result instanceof Promise) {
    ignored(result);
    throw new MemoryError('async_schema', operation, undefined, { path: key });
  }
  if (result.issues)
    throw new MemoryError('invalid_value', operation, result.issues[0]?.message, {
      path: pathOf(key, result.issues[0]),
    });
  return result.value;
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

function pathOf(key: Key, issue: SchemaIssue | undefined): string {
  return [key, ...(issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step))].join(
    '.',
  );
}

function join(key: Key, path: string): string {
  return path && !path.startsWith('[') ? `${key}.${path}` : key + path;
}
