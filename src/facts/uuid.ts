import type { Random } from '../platform/platform.js';
import { randomHex } from '../platform/random-hex.js';
import type { Ms, Uuid } from './entry.js';
import { isString } from './shape.js';
import { hex } from './stamp.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a UUID of any version in lowercase; an uppercase one is another string and is refused. */
export function isUuid(x: unknown): x is Uuid {
  return isString(x) && UUID.test(x);
}

/** A new id that begins with its time, so that rows written together lie together. Two of one millisecond come in no order. */
export function uuidv7(now: Ms, random: Random): Uuid {
  const bits = randomHex(random, 10);
  const variant = '89ab'[parseInt(bits.charAt(4), 16) % 4];
  const time = hex(Math.max(0, Math.floor(now)), 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${bits.slice(1, 4)}-${variant}${bits.slice(5, 8)}-${bits.slice(8)}`;
}
