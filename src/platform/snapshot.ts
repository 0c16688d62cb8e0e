/**
 * Takes down what a value is now and gives it later: what its owner does to it in between changes nothing. A value that
 * JSON cannot say is given as it is; whoever takes it refuses it.
 */
export function snapshot<T>(value: T): () => T {
  const before = textOf(value);
  return () => (before === undefined || textOf(value) === before ? value : (JSON.parse(before) as T));
}

/** Undefined for what JSON cannot say: a cycle, a BigInt, nothing. */
export function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
