import type { Json } from './entry.js';

/** A deep, deeply frozen copy: what the caller does to theirs afterwards changes nothing here. */
export function frozenCopy(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (_, part: Json) => Object.freeze(part)) as Json;
}
