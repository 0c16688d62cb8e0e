/** What is wrong with a value, and where inside it; `path` is empty for the value or the key itself. */
export interface ShapeProblem {
  readonly path: string;
  readonly reason: string;
}

export type Check = (x: unknown) => boolean;

/** A check for each field of an object; a field whose name ends in `?` may be missing. Other fields pass: a later version may have written them. */
export type Shape = Readonly<Record<string, Check>>;

/** Which field is not as it should be, empty for the value itself; undefined when all is well. */
export function misfit(x: unknown, shape: Check | Shape): string | undefined {
  if (typeof shape === 'function') return shape(x) ? undefined : '';
  if (!isObject(x)) return '';
  for (const [field, is] of Object.entries(shape)) {
    const name = field.replace('?', '');
    if ((name in x || name === field) && !is(x[name])) return name;
  }
  return undefined;
}

export function isObject(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

export function isString(x: unknown): x is string {
  return typeof x === 'string';
}

/** Whether it is a text with something in it besides white space. */
export function isText(x: unknown): x is string {
  return isString(x) && x.trim() !== '';
}

/** What was declared by this name; an inherited one such as "toString" declares nothing. */
export function own<T>(declared: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return declared && Object.hasOwn(declared, name) ? declared[name] : undefined;
}
