import type { Json, Key } from '../facts/entry.js';
import { identityProblem } from '../facts/identity.js';
import { readJson } from '../facts/json.js';
import { rootOf } from '../facts/key.js';
import { secretIn } from '../facts/secret.js';
import type { ShapeProblem } from '../facts/shape.js';
import { MemoryError } from '../platform/errors.js';
import type { laterErrors } from '../platform/later-errors.js';
import { accepts, checkKey, ignored, schemaOf } from './check.js';
import type { Settings } from './settings.js';
import type { StandardSchema } from './standard-schema.js';

/**
 * The border of the page: a key and a value come in as anything and leave as something that may be
 * kept, or as an error that names the path and the remedy. A value is never in the message.
 */
export interface Checked {
  readonly key: Key;
  readonly value: Json;
}

export function checkFact(settings: Settings, operation: string, key: unknown, value: unknown): Checked {
  const name = checkKey(settings, operation, key);
  const schema = schemaOf(settings, name);
  const json = jsonOf(operation, name, schema ? validated(schema, operation, name, value) : value);
  if (schema && !accepts(schema, json)) throw refusal('schema_not_stable', operation, name);
  const wrong = rootOf(name) === 'identity' ? identityProblem(name, json) : undefined;
  if (wrong) throw refusal('invalid_value', operation, name, wrong);
  const secret = secretIn(name, json);
  if (secret) throw refusal('secret', operation, name, secret);
  return { key: name, value: json };
}

/** The value as JSON, read once and frozen: what was checked is what is kept. */
export function jsonOf(operation: string, key: Key, value: unknown): Json {
  const read = readJson(value);
  if ('json' in read) return read.json;
  throw refusal(read.problem.code, operation, key, read.problem);
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

function refusal(
  code: keyof typeof laterErrors,
  operation: string,
  key: Key,
  { path, reason }: ShapeProblem = { path: '', reason: '' },
  cause?: unknown,
): MemoryError {
  const dot = /^[^[]/.test(path) ? '.' : '';
  return new MemoryError(code, operation, reason || undefined, { path: key + dot + path, cause });
}
