import { firstErrors } from './first-errors.js';
import type { laterErrors } from './later-errors.js';
import type { readingErrors } from './reading-errors.js';

export type ErrorCode = keyof typeof firstErrors | keyof typeof laterErrors | keyof typeof readingErrors;

/** Those that say what is wrong only where it is found. */
export type DetailedCode = {
  [Code in keyof typeof firstErrors]: (typeof firstErrors)[Code][0] extends '' ? Code : never;
}[keyof typeof firstErrors];

type Sentences = Partial<Record<ErrorCode, readonly [sentence: string, remedy: string]>>;

let sentences: Sentences = firstErrors;

/** Brings the sentences of errors that only code which is fetched later can throw. */
export function learnErrors(more: Sentences): void {
  sentences = { ...sentences, ...more };
}

/**
 * What every verb rejects with. `code` is for programs, `message` for the person reading the console:
 * the operation, what was wrong, and what to write instead. A value that was refused is never in it.
 */
export class MemoryError extends Error {
  declare readonly code: ErrorCode;
  declare readonly operation: string;
  /** Where in the key or value the trouble is, as in `value.lines[2]`. */
  declare readonly path: string | undefined;

  constructor(code: Exclude<ErrorCode, DetailedCode>, operation: string, detail?: string, options?: Options);
  constructor(code: ErrorCode, operation: string, detail: string, options?: Options);
  constructor(code: ErrorCode, operation: string, detail?: string, options: Options = {}) {
    const [sentence, remedy] = sentences[code] ?? [];
    const { path } = options;
    const place = path ? ` at ${path}` : '';
    super(`${operation}: ${detail ?? sentence}${place}. ${remedy} (${code})`, options);
    this.name = 'MemoryError';
    this.code = code;
    this.operation = operation;
    this.path = path;
  }
}

interface Options {
  readonly path?: string;
  readonly cause?: unknown;
}

/** Also true for an error of another copy of this package, where `instanceof MemoryError` is not. */
export function isMemoryError(value: unknown): value is MemoryError {
  return value instanceof Error && value.name === 'MemoryError';
}
