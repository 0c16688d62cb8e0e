/**
 * Reading values that a page hands in. Whatever it is - a proxy, a getter that throws, a cycle, a megabyte - the answer
 * is a frozen copy or a problem with its path, never an exception.
 */
import type { Json } from './entry.js';

export interface JsonProblem {
  readonly code: 'not_json' | 'too_large';
  /** Where inside the value, such as `lines[2].name`; empty for the value itself. */
  readonly path: string;
  /** What stands there that JSON has not; empty when the code says it all. */
  readonly reason: string;
}

/** Largest value, in bytes of its JSON as UTF-8. */
export const MAX_BYTES = 65_536;
const MAX_DEPTH = 32;

/** Why this cannot be kept as it is, or undefined when it can. Refuses whatever JSON would silently drop or change. */
export function jsonProblem(value: unknown, maxBytes?: number): JsonProblem | undefined {
  const read = readJson(value, maxBytes);
  return 'problem' in read ? read.problem : undefined;
}

/** The check and a frozen copy in one reading, so that what was checked is what is kept even if a getter answers differently the second time. */
export function readJson(
  value: unknown,
  maxBytes = MAX_BYTES,
): { readonly json: Json } | { readonly problem: JsonProblem } {
  const at: (string | number)[] = [];
  const ancestors: object[] = [];
  // At least so many bytes are still allowed. It bounds the work too: shared parts are read once for each place they stand in.
  let left = maxBytes;
  let code: JsonProblem['code'] = 'not_json';
  let what = 'what cannot be read';
  try {
    const json = copy(value);
    left = maxBytes;
    take(jsonBytes(json));
    return { json };
  } catch {
    // Not even the thrown value is looked at: it may come from a hostile getter.
    return { problem: { code, path: pathOf(at), reason: what && `${what} is not JSON` } };
  }

  function copy(value: unknown): Json {
    take(1);
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number' && Number.isFinite(value)) return value + 0; // −0 is 0 in JSON
    if (value === null || typeof value === 'boolean') return value;
    return typeof value === 'object'
      ? parts(value)
      : refuse(typeof value === 'number' ? `${value}` : typeof value);
  }

  function parts(value: object): Json {
    if (ancestors.includes(value)) refuse('what contains itself');
    if (ancestors.length === MAX_DEPTH) refuse(`what is nested deeper than ${MAX_DEPTH}`);
    const isList = Array.isArray(value);
    if (isList) take(value.length);
    const names = Reflect.ownKeys(value);
    if (isList ? names.length !== value.length + 1 : !isPlain(value))
      refuse(isList ? 'an array with holes or named fields' : 'an object of a class');
    if (isList) names.pop(); // its length
    ancestors.push(value);
    const copied = (isList ? [] : {}) as Record<string, Json>;
    for (const name of names) {
      if (typeof name === 'symbol') return refuse('a symbol');
      at.push(isList ? Number(name) : name);
      if (!isList && /^(__proto__|constructor|prototype)$/.test(text(name))) refuse('this name');
      copied[name] = copy((value as Record<string, unknown>)[name]);
      at.pop();
    }
    ancestors.pop();
    return Object.freeze(copied);
  }

  function text(value: string): string {
    take(value.length);
    return /\p{Cs}/u.test(value) ? refuse('half a surrogate pair') : value;
  }

  function take(bytes: number): void {
    left -= bytes;
    if (left >= 0) return;
    code = 'too_large';
    refuse('');
  }

  function refuse(something: string): never {
    what = something;
    throw new Error();
  }
}

/** Bytes of a value's JSON as UTF-8. */
export function jsonBytes(value: Json): number {
  return encodeURIComponent(JSON.stringify(value)).replace(/%../g, '%').length;
}

/** `lines[2].name`: how a person would write the way to a part of a value. */
export function pathOf(at: readonly (string | number)[]): string {
  return at
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w$-]{1,64}$/.test(step) ? `.${step}` : `[${JSON.stringify(step.slice(0, 64))}]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** Another frame's plain object has another Object.prototype; what all of them have in common is that nothing is above it. */
function isPlain(value: object): boolean {
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}
