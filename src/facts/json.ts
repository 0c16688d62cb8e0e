/**
 * Reading values that a page hands in. Whatever it is - a proxy, a getter that throws, a cycle, a megabyte - the answer
 * is a frozen copy or a problem with its path, never an exception.
 */
import type { Json } from './entry.js';

export interface JsonProblem {
  readonly code: 'not_json' | 'too_large';
  /** Where inside the value, such as `lines[2].name`; empty for the value itself. */
  readonly path: string;
  readonly reason: string;
}

/** Largest value, in bytes of its JSON as UTF-8. */
export const MAX_BYTES = 65_536;
const MAX_DEPTH = 32;

/** Why this cannot be kept as it is, or undefined when it can. Refuses whatever JSON would silently drop or change. */
export function jsonProblem(value: unknown, maxBytes = MAX_BYTES): JsonProblem | undefined {
  const read = readJson(value, maxBytes);
  return 'problem' in read ? read.problem : undefined;
}

/** The check and a frozen copy in one reading, so that what was checked is what is kept even if a getter answers differently the second time. */
export function readJson(
  value: unknown,
  maxBytes = MAX_BYTES,
): { readonly json: Json } | { readonly problem: JsonProblem } {
  const reading: Reading = { left: maxBytes, at: [], ancestors: [] };
  try {
    return { json: copy(value, reading) };
  } catch {
    // Not even the thrown value is looked at: it may come from a hostile getter.
    const { code, reason } = reading.problem ?? { code: 'not_json', reason: 'it cannot be read' };
    return { problem: { code, path: pathOf(reading.at), reason } };
  }
}

/** A deep, deeply frozen copy: what the caller does to theirs afterwards changes nothing here. */
export function frozenCopy(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, field]) => [name, frozenCopy(field)])),
  );
}

/** Bytes of a value's JSON as UTF-8. */
export function jsonBytes(value: Json): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // The two units of a surrogate pair are four bytes together.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit & 0xf800) !== 0xd800 ? 2 : 1;
  }
  return bytes;
}

/** `lines[2].name`: how a person would write the way to a part of a value. */
export function pathOf(at: readonly (string | number)[]): string {
  return at
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w$-]{1,64}$/.test(step) ? (i ? '.' : '') + step : `[${JSON.stringify(step.slice(0, 64))}]`;
    })
    .join('');
}

interface Reading {
  /** Bytes that may still come. They bound the work too: shared parts are read once for each place they stand in. */
  left: number;
  readonly at: (string | number)[];
  readonly ancestors: object[];
  problem?: Pick<JsonProblem, 'code' | 'reason'>;
}

function copy(value: unknown, reading: Reading): Json {
  if (typeof value === 'string') return text(value, reading);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) fail(reading, `${value} is not a number in JSON`);
    take(reading, String(value).length);
    return value + 0; // −0 is 0 in JSON
  }
  if (value === null || typeof value === 'boolean') {
    take(reading, value === false ? 5 : 4);
    return value;
  }
  if (typeof value !== 'object')
    return fail(reading, value === undefined ? 'it is undefined' : `a ${typeof value} is not JSON`);
  if (reading.ancestors.includes(value)) fail(reading, 'it contains itself');
  if (reading.ancestors.length >= MAX_DEPTH) fail(reading, `it is nested deeper than ${MAX_DEPTH}`);
  take(reading, 2);
  reading.ancestors.push(value);
  const copied = Array.isArray(value) ? list(value, reading) : fields(value, reading);
  reading.ancestors.pop();
  return Object.freeze(copied);
}

function list(value: readonly unknown[], reading: Reading): Json[] {
  const { length } = value;
  if (length > reading.left) fail(reading, '', 'too_large');
  if (Reflect.ownKeys(value).length !== length + 1)
    fail(reading, 'it is an array with holes or named fields');
  const copied: Json[] = [];
  for (let i = 0; i < length; i++) {
    if (i) take(reading, 1);
    reading.at.push(i);
    copied.push(copy(value[i], reading));
    reading.at.pop();
  }
  return copied;
}

function fields(value: object, reading: Reading): Record<string, Json> {
  // Another frame's plain object has another Object.prototype; what all of them have in common is that nothing is above it.
  const parent: unknown = Object.getPrototypeOf(value);
  if (parent !== null && Object.getPrototypeOf(parent) !== null) fail(reading, 'it is not a plain object');
  const copied: Record<string, Json> = {};
  for (const [i, name] of Reflect.ownKeys(value).entries()) {
    if (typeof name === 'symbol') return fail(reading, 'a field is named by a symbol');
    if (i) take(reading, 1);
    reading.at.push(name);
    if (name === '__proto__' || name === 'constructor' || name === 'prototype')
      fail(reading, 'no field may have this name');
    text(name, reading);
    take(reading, 1);
    copied[name] = copy((value as Record<string, unknown>)[name], reading);
    reading.at.pop();
  }
  return copied;
}

function text(value: string, reading: Reading): string {
  if (value.length > reading.left) fail(reading, '', 'too_large');
  if (/\p{Cs}/u.test(value)) fail(reading, 'it has half of a surrogate pair');
  take(reading, jsonBytes(value));
  return value;
}

function take(reading: Reading, bytes: number): void {
  reading.left -= bytes;
  if (reading.left < 0) fail(reading, '', 'too_large');
}

function fail(reading: Reading, reason: string, code: JsonProblem['code'] = 'not_json'): never {
  reading.problem = { code, reason: reason || 'its JSON is too large' };
  throw new Error(reason);
}
