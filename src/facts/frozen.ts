/** A deep, deeply frozen copy, as JSON says it: what the caller does to theirs afterwards changes nothing here. */
export function frozenCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => Object.freeze(part)) as T;
}
