/**
 * What a record has to be beside the entries in it: asked by whoever reads one, and by what mends it, so that neither
 * takes what the other falls over.
 */
import { isString } from '../facts/shape.js';
import { isStamp } from '../facts/stamp.js';
import type { SubjectRecord } from './store.js';
import type { Meta } from './subject-database.js';

/** Of a record that no code of ours has written it may throw a TypeError, which says the same as false. */
export function isMeta(meta: Meta): boolean {
  const { days, rev, changes, cursor, skew, greatest, consent: { purposes = [] } = {}, lost = {} } = meta;
  return (
    !!JSON.stringify(meta) &&
    areNumbers(...days, rev, changes, cursor, skew, ...Object.values(lost)) &&
    (!greatest || isStamp(greatest)) &&
    purposes.every(isString)
  );
}

export function isLine({ user, usedAt, missed }: SubjectRecord): boolean {
  return usedAt > 0 && areNumbers(usedAt, missed ?? 0) && isString(user ?? '');
}

/** No clock says so much, and no count comes to it. */
const MOST = 1e14;

export function areNumbers(...all: unknown[]): boolean {
  return all.every((x) => typeof x === 'number' && Math.abs(x) < MOST);
}
