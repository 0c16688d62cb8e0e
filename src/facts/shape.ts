/** What is wrong with a value, and where inside it; `path` is empty for the value or the key itself. */
export interface ShapeProblem {
  readonly path: string;
  readonly reason: string;
}

export function isObject(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

/** Whether it is a text with something in it besides white space. */
export function isText(x: unknown): x is string {
  return typeof x === 'string' && x.trim() !== '';
}
