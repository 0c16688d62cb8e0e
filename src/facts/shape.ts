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
  const fields = Object.entries(shape).map(([field, is]) => [field.replace('?', ''), field, is] as const);
  return fields.find(([name, field, is]) => (name in x || name === field) && !is(x[name]))?.[0];
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

/** The same without the fields that are undefined: an entry has a field or has it not. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as Defined<T>;
}

export type Defined<T> = { [F in keyof T as undefined extends T[F] ? never : F]: T[F] } & {
  [F in keyof T as undefined extends T[F] ? F : never]?: Exclude<T[F], undefined>;
};
