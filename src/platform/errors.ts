import { firstErrors } from './first-errors.js';
import type { laterErrors } from './later-errors.js';

export type ErrorCode = keyof typeof firstErrors | keyof typeof laterErrors;

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
  readonly code: ErrorCode;
  readonly operation: string;
  /** Where in the key or value the trouble is, as in `value.lines[2]`. */
  readonly path: string | undefined;

  constructor(
    code: ErrorCode,
    operation: string,
    detail?: string,
    options: { path?: string; cause?: unknown } = {},
  ) {
    const [sentence, remedy] = sentences[code] ?? [];
    const place = options.path ? ` at ${options.path}` : '';
    super(
      `${operation}: ${detail ?? sentence}${place}. ${remedy} (${code})`,
      'cause' in options ? { cause: options.cause } : undefined,
    );
    this.name = 'MemoryError';
    this.code = code;
    this.operation = operation;
    this.path = options.path;
  }
}

/** Also true for an error of another copy of this package, or of another frame, where `instanceof` is not. */
export function isMemoryError(value: unknown): value is MemoryError {
  return (
    value instanceof Error &&
    value.name === 'MemoryError' &&
    /^[a-z_]+$/.test(String((value as { code?: unknown }).code))
  );
}
