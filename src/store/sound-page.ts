import { isStamp } from '../facts/stamp.js';
import { areNumbers } from './sound-records.js';
import type { Page } from './subject-database.js';

/** Beside its messages: what is counted of them, and by what it is found. */
export function isPage({ size, earlier = 0, until = 0, last }: Page): boolean {
  return areNumbers(size, earlier, until) && (last === undefined || isStamp(last));
}
