import { MemoryError } from '../platform/errors.js';
import { StoreError, type SubjectReads } from '../store/store.js';
import type { Session } from './session.js';

/** What a person's database has; undefined where there is none to be read. Rejects with `storage_failed` or `quota` where it gives nothing. */
export async function stored<R>(
  { closed, subject }: Session,
  operation: string,
  read: (reads: SubjectReads) => Promise<R>,
): Promise<R | undefined> {
  try {
    return closed || !subject ? undefined : await read(await subject.reads());
  } catch (cause) {
    throw cause instanceof StoreError && cause.reason === 'quota'
      ? new MemoryError('quota', operation, undefined, { cause })
      : new MemoryError('storage_failed', operation, 'it could not be read', { cause });
  }
}
