import { isSegment } from './key.js';
import { isString } from './shape.js';

/** Whether a purpose can be named so: as a segment of a key. */
export function isPurposeName(x: unknown): x is string {
  return isString(x) && isSegment(x);
}
