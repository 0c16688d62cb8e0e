import type { ErrorCode } from './errors.js';

/** A `MemoryError` without its class and table, which the tag does not carry before the whole memory is there. */
export function bareError(code: ErrorCode, operation: string, detail: string): Error {
  return Object.assign(new Error(`${operation}: ${detail} (${code})`), {
    name: 'MemoryError',
    code,
    operation,
  });
}
