import { MemoryError } from '../platform/errors.js';
import type { StoreError, SubjectReads } from '../store/store.js';
import type { Core } from './core.js';

/**
 * What a person's database has; undefined where there is none to be read. Rejects with `storage_failed` or `quota` where it
 * gives nothing; with `put_aside` where it is no more, and they are shown no longer.
 */
export function stored<R>(
  core: Core,
  operation: string,
  read: (reads: SubjectReads) => Promise<R>,
): Promise<R> | undefined {
  const { session } = core;
  if (session.closed) return undefined;
  return session.subject
    ?.reads()
    .then(read)
    .catch((cause: StoreError) => {
      const { reason } = cause;
      if (reason === 'gone') return core.keeper().saying(({ refuse }) => refuse(session, cause, operation));
      throw reason === 'quota'
        ? new MemoryError('quota', operation, undefined, { cause })
        : new MemoryError('storage_failed', operation, 'it could not be read', { cause });
    });
}
