import { isStamp } from '../facts/stamp.js';
import type { Platform } from '../platform/platform.js';
import { readBootRecord } from './boot-record.js';
import { readGeneration } from './generation.js';
import type { SubjectRecord } from './store.js';
import { result } from './transaction.js';

/**
 * Finds again what the registry said of a generation and of who was here last; nothing of it is anybody's word, to be
 * kept. Gives whether it was not as it has to be.
 *
 * @param registry its store, in a transaction over all of them.
 * @param found what lies at `place`; undefined where the browser does not give it.
 */
export async function mendRegistry(
  { local }: Platform,
  site: string,
  registry: IDBObjectStore,
  place: IDBValidKey,
  found: unknown,
): Promise<boolean> {
  let next: unknown;
  if (place === 'gen') {
    if (isStamp(found)) return false;
    next = readGeneration(local, site);
  } else if (place === 'active') {
    const subjects = registry.transaction.objectStore('subjects');
    const all = await result(subjects.getAll() as IDBRequest<SubjectRecord[]>);
    if (all.some((one) => one.local === found)) return false;
    // Whom the last page has shown, else the anonymous person: where one is not put aside nobody else is here. Whether
    // they may be shown is asked again.
    const last = readBootRecord(local, site)?.local;
    const open = all.filter(({ state }) => state === 'open');
    next = (open.find((one) => one.local === last) ?? open.find(({ user }) => user === undefined))?.local;
  } else {
    if (place !== 'gone' || found) return false;
    next = { gone: true };
  }
  if (next === undefined) registry.delete(place);
  else registry.put(next, place);
  return true;
}
